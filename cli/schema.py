"""`hub schema`: the GraphQL schema."""

from __future__ import annotations

import typer

group = typer.Typer(no_args_is_help=True, help="The GraphQL schema.")


@group.command("print")
def print_text() -> None:
    """Print the schema of the graph."""
    from resolvers.http.api import print_schema

    typer.echo(print_schema(), nl=False)
