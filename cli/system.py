"""`hub system`: the source systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from cli.terminal import command, opened_store, out

group = typer.Typer(no_args_is_help=True, help="Source systems.")


@group.command("add")
@command
async def add(
    file: Annotated[Path, typer.Argument(help="The manifest, a YAML file.")],
) -> None:
    """Make a system known, or change it, from its manifest."""
    from connectors.systems import load_manifest, plain_manifest
    from hub.divisions import read_index
    from hub.runs import add_system
    from hub.subjects.systems import ConnectorKind

    manifest = load_manifest(file)
    async with opened_store() as (settings, database), database.driver() as driver:
        await add_system(
            driver,
            await read_index(driver),
            code=manifest.system,
            name=manifest.name,
            division_code=manifest.division,
            connector=ConnectorKind[manifest.connector.kind.upper()],
            manifest=plain_manifest(manifest),
        )
    out.print(f"{manifest.system} ({manifest.name}) is known.")
    kind = manifest.connector.kind
    step = next_step(manifest.system, manifest.division, kind, settings.port)
    out.print(escape(step), highlight=False, soft_wrap=True)


@group.command("list")
@command
async def list_systems() -> None:
    """List the systems and how their last run went."""
    from hub.runs import fetch_awaited

    async with opened_store() as (_, database), database.driver() as driver:
        rows = await driver.fetch(
            "SELECT code, name, connector, status, last_success_at FROM source_system ORDER BY code"
        )
        awaited = await fetch_awaited(driver)
    table = Table("system", "name", "connector", "state", "last complete run")
    for row in rows:
        last = row["last_success_at"]
        table.add_row(*row[:4], f"{last:%Y-%m-%d %H:%M}" if last else "never")
    out.print(table)
    for code, count in awaited.items():
        out.print(f"{code} is not added yet; {count} references of other systems wait for it.")


PUSH = """\
mutation {{ pushDeputies(input: {{system: "{code}", idempotencyKey: "1", dryRun: true, records: [\
{{externalId: "17", name: "王小明", divisionCode: "{division}", term: 19}}]}}) \
{{ results {{ outcome errors {{ field code message }} }} }} }}"""


def next_step(code: str, division: str, kind: str, port: int) -> str:
    """What to do once a system of `division` is known, by the `kind` of its connector."""
    import json

    if kind != "push":
        return f"Next: hub sync {code}"
    body = json.dumps({"query": PUSH.format(code=code, division=division)}, ensure_ascii=False)
    return (
        f"Next: export HUB_KEY=$(hub key create {code}), and try a push, which dryRun takes back:\n"
        "curl -H 'Content-Type: application/json' -H \"Authorization: Bearer $HUB_KEY\" "
        f"http://127.0.0.1:{port}/graphql -d '{body}'"
    )
