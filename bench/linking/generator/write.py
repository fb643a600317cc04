"""Write a generated set as four CSV files and the truth."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from random import Random

from bench.linking.generator.people import SYSTEMS, Person, make_people
from bench.linking.generator.places import read_towns
from bench.linking.generator.rows import COLUMNS, row_of

LETTERS = dict(zip(SYSTEMS, "PCXZ", strict=True))
COPIED = 0.0008
"""Share of records whose ID number was copied down from the row above."""


def write_set(folder: Path, people: int, seed: int = 1) -> int:
    """Write `people` invented people; give the number of records."""
    rng = Random(seed)  # noqa: S311 - invented people, no secret
    folder.mkdir(parents=True, exist_ok=True)
    towns = read_towns()[: max(40, people // 250)]
    count = 0
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(
                (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            for name in (*SYSTEMS, "truth")
        }
        writers = {name: csv.DictWriter(files[name], COLUMNS) for name in SYSTEMS}
        for writer in writers.values():
            writer.writeheader()
        truth = csv.writer(files["truth"])
        truth.writerow(("record_id", "person_id"))
        for person in make_people(rng, towns, people):
            count += write_person(rng, person, writers, truth)
    return count


_above: dict[str, str] = {}


def write_person(
    rng: Random, person: Person, writers: dict[str, csv.DictWriter[str]], truth: object
) -> int:
    for number, mandate in enumerate(person.mandates):
        record_id = f"{LETTERS[mandate.system]}{person.key[1:]}{number}"
        row = row_of(rng, person, mandate, record_id)
        above = _above.get(mandate.system)
        if above and len(row["id_no"]) == 18 and rng.random() < COPIED:
            row["id_no"] = above
        if len(row["id_no"]) == 18 and "*" not in row["id_no"]:
            _above[mandate.system] = row["id_no"]
        writers[mandate.system].writerow(row)
        truth.writerow((record_id, person.key))  # type: ignore[attr-defined]
    return len(person.mandates)
