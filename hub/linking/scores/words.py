"""Comparison forms of texts: characters folded, sounds, signatures. Never shown to anyone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hub.values import fold_for_linking

SIGNATURE_WORDS = 4
"""Words of 64 bits in a signature."""


def code(text: str) -> int:
    """A 63-bit number for a text; 0 is kept for no value."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) or 1


@lru_cache(maxsize=65536)
def sound(char: str) -> str:
    """How a character is read, without its tone; itself where it has no reading."""
    # 0.3 s that commands need not wait which link nobody
    from pypinyin import Style, pinyin  # noqa: PLC0415

    read = pinyin(char, style=Style.NORMAL)[0][0]
    for near, plain in (("ng", "n"), ("zh", "z"), ("ch", "c"), ("sh", "s")):
        read = read.replace(near, plain)
    return read.replace("l", "n", 1) if read.startswith("l") else read


_ADMIN = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|自治州|地区|盟)(?=[\u4e00-\u9fff]{3})")
_WORDS = (
    ("中国共产党", ""),
    ("中共", ""),
    ("村民委员会", "村"),
    ("居民委员会", "居"),
    ("村委会", "村"),
    ("居委会", "居"),
    ("村党支部", "村"),
    ("人民代表大会常务委员会", "人大"),
    ("人大常委会", "人大"),
    ("人民代表大会", "人大"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("有限责任公司", "公司"),
    ("股份有限公司", "公司"),
    ("集团有限公司", "公司"),
    ("有限公司", "公司"),
    ("党支部书记", "支书"),
    ("支部书记", "支书"),
    ("委员会", "委"),
)


@lru_cache(maxsize=200_000)
def fold_work(text: str) -> str:
    """Employer and post in one short form: usual abbreviations, no province, no punctuation."""
    folded = fold_for_linking(text)
    if not folded.isalnum():
        folded = "".join(filter(str.isalnum, folded))
    folded = _ADMIN.sub("", folded)
    for long, short in _WORDS:
        folded = folded.replace(long, short)
    return folded


def signatures(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The pairs of neighbouring characters of each text, as bits of four words of 64."""
    parts = (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))
    none = np.zeros((0, SIGNATURE_WORDS), np.uint64)
    return np.concatenate([none, *map(_signatures, parts)])


AT_ONCE = 10_000
"""Texts whose bits are set together."""


def _signatures(texts: Sequence[str]) -> NDArray[np.uint64]:
    chars = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    row = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    number = chars.astype(np.int64)
    bits = (number[:-1] * 8191 + number[1:] * 131) % (64 * SIGNATURE_WORDS)
    inside = row[:-1] == row[1:]
    marks = np.zeros((len(texts), 64 * SIGNATURE_WORDS), bool)
    marks[row[:-1][inside], bits[inside]] = True
    return np.packbits(marks, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def code_points(texts: Sequence[str], length: int) -> NDArray[np.uint32]:
    """The first characters of each text as numbers; 0 behind its end."""
    return np.array(texts, f"U{length}").view(np.uint32).reshape(-1, length)


def overlap(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.float32]:
    """How much of the shorter text of each pair is in the longer one, 0 to 1."""
    shared = np.bitwise_count(left & right).sum(axis=1, dtype=np.float32)
    shorter = np.minimum(
        np.bitwise_count(left).sum(axis=1, dtype=np.float32),
        np.bitwise_count(right).sum(axis=1, dtype=np.float32),
    )
    return np.asarray(shared / np.maximum(shorter, 1), np.float32)
