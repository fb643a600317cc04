"""`hub priority`: whose value wins."""

from __future__ import annotations

from getpass import getuser
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal import command, err, opened_hub, opened_store, out

group = typer.Typer(no_args_is_help=True, help="Whose value wins where systems differ.")

KIND = typer.Argument(metavar="KIND", help="Kind of record: DEPUTY, HOME, STATION and so on.")
FIELD = typer.Option(metavar="FIELD", help="One field: post, name; all if left out.")


@group.command("set")
@command
async def set_order(
    kind: Annotated[str, KIND],
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM...", help="Most trusted first.")],
    field: Annotated[str | None, FIELD] = None,
) -> None:
    """Trust systems in this order; the golden rows follow at once."""
    await apply_rule(kind, field, systems)


@group.command("clear")
@command
async def clear(kind: Annotated[str, KIND], field: Annotated[str | None, FIELD] = None) -> None:
    """Take a rule back: the system of the deputy's own level wins again."""
    await apply_rule(kind, field, [])


async def apply_rule(kind: str, field: str | None, systems: list[str]) -> None:
    """Trust `systems` in this order for one field of a kind, or for all; none take the rule back.

    Raises BadInput for a kind, a field or a system that the hub does not know.
    """
    from hub.stewards import Desk, PriorityRule, read_kind, set_rule

    rule = PriorityRule(read_kind(kind), field, tuple(systems))
    async with opened_hub() as (_, hub):
        with err.status("Computing the golden rows"):
            count = await set_rule(Desk(getuser(), hub), rule)
    out.print(f"The rule holds. {count:,} golden rows with several systems were computed anew.")


@group.command("list")
@command
async def list_rules() -> None:
    """List the rules of trust."""
    from hub.stewards import fetch_rules

    async with opened_store() as (_, database), database.driver() as driver:
        rules = await fetch_rules(driver)
    table = Table("kind", "field", "systems, the most trusted first")
    for rule in rules:
        table.add_row(rule.kind.name, rule.field or "(all)", ", ".join(rule.systems))
    out.print(table)
