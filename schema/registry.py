"""Every type of the graph. A new entity is one module, and one line for it and its edges here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schema import (
    activities,
    board,
    budget,
    budget_rates,
    chains,
    composition,
    congresses,
    decisions,
    deputies,
    divisions,
    groups,
    learning,
    nearby,
    opinions,
    people,
    places,
    projects,
    provenance,
    references,
    representation,
    scores,
    search,
    station_load,
    stewardship,
    suggestions,
    supervision,
    systems,
)
from schema.declare import Edge, Entity, Listing, Lookup

DECLARED: tuple[Entity, ...] = (
    divisions.DIVISION,
    divisions.DIVISION_SUCCESSION,
    congresses.CONGRESS,
    congresses.STANDING_COMMITTEE,
    congresses.PRESIDIUM_BODY,
    people.PERSON,
    deputies.DEPUTY,
    places.HOME,
    places.STATION,
    groups.GROUP,
    suggestions.HANDLING_BODY,
    suggestions.SUGGESTION,
    suggestions.ASSIGNMENT,
    suggestions.LEGAL_CLOCK,
    opinions.PUBLIC_OPINION,
    *projects.ENTITIES,
    *activities.ENTITIES,
    *learning.ENTITIES,
    *scores.ENTITIES,
    *decisions.ENTITIES,
    *supervision.ENTITIES,
    *budget.ENTITIES,
    *budget_rates.ENTITIES,
    *board.ENTITIES,
    *chains.ENTITIES,
    *composition.ENTITIES,
    *nearby.ENTITIES,
    *station_load.ENTITIES,
    systems.SOURCE_SYSTEM,
    systems.RUN,
    systems.QUARANTINED_ROW,
    systems.QUARANTINE_ERROR,
    search.HIT,
    provenance.SOURCE_RECORD,
    provenance.FIELD_PROVENANCE,
    provenance.OTHER_VALUE,
    references.PENDING_REFERENCE,
)

REVERSE = (
    references.REVERSE,
    representation.REVERSE,
    nearby.REVERSE,
    suggestions.REVERSE,
    opinions.REVERSE,
    projects.REVERSE,
    activities.REVERSE,
    learning.REVERSE,
    scores.REVERSE,
    decisions.REVERSE,
    supervision.REVERSE,
    budget.REVERSE,
)
"""The edges that modules add to the types of others."""


def added(name: str) -> Iterator[Edge]:
    """The edges that other modules add to a type."""
    for edges in REVERSE:
        yield from edges.get(name, ())


def is_golden(entity: Entity) -> bool:
    """Whether the rows of a type are computed from source records."""
    return any(edge.name == "provenance" for edge in entity.edges)


def complete(entity: Entity) -> Entity:
    """A type with the edges that other modules add; ids of merged golden rows lead on."""
    edges = (*entity.edges, *added(entity.name))
    if not is_golden(entity):
        return replace(entity, edges=edges)
    edges += stewardship.golden_edges(entity)
    return replace(entity, edges=edges, resolve_id=stewardship.kept_id)


ENTITIES: tuple[Entity, ...] = (
    *map(complete, DECLARED),
    *stewardship.entities(filter(is_golden, DECLARED)),
)

LOOKUPS: tuple[Lookup, ...] = (divisions.BY_CODE, systems.BY_CODE)

LISTINGS: tuple[Listing, ...] = (
    *activities.LISTINGS,
    *board.LISTINGS,
    *budget_rates.LISTINGS,
    *chains.LISTINGS,
    *composition.LISTINGS,
    *scores.LISTINGS,
    search.SEARCH,
    *station_load.LISTINGS,
)

ENTITY = {entity.name: entity for entity in ENTITIES}
"""The entities by name."""

NODES = {entity.name: entity for entity in ENTITIES if entity.is_node}
"""The entities that have an id."""
