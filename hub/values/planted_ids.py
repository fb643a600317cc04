"""ID numbers 公民身份号码 in texts: found by their check character, however spaced.

A text of a record may be read by everyone, so that no number may stand in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise

from hub.values.national_ids import check_character, day_in

REMOVED = "[removed]"
"""What stands in place of a number."""

GAP = r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2060-\u2064\u2212\ufeff'’._/·・、，,:：\-－．／＿]"
TEN = "XxＸｘХхⅩⅹ"
RUN = re.compile(rf"\d(?:{GAP}{{0,3}}[\d{TEN}]){{14,}}")
"""Digits that may hold a number, with what people write between them."""

PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
"""First digits of ID numbers and of residence permits."""

FIRST_BIRTH, LAST_BIRTH = "1900", "2019"
"""Births in numbers of 18 characters. The business numbers of offices (division, day, serial) are
like ID numbers of children, and one in eleven has a right check character."""

FIRST_SHORT, LAST_SHORT = "1930", "1999"
"""Births in numbers of 15 digits, which were last given out in 1999; nothing else proves them."""

BETWEEN = r"[\s\u200b-\u200d\u2060\ufeff'-]{0,2}"
END = rf"[\d{TEN}]"
LOOKS_LIKE = re.compile(
    rf"(?<!\d)\d(?:{BETWEEN}\d){{14}}"
    rf"(?:(?:{BETWEEN}\d){{2}}(?:{BETWEEN}{END})?|{BETWEEN}\d{BETWEEN}[{TEN}])?(?!\d)"
)

SHORT_GROUPS = (6, 12)
"""Digits of a number of 15 after which people leave a gap."""


def holds_id_number(text: str) -> bool:
    """Whether an ID number stands in the text."""
    return len(text) >= 15 and next(_spans(text), None) is not None


def without_id_numbers(text: str) -> str:
    """The text with `REMOVED` in place of each ID number."""
    if len(text) < 15:
        return text
    end, parts = 0, []
    for start, stop in _spans(text):
        parts += [text[end:start], REMOVED]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


def scrub(text: str) -> str:
    """The text without ID numbers and without whatever looks like one: for errors and logs.

    That is 15, 17 or 18 digits, the last perhaps an X, also full-width or parted by blanks or
    hyphens, and not inside a longer run of digits.
    """
    if len(text) < 15:
        return text
    return LOOKS_LIKE.sub(REMOVED, without_id_numbers(text))


def masked(value: object) -> object:
    """A JSON value without ID numbers in any of its texts and whole numbers."""
    if isinstance(value, str):
        return without_id_numbers(value)
    if isinstance(value, Mapping):
        return {masked(name): masked(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [masked(part) for part in value]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return REMOVED if is_number and holds_id_number(str(value)) else value


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where ID numbers stand, in order and apart."""
    for run in RUN.finditer(text):
        places = [run.start() + at for at, char in enumerate(run[0]) if _is_sign(char)]
        signs = "".join(_plain(text[at]) for at in places)
        first = 0
        while first + 15 <= len(places):
            length = _length(text, signs, places, first)
            if length:
                yield places[first], places[first + length - 1] + 1
            first += length or 1


def _is_sign(char: str) -> bool:
    return char.isdecimal() or char in TEN


def _plain(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else "X"


def _length(text: str, signs: str, places: list[int], first: int) -> int:
    """How many signs from `first` on are one ID number: 18, 15 or none."""
    if len(places) >= first + 18:
        stands_alone = _is_apart(text, places[first], places[first + 17])
        if _is_long(signs[first : first + 18], stands_alone=stands_alone):
            return 18
    own = places[first : first + 15]
    if _is_apart(text, own[0], own[-1]) and _is_grouped(own) and _is_short(signs[first:][:15]):
        return 15
    return 0


def _is_apart(text: str, start: int, last: int) -> bool:
    """Whether no digit stands right before or after."""
    return (
        not text[max(0, start - 1) : start].isdecimal()
        and not text[last + 1 : last + 2].isdecimal()
    )


def _is_grouped(places: list[int]) -> bool:
    gaps = [count for count, (one, next_) in enumerate(pairwise(places), 1) if next_ > one + 1]
    return all(gap in SHORT_GROUPS for gap in gaps)


def _is_long(number: str, *, stands_alone: bool) -> bool:
    """Whether 18 signs are a number; within a longer run its province has to exist too."""
    return (
        number[:17].isdecimal()
        and FIRST_BIRTH <= number[6:10] <= LAST_BIRTH
        and (stands_alone or PROVINCES.match(number) is not None)
        and day_in(number[6:14]) is not None
        and number[17] == check_character(number)
    )


def _is_short(number: str) -> bool:
    """Whether 15 digits are a number of the old form."""
    day = f"19{number[6:12]}"
    return (
        number.isdecimal()
        and PROVINCES.match(number) is not None
        and FIRST_SHORT <= day[:4] <= LAST_SHORT
        and day_in(day) is not None
    )
