"""The table of figures in docs/linking.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.linking.__main__ import Measured

BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEAD = (
    "| set | records | precision | recall | false merges per 10,000 | doubtful pairs per 10,000 "
    "| recall once they are decided | seconds | MB |\n|---|---|---|---|---|---|---|---|---|\n"
)


def line(each: Measured) -> str:
    """One row of the table."""
    f = each.figures
    asked = ("", "") if not f.recall_decided else (f"{f.doubtful:.0f}", f"{f.recall_decided:.4f}")
    return (
        f"| {each.name} | {each.records:,} | {f.precision:.5f} | {f.recall:.4f} "
        f"| {f.false_merges:.2f} | {asked[0]} | {asked[1]} "
        f"| {each.seconds:.0f} | {each.megabytes:,} |\n"
    )


def write_figures(
    page: Path, found: Sequence[Measured], febrl: tuple[float, float, float] | None
) -> None:
    """Put the figures in their place on the page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    table = HEAD + "".join(map(line, found))
    if febrl:
        table += f"\nfebrl4: precision {febrl[0]:.4f}, recall {febrl[1]:.4f}, F1 {febrl[2]:.4f}.\n"
    page.write_text(before + BEGIN + "\n" + table + "\n" + END + after, encoding="utf-8")
