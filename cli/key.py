"""`hub key`: the API keys of systems."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.terminal import command, opened_store

group = typer.Typer(no_args_is_help=True, help="API keys of systems.")


@group.command("create")
@command
async def create(
    code: Annotated[str, typer.Argument(metavar="SYSTEM", help="System that will push with it.")],
    read_restricted: Annotated[
        bool, typer.Option(help="Let the key read phones, addresses and citizens' names.")
    ] = False,
    steward: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Let this steward decide, pin and undo with the key."),
    ] = None,
) -> None:
    """Make an API key for a system. It is printed once and kept only as a digest."""
    from hub.runs import create_key

    async with opened_store() as (_, database), database.driver() as driver:
        made = await create_key(driver, code, reads_restricted=read_restricted, steward=steward)
    typer.echo(made)
