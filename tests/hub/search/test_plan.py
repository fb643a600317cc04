"""Every part of a search reads an index, whatever is typed."""

from __future__ import annotations

import pytest

from hub.store.database import Database
from resolvers.graph.root import read_arguments
from resolvers.loaders.statements import select_listing
from schema.search import HIT, SEARCH


async def plan(searched: Database, **given: object) -> str:
    """The plan of a search, with what was done of it."""
    found = select_listing(SEARCH, HIT, read_arguments(SEARCH, given), False)
    compiled = found.compile(searched.engine)
    values = [compiled.params[name] for name in compiled.positiontup or ()]
    async with searched.driver() as driver:
        rows = await driver.fetch(f"EXPLAIN (ANALYZE, COSTS OFF) {compiled}", *values)
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("镇", "Index Scan using ix_search_entry_folded"),
        ("镇江", "Index Scan using ix_search_entry_folded"),
        ("元坝镇", "Index Scan using ix_search_entry_folded"),
        ("江新", "Bitmap Index Scan on ix_search_entry_grams (actual"),
        ("zhenjiang", "Index Scan using ix_search_entry_reading"),
        ("z", "Index Scan using ix_search_entry_reading"),
        ("镇j", "Index Scan using ix_search_entry_reading"),
        ("jiangxin", "Bitmap Index Scan on ix_search_entry_grams (actual"),
    ],
)
async def test_search_reads_indexes_only(searched: Database, text: str, index: str) -> None:
    shown = await plan(searched, text=text, division="510000")
    assert index in shown
    assert "Seq Scan on search_entry" not in shown


async def test_later_parts_do_not_run_where_earlier_ones_suffice(searched: Database) -> None:
    shown = await plan(searched, text="镇")
    assert "Bitmap Index Scan on ix_search_entry_grams (never executed)" in shown
    assert "Bitmap Index Scan on ix_search_entry_grams (actual" not in shown
