"""Numbers, answers of yes or no, and what else is written in digits."""

from __future__ import annotations

import re
from functools import lru_cache

from hub.errors import Code, Refusal
from hub.values.planted_ids import holds_id_number
from hub.values.raw import Raw, compact, quoted, text

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
MAX_INTEGER = 2**31 - 1
MAX_NUMBER = 1e16
"""What is counted stays below it; ID numbers, also rounded ones, lie above."""
TRUE_WORDS = "是 1 true y yes √ ✓ ✔ 对 t"
FALSE_WORDS = "否 0 false n no × ✗ ✘ 不是 非 f"
BOOLEANS = dict.fromkeys(TRUE_WORDS.split(), True) | dict.fromkeys(FALSE_WORDS.split(), False)


def number(value: Raw) -> float | None:
    """A number; thousands may be parted by commas. None for no value.

    Raises Refusal UNREADABLE_VALUE for anything else, such as a number with its unit.
    """
    if type(value) is float and abs(value) < MAX_NUMBER:
        return value
    cleaned = compact(value)
    if cleaned is None:
        return None
    plain = cleaned.replace("，", ",")
    if NUMBER.fullmatch(plain):
        read = float(plain.replace(",", ""))
        if abs(read) < MAX_NUMBER and not holds_id_number(plain):
            return read
    raise not_a_number(value, "a number below ten quadrillion")


def integer(value: Raw) -> int | None:
    """A whole number between -2,147,483,647 and 2,147,483,647. None for no value.

    Raises Refusal UNREADABLE_VALUE for anything else.
    """
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return value
    read = number(value)
    if read is None:
        return None
    if not read.is_integer() or abs(read) > MAX_INTEGER:
        raise not_a_number(value, "a whole number of at most ten digits")
    return int(read)


def not_a_number(value: Raw, what: str) -> Refusal:
    return Refusal(
        Code.UNREADABLE_VALUE,
        f"{quoted(value)} is not {what}: write digits only, without a unit, such as 1200.",
    )


def boolean(value: Raw) -> bool | None:
    """Yes or no: 是 and 否, 1 and 0, true and false, Y and N, √ and ×. None for no value.

    Raises Refusal UNREADABLE_VALUE for anything else.
    """
    if type(value) is bool:
        return value
    if type(value) is str and value in BOOLEANS:
        return BOOLEANS[value]
    cleaned = compact(value)
    if cleaned is None:
        return None
    read = BOOLEANS.get(cleaned.lower())
    if read is None:
        raise Refusal(
            Code.UNREADABLE_VALUE,
            f"{quoted(value)} is neither yes nor no: write 是 or 否, 1 or 0, true or false.",
        )
    return read


def chinese_numeral(count: int) -> str:
    """1 to 99 in Chinese numerals."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(count, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return f"{ten}{digits[ones].strip()}"


TERMS = {
    form.format(numeral): count
    for count in range(1, 100)
    for numeral in (str(count), f"{count:02}", chinese_numeral(count))
    for form in ("{}", "{}届", "第{}届")
}


def term(value: Raw) -> int | None:
    """Number of a term of a congress 届次, 1 to 99: 14, 十四, 14届, 第十四届. None for no value.

    Raises Refusal UNREADABLE_VALUE for anything else.
    """
    if type(value) is int and 1 <= value <= 99:
        return value
    if type(value) is str and value in TERMS:
        return TERMS[value]
    cleaned = compact(value)
    if cleaned is None:
        return None
    read = TERMS.get(cleaned)
    if read is None:
        raise Refusal(
            Code.UNREADABLE_VALUE,
            f"{quoted(value)} is not a term: write 14, 十四, 14届 or 第十四届 (1 to 99).",
        )
    return read


def division_code(value: Raw) -> str | None:
    """Code of a division 行政区划代码 (GB/T 2260, GB/T 10114) in its shortest official form.

    6 digits down to counties, 9 for townships, 12 for villages; 2 and 4 digits are filled up,
    groups of zeros at the end are cut off. None for no value. Raises Refusal UNREADABLE_VALUE for
    anything else; whether the division exists is not looked up here.
    """
    if value is None or value == "":
        return None
    return shortest_code(value if isinstance(value, str) else text(value))


@lru_cache(maxsize=65536)
def shortest_code(value: str | None) -> str | None:
    digits = compact(value)
    if digits is None:
        return None
    if len(digits) not in (2, 4, 6, 9, 12) or not (digits.isascii() and digits.isdecimal()):
        raise Refusal(
            Code.UNREADABLE_VALUE,
            f"{quoted(value)} is not a division code: write 6 digits down to counties, "
            "9 for a township or 12 for a village.",
        )
    if len(digits) == 12 and digits.endswith("000"):
        digits = digits[:9]
    if len(digits) == 9 and digits.endswith("000"):
        digits = digits[:6]
    return digits.ljust(6, "0")


PHONE_SIGNS = str.maketrans("、,，;；|", "//////", " -()（）")
PHONE_WORDS = re.compile(
    r"[（(][^()（）0-9]*[)）]|(?:办公室?|住宅|手机号?|移动|固定|联系|座机|电话|号码|办|宅)+[:：]?"
)
"""What sources write beside a number to say which it is."""
EXTENSION = re.compile(r"(?<=\d)(?:转|分机)(?=\d{1,5}$)")
MASKS = frozenset("*●")
MOBILE = re.compile("[0-9]{11}")


def phone(value: Raw) -> str | None:
    """A phone number: digits, with a leading + where it is there; several are joined by "/".

    Blanks, hyphens, brackets and words such as 办 or 手机 are left out, an extension is put behind
    the number. None for no value and for masked numbers. Raises
    Refusal UNREADABLE_VALUE, which never shows the value.
    """
    if value in (None, ""):
        return None
    if type(value) is str and MOBILE.fullmatch(value):
        return value
    cleaned = compact(value)
    if cleaned is None or not MASKS.isdisjoint(cleaned):
        return None
    bare = cleaned if cleaned.isascii() else PHONE_WORDS.sub("", cleaned)
    parts = [
        EXTENSION.sub("", part) for part in filter(None, bare.translate(PHONE_SIGNS).split("/"))
    ]
    if not parts or not all(map(is_phone, parts)):
        raise Refusal(
            Code.UNREADABLE_VALUE,
            "The phone number cannot be read: write 5 to 16 digits, such as a mobile number of 11 "
            "digits, and several with / between them.",
        )
    return "/".join(parts)


def is_phone(part: str) -> bool:
    digits = part.removeprefix("+")
    return digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= 16
