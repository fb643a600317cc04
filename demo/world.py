"""The invented world as a whole; the systems of the demonstration each know a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from demo.facts import Congress, Group, Mandate, Place
from demo.people import Person, Register


@dataclass
class World:
    """Everything there is. `known` are the people with a part of their own (docs/demo.md)."""

    register: Register = field(default_factory=Register)
    congresses: list[Congress] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    known: dict[str, Person] = field(default_factory=dict)
    _by_congress: defaultdict[str, list[Mandate]] = field(default_factory=lambda: defaultdict(list))
    _by_person: defaultdict[int, list[Mandate]] = field(default_factory=lambda: defaultdict(list))

    def open(self, congress: Congress) -> Congress:
        """Add a congress."""
        self.congresses.append(congress)
        return congress

    def elect(
        self,
        person: Person,
        congress: Congress,
        *,
        town: str = "",
        unit: str = "",
        delegation: str = "",
        start: date | None = None,
    ) -> Mandate:
        """Give `person` a mandate; certificates count from 001 in every congress."""
        fellows = self._by_congress[congress.key]
        mandate = Mandate(
            len(self.mandates) + 1,
            person,
            congress,
            f"{len(fellows) + 1:03}",
            unit,
            delegation,
            town,
            start or congress.start,
        )
        if start:
            mandate.entry = "BY_ELECTION"
        fellows.append(mandate)
        self._by_person[person.number].append(mandate)
        self.mandates.append(mandate)
        return mandate

    def in_congress(self, congress: Congress) -> list[Mandate]:
        """The mandates of one congress."""
        return self._by_congress[congress.key]

    def of_person(self, person: Person) -> list[Mandate]:
        """All mandates of one person."""
        return self._by_person[person.number]

    def congress(self, code: str) -> Congress:
        """The congress of a division today."""
        return next(item for item in self.congresses if item.code == code and item.end is None)

    def held(self, level: str, prefix: str = "") -> list[Mandate]:
        """The mandates of a level in today's congresses whose codes begin with `prefix`."""
        return self.choose(lambda item: item.level == level and item.congress.end is None, prefix)

    def former(self, prefix: str) -> list[Mandate]:
        """The mandates in congresses that are over."""
        return self.choose(lambda item: item.congress.end is not None, prefix)

    def choose(self, test: Callable[[Mandate], bool], prefix: str) -> list[Mandate]:
        """The mandates that pass `test` in congresses whose codes begin with `prefix`."""
        return [
            item for item in self.mandates if item.congress.code.startswith(prefix) and test(item)
        ]

    def congresses_in(self, prefix: str) -> list[Congress]:
        """The congresses whose codes begin with `prefix`."""
        return [item for item in self.congresses if item.code.startswith(prefix)]

    def places_of(self, kind: str, prefix: str) -> list[Place]:
        """The homes or stations that divisions with this prefix own."""
        return [item for item in self.places if item.kind == kind and item.code.startswith(prefix)]

    def groups_of(self, code: str) -> list[Group]:
        """The groups of one division."""
        return [item for item in self.groups if item.code == code]

    def is_known(self, person: Person) -> bool:
        """Whether the person plays a part of its own."""
        return person.name in self.known
