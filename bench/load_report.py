"""The figures of part `load` as a table and as docs/performance-load.md."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from bench.programs import Cost
from hub.settings import ROOT

Costs = Mapping[tuple[str, str], Cost]
"""The cost of each (contender, load)."""

FILE = ROOT / "docs" / "performance-load.md"
HEADER = ("load", "hub", "dlt 1.31", "hub / dlt", "peak memory of hub", "of dlt")
TEXT = """# Loading beside dlt

Written by `make bench` (part `load`): {records:,} invented deputies in JSON Lines, 20 fields each,
loaded by `hub sync` through the file connector, and merged by [dlt](https://dlthub.com) 1.31.0 into
the same PostgreSQL {server} (a database each, settings as they come, every commit on disk). Both
are whole programs with their start; they take turns; medians of {rounds} rounds on {cores} cores.

dlt reads with orjson and loads through CSV, which is its fastest way into PostgreSQL, and keeps one
table as the source wrote it. The hub reads and checks every value, finds divisions and persons,
and writes source records, persons, mandates and the change log.

{table}

A second, unchanged load by the hub is {again:.1f} times as fast as its first.
"""


def report_rows(costs: Costs) -> Iterator[tuple[str, ...]]:
    """One row for each load: seconds, their ratio, and memory in MiB."""
    for load in dict.fromkeys(load for _, load in costs):
        hub, dlt = costs["hub", load], costs["dlt", load]
        yield (
            load,
            f"{hub.seconds:.1f} s",
            f"{dlt.seconds:.1f} s",
            f"{hub.seconds / dlt.seconds:.2f}",
            f"{hub.peak_mib:.0f} MiB",
            f"{dlt.peak_mib:.0f} MiB",
        )


def write_report(costs: Costs, records: int, rounds: int) -> None:
    """Write docs/performance-load.md."""
    rows = (HEADER, ("---",) * len(HEADER), *report_rows(costs))
    FILE.write_text(
        TEXT.format(
            records=records,
            rounds=rounds,
            cores=os.cpu_count(),
            server=18,
            table="\n".join(f"| {' | '.join(row)} |" for row in rows),
            again=costs["hub", "first"].seconds / costs["hub", "unchanged"].seconds,
        ),
        encoding="utf-8",
    )
