"""A generated set of four systems' files, through connectors into the hub, against the truth."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from bench.linking.generator.write import write_set
from bench.linking.sets import KEY
from bench.linking.through_hub import load, pairs_in_store
from hub.divisions.index import DivisionIndex
from hub.intake import OpenHub
from hub.passes.queue import refresh
from hub.settings import Settings
from hub.store.database import Database


async def test_a_set_of_four_files_is_linked_in_the_store(
    store: Database, divisions: DivisionIndex, tmp_path: Path
) -> None:
    write_set(tmp_path, 600, seed=21)
    settings = Settings(data_dir=tmp_path / "var", identity_key=SecretStr(KEY.decode()))
    hub = OpenHub(store, divisions, KEY)
    counts = await load(hub, settings, tmp_path)
    assert sum(each.stored for each in counts.values()) > 900
    assert sum(each.quarantined for each in counts.values()) <= 3
    _, unlinked, _ = await pairs_in_store(store, tmp_path)
    await refresh(hub)
    precision, recall, _ = await pairs_in_store(store, tmp_path)
    assert unlinked < 0.5
    assert precision >= 0.998
    assert recall >= 0.97


async def test_what_a_later_sync_brings_is_linked_against_the_rest(
    store: Database, divisions: DivisionIndex, tmp_path: Path
) -> None:
    write_set(tmp_path, 600, seed=22)
    settings = Settings(data_dir=tmp_path / "var", identity_key=SecretStr(KEY.decode()))
    hub = OpenHub(store, divisions, KEY)
    file = tmp_path / "township.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-20]), encoding="utf-8")
    await load(hub, settings, tmp_path)
    await refresh(hub)
    file.write_text("".join(lines), encoding="utf-8")
    await load(hub, settings, tmp_path)
    async with store.driver() as driver:
        model = await driver.fetchval("SELECT id FROM link_model")
        waiting = await driver.fetchval("SELECT count(*) FROM link_waiting")
    await refresh(hub)
    async with store.driver() as driver:
        assert (waiting, await driver.fetchval("SELECT count(*) FROM link_waiting")) == (20, 0)
        assert await driver.fetchval("SELECT id FROM link_model") == model  # no pass over all
    precision, recall, _ = await pairs_in_store(store, tmp_path)
    assert precision >= 0.998
    assert recall >= 0.97
