"""The pinyin of names and of other texts."""

from __future__ import annotations

import pytest

from hub.search.entries import entries_of, spell
from hub.search.readings import MAX_READINGS, read, read_name, syllables
from hub.subjects.search import SearchKind


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("王小明", "wang xiao ming", None),
        ("单雄信", "shan xiong xin", "dan xiong xin"),
        ("曾国华", "zeng guo hua", "ceng guo hua"),
        ("解晓东", "xie xiao dong", "jie xiao dong"),
        ("仇英", "qiu ying", "chou ying"),
        ("万俟卨", "mo qi xie", None),
        ("尉迟恭", "yu chi gong", None),
        ("吕布", "lv bu", None),
        ("易长乐", "yi chang le", "yi chang yue"),
        ("阿卜杜拉", "a bo du la", None),
    ],
)
def test_the_reading_of_a_name_knows_surnames(name: str, first: str, second: str | None) -> None:
    read_as = [" ".join(reading) for reading in read_name(name)]
    assert read_as[:2] == [first] + ([second] if second else [])


@pytest.mark.parametrize("longest", ["爽" * 300, "㌖" * 300])
def test_the_longest_names_fit_their_indexes(longest: str) -> None:
    (entry,) = entries_of(SearchKind.HOME, "", longest, None, 0, [])
    assert entry.folded
    assert max(len(form.encode()) for form in (entry.folded, entry.reading)) < 2500


def test_a_name_of_many_readings_keeps_the_likeliest() -> None:
    assert len(read_name("曾长乐")) == MAX_READINGS


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("重庆市", "chong qing shi"),
        ("六安市", "lu an shi"),
        ("第2片区ab座", "di 2 pian qu a b zuo"),
    ],
)
def test_other_texts_are_read_by_their_words(text: str, reading: str) -> None:
    assert " ".join(read(text)) == reading


def test_every_character_has_one_syllable() -> None:
    text = "驻金堂县人大代表联络站12号a𠮷𰻝"
    assert len(read(text)) == len(text)


def test_every_syllable_has_a_vowel() -> None:
    assert {"wang", "lv", "lve", "er", "zhuang"} <= syllables()
    assert not {"n", "m", "ng", "hm"} & syllables()
    assert 400 < len(syllables()) < 430


def test_the_index_spells_initials_after_the_first_syllable() -> None:
    assert spell(("wang", "xiao", "ming")) == "wang xm xiao ming"
    assert spell(("wang",)) == "wang"
    assert spell(()) == ""
