"""`hub clocks`: the legal clocks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import command, opened_store, out

group = typer.Typer(no_args_is_help=True, help="Legal clocks: days by which handlers reply.")


@group.command("load")
@command
async def load(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="YAML with the rules of divisions.", show_default="data/legal_clocks.yaml"
        ),
    ] = None,
) -> None:
    """Take local rules on deadlines in place of the earlier ones; count all days by law anew."""
    from hub.divisions import RULES_FILE, read_index, read_rules, store_rules
    from hub.intake import reckon_again

    rules = read_rules(file or RULES_FILE)
    async with opened_store() as (_, database), database.transaction() as driver:
        await store_rules(driver, rules)
        count = await reckon_again(driver, await read_index(driver))
    out.print(f"{len(rules)} rules hold; {count:,} hand-overs were counted anew.")
