"""How typed letters are cut into syllables and initials."""

from __future__ import annotations

import orjson
import pytest

from hub.errors import Code, HubError
from hub.search.query import MAX_RANGES, MAX_TEXT, read_text
from hub.search.tokens import cuts, split_pieces


def words(text: str) -> list[str]:
    return [" ".join(token.text for token in cut) for cut in cuts(split_pieces(text))]


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("wangxiaoming", "wang xiao ming"),
        ("Wang Xiaoming", "wang xiao ming"),
        ("wáng xiǎo míng", "wang xiao ming"),
        ("xian", "xian"),
        ("xian", "xi an"),
        ("xi'an", "xi an"),
        ("wxm", "w x m"),
        ("lan", "lan"),
        ("lan", "l a n"),
        ("wangxm", "wang x m"),
        ("wxiaoming", "w xiao ming"),
        ("zhxm", "zh x m"),
        ("wangxiaom", "wang xiao m"),
        ("wangxia", "wang xia"),
        ("王xm", "王 x m"),
        ("王小ming", "王 小 ming"),
        ("w小明", "w 小 明"),
        ("lyubu", "lv bu"),
        ("Lü Bu", "lv bu"),
        ("nuelan", "nve lan"),
        ("di2pq", "di 2 p q"),
    ],
)
def test_letters_are_cut_as_they_are_meant(typed: str, cut: str) -> None:
    assert cut in words(typed)


def test_a_boundary_is_never_inside_a_syllable() -> None:
    assert "xian" not in words("xi an")


def test_whole_syllables_come_before_initials() -> None:
    assert words("wang")[0] == "wang"
    assert words("wangxiaoming")[0] == "wang xiao ming"


def test_no_text_asks_for_more_ranges_than_the_bound() -> None:
    for text in ("z" * MAX_TEXT, "zh" * 32, "wangxm" * 10, "a" * 64, "曾行" * 32, "曾z" * 32):
        document = orjson.loads(read_text(text))
        assert len(document["sounds"]) <= MAX_RANGES


def test_characters_alone_ask_for_no_pinyin() -> None:
    document = orjson.loads(read_text("王 小明"))
    assert (document["low"], document["sounds"], document["parts"]) == ("王小明", [], [])


@pytest.mark.parametrize("text", ["", "   ", "·", "——！", "王" * (MAX_TEXT + 1)])
def test_texts_without_bounds_or_content_are_refused(text: str) -> None:
    with pytest.raises(HubError) as caught:
        read_text(text)
    assert caught.value.code is Code.BAD_INPUT
