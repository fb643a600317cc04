"""Counties with all that ever lay in them: where the records of one place are sought."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from uuid import UUID

from hub.divisions.index import Division, DivisionIndex
from hub.subjects.divisions import Level
from hub.values import fold_for_linking

LOCAL = (Level.COUNTY, Level.TOWNSHIP)


class Regions:
    """The regions of an index, and the names that divisions have in each."""

    def __init__(self, divisions: DivisionIndex) -> None:
        self._divisions = divisions
        self._names: dict[UUID, dict[str, UUID | None]] = {}

    @cached_property
    def _roots(self) -> dict[UUID, UUID]:
        """The region of each division of a county and of what lies in it, by one of its ids."""
        roots: dict[UUID, UUID] = {}

        def root(key: UUID) -> UUID:
            while roots.setdefault(key, key) != key:
                roots[key] = key = roots[roots[key]]
            return key

        for division in self._divisions.by_id.values():
            if division.level in LOCAL:
                near = [it.id for it in self._divisions.successors(division)]
                if division.level is Level.TOWNSHIP and division.parent_id:
                    near.append(division.parent_id)
                for other in near:
                    one, two = root(division.id), root(other)
                    roots[max(one, two)] = min(one, two)
        return {key: root(key) for key in list(roots)}

    @cached_property
    def _members(self) -> dict[UUID, list[UUID]]:
        members: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for key, region in self._roots.items():
            members[region].append(key)
        return members

    def of(self, division: Division) -> UUID:
        """The region of a division; of one above the counties its place."""
        above = division.parent_id if division.is_unlisted else None
        known = self._roots.get(above or division.id)
        return known or self._divisions.place(division.id)

    def versions(self, region: UUID) -> list[UUID]:
        """The divisions of a region."""
        unlisted = [it.id for it in self._divisions.unlisted if self.of(it) == region]
        known = self._members.get(region) or self._divisions.versions(region)
        return [*known, *unlisted]

    def names(self, region: UUID) -> dict[str, UUID | None]:
        """The folded names of a region's divisions with their places; None for those above."""
        if region not in self._names:
            members = [self._divisions.by_id[key] for key in self.versions(region)]
            path = {key for it in members for key in it.path}
            above = [self._divisions.by_id[key] for key in path]
            found: dict[str, UUID | None] = {
                fold_for_linking(it.name): None for it in above if it.level is not Level.TOWNSHIP
            }
            for it in members:
                if it.level is Level.TOWNSHIP:
                    found[fold_for_linking(it.name)] = self._divisions.place(it.id)
            self._names[region] = found
        return self._names[region]

    def later(self, place: UUID) -> tuple[UUID, ...]:
        """The places that followed a place, all those on the way included."""
        found: dict[UUID, None] = {}
        waiting = [place]
        while waiting:
            for key in self._divisions.versions(waiting.pop()):
                for after in self._divisions.successors(self._divisions.by_id[key]):
                    following = self._divisions.place(after.id)
                    if following != place and following not in found:
                        found[following] = None
                        waiting.append(following)
        return tuple(found)


@lru_cache(maxsize=2)
def regions_of(divisions: DivisionIndex) -> Regions:
    """The regions of an index, made once."""
    return Regions(divisions)
