"""The document of the parts `opinions` and `board`: each writes its own section."""

from __future__ import annotations

from pathlib import Path

from bench.board import report as board_report
from bench.duties_report import write_section
from bench.opinions import Load, report
from bench.programs import Cost


def test_a_part_writes_its_own_section_and_leaves_the_other(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    write_section("The board", "old", file)
    write_section("Opinions", "figures", file)
    write_section("The board", "new", file)
    text = file.read_text()
    assert text.startswith("# Duties at scale\n")
    assert text.endswith("## Opinions\n\nfigures\n\n## The board\n\nnew\n")
    assert "old" not in text


def test_the_report_on_opinions_sets_all_beside_a_quarter_and_deputies() -> None:
    loads = (
        Load("opinions", 250, Cost(1, 100)),
        Load("opinions", 1000, Cost(5, 110)),
        Load("deputies", 300, Cost(3, 120)),
    )
    text = report(loads, 7)
    assert "| 1,000 opinions | 5.0 | 200 | 110 MiB |" in text
    assert "the factor 0.80" in text
    assert "memory by 1.10" in text
    assert "2.0 times as fast" in text


def test_the_report_on_the_board_says_whether_the_limit_holds() -> None:
    quick = board_report(1000, [0.01] * 10)
    assert "| the five-aspect board | 10.0 | 10.0 | 10.0 |" in quick
    assert "stays below 100 ms" in quick
    assert "does not always stay below 100 ms" in board_report(1000, [0.01] * 9 + [0.2])
