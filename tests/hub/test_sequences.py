"""Random sequences of pushes, deletions, decisions, pins and undoings.

Whatever happened, no value that a source stated is lost, the change log tells of every change of
the golden rows, and these are what the surviving records, decisions and pins give in a fresh store.
HUB_TEST_SEQUENCES sets how many sequences are tried; `make test-long` tries 1,000.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from hub import intake
from hub.divisions.index import DivisionIndex
from hub.errors import Code, HubError
from hub.ids import new_id
from hub.intake import link_again
from hub.linking.judgements import Pair
from hub.runs.registered_systems import system_id
from hub.runs.runs import finish_run, start_run
from hub.stewards import verdicts as decisions
from hub.stewards.pins import pin_value, release_value
from hub.stewards.undo_run import undo_run
from hub.store.database import Database
from hub.subjects import KINDS
from hub.subjects.people import person as PERSON
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from hub.subjects.systems import RunKind
from tests.conftest import drop_database, make_database
from tests.hub.pushing import GUANGYUAN, IDS, ZHAOHUA, Hub, deputy
from tests.hub.stewarding import desk
from tests.hub.test_undo import check_log

SEQUENCES = int(os.environ.get("HUB_TEST_SEQUENCES", "40"))

RECORDS = {
    "1": ("county", ZHAOHUA, 8),
    "2": ("county", ZHAOHUA, 8),
    "A": ("city", GUANGYUAN, 8),
    "B": ("city", ZHAOHUA, 8),
    "P": ("province", "510000", 14),
}
"""Records by external id: the system, the division and the term."""

EXPECTED = {Code.CONTRADICTION, Code.ALREADY_DECIDED, Code.NOT_MERGED, Code.NOT_FOUND}


class Step(NamedTuple):
    """One thing that happens; the meaning of the numbers depends on the deed."""

    deed: str
    one: str
    other: str
    number: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        ("push", "push", "push", "same", "different", "unmerge", "pin", "release", "delete", "undo")
    ),
    st.sampled_from(sorted(RECORDS)),
    st.sampled_from(sorted(RECORDS)),
    st.integers(0, 5),
)


@dataclass
class Play:
    """A hub in which a sequence happens, and what should be left of it.

    `said` has per record what each run made of it, None for a deletion; `values` is every value
    that a source ever stated.
    """

    hub: Hub
    said: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)
    runs: list[str] = field(default_factory=list)
    undone: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)

    async def do(self, step: Step) -> None:
        try:
            await getattr(self, step.deed)(step)
        except HubError as error:
            if error.code not in EXPECTED:
                raise

    async def push(self, step: Step) -> None:
        answer = await push(self.hub, step.one, step.number)
        self.runs.append(answer)
        self.said.setdefault(step.one, []).append((answer, step.number))
        self.values.add(post_of(step.one, step.number))

    async def delete(self, step: Step) -> None:
        if self.left(step.one) is None or await self.is_anchor({step.one}):
            return
        run = await delete(self.hub, step.one)
        self.runs.append(run)
        self.said[step.one].append((run, None))

    async def undo(self, step: Step) -> None:
        standing = [run for run in self.runs if run not in self.undone]
        if not standing:
            return
        run = standing[step.number % len(standing)]
        dying = {key for key in self.said if self.left(key) is not None}
        self.undone.add(run)
        dying -= {key for key in self.said if self.left(key) is not None}
        if await self.is_anchor(dying):
            self.undone.discard(run)
        else:
            await undo_run(desk(self.hub), run)

    async def same(self, step: Step) -> None:
        await self.judge(step, Verdict.SAME)

    async def different(self, step: Step) -> None:
        await self.judge(step, Verdict.DIFFERENT)

    async def judge(self, step: Step, verdict: Verdict) -> None:
        if pair := await self.pair(step):
            await decisions.decide(desk(self.hub), pair, verdict)

    async def unmerge(self, step: Step) -> None:
        if pair := await self.pair(step):
            await decisions.unmerge(desk(self.hub), pair)

    async def pair(self, step: Step) -> Pair | None:
        if step.one == step.other or not {step.one, step.other} <= self.said.keys():
            return None
        return Pair.of(*[await key_of(self.hub, each) for each in (step.one, step.other)])

    async def pin(self, step: Step) -> None:
        if self.left(step.one) is not None:
            person = "SELECT person_id::text FROM source_record WHERE external_id = $1"
            ((key,),) = await self.hub.rows(person, step.one)
            await pin_value(desk(self.hub), "person", key, "education", DEGREES[step.number])

    async def release(self, step: Step) -> None:
        pins = await self.hub.rows("SELECT id::text FROM pin WHERE released_at IS NULL ORDER BY id")
        if pins:
            await release_value(desk(self.hub), pins[step.number % len(pins)][0])

    async def is_anchor(self, records: set[str]) -> bool:
        """Whether a standing pin hangs on one of these."""
        pinned = await self.hub.rows(
            "SELECT s.external_id FROM pin p JOIN source_record s ON s.id = p.record_id "
            "WHERE p.released_at IS NULL"
        )
        return bool(records & {key for (key,) in pinned})

    def left(self, record: str) -> int | None:
        """What the runs that are not undone leave of a record."""
        kept = [what for run, what in self.said.get(record, ()) if run not in self.undone]
        return kept[-1] if kept else None


DEGREES = ("小学", "初中", "高中", "大专", "本科", "研究生")


def post_of(record: str, number: int) -> str:
    return f"职务{record}{number}"


async def push(hub: Hub, record: str, number: int) -> str:
    """Push one of the six states of a record: two id numbers or none, a post, a party."""
    system, division, term = RECORDS[record]
    said: dict[str, object] = {"post": post_of(record, number), "education": DEGREES[number]}
    if number % 3:
        said["nationalId"] = IDS[number % 3 - 1]
    answer = await hub.deputies(system, deputy(record, divisionCode=division, term=term, **said))
    return answer.run_id


async def delete(hub: Hub, record: str) -> str:
    """Delete a record in a run of its own."""
    system = RECORDS[record][0]
    async with hub.database.writing() as driver:
        owner = await system_id(driver, system)
        run = await start_run(driver, owner, RunKind.SYNC)
        scope = await intake.open_scope(driver, hub, system, run)
        key = await driver.fetchval(
            "SELECT id::text FROM source_record WHERE external_id = $1", record
        )
        await intake.delete(driver, scope, KINDS[RecordKind.DEPUTY], "push", [key])
        await finish_run(driver, owner, run)
    return run


async def key_of(hub: Hub, record: str) -> str:
    ((key,),) = await hub.rows("SELECT id::text FROM source_record WHERE external_id = $1", record)
    return str(key)


# --- The same in a fresh store --------------------------------------------------------------------

STANDING = """
SELECT l.external_id, r.external_id, j.verdict FROM judgement j
JOIN source_record l ON l.id = j.left_id JOIN source_record r ON r.id = j.right_id
WHERE j.superseded_at IS NULL AND j.withdrawn_at IS NULL ORDER BY j.id
"""
PINS = """
SELECT s.external_id, p.value FROM pin p JOIN source_record s ON s.id = p.record_id
WHERE p.released_at IS NULL ORDER BY p.made_at, p.id
"""


async def rebuild(play: Play, fresh: Hub) -> None:
    """Put the surviving records, decisions and pins of a play into a fresh store."""
    for record in sorted(RECORDS, reverse=True):
        if (number := play.left(record)) is not None:
            await push(fresh, record, number)
    known = {key for (key,) in await fresh.rows("SELECT external_id FROM source_record")}
    for left, right, verdict in await play.hub.rows(STANDING):
        if {left, right} <= known:
            pair = Pair.of(await key_of(fresh, left), await key_of(fresh, right))
            await fresh.rows(
                "INSERT INTO judgement (id, kind, left_id, right_id, verdict, made_by) "
                "VALUES ($1, 'DEPUTY', $2, $3, $4, 'STEWARD')",
                new_id(),
                pair.left,
                pair.right,
                verdict,
            )
    for record, value in await play.hub.rows(PINS):
        await fresh.rows(
            "INSERT INTO pin (id, entity_type, entity_id, record_id, column_name, value, steward) "
            "VALUES ($1, 'person', $1, $2, 'education', to_jsonb($3::text), '')",
            new_id(),
            await key_of(fresh, record),
            value,
        )
    async with fresh.database.transaction() as driver:
        scope = await desk(fresh).scope(driver, "county")
        keys = [row[0] for row in await driver.fetch("SELECT id::text FROM source_record")]
        await link_again(driver, scope, KINDS[RecordKind.DEPUTY], keys)
        rows = await driver.fetch("SELECT DISTINCT person_id::text FROM source_record")
        people = {row[0] for row in rows}
        await intake.compute_again(driver, scope, KINDS[RecordKind.DEPUTY], PERSON, people)


GOLDEN = {
    "people": "SELECT array_agg(r.external_id ORDER BY r.external_id), p.name, p.post, "
    "p.education, p.employer_and_post FROM person p JOIN source_record r ON r.person_id = p.id "
    "AND r.deleted_at IS NULL GROUP BY p.id ORDER BY 1",
    "persons": "SELECT count(*) FROM person",
    "mandates": "SELECT array_agg(r.external_id ORDER BY r.external_id), c.name FROM deputy d "
    "JOIN congress c ON c.id = d.congress_id JOIN source_record r ON r.entity_id = d.id "
    "AND r.deleted_at IS NULL AND r.person_id = d.person_id GROUP BY d.id, c.name ORDER BY 1",
    "deputies": "SELECT count(*) FROM deputy",
    "conflicts": "SELECT array_agg(r.external_id ORDER BY r.external_id), c.column_name "
    "FROM conflict c JOIN source_record r ON r.deleted_at IS NULL "
    "AND c.entity_id IN (r.person_id, r.entity_id) GROUP BY c.id ORDER BY 2, 1",
    "records": "SELECT external_id, fields FROM source_record WHERE deleted_at IS NULL ORDER BY 1",
}


async def golden(hub: Hub) -> dict[str, list[Any]]:
    return {name: await hub.rows(query) for name, query in GOLDEN.items()}


KEPT = "SELECT fields->>'post' FROM source_record UNION SELECT fields->>'post' FROM record_version"


@pytest.fixture
async def pair_of_hubs(
    server_url: URL, template: str, divisions: DivisionIndex
) -> AsyncIterator[tuple[Hub, Hub]]:
    """A hub to play in, and one to compare it with."""
    hubs, urls = [], []
    for _ in range(2):
        url = await make_database(server_url, template)
        hub = Hub(Database(url), divisions)
        await hub.add_systems()
        hubs.append(hub)
        urls.append(url)
    yield hubs[0], hubs[1]
    for hub, url in zip(hubs, urls, strict=True):
        await hub.database.close()
        await drop_database(server_url, url)


KEEP = ("alembic_version", "division", "division_succession", "source_system")


async def clear(hub: Hub) -> None:
    """Empty a store of all but its divisions and systems."""
    tables = await hub.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    statement = ";".join(f"DELETE FROM {name}" for (name,) in tables if name not in KEEP)
    async with hub.database.driver() as driver:
        await driver.execute(statement)


@given(steps=st.lists(STEPS, min_size=4, max_size=14))
@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_any_sequence_ends_in_what_sources_and_stewards_say(
    pair_of_hubs: tuple[Hub, Hub], steps: list[Step]
) -> None:
    hub, fresh = pair_of_hubs
    await clear(hub)
    await clear(fresh)
    play = Play(hub)
    for step in steps:
        await play.do(step)
    await rebuild(play, fresh)
    assert await golden(hub) == await golden(fresh)
    assert play.values <= {value for (value,) in await hub.rows(KEPT)}
    await check_log(hub)
