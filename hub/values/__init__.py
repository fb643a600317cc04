"""Readers of single values: each takes a value as some source writes it and gives the hub's form.

A reader returns None for no value and raises `hub.errors.Refusal` for what cannot be read; the
caller fills in the field. Nothing is guessed.
"""

from hub.values.codes import (
    education,
    enum_vocabulary,
    ethnicity,
    keyed,
    listed_reader,
    political_affiliation,
    read_word,
)
from hub.values.dates import SHANGHAI, birth, date, day_of, iso_day, partial_date
from hub.values.folding import LOST, fold_for_linking, fold_for_search
from hub.values.keys import check_shown, checked_key, external_id, is_keepable, keepable, person_key
from hub.values.names import name
from hub.values.national_ids import (
    IdParts,
    check_character,
    national_id,
    national_id_parts,
    whole_national_id,
)
from hub.values.numbers import boolean, chinese_numeral, division_code, integer, number, phone, term
from hub.values.planted_ids import (
    REMOVED,
    holds_id_number,
    masked,
    scrub,
    without_id_numbers,
)
from hub.values.raw import (
    EXACT,
    Raw,
    compact,
    plain,
    quoted,
    short_text,
    split_list,
    text,
    tidy,
    unquoted,
    web_address,
)

degree = text

__all__ = [
    "EXACT",
    "LOST",
    "REMOVED",
    "SHANGHAI",
    "IdParts",
    "Raw",
    "birth",
    "boolean",
    "check_character",
    "check_shown",
    "checked_key",
    "chinese_numeral",
    "compact",
    "date",
    "day_of",
    "degree",
    "division_code",
    "education",
    "enum_vocabulary",
    "ethnicity",
    "external_id",
    "fold_for_linking",
    "fold_for_search",
    "holds_id_number",
    "integer",
    "is_keepable",
    "iso_day",
    "keepable",
    "keyed",
    "listed_reader",
    "masked",
    "name",
    "national_id",
    "national_id_parts",
    "number",
    "partial_date",
    "person_key",
    "phone",
    "plain",
    "political_affiliation",
    "quoted",
    "read_word",
    "scrub",
    "short_text",
    "split_list",
    "term",
    "text",
    "tidy",
    "unquoted",
    "web_address",
    "whole_national_id",
    "without_id_numbers",
]
