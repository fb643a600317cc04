"""Newcomers: deputies' records that nothing is known of, with all rows that they give.

Most records of a load are such: new, and under no ID number or key but those of records beside
them, plainly the same person's other mandates. Nothing has to be found, compared or computed when
they are stored: the process that reads makes their rows as COPY takes them, the one that stores
hands them on.
Whether others are known under the same number or key is asked when a batch is read, and again when
it is stored, since somebody else may have written in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from uuid import UUID

from sqlalchemy import Table

from hub.divisions import DivisionIndex
from hub.ids import new_id
from hub.intake.alike import is_own
from hub.intake.batch import Newcomers, Prepared, Record, SearchedPerson
from hub.intake.golden_values import choose, columns_of, golden_rows
from hub.intake.golden_writing import packed_created, packed_golden
from hub.intake.named_congresses import congress_id, find_congresses
from hub.intake.neighbours import to_node
from hub.intake.record_statements import packed_records, reference_rows, write_references
from hub.intake.scope import Scope
from hub.search import ENDED_MANDATES, Entry, entries_of, ranks
from hub.store import Driver, Packed, Pipeline, breathing, packed, packed_rows
from hub.subjects import KINDS
from hub.subjects.deputies import deputy as DEPUTY
from hub.subjects.people import person as PERSON
from hub.subjects.record_kinds import RecordKind
from hub.subjects.search import SearchKind

KIND = KINDS[RecordKind.DEPUTY]


# --- Where a batch is read ------------------------------------------------------------------------


async def part_newcomers(
    driver: Driver, scope: Scope, prepared: Prepared, different: Mapping[str, bool]
) -> None:
    """Part the newcomers from the other records of a batch.

    `different` tells by external id whether the store has never heard of a record.
    """
    if prepared.kind is not KIND or scope.scores_people:
        return
    known = await _known_keys(driver, scope, prepared.records)
    others: list[Record] = []
    new: list[list[Record]] = []
    for records in _by_keys(prepared.records):
        is_new = all(different[it.external_id] and not it.warnings for it in records)
        stands_alone = is_new and known.isdisjoint(_keys(records[0])) and _is_one(scope, records)
        if stands_alone:
            new.append(records)
        else:
            others += records
    if new:
        await _name_congresses(driver, scope, prepared.newcomers, new)
        _write(scope, prepared.stream, prepared.newcomers, new)
    prepared.records = others


def _keys(record: Record) -> list[bytes | str]:
    """The token of its ID number and the key of its person, as far as it has any."""
    return [key for key in (record.id_token, record.person_key) if key]


def _by_keys(records: Iterable[Record]) -> Iterable[list[Record]]:
    """Records by what they have of ID number and key; those without are each by itself."""
    found: dict[object, list[Record]] = {}
    for record in records:
        keys = tuple(_keys(record))
        found.setdefault(keys or record.external_id, []).append(record)
    return found.values()


def _is_one(scope: Scope, records: Sequence[Record]) -> bool:
    """Whether records of one number and key are one person's mandates, and say the same of it."""
    if len(records) == 1:
        return True
    for record in records:
        record.system_id = scope.system.id
    congresses = {record.congress for record in records}
    own = all(is_own(to_node(scope, KIND, record)) for record in records)
    return own and len(congresses) == len(records) and _say_the_same(records)


def _say_the_same(records: Iterable[Record]) -> bool:
    """Whether no two records state different values of their person."""
    said: dict[str, object] = {}
    for record in records:
        for name in OF_PERSONS & record.fields.keys():
            if said.setdefault(name, record.fields[name]) != record.fields[name]:
                return False
    return True


OF_PERSONS = columns_of(KIND.kind, PERSON.name).keys()


STORED_TOKENS = "SELECT id_token FROM source_record WHERE id_token = ANY($1)"
STORED_KEYS = "SELECT person_key FROM source_record WHERE system_id = $1 AND person_key = ANY($2)"


async def _known_keys(driver: Driver, scope: Scope, records: Iterable[Record]) -> set[bytes | str]:
    """The ID numbers' tokens and the keys of persons of this batch by which others are known.

    Those are records of the store, of the batches before, and of this one with another key or
    number beside.
    """
    pairs = {(record.id_token, record.person_key) for record in records}
    tokens = Counter(token for token, _ in pairs if token)
    keys = Counter(key for _, key in pairs if key)
    known: set[bytes | str] = {token for token, count in tokens.items() if count > 1}
    known.update(key for key, count in keys.items() if count > 1)
    known.update(*scope.under_way)
    scope.under_way.append({*tokens, *keys})
    known.update(await _stored(driver, scope, list(tokens), list(keys)))
    return known


async def _stored(
    reader: Driver | Pipeline, scope: Scope, tokens: list[bytes], keys: list[str]
) -> list[bytes | str]:
    """Those of the tokens and keys that a stored record has."""
    rows = await reader.fetch(STORED_TOKENS, tokens) if tokens else []
    if keys:
        rows += await reader.fetch(STORED_KEYS, scope.system.id, keys)
    return [row[0] for row in rows]


