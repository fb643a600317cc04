"""The tables of docs/linking.md: a run writes the rows of the sets that it measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.linking.__main__ import Measured
from bench.linking.figures import Figures
from bench.linking.report import PAGE, ThroughHub, write_figures, write_hub_figures

FIGURES = Figures(0.5, 0.25, 1.0, 2.0, 0.75)
MILLION = "| 1,000,000 generated people |"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A copy of the page as it is."""
    copy = tmp_path / "linking.md"
    copy.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def test_rows_of_sets_that_were_not_measured_stay_as_they_are(page: Path) -> None:
    before = lines(page)
    write_figures(page, [Measured("8,000 generated people", 9, 8, FIGURES, 7.0, 6)], None)
    after = lines(page)
    changed = [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert [after[at] for at in changed] == [
        "| 8,000 generated people | 9 | 0.50000 | 0.2500 | 1.00 | 2 | 0.7500 | 7 | 6 |"
    ]
    assert any(line.startswith(MILLION) for line in after)
    assert any(line.startswith("febrl4: ") for line in after)


def test_a_new_set_comes_last_and_febrl_is_renewed(page: Path) -> None:
    before = lines(page)
    write_figures(page, [Measured("a new set", 9, 8, FIGURES, 7.0, 6)], (0.1, 0.2, 0.3))
    after = lines(page)
    (at,) = [at for at, line in enumerate(after) if line.startswith("| a new set |")]
    assert after[at - 1].startswith(MILLION)
    assert after[at + 2] == "febrl4: precision 0.1000, recall 0.2000, F1 0.3000."
    assert [*after[:at], *after[at + 1 :]][: at + 1] == before[: at + 1]
    assert len(after) == len(before) + 1


def test_a_set_through_the_hub_takes_the_place_of_its_earlier_row(page: Path) -> None:
    before = lines(page)
    name = "100,000 generated people"
    write_hub_figures(page, ThroughHub(name, 9, 0, 0.5, 0.25, 1.0, 7.0, 6, 5.0, 4.0))
    after = lines(page)
    changed = [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert [after[at] for at in changed] == [
        f"| {name} | 9 | 0 | 0.50000 | 0.2500 | 1.00 | 7 s | 6 | 5.0 s | 4.0 s |"
    ]
