"""What a sync prints, on a terminal of 80 characters."""

from __future__ import annotations

from rich.console import Console

from hub.runs import Counts
from hub.sync import Report
from hub.terminal import report_table

LONG = "guangyuan-deputies"


def printed(**counts: int) -> str:
    console = Console(width=80)
    with console.capture() as capture:
        console.print(report_table({LONG: (Report("run", Counts(**counts)), 1.25)}))
    return capture.get()


def test_the_codes_of_systems_and_the_counts_are_whole() -> None:
    text = printed(stored=1200345, unchanged=1, quarantined=30)
    assert all(word in text for word in (LONG, "1200376", "1200345", "quarantined", "30", "ok"))


def test_counts_that_are_rare_show_where_there_are_any() -> None:
    assert "withheld" not in printed(stored=1)
    assert "withheld" in printed(withheld=2)
