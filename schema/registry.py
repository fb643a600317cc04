"""Every type of the graph.

A subject of `hub.subjects` has a module of its name here; what else the graph has is named in
`GROUND` and `COMPUTED`. A module says in ENTITIES, LISTINGS, LOOKUPS and REVERSE what it adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any

from hub.subjects import SUBJECTS
from schema import (
    board,
    budget_rates,
    chains,
    composition,
    congresses,
    deputies,
    divisions,
    groups,
    nearby,
    people,
    places,
    provenance,
    references,
    representation,
    search,
    station_load,
    stewardship,
    systems,
    villages,
)
from schema.declare import Edge, Entity, Listing, Lookup

GROUND = (divisions, congresses, people, deputies, places, groups)
"""Who and what congresses consist of."""

MATTERS = tuple(
    module
    for module in (import_module(f"schema.{subject}") for subject in SUBJECTS)
    if module not in GROUND
)
"""What congresses do: the other subjects, in the order in which their records are read."""

COMPUTED = (
    board,
    budget_rates,
    chains,
    composition,
    nearby,
    station_load,
    systems,
    search,
    provenance,
    references,
    villages,
)
"""What is computed over the subjects, and where their values come from."""

MODULES = (*GROUND, *MATTERS, *COMPUTED)


def declared(modules: tuple[ModuleType, ...], name: str) -> Iterator[Any]:
    """What modules declare under a name that only some of them have."""
    return chain.from_iterable(getattr(module, name, ()) for module in modules)


DECLARED: tuple[Entity, ...] = tuple(declared(MODULES, "ENTITIES"))

ADDING = (references, representation, nearby, villages, *MATTERS)
"""The modules that add edges to the types of others."""


def added(name: str) -> Iterator[Edge]:
    """The edges that other modules add to a type."""
    for module in ADDING:
        yield from getattr(module, "REVERSE", {}).get(name, ())


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

LOOKUPS: tuple[Lookup, ...] = tuple(declared(MODULES, "LOOKUPS"))

LISTINGS: tuple[Listing, ...] = tuple(
    declared(tuple(sorted(MODULES, key=lambda module: module.__name__)), "LISTINGS")
)

ENTITY = {entity.name: entity for entity in ENTITIES}
"""The entities by name."""

NODES = {entity.name: entity for entity in ENTITIES if entity.is_node}
"""The entities that have an id."""
