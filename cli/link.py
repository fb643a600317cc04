"""`hub link`."""

from __future__ import annotations

from cli.terminal import command, err, opened_hub

LINKED = """
SELECT count(*), count(DISTINCT person_id), (SELECT count(*) FROM link_candidate)
FROM source_record WHERE kind = 'DEPUTY' AND deleted_at IS NULL
"""


@command
async def link() -> None:
    """Link people by what their records say; bring the queue of doubtful pairs up to date."""
    from hub.passes import refresh

    async with opened_hub() as (_, hub):
        with err.status("Linking people, looking for doubtful pairs"):
            await refresh(hub, all_people=True)
        async with hub.database.driver() as driver:
            records, people, doubtful = tuple(*await driver.fetch(LINKED))
    err.print(
        f"{records:,} records of deputies are of {people:,} people; "
        f"{doubtful:,} doubtful pairs wait for a steward"
    )
