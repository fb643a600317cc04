"""Closed lists: words and codes of sources read as the one word of the hub."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from hub.errors import Code, Refusal
from hub.values.raw import Raw, compact, quoted

CODE_LISTS = Path(__file__).parents[2] / "data" / "codes"
HALF_BRACKETS = {ord("（"): "(", ord("）"): ")"}


@dataclass(frozen=True)
class Vocabulary:
    """The words of one closed list: `words` leads from each, as `keyed`, to its canonical form."""

    noun: str
    accepts: str
    words: Mapping[str, str]


def keyed(word: str) -> str:
    """The form of a word under which it is looked up."""
    return word.translate(HALF_BRACKETS).upper()


def read_word(value: Raw, vocabulary: Vocabulary) -> str | None:
    """The canonical form of a word or code; None for no value.

    Raises Refusal UNKNOWN_CODE for a word that the vocabulary does not hold.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and (found := vocabulary.words.get(value)):
        return found
    # Looked up before the words for no value, because 未知 is a code of its own in some lists.
    if isinstance(value, str) and (found := vocabulary.words.get(keyed(value.strip()))):
        return found
    code = compact(value)
    if code is None:
        return None
    if found := vocabulary.words.get(keyed(code)):
        return found
    raise unknown(value, vocabulary)


def unknown(value: Raw, vocabulary: Vocabulary) -> Refusal:
    return Refusal(
        Code.UNKNOWN_CODE,
        f"{quoted(value)} is not a known {vocabulary.noun}: write {vocabulary.accepts}, "
        "or map the word of the source in its manifest.",
    )


def enum_vocabulary(
    noun: str, accepts: str, members: type[Enum], words: Mapping[str, str]
) -> Vocabulary:
    """The vocabulary of an enum: the names of its members, and for each a line of words."""
    known = {member.name: member.name for member in members}
    for member, line in words.items():
        known |= {keyed(word): members[member].name for word in line.split()}
    return Vocabulary(noun, accepts, known)


CHINESE = re.compile("[\u4e00-\u9fff]+")


@lru_cache
def listed_reader(members: type[Enum]) -> Callable[[Raw], str | None]:
    """A reader of a closed list: of its members' names and the Chinese words in their descriptions.

    It gives a member's name, None for no value, and raises Refusal UNKNOWN_CODE.
    """
    words = {member.name: CHINESE.findall(member.value) for member in members}
    noun = str(members.__doc__).partition(".")[0].split("(")[0].strip()
    accepts = ", ".join(found[0] for found in words.values())
    lines = {name: " ".join(found) for name, found in words.items()}
    vocabulary = enum_vocabulary(noun, accepts, members, lines)
    return lambda value: read_word(value, vocabulary)


def listed_vocabulary(
    noun: str, accepts: str, file: str, endings: Iterable[str] = ()
) -> Vocabulary:
    """The vocabulary of a code list in data/codes; each word may also carry one of `endings`."""
    known: dict[str, str] = {}
    with (CODE_LISTS / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words = [row["name"], *row["aliases"].split("|")]
            forms = [word + ending for word in words if word for ending in ("", *endings)]
            codes = [row["code"], row["code"].lstrip("0")]
            known |= {keyed(form): row["name"] for form in (*forms, *codes) if form}
            known[row["name"]] = row["name"]
    return Vocabulary(noun, accepts, known)


ETHNICITY = listed_vocabulary(
    "ethnic group", "its name such as 汉族, or its code such as 01 or HA", "ethnicity.csv"
)
POLITICAL_AFFILIATION = listed_vocabulary(
    "political affiliation",
    "a name such as 中共党员 or 群众, or a code of GB/T 4762 such as 01",
    "political_affiliation.csv",
)
EDUCATION = listed_vocabulary(
    "education",
    "a name such as 大学本科 or 高中, or a code of GB/T 4658 such as 21",
    "education.csv",
    endings=("毕业", "学历", "文化", "文化程度"),
)


def ethnicity(value: Raw) -> str | None:
    """Ethnic group 民族 (GB/T 3304) by its official name, such as 汉族.

    Reads the name with or without 族, the number and the letters. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, ETHNICITY)


def political_affiliation(value: Raw) -> str | None:
    """Political affiliation 政治面貌 (GB/T 4762) by its short name, such as 中共党员.

    Reads codes, official names and common short ones. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, POLITICAL_AFFILIATION)


def education(value: Raw) -> str | None:
    """Education 学历 (GB/T 4658) by its short name, such as 大学本科.

    Reads codes, official names and common short ones. What was not completed stays apart:
    大学本科肄业 is not 大学本科. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, EDUCATION)
