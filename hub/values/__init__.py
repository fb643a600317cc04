"""Readers of single values: each takes a value as some source writes it and gives the hub's form.

A reader returns None for no value and raises `hub.errors.Refusal` for what cannot be read; the
caller fills in the field. Nothing is guessed.
"""

from hub.values.codes import education, ethnicity, gender, listed_reader, political_affiliation
from hub.values.dates import SHANGHAI, birth, date, iso_day, partial_date
from hub.values.keys import checked_key, external_id, is_keepable, keepable
from hub.values.levels import level
from hub.values.listed import (
    congress_post,
    entry_mode,
    group_kind,
    mandate_status,
    member_role,
    place_kind,
    place_status,
    status_reason,
)
from hub.values.names import name
from hub.values.national_ids import (
    IdParts,
    national_id,
    national_id_parts,
    scrub,
    whole_national_id,
)
from hub.values.numbers import boolean, division_code, integer, number, phone, term
from hub.values.raw import Raw, plain, short_text, split_list, text, tidy, unquoted

degree = text

__all__ = [
    "SHANGHAI",
    "IdParts",
    "Raw",
    "birth",
    "boolean",
    "checked_key",
    "congress_post",
    "date",
    "degree",
    "division_code",
    "education",
    "entry_mode",
    "ethnicity",
    "external_id",
    "gender",
    "group_kind",
    "integer",
    "is_keepable",
    "iso_day",
    "keepable",
    "level",
    "listed_reader",
    "mandate_status",
    "member_role",
    "name",
    "national_id",
    "national_id_parts",
    "number",
    "partial_date",
    "phone",
    "place_kind",
    "place_status",
    "plain",
    "political_affiliation",
    "scrub",
    "short_text",
    "split_list",
    "status_reason",
    "term",
    "text",
    "tidy",
    "unquoted",
    "whole_national_id",
]
