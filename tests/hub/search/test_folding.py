"""One form for all ways to write the same."""

from __future__ import annotations

import pytest

from hub.search.folding import fold


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
    ],
)
def test_ways_to_write_the_same_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize("dot", "·•・･‧․.∙⋅﹒．⸱ㆍ")
def test_any_middle_dot_is_none(dot: str) -> None:
    assert fold(f"阿依{dot}古丽") == "阿依古丽"
