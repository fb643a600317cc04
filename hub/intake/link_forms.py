"""Comparison forms of deputies' records in the store: made from records, kept, found by key.

A form is a row of `hub.linking.scores.features.ROW` as bytes. Its keys are those by which records
are compared; one that too many records share is kept as crowded, and nothing is looked for by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from hub.divisions import Division, DivisionIndex
from hub.intake.batch import Record
from hub.intake.scope import Scope
from hub.linking import RowReader
from hub.linking.people import DEPUTIES
from hub.linking.scores import ROW, Keys, Said, Table, crowded, keys_of, table_of
from hub.store import Pipeline
from hub.subjects.divisions import Level
from hub.values import IdParts

LEVELS = {level.name: place for place, level in enumerate(Level)}

SAID = """
SELECT r.id::text, r.external_id, r.fields, r.id_token, r.id_parts, s.code AS system,
       r.division_id::text, r.resolved ->> 'level' AS level
FROM source_record r JOIN source_system s ON s.id = r.system_id
WHERE r.kind = 'DEPUTY'
"""
LIVE = f"{SAID} AND r.deleted_at IS NULL"
SAID_BY_ID = f"{SAID} AND r.id = ANY($1::uuid[])"
LIVE_BY_ID = f"{LIVE} AND r.id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True)
class Forms:
    """Records as they are compared.

    `places` are system and external id: by them records stand in an order of their own, whenever
    they came.
    """

    ids: list[str]
    places: list[str]
    table: Table

    def __len__(self) -> int:
        return len(self.ids)

    def ordered(self) -> Forms:
        """The same records by their places."""
        order = sorted(range(len(self)), key=self.places.__getitem__)
        return self.some(order)

    def some(self, rows: Sequence[int]) -> Forms:
        """Some of the records."""
        ids, places = [self.ids[row] for row in rows], [self.places[row] for row in rows]
        return Forms(ids, places, self.table[np.array(rows, np.intp)])

    def keys(self) -> Keys:
        """The keys of each record, one column for each rule."""
        return keys_of(self.table, DEPUTIES.rules)


def together(parts: Sequence[Forms]) -> Forms:
    """The records of several that have none in common."""
    ids = [key for part in parts for key in part.ids]
    places = [place for part in parts for place in part.places]
    return Forms(ids, places, np.concatenate([np.zeros(0, ROW), *(part.table for part in parts)]))


def joined(parts: Sequence[Forms]) -> Forms:
    """The records of several, each once."""
    every = together(parts)
    first = {key: row for row, key in reversed(list(enumerate(every.ids)))}
    return every.some(list(first.values()))


# --- Out of records -------------------------------------------------------------------------------


def forms_of_records(scope: Scope, records: Sequence[Record]) -> Forms:
    """The forms of records of a batch."""
    systems = {key: system.code for key, system in scope.systems.items()}
    return Forms(
        [record.id for record in records],
        [place_of(systems[record.system_id], record.external_id) for record in records],
        table_of(
            said(
                scope.divisions,
                record.fields,
                systems[record.system_id],
                record.division_id,
                str(record.resolved["level"]),
                record.id_token,
                record.id_parts,
            )
            for record in records
        ),
    )


async def forms_of_stored(reader: RowReader, divisions: DivisionIndex, ids: Sequence[str]) -> Forms:
    """The forms of stored records, made anew; of those that are live."""
    return forms_of_rows(divisions, await reader.fetch(LIVE_BY_ID, list(ids)))


def forms_of_rows(divisions: DivisionIndex, rows: Sequence[Any]) -> Forms:
    """The forms of rows of `SAID`."""
    return Forms(
        [row["id"] for row in rows],
        [place_of(row["system"], row["external_id"]) for row in rows],
        table_of(
            said(
                divisions,
                row["fields"],
                row["system"],
                row["division_id"],
                row["level"],
                row["id_token"],
                row["id_parts"],
            )
            for row in rows
        ),
    )


def place_of(system: str, external_id: str) -> str:
    return f"{system}\t{external_id}"


def said(
    divisions: DivisionIndex,
    fields: Mapping[str, Any],
    system: str,
    division_id: str,
    level: str,
    id_token: bytes | None,
    id_parts: str | None,
) -> Said:
    """What a record says of its person."""
    division = division_of(divisions, division_id)
    unit = fields.get("electoralUnit")
    employer = fields.get("employer", "") + fields.get("post", "")
    return Said(
        name=fields["name"],
        system=system,
        division=division.code,
        level=LEVELS[level],
        area=area_of(divisions, division_id, unit if division.level in ELECTED else None),
        term=fields.get("term"),
        gender=fields.get("gender"),
        ethnicity=fields.get("ethnicity"),
        birth=fields.get("birth"),
        id_token=id_token,
        id_parts=IdParts.of_text(id_parts) if id_parts else None,
        phone=fields.get("phone"),
        work=employer or fields.get("employerAndPost"),
        unit=unit,
        party=fields.get("politicalAffiliation"),
        education=fields.get("education"),
    )


ELECTED = (Level.PROVINCE, Level.PREFECTURE)
"""Levels whose deputies are elected by the congresses below: the electoral unit is a division."""


@lru_cache(maxsize=65536)
def division_of(divisions: DivisionIndex, key: str) -> Division:
    return divisions.by_id[UUID(key)]


@lru_cache(maxsize=65536)
def area_of(divisions: DivisionIndex, key: str, unit: str | None) -> tuple[str, ...]:
    """Codes from the province down, as far as a division, and the one that is the unit, tell."""
    division = division_of(divisions, key)
    if unit:
        meant = divisions.resolve_name(re.sub("代表团$", "", unit), division.id)
        division = meant[0] if len(meant) == 1 else division
    above = [divisions.by_id[key] for key in division.path]
    return tuple(it.code for it in above if it.level is not Level.NATIONAL)


# --- In the store ---------------------------------------------------------------------------------

BY_ID = "SELECT record_id::text, place, form FROM link_form WHERE record_id = ANY($1::uuid[])"
BY_KEY = """
SELECT record_id::text, place, form FROM link_form
WHERE keys && (SELECT coalesce(array_agg(key), '{}') FROM unnest($1::bigint[]) AS asked(key)
               WHERE NOT EXISTS (SELECT FROM crowded_key c WHERE c.key = asked.key))
