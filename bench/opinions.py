"""Part `opinions`: a quarter of a file of opinions, then all of it, each into an empty store.

The pace and the memory of the load must not depend on the size of the file, and the pace is set
beside that of deputies. Every opinion names the station that heard it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import orjson
from rich.console import Console
from rich.table import Table

from bench.contenders import FOLDER, Contenders
from bench.deputies import write_deputies
from bench.duties_report import write_section
from bench.programs import Cost
from demo.people import VILLAGES
from demo.voices import CHANNELS, SUBJECTS
from hub.divisions.history import read_history
from hub.store.embedded import embedded_url
from hub.subjects.divisions import Level

STATIONS_EACH = 3
FIRST_DAY = date(2024, 1, 1)
DEPUTIES = 100_000
HEADER = ("records", "seconds", "records a second", "peak memory")
TEXT = """JSON Lines through the file connector into an empty store by `hub sync`, the start of the
program included, on {cores} cores with PostgreSQL on the same machine. Opinions have {fields}
fields, each names one of {stations:,} stations; deputies are those of part `load`.

{table}

From a quarter of the file to all of it the pace changes by the factor {pace:.2f} and the peak of
memory by {memory:.2f}. An opinion is loaded {beside:.1f} times as fast as a deputy.
"""
console = Console()


class OpinionLoads(Contenders):
    """The loads of the hub alone."""

    system = "opinions"

    def stored(self) -> int:
        """Opinions in the hub."""
        return self._count("bench_hub", "SELECT count(station_id) FROM public_opinion")


@dataclass(frozen=True, slots=True)
class Load:
    """One load: what, how many records, and what it cost."""

    what: str
    records: int
    cost: Cost

    @property
    def pace(self) -> float:
        """Records a second."""
        return self.records / self.cost.seconds

    @property
    def row(self) -> tuple[str, ...]:
        """Its line of the table."""
        return (
            f"{self.records:,} {self.what}",
            f"{self.cost.seconds:.1f}",
            f"{self.pace:,.0f}",
            f"{self.cost.peak_mib:.0f} MiB",
        )


def measure_opinions(records: int) -> None:
    """Measure, print, and write the table into docs/performance-duties.md."""
    stations = list(make_stations())
    quarter, whole = (load_opinions(stations, count) for count in (records // 4, records))
    loads = (quarter, whole, load_deputies())
    table = Table(*HEADER)
    for load in loads:
        table.add_row(*load.row)
    console.print(table)
    write_section("Opinions", report(loads, len(stations)))


def load_opinions(stations: list[dict[str, object]], count: int) -> Load:
    """The cost of loading so many opinions into an empty store."""
    file = FOLDER / "opinions" / "opinions.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file.with_name("stations.jsonl"), stations)
    write(file, make_opinions(stations, count))
    loads = OpinionLoads(embedded_url(FOLDER / "postgres"), file)
    loads.set_up()
    loads.renew()
    cost = loads.load_hub()
    assert loads.stored() == count
    return Load("opinions", count + len(stations), cost)


def load_deputies() -> Load:
    """The same for deputies."""
    file = FOLDER / "load" / "deputies.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_deputies(file, DEPUTIES)
    loads = Contenders(embedded_url(FOLDER / "postgres"), file)
    loads.set_up()
    loads.renew()
    return Load("deputies", DEPUTIES, loads.load_hub())


def report(loads: Sequence[Load], stations: int) -> str:
    """The section of the document."""
    quarter, whole, deputies = loads
    rows = (HEADER, ("---",) * len(HEADER), *(load.row for load in loads))
    return TEXT.format(
        cores=os.cpu_count(),
        fields=len(next(make_opinions([{"id": "", "division": ""}], 1))),
        stations=stations,
        table="\n".join(f"| {' | '.join(row)} |" for row in rows),
        pace=whole.pace / quarter.pace,
        memory=whole.cost.peak_mib / quarter.cost.peak_mib,
        beside=whole.pace / deputies.pace,
    )


def write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write rows as JSON Lines."""
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def make_stations() -> Iterator[dict[str, object]]:
    """Some stations in each township of Sichuan."""
    for division in read_history().divisions:
        is_current = division.level is Level.TOWNSHIP and division.valid_to is None
        if not (is_current and division.code.startswith("51")):
            continue
        for number in range(STATIONS_EACH):
            yield {
                "id": f"{division.code}-{number}",
                "name": f"{division.name}联络站{number}",
                "division": division.code,
            }


def make_opinions(stations: list[dict[str, object]], count: int) -> Iterator[dict[str, object]]:
    """`count` opinions, the same in every run."""
    rng = Random("bench-opinions")  # noqa: S311 - nothing here has to be unguessable
    for number in range(count):
        station = rng.choice(stations)
        subject, text = rng.choice(SUBJECTS)
        received = FIRST_DAY + timedelta(days=rng.randrange(700))
        state = rng.choice("1233333")
        done = state == "3"
        yield {
            "id": number,
            "division": station["division"],
            "station": station["id"],
            "citizen": "何平",
            "phone": f"125{number:08}",
            "village": rng.choice(VILLAGES),
            "subject": subject,
            "text": text,
            "channel": rng.choice(CHANNELS),
            "state": state,
            "received": received.isoformat(),
            "replied": (received + timedelta(days=9)).isoformat() if done else None,
            "closed": (received + timedelta(days=12)).isoformat() if done else None,
            "stars": 5 if done else None,
        }
