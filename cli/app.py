"""The `hub` command: the composition root for work at a terminal.

A module of this package holds one command or one group of commands. None imports at its top what
takes long to import: a command imports what it needs when it runs, so that help and completion
answer at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from cli import (
    clocks,
    db,
    doctor,
    key,
    link,
    priority,
    run,
    schema,
    search,
    serve,
    sync,
    system,
    worker,
)
from cli.ending import end_on_signals

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The congress data hub: one graph over the people's congresses of every level.",
)
app.command()(serve.serve)
app.command()(sync.sync)
app.command()(worker.worker)
app.command()(link.link)
app.command()(doctor.doctor)
app.add_typer(db.group, name="db")
app.add_typer(system.group, name="system")
app.add_typer(run.group, name="run")
app.add_typer(key.group, name="key")
app.add_typer(schema.group, name="schema")
app.add_typer(clocks.group, name="clocks")
app.add_typer(priority.group, name="priority")
app.add_typer(search.group, name="search")


def show_version(wanted: bool) -> None:
    """Print the version and end, where it is asked for."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hub {version('congress-data-hub')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """The options of `hub` itself."""


def main() -> None:
    """Run the command that the words of the command line name."""
    end_on_signals()
    app(prog_name="hub")
