"""The official names of congresses."""

from __future__ import annotations

from hub.values import chinese_numeral


def congress_name(division_name: str, term: int | None) -> str:
    """The official form of a congress's name: 四川省第十四届人民代表大会."""
    if division_name == "中华人民共和国":
        division_name = "" if term is None else division_name
    ordinal = "" if term is None else f"第{chinese_numeral(term)}届"
    return f"{division_name}{ordinal}人民代表大会"