"""
WRITE = """
INSERT INTO link_form (record_id, place, form, keys)
SELECT r.id, r.place, r.form, string_to_array(r.keys, ' ')::bigint[]
FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[]) AS r(id, place, form, keys)
ON CONFLICT (record_id) DO UPDATE SET place = excluded.place, form = excluded.form,
    keys = excluded.keys, written_at = clock_timestamp()
"""
DROP = "DELETE FROM link_form WHERE record_id = ANY($1::uuid[])"
NOTE_CROWDED = "INSERT INTO crowded_key SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING"


async def find_by_id(reader: RowReader, ids: Iterable[str]) -> Forms:
    """The kept forms of these records."""
    return _read(await reader.fetch(BY_ID, list(ids)))


async def find_by_key(reader: RowReader, keys: Iterable[int]) -> Forms:
    """The kept forms of all records that have one of these keys, crowded ones left out."""
    return _read(await reader.fetch(BY_KEY, list(keys)))


def _read(rows: Sequence[Mapping[str, Any]]) -> Forms:
    forms = b"".join(row["form"] for row in rows)
    ids, places = [row["record_id"] for row in rows], [row["place"] for row in rows]
    return Forms(ids, places, np.frombuffer(forms, ROW))


async def write_forms(pipeline: Pipeline, forms: Forms) -> None:
    """Keep forms in the place of the earlier ones of these records."""
    if len(forms):
        rows = columns_of(forms, forms.keys())
        ids, places, forms_, keys = map(list, zip(*rows, strict=True))
        texts = [" ".join(map(str, some)) for some in keys]
        await pipeline.execute(WRITE, ids, places, forms_, texts)


async def drop_forms(pipeline: Pipeline, ids: Sequence[str]) -> None:
    """Forget the forms of records that are gone."""
    await pipeline.execute(DROP, list(ids))


def columns_of(forms: Forms, keys: Keys) -> Iterable[tuple[str, str, bytes, list[int]]]:
    """Id, place, form and keys of each record."""
    text, size = forms.table.tobytes(), ROW.itemsize
    for row, (key, place) in enumerate(zip(forms.ids, forms.places, strict=True)):
        known: NDArray[np.int64] = keys[row]
        yield key, place, text[row * size : (row + 1) * size], known[known != 0].tolist()


async def note_crowded(pipeline: Pipeline, keys: Keys) -> None:
    """Keep the keys that too many of these rows share."""
    found = crowded(keys, DEPUTIES.rules)
    if len(found):
        await pipeline.execute(NOTE_CROWDED, found.tolist())
