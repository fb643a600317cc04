"""What a sync prints, on a terminal of 80 characters."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from cli.sync import report_table
from hub.runs.runs import Counts
from hub.runs.sync import Report

LONG = "guangyuan-deputies"


def table(**counts: int) -> Table:
    return report_table({LONG: (Report("run", Counts(**counts)), 1.25)})


def test_the_codes_of_systems_and_the_counts_are_whole() -> None:
    console = Console(width=80)
    with console.capture() as capture:
        console.print(table(stored=1200345, unchanged=1, quarantined=30))
    shown = (LONG, "1200376", "1200345", "quarantined", "30", "ok")
    assert all(word in capture.get() for word in shown)


def test_counts_that_are_rare_show_where_there_are_any() -> None:
    usual = [column.header for column in table(stored=1).columns]
    assert "withheld" not in usual
    assert [it.header for it in table(withheld=2).columns if it.header not in usual] == ["withheld"]
