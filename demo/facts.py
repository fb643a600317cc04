"""What there is to know about: congresses, mandates, places and groups, before any system."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from demo.people import VILLAGES, Person
from hub.values import chinese_numeral


@dataclass(frozen=True, slots=True)
class Congress:
    """A congress in one term. `end` is set where the term is over."""

    code: str
    place: str
    level: str
    term: int
    start: date
    seats: int
    end: date | None = None

    @property
    def key(self) -> str:
        """Code and term."""
        return f"{self.code}-{self.term}"

    @property
    def name(self) -> str:
        """The official form of its name."""
        term = chinese_numeral(self.term)
        if self.level == "NATIONAL":
            return f"第{term}届全国人民代表大会"
        return f"{self.place}第{term}届人民代表大会"


@dataclass(slots=True, eq=False)
class Mandate:
    """A person in one congress. `town` is the code of the township where the person is at home."""

    number: int
    person: Person
    congress: Congress
    certificate: str
    unit: str
    delegation: str
    town: str
    start: date
    end: date | None = None
    status: str = "ACTIVE"
    reason: str = ""
    post: str = ""
    entry: str = "GENERAL_ELECTION"
    is_reelected: bool = False

    @property
    def level(self) -> str:
        """Level of the congress."""
        return self.congress.level


@dataclass(frozen=True, slots=True)
class Member:
    """A mandate in a place or group, with its role there; `until` where it has left."""

    mandate: Mandate
    role: str
    since: date
    until: date | None = None


@dataclass(slots=True, eq=False)
class Place:
    """A home or station. `code` owns it, it lies in `located`, `home` is the home it belongs to.

    `point` is its longitude and latitude where they are known, `village` the village where it lies
    in one.
    """

    number: int
    kind: str
    code: str
    located: str
    name: str
    local_name: str
    address: str
    hours: str
    area: int
    rating: int
    since: date
    phone: str
    home: Place | None = None
    members: list[Member] = field(default_factory=list)
    point: tuple[float, float] | None = None
    village: str = ""
    status: str = "运行"
    closed: date | None = None

    @property
    def village_code(self) -> str:
        """The code of its village, invented as the village is; empty where it lies in none."""
        return f"{self.located}2{VILLAGES.index(self.village) + 1:02}" if self.village else ""

    def holder(self, role: str) -> str:
        """Names of the members with a role."""
        return "、".join(item.mandate.person.name for item in self.members if item.role == role)


@dataclass(slots=True, eq=False)
class Group:
    """A deputy group of the division `code`."""

    number: int
    code: str
    term: int
    name: str
    kind: str
    work: str
    members: list[Member]

    @property
    def leader(self) -> Mandate:
        """The leader's mandate."""
        return next(item.mandate for item in self.members if item.role == "组长")
