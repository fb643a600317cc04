"""The tables of figures in docs/linking.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bench.linking.__main__ import Measured

PAGE = Path(__file__).parents[2] / "docs" / "linking.md"
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
    """Put the figures in their place on the page; what was not measured now stays as it is."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    table, after = rest.split(END)
    below = "".join(line for line in table.splitlines(keepends=True) if line.startswith("febrl4"))
    if febrl:
        below = f"febrl4: precision {febrl[0]:.4f}, recall {febrl[1]:.4f}, F1 {febrl[2]:.4f}.\n"
    table = HEAD + renewed(table, {each.name: line(each) for each in found})
    parts = [BEGIN, table, *([below] if below else []), END]
    page.write_text(before + "\n".join(parts) + after, encoding="utf-8")


def renewed(table: str, measured: Mapping[str, str]) -> str:
    """The rows of a table, each measured one in the place of the earlier one of its set.

    `measured` has rows by the names of their sets; sets that are new come last.
    """
    lines = [line for line in table.splitlines(keepends=True) if line.startswith("| ")]
    known = {line.split(" | ")[0].removeprefix("| "): line for line in lines[1:]}
    return "".join((known | dict(measured)).values())


# --- Through the hub ------------------------------------------------------------------------------

HUB_BEGIN, HUB_END = "<!-- through the hub -->\n", "<!-- end of through the hub -->\n"
HUB_HEAD = (
    "| set | records | refused | precision | recall | false merges per 10,000 | link at the end "
    "| MB | a push of 1,000 | a sync of 1,000 |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


class ThroughHub(NamedTuple):
    """One set through the hub: records, figures of the pairs, seconds and megabytes of linking."""

    name: str
    records: int
    refused: int
    precision: float
    recall: float
    false_merges: float
    link: float
    megabytes: int
    push: float
    sync: float

    def row(self) -> str:
        """Its row of the table."""
        return (
            f"| {self.name} | {self.records:,} | {self.refused} | {self.precision:.5f} "
            f"| {self.recall:.4f} | {self.false_merges:.2f} | {self.link:.0f} s "
            f"| {self.megabytes:,} | {self.push:.1f} s | {self.sync:.1f} s |\n"
        )


def write_hub_figures(page: Path, found: ThroughHub) -> None:
    """Put the row of a set in its place on the page; those of other sets stay as they are."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(HUB_BEGIN)
    table, after = rest.split(HUB_END)
    table = HUB_HEAD + renewed(table, {found.name: found.row()})
    page.write_text(before + HUB_BEGIN + "\n" + table + "\n" + HUB_END + after, encoding="utf-8")
