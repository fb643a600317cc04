"""`hub link`."""

from __future__ import annotations

from cli.terminal import command, err, opened_store

LINKED = """
SELECT count(*), count(DISTINCT person_id), (SELECT count(*) FROM link_candidate)
FROM source_record WHERE kind = 'DEPUTY' AND deleted_at IS NULL
"""


@command
async def link() -> None:
    """Link people by what their records say; bring the queue of doubtful pairs up to date."""
    from hub.divisions.index import read_index
    from hub.passes.queue import refresh

    async with opened_store() as (settings, database):
        async with database.driver() as driver:
            divisions = await read_index(driver)
        with err.status("Linking people, looking for doubtful pairs"):
            await refresh(database, divisions, settings.identity_secret, all_people=True)
        async with database.driver() as driver:
            records, people, doubtful = tuple(*await driver.fetch(LINKED))
    err.print(
        f"{records:,} records of deputies are of {people:,} people; "
        f"{doubtful:,} doubtful pairs wait for a steward"
    )
