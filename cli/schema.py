"""`hub schema`: the GraphQL schema and the kinds of records."""

from __future__ import annotations

import typer

group = typer.Typer(no_args_is_help=True, help="The GraphQL schema and the kinds of records.")


@group.command("print")
def print_text() -> None:
    """Print the schema of the graph."""
    from resolvers.http import print_schema

    typer.echo(print_schema(), nl=False)


@group.command("records")
def print_kinds_of_record() -> None:
    """Print the fields of every kind of record as Markdown, as docs/records.md has them."""
    from hub.subjects.reference import describe_kinds

    typer.echo(describe_kinds(), nl=False)