async def _name_congresses(
    driver: Driver, scope: Scope, newcomers: Newcomers, people: Iterable[Sequence[Record]]
) -> None:
    """Give records the ids of their congresses; those that are not there yet are to be made."""
    records = [record for each in people for record in each]
    levels = {(division, term): level for division, level, term in map(named, records)}
    missing = levels.keys() - scope.congresses.keys()
    if missing:
        await find_congresses(driver, scope, missing)
    for place in sorted(missing - scope.congresses.keys(), key=str):
        newcomers.congresses[place] = levels[place]
        scope.congresses[place] = congress_id(*place)
    for record in records:
        division, _, term = named(record)
        record.resolved["congress_id"] = scope.congresses[division, term]


def named(record: Record) -> tuple[str, str, int | None]:
    """The congress of a mandate: its division, level and term."""
    assert record.congress is not None
    return record.congress


def _write(scope: Scope, stream: str, newcomers: Newcomers, people: Sequence[list[Record]]) -> None:
    """Make the rows of newcomers, `people` are the records of each person."""
    records = list(chain.from_iterable(people))
    for each in people:
        _identify(each)
    newcomers.ids = [record.id for record in records]
    newcomers.external_ids = [record.external_id for record in records]
    newcomers.mandates = [record.entity_id for record in records]
    newcomers.tokens = list(filter(None, (record.id_token for record in records)))
    newcomers.keys = list(filter(None, (record.person_key for record in records)))
    newcomers.references = reference_rows(scope, records)
    newcomers.people = [_searched(each) for each in people]
    persons = [str(each[0].person_id) for each in people]
    newcomers.rows = [
        packed_records(scope, KIND, stream, records),
        _golden(scope, PERSON, persons, people),
        _golden(scope, DEPUTY, newcomers.mandates, list(zip(records, strict=True))),
        packed_created(PERSON.name, scope.cause, persons),
        packed_created(DEPUTY.name, scope.cause, newcomers.mandates),
        packed("link_waiting", {"record_id": newcomers.ids}),
    ]


def _identify(records: Sequence[Record]) -> None:
    """Give the records of a new person, and their mandates, ids."""
    person = new_id()
    for record in records:
        record.id, record.entity_id, record.person_id = new_id(), new_id(), person


def _golden(
    scope: Scope, table: Table, ids: Sequence[str], groups: Sequence[Sequence[Record]]
) -> Packed:
    """The golden rows of some records each, made column by column."""
    chosen = zip(ids, (choose(scope, KIND, table, each) for each in groups), strict=True)
    return packed_golden(golden_rows(scope, KIND, table, dict(chosen)))


def _searched(records: Sequence[Record]) -> SearchedPerson:
    """What search tells of the person of some records."""
    has_ended = all(it.fields.get("status") in ENDED_MANDATES for it in records)
    divisions = tuple([record.division_id for record in records])
    return SearchedPerson(
        str(records[0].person_id), str(records[0].fields["name"]), has_ended, divisions
    )


# --- Where it is stored ---------------------------------------------------------------------------


SHARING = """
SELECT id::text FROM source_record WHERE id_token = ANY($1)
UNION
SELECT id::text FROM source_record WHERE system_id = $2 AND person_key = ANY($3)
"""


async def write_newcomers(pipeline: Pipeline, scope: Scope, newcomers: Newcomers) -> list[str]:
    """Write all rows of newcomers; give the ids of records that are to be linked anew.

    Those are the newcomers whom another writer has made known since they were read, with the
    records under the same numbers and keys: none, as a rule.
    """
    known = await _stored(pipeline, scope, newcomers.tokens, newcomers.keys)
    for rows in newcomers.rows:
        await pipeline.copy(rows)
    entries = [entry async for entry in _entries(scope.divisions, newcomers.people)]
    await pipeline.copy(packed_rows("search_entry", Entry._fields, entries))
    await write_references(pipeline, newcomers.references)
    if not known:
        return []
    tokens = [each for each in known if isinstance(each, bytes)]
    keys = [each for each in known if isinstance(each, str)]
    return [row[0] for row in await pipeline.fetch(SHARING, tokens, scope.system.id, keys)]


RUNNING, ENDED = ranks(SearchKind.PERSON)


async def _entries(
    divisions: DivisionIndex, people: Iterable[SearchedPerson]
) -> AsyncIterator[Entry]:
    """The entries of the search index by which people are found."""
    async for person, name, has_ended, where in breathing(people):
        rank = ENDED if has_ended else RUNNING
        for entry in entries_of(
            SearchKind.PERSON, person, name, None, rank, _above(divisions, where)
        ):
            yield entry


@lru_cache(maxsize=65536)
def _above(divisions: DivisionIndex, division_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Divisions and all above them."""
    paths = (divisions.by_id[UUID(key)].path for key in division_ids)
    return tuple({str(key): None for path in paths for key in path})
