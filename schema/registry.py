"""Every type of the graph. A new entity is one module and one line here."""

from __future__ import annotations

from schema import congresses, deputies, divisions, groups, people, places, provenance, systems
from schema.declare import Entity, Listing, Lookup

ENTITIES: tuple[Entity, ...] = (
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
    systems.SOURCE_SYSTEM,
    systems.RUN,
    systems.QUARANTINED_ROW,
    systems.QUARANTINE_ERROR,
    provenance.SOURCE_RECORD,
    provenance.FIELD_PROVENANCE,
    provenance.OTHER_VALUE,
)

LOOKUPS: tuple[Lookup, ...] = (divisions.BY_CODE, systems.BY_CODE)

LISTINGS: tuple[Listing, ...] = ()

ENTITY = {entity.name: entity for entity in ENTITIES}
"""The entities by name."""

NODES = {entity.name: entity for entity in ENTITIES if entity.is_node}
"""The entities that have an id."""
