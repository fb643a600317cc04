"""ID numbers 公民身份号码: read, checked and turned into a keyed HMAC; never kept, never shown."""

from __future__ import annotations

import datetime
import hmac
import math
import re
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from hub.errors import Code, Refusal
from hub.values.raw import Raw, compact

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
MASK = re.compile(r"[*●○•×]|X{2,}")
MASKED = re.compile(r"[*●○•×]+|X{2,}(?!$)|(?<=X)X+")
PLACEHOLDERS = frozenset(("123456789012345678", "123456789012345"))
WRITTEN_OUT = re.compile("[0-9]{17}[0-9X]")
"""A number that needs no cleaning, as most are."""
TOKEN_LENGTH = 64
SHOWN = re.compile(r"([0-9*]{17}[0-9X*])|([0-9]{17}|[0-9]{16}X)|([0-9]{15})|([0-9]{3}[0-9X])")
"""A whole or masked number, one that lost a character, one of 15 digits, the last four alone."""


class IdParts(NamedTuple):
    """What a record shows of an ID number: tokens of its parts, and the birth in it.

    `head` stands for the first six characters, `tail` for the last four, `tail_end` for the last
    three. Each is a keyed HMAC of its own, so that a masked number's digits are kept nowhere.
    """

    birth: str | None = None
    head: str | None = None
    tail: str | None = None
    tail_end: str | None = None

    def text(self) -> str:
        """The parts in one text, "-" for one that is not known."""
        return " ".join([part or "-" for part in self])

    @classmethod
    def of_text(cls, text: str) -> IdParts:
        """The parts out of the text that `text` gives."""
        return cls(*(None if part == "-" else part for part in text.split(" ")))


class Whole(NamedTuple):
    """What a right number of 18 characters gives: the text of its `IdParts`, and its HMAC."""

    parts: str
    token: bytes


def whole_national_id(value: Raw, key: bytes) -> Whole | None:
    """What `national_id_parts` and `national_id` give of a number that needs no cleaning, at once.

    None for any other value, also for a wrong number. Most numbers of a load are such: their
    pieces are shared by many and kept.
    """
    if not isinstance(value, str) or WRITTEN_OUT.fullmatch(value) is None:
        return None
    area, day, tail = _area(value[:6], key), _day(value[6:14]), _tail(value[14:], key)
    is_right = CHECK_CHARACTERS[(area.weight + day.weight + tail.weight) % 11] == value[17]
    if not is_right or not day.shown or is_placeholder(value):
        return None
    return Whole(f"{day.shown} {area.shown} {tail.shown}", keyed(key, value))


class Piece(NamedTuple):
    """A piece of a number: its share in the check character, and what of `IdParts` it shows."""

    weight: int
    shown: str


@lru_cache(maxsize=65536)
def _area(digits: str, key: bytes) -> Piece:
    return Piece(weighed(digits, 0), str(part_token("head", digits, key)))


@lru_cache(maxsize=65536)
def _day(digits: str) -> Piece:
    return Piece(weighed(digits, 6), day_in(digits) or "")


@lru_cache(maxsize=65536)
def _tail(tail: str, key: bytes) -> Piece:
    return Piece(weighed(tail[:3], 14), " ".join(map(str, tail_tokens(tail, key))))


def national_id(value: Raw, key: bytes) -> bytes | None:
    """The HMAC-SHA256 under `key` of an ID number (GB 11643), 32 bytes.

    The number is made 18 characters, upper case; 15 digits get their century and check character;
    the check character (ISO 7064 MOD 11-2) and the date of birth are tested. 64 hexadecimal
    digits are taken as the HMAC itself. None for no value, masked numbers, the last four
    characters alone, and placeholders. Raises Refusal INVALID_NATIONAL_ID, whose sentence never
    shows a digit of the value.
    """
    if value is None or value == "":
        return None
    if isinstance(value, float) and not math.isnan(value):
        raise invalid("It came as a number and lost its last digits: send the column as text")
    if isinstance(value, str) and WRITTEN_OUT.fullmatch(value):
        number = value
    else:
        cleaned = compact(value)
        if cleaned is None:
            return None
        if len(cleaned) == TOKEN_LENGTH:
            return stated_token(cleaned)
        number = cleaned.upper().replace("-", "")
    if is_withheld(number):
        return None
    return keyed(key, checked(number))


