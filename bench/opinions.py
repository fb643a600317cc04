"""Part `opinions`: a quarter of a file of opinions, then all of it, each into an empty store.

The pace and the memory of the load must not depend on the size of the file. Every opinion names
the station that heard it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import orjson
from rich.console import Console
from rich.table import Table

from bench.contenders import FOLDER, Contenders
from demo.people import VILLAGES
from demo.voices import CHANNELS, SUBJECTS
from hub.database import embedded_url
from hub.division_history import read_history
from hub.enums import Level

STATIONS_EACH = 3
FIRST_DAY = date(2024, 1, 1)
console = Console()


class OpinionLoads(Contenders):
    """The loads of the hub alone."""

    system = "opinions"

    def stored(self) -> int:
        """Opinions in the hub."""
        return self._count("bench_hub", "SELECT count(station_id) FROM public_opinion")


def measure_opinions(records: int) -> None:
    """Measure and print: seconds, records a second and the most memory held."""
    file = FOLDER / "opinions" / "opinions.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    stations = list(make_stations())
    write(file.with_name("stations.jsonl"), stations)
    loads = OpinionLoads(embedded_url(FOLDER / "postgres"), file)
    loads.set_up()
    table = Table("opinions", "seconds", "records a second", "peak memory")
    for count in (records // 4, records):
        write(file, make_opinions(stations, count))
        loads.renew()
        cost = loads.load_hub()
        assert loads.stored() == count
        pace = (count + len(stations)) / cost.seconds
        table.add_row(
            f"{count:,}", f"{cost.seconds:.1f}", f"{pace:,.0f}", f"{cost.peak_mib:.0f} MiB"
        )
    console.print(table)


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
