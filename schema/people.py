"""The natural persons behind the mandates."""

from __future__ import annotations

from hub.subjects.people import person as person_table
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, many, one
from schema.declare import Entity, node_id
from schema.provenance import origin

person = person_table

PERSON = Entity(
    "Person",
    person,
    "A natural person, whatever the number of mandates 自然人",
    (
        node_id("Person"),
        *columns(
            person,
            "name",
            "gender",
            "ethnicity",
            "birth_month",
            "native_place",
            "political_affiliation",
            "education",
            "degree",
            "school",
            "major",
            "employer",
            "post",
            "employer_and_post",
            "occupation",
            "professional_title",
            "introduction",
            "photo_url",
            "phone",
            "email",
            "wechat",
            "qq",
            "home_address",
            "postcode",
            qq="QQ number QQ号. Restricted.",
        ),
    ),
    (
        one(
            "division",
            "Division",
            person.c.division_id,
            "Division of the person's main record 主要记录所属行政区划",
        ),
        many("mandates", "Deputy", "person_id", "Mandates at all levels and terms 代表职务"),
        *origin(person, RecordKind.DEPUTY, "person_id"),
    ),
    plural="people",
    singular="person",
)

ENTITIES = (PERSON,)
