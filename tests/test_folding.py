"""One form for all ways to write the same."""

from __future__ import annotations

import pytest

from hub.values.folding import fold_for_linking, fold_for_search


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("王 小　明", "王小明"),
        ("陳曉東", "陈晓东"),
        ("鍾靈毓", "钟灵毓"),
        ("髙淸", "高清"),
        ("金堂縣淮口鎮邨", "金堂县淮口镇村"),
        ("裡⽟", "里玉"),
        ("Ｗáng　Ｘiǎo", "wangxiao"),
        ("Lü Bù", "lvbu"),
        ("Lu\u0308", "lv"),
        ("１２號①", "12号1"),
        ("《之家》（一）", "之家一"),
        ("\U00020bb7田", "吉田"),
        ("\U00030edd\U00030edd面", "\U00030edd\U00030edd面"),
        ("王□明", "王□明"),
        ("—— ·!", ""),
        ("発徳沢", "发德泽"),
        ("李芸", "李芸"),
        ("郎萌", "郎萌"),
        ("傅淼", "傅渺"),
    ],
)
def test_ways_to_write_the_same_fold_to_one_form(written: str, folded: str) -> None:
    assert fold_for_search(written) == folded
    assert fold_for_search(folded) == folded


@pytest.mark.parametrize("dot", "·•・･‧․.∙⋅﹒．⸱ㆍ")
def test_any_middle_dot_is_none(dot: str) -> None:
    assert fold_for_search(f"阿依{dot}古丽") == "阿依古丽"


def test_a_second_folding_changes_nothing() -> None:
    """Of any character: what is folded is compared with what is folded."""
    for number in (*range(0x20, 0xD800), *range(0xF900, 0x10000), *range(0x20000, 0x20100)):
        for fold in (fold_for_linking, fold_for_search):
            once = fold(chr(number))
            assert fold(once) == once, (fold.__name__, chr(number))


def test_search_and_linking_fold_characters_alike() -> None:
    """They differ in signs, in marks of Latin letters and in what registers mix up only."""
    mixed = {
        chr(number)
        for number in range(0x4E00, 0xA000)
        if fold_for_search(chr(number)) != fold_for_linking(chr(number))
    }
    assert {fold_for_search(char) for char in mixed} == set("萧傅闫邱戴蓝冼")
