"""Livelihood projects chosen by deputies' vote, before any system writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from demo.chance import chance
from demo.facts import Congress

YEARS = (2025, 2026)
TITLES = (
    ("农村公路提档升级", "交通"), ("城乡供水管网改造", "水利"), ("乡镇卫生院改扩建", "卫生健康"),
    ("学校食堂改造", "教育"), ("老旧小区改造", "住房"), ("社区养老服务中心建设", "民政"),
    ("农田灌溉渠系整治", "农业农村"), ("农贸市场规范化改造", "商务"), ("公共停车位新增", "城管"),
    ("村级文化广场建设", "文化"), ("垃圾分类收集点建设", "环境"), ("智慧路灯安装", "城管"),
)  # fmt: skip
MONTHS = (2, 4, 7, 11)
"""The months in which the steps are to be reached."""
STEPS = ("完成立项", "完成招标", "主体开工", "竣工验收")
COUNTY_CANDIDATES, COUNTY_PLACES = 12, 10
TOWN_CANDIDATES, TOWN_PLACES = 4, 3


@dataclass(slots=True)
class Work:
    """One candidate of a year, with its votes; `steps` are the days its milestones were reached."""

    number: int
    congress: Congress
    year: int
    title: str
    subject: str
    yuan: int
    votes: tuple[int, int, int]
    rank: int = 0
    is_chosen: bool = False
    steps: list[date] = field(default_factory=list)


@dataclass(slots=True)
class Vote:
    """One vote of a congress on its candidates of a year."""

    number: int
    congress: Congress
    year: int
    places: int
    present: int
    works: list[Work]

    @property
    def held(self) -> date:
        """The day of the session."""
        return date(self.year, 1, 16)


def make_votes(subject: str, congresses: Sequence[Congress]) -> list[Vote]:
    """A vote of each congress in each year, the same in every run."""
    rng = chance(f"works-{subject}")
    pairs = [(congress, year) for year in YEARS for congress in congresses]
    made: list[Vote] = []
    first = 1
    for number, (congress, year) in enumerate(pairs, 1):
        made.append(make_vote(rng, number, congress, year, first))
        first += len(made[-1].works)
    return made


def make_vote(rng: Random, number: int, congress: Congress, year: int, first: int) -> Vote:
    """One vote: more candidates than places, the most votes win."""
    is_county = congress.level == "COUNTY"
    count, places = (
        (COUNTY_CANDIDATES, COUNTY_PLACES) if is_county else (TOWN_CANDIDATES, TOWN_PLACES)
    )
    present = congress.seats - rng.randrange(3, 9)
    works = [
        make_work(rng, first + place, congress, year, title, present)
        for place, title in enumerate(rng.sample(TITLES, count))
    ]
    for rank, work in enumerate(sorted(works, key=lambda item: -item.votes[0]), 1):
        work.rank, work.is_chosen = rank, rank <= places
        if work.is_chosen:
            work.steps = reached(rng, year)
    return Vote(number, congress, year, places, present, works)


def make_work(
    rng: Random, number: int, congress: Congress, year: int, title: tuple[str, str], present: int
) -> Work:
    """One candidate with its votes."""
    name, subject = title
    against, abstained = rng.randrange(present // 4), rng.randrange(4)
    votes = (present - against - abstained, against, abstained)
    yuan = rng.randrange(20, 900) * 10_000
    return Work(number, congress, year, f"{congress.place}{name}", subject, yuan, votes)


def reached(rng: Random, year: int) -> list[date]:
    """The days of the milestones so far; those of 2026 have only begun."""
    days = [date(year, month, rng.randrange(1, 28)) for month in MONTHS]
    return days if year < YEARS[-1] and rng.random() < 0.85 else days[: rng.randrange(1, 3)]
