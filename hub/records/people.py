"""Deputies, their congresses and their groups."""

from __future__ import annotations

from datetime import date

from hub import subjects as tables
from hub import values
from hub.enums import RecordKind
from hub.records.declare import Field, Kind, Membership, Placing, Reference
from hub.records.fields import DIVISION_FIELDS, EXTERNAL_ID, LEVEL, TERM, feeding
from hub.records.places import MEMBERS

_person = feeding(tables.person)
_deputy = feeding(tables.deputy)
_congress = feeding(tables.congress)
_group = feeding(tables.deputy_group)

DEPUTY = Kind(
    RecordKind.DEPUTY,
    "Deputy",
    "Deputies",
    tables.deputy,
    (
        EXTERNAL_ID,
        Field(
            "personKey",
            values.external_id,
            "Key of the person inside the system, where one person has several records 人员编号",
        ),
        _person("name", values.name, required=True),
        _person("gender", values.gender),
        _person("ethnicity", values.ethnicity),
        _person("birth", values.birth, column="birth_month"),
        Field(
            "nationalId",
            values.text,
            "Citizen id number, or its HMAC; write-only, kept as a keyed HMAC only 身份证号",
        ),
        _person("phone", values.phone),
        _person("politicalAffiliation", values.political_affiliation),
        _person("education", values.education),
        _person("degree", values.text),
        _person("school", values.text),
        _person("major", values.text),
        _person("nativePlace", values.text),
        _person("employer", values.text),
        _person("post", values.text),
        _person("employerAndPost", values.text),
        _person("occupation", values.text),
        _person("professionalTitle", values.text),
        _person("introduction", values.text),
        _person("photoUrl", values.text),
        _person("email", values.text),
        _person("wechat", values.text),
        _person("qq", values.text),
        _person("homeAddress", values.text),
        _person("postcode", values.text),
        *DIVISION_FIELDS,
        LEVEL,
        _deputy("term", values.term, int),
        _deputy("electoralUnit", values.text),
        _deputy("delegation", values.text),
        _deputy("certificateNumber", values.text),
        _deputy("status", values.mandate_status),
        _deputy("statusReason", values.status_reason),
        _deputy("resignationOrdered", values.boolean, bool),
        _deputy("entryMode", values.entry_mode),
        _deputy("congressPost", values.congress_post),
        _deputy("compositionType", values.text),
        _deputy("isReelected", values.boolean, bool),
        _deputy("canReceiveOpinions", values.boolean, bool),
        _deputy("commitment", values.text),
        _deputy("startDate", values.iso_day, date),
        _deputy("endDate", values.iso_day, date),
    ),
    (
        Reference("homes", RecordKind.HOME, "Homes the deputy belongs to 进驻的代表之家"),
        Reference("stations", RecordKind.STATION, "Stations the deputy is posted to 进驻的联络站"),
        Reference("groups", RecordKind.GROUP, "Groups the deputy belongs to 所在代表小组"),
    ),
    placing=Placing.MANDATE,
)

CONGRESS = Kind(
    RecordKind.CONGRESS,
    "Congress",
    "Congresses",
    tables.congress,
    (
        EXTERNAL_ID,
        *DIVISION_FIELDS,
        LEVEL,
        _congress("term", values.term, int),
        _congress("name", values.short_text),
        _congress("startDate", values.iso_day, date),
        _congress("endDate", values.iso_day, date),
        _congress("seats", values.integer, int),
    ),
    placing=Placing.CONGRESS,
)

GROUP = Kind(
    RecordKind.GROUP,
    "Group",
    "Groups",
    tables.deputy_group,
    (
        EXTERNAL_ID,
        _group("name", values.short_text, required=True),
        *DIVISION_FIELDS,
        TERM,
        _group("kind", values.group_kind),
        _group("field", values.text),
        _group("contact", values.text),
        _group("introduction", values.text),
    ),
    (MEMBERS, Reference("leader", RecordKind.DEPUTY, "Leader of the group 组长", many=False)),
    (Membership(tables.deputy_group_member, RecordKind.DEPUTY, "members", "groups"),),
)