def national_id_parts(value: Raw, key: bytes) -> IdParts | None:
    """The parts that a whole, masked, shortened or mistyped ID number shows; None for none.

    Placeholders show nothing. A mistyped number is no number (`national_id` refuses it), but its
    parts still speak for a person.
    """
    if isinstance(value, str) and WRITTEN_OUT.fullmatch(value):
        return None if is_placeholder(value) else parts_of_whole(value, key)
    cleaned = None if isinstance(value, float) else compact(value)
    number = MASKED.sub(_stars, (cleaned or "").upper().replace("-", ""))
    shown = SHOWN.fullmatch(number)
    if shown is None or is_placeholder(number):
        return None
    return _parts_shown(number, shown, key)


def _parts_shown(number: str, shown: re.Match[str], key: bytes) -> IdParts:
    """The parts of a number, by what of it is shown."""
    whole, _, short, tail = shown.groups()
    if short:
        whole = f"{number[:6]}19{number[6:]}"
        whole += check_character(whole)
    if whole:
        return parts_of_whole(whole, key)
    head = None if tail else part_token("head", number[:6], key)
    return IdParts(None, head, *tail_tokens(number[-4:], key))


def parts_of_whole(number: str, key: bytes) -> IdParts:
    """The parts of a number of 18 characters, some of which may be masked."""
    head = part_token("head", number[:6], key)
    return IdParts(day_in(number[6:14]), head, *tail_tokens(number[14:], key))


def _stars(mask: re.Match[str]) -> str:
    return "*" * len(mask[0])


def is_placeholder(number: str) -> bool:
    """Whether the digits are made up: all the same, counted up, or born on the first of 1900."""
    digits = number.replace("*", "")
    return (
        not digits.strip(digits[:1])
        or number in PLACEHOLDERS
        or number[6:14] in ("19000101", "00000000")
        or (len(number) > 15 and number[14:17] == "000")
    )


@lru_cache(maxsize=65536)
def day_in(digits: str) -> str | None:
    """The day that eight digits write; None where a mask hides some or there is no such day."""
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def tail_tokens(tail: str, key: bytes) -> tuple[str | None, str | None]:
    """The tokens of the last four characters and of the last three."""
    return part_token("tail", tail, key), part_token("tail_end", tail[1:], key)


@lru_cache(maxsize=65536)
def part_token(part: str, shown: str, key: bytes) -> str | None:
    """A token of one part of a number, None where the mask hides some of it."""
    if "*" in shown:
        return None
    return keyed(key, f"{part}:{shown}")[:8].hex()


def keyed(key: bytes, text: str) -> bytes:
    """The HMAC-SHA256 of a text, 32 bytes."""
    hasher = prepared(key).copy()
    hasher.update(text.encode("ascii"))
    return hasher.digest()


@lru_cache
def prepared(key: bytes) -> hmac.HMAC:
    """An HMAC that has taken its key in, which takes longer than a number does."""
    return hmac.new(key, digestmod="sha256")


def stated_token(value: str) -> bytes:
    """The HMAC that the source computed itself."""
    try:
        return bytes.fromhex(value)
    except ValueError:
        raise invalid("It has 64 characters that are not all hexadecimal digits") from None


def is_withheld(number: str) -> bool:
    """Whether the source states no full number: a mask, the last four alone, a placeholder."""
    if (number[:-1] or number).isdecimal():
        return len(number) == 4 or is_placeholder(number)
    return MASK.search(number) is not None


def checked(number: str) -> str:
    """The number in 18 characters; raises Refusal where it is none."""
    digits = number if len(number) == 15 else number[:17]
    if len(number) not in (15, 18) or not (digits.isascii() and digits.isdecimal()):
        raise invalid("It does not have 15 digits, or 17 and a check character")
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}"
        number += check_character(number)
    if number[17] != check_character(number):
        raise invalid("Its check character does not fit")
    check_birth(number)
    return number


def check_character(number: str) -> str:
    """The check character of the first 17 digits (ISO 7064 MOD 11-2)."""
    area, day, order = number[:6], number[6:14], number[14:17]
    return CHECK_CHARACTERS[(weighed(area, 0) + weighed(day, 6) + weighed(order, 14)) % 11]


@lru_cache(maxsize=65536)
def weighed(digits: str, start: int) -> int:
    """The weighted sum of the digits of a number from `start` on: many numbers share them."""
    return sum(map(mul, map(int, digits), WEIGHTS[start:]))


def check_birth(number: str) -> None:
    if day_in(number[6:14]) is None:
        raise invalid("The date of birth in it does not exist")


def invalid(what: str) -> Refusal:
    return Refusal(
        Code.INVALID_NATIONAL_ID,
        f"The ID number cannot be right. {what}. Correct it in the source, or leave it empty.",
    )
