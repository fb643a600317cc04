"""The pairs of records that the model takes for one person, as the store keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from hub.linking.judgements import STEWARDS, Pair
from hub.store import Driver, copy_rows, packed_rows


class Writer(Protocol):
    """A connection or a pipeline over one."""

    async def execute(self, statement: str, /, *values: Any) -> object:
        """Run a statement."""
        ...


def upsert(rows: str) -> str:
    """The statement that writes the links (left id, right id, score) of the query `rows`."""
    return (
        f"INSERT INTO score_link (left_id, right_id, score) {rows} "
        "ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score"
    )


ADD = upsert("SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float[])")


async def add_links(writer: Writer, pairs: Sequence[Pair], scores: Sequence[float]) -> None:
    """Write pairs with their probabilities; those that are there get the new ones."""
    await writer.execute(ADD, [pair.left for pair in pairs], [pair.right for pair in pairs], scores)


REMOVE = """
DELETE FROM score_link l USING unnest($1::uuid[], $2::uuid[]) AS t(left_id, right_id)
WHERE l.left_id = t.left_id AND l.right_id = t.right_id
"""


async def remove_links(writer: Writer, pairs: Sequence[Pair]) -> None:
    """Take pairs back."""
    await writer.execute(REMOVE, [pair.left for pair in pairs], [pair.right for pair in pairs])


REMOVE_OTHERS = """
DELETE FROM score_link l WHERE (left_id = ANY($1::uuid[]) OR right_id = ANY($1::uuid[]))
  AND NOT EXISTS (SELECT FROM unnest($2::uuid[], $3::uuid[]) AS kept(one, other)
                  WHERE kept.one = l.left_id AND kept.other = l.right_id)
"""


async def replace_links(
    writer: Writer, record_ids: Collection[str], linked: Mapping[Pair, float]
) -> None:
    """Let these records be linked as in `linked`, which gives probabilities, and not else."""
    ends = [pair.left for pair in linked], [pair.right for pair in linked]
    await writer.execute(REMOVE_OTHERS, list(record_ids), *ends)
    await add_links(writer, list(linked), list(linked.values()))


KNOWN = "SELECT left_id::text, right_id::text FROM score_link"


async def fetch_links(driver: Driver) -> set[Pair]:
    """All pairs."""
    return {Pair(*row) for row in await driver.fetch(KNOWN)}


FOUND = "CREATE TEMP TABLE found_pair (left_id uuid, right_id uuid, score float) ON COMMIT DROP"
SETTLED = f"""
WITH judged AS (
    SELECT s.person_id FROM ({STEWARDS}) j
    JOIN source_record s ON s.id IN (j.left_id::uuid, j.right_id::uuid)
    WHERE s.person_id IS NOT NULL
)
{
    upsert('''
    SELECT f.* FROM found_pair f
    JOIN source_record l ON l.id = f.left_id AND l.deleted_at IS NULL
    JOIN source_record r ON r.id = f.right_id AND r.deleted_at IS NULL
    WHERE l.person_id = r.person_id AND l.person_id NOT IN (SELECT person_id FROM judged)
    ''')
}
RETURNING left_id::text, right_id::text
"""


async def add_settled_links(
    driver: Driver, pairs: Sequence[Pair], scores: Mapping[Pair, float]
) -> set[Pair]:
    """Write the pairs of records that are one person's already, and give them: no row follows.

    Where a steward has decided about the person, one may.
    """
    async with driver.transaction():
        await driver.execute(FOUND)
        rows = ((*pair, scores[pair]) for pair in pairs)
        names = ("left_id", "right_id", "score")
        await copy_rows(driver, packed_rows("score_link", names, rows), into="found_pair")
        return {Pair(*row) for row in await driver.fetch(SETTLED)}
