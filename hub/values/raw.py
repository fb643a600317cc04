"""A raw value as some source writes it, and the cleaning that every reader shares."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

from hub.errors import Code, Refusal

Raw = str | int | float | Decimal | bool | datetime.date | datetime.datetime | None
"""Drivers and workbooks give more: what `plain` makes one of these."""

MAX_TEXT = 10_000
"""Longest text that is taken, in characters."""

MAX_SHORT_TEXT = 300
"""Longest text that an index takes: its pinyin, the longest of its forms, still fits a page."""

EXACT = 2**53
"""Up to here a float holds every whole number."""

MISSING_WORDS = (
    r"- -- — —— / // \ \N n/a N/A #N/A nan NaN null NULL Null none None NONE "
    "无 无。 (无) （无） 不详 未知 暂无 空 没有 未填 未填写 待补充 待定 不明"
)
MISSING = frozenset(("", *MISSING_WORDS.split()))
"""What sources write where they have no value."""

# Simplified forms out of the block of radicals, which text copied from a PDF holds in place of
# the character; unlike the Kangxi block, Unicode gives them no decomposition.
RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
FULL_WIDTH_SIGNS = "＃％＆＊＋－．／＝＠＿"
BREAKS = "\t\n\x0b\x0c\r\x85\u2028\u2029"
MARK_BEFORE_TEXT = "'"
"""Spreadsheets put it before digits that are to stay text."""


def cleaned_character(point: int) -> str | None:
    """What a character becomes: None to drop it."""
    char = chr(point)
    kind = unicodedata.category(char)
    if char in BREAKS or kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind in ("Cc", "Cf"):
        return None
    if kind == "Cs":
        return "\ufffd"
    if char in FULL_WIDTH_SIGNS or (0xFF00 < point < 0xFF5F and char.isalnum()):
        return chr(point - 0xFEE0)
    if 0x2E80 <= point < 0x2FE0:
        return RADICALS.get(char, unicodedata.normalize("NFKC", char))
    return char


CLEANED = {
    point: cleaned
    for point in range(0x10000)
    if (cleaned := cleaned_character(point)) != chr(point)
}

TIDIED = {
    point: cleaned
    for point, cleaned in CLEANED.items()
    if (cleaned is None and unicodedata.category(chr(point)) == "Cf")
    or (cleaned is not None and (cleaned == " " or point >= 0xFF00) and chr(point) not in BREAKS)
}
"""What `tidy` changes: blanks of all widths, invisible characters, full-width forms."""
FORMULA_OF_TEXT = re.compile('="([^"]*)"')

WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+([/?#][^\s\\]*)?", re.IGNORECASE)

LONG_DIGITS = re.compile(r"\d(?:[\s'-]{0,2}\d){10,}[Xx]?")


def quoted(value: object) -> str:
    """The value in quotes for a sentence, shortened to 40 characters.

    Long runs of digits are left out: in a shifted column they may be a phone or an ID number.
    """
    shown = LONG_DIGITS.sub("[removed]", str(value)[:200].translate(CLEANED))
    return f'"{shown}"' if len(shown) <= 40 else f'"{shown[:40]}…"'


def plain(value: object) -> object:
    """A value of a driver or of a workbook as text or number; anything else as it is.

    UUIDs and addresses are text, times are ISO 8601. Bytes are the text that they hold in UTF-8,
    else the number of a bit field (up to 8 bytes), else hexadecimal digits.
    """
    if isinstance(value, UUID | IPv4Address | IPv6Address):
        return str(value)
    if isinstance(value, datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return from_bytes(bytes(value))
    return value


def duration(value: datetime.timedelta) -> str:
    """A span as clocks show it: 08:30:00; hours may go beyond 24."""
    seconds = int(abs(value).total_seconds())
    sign = "-" if value < datetime.timedelta() else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def from_bytes(value: bytes) -> str | int:
    """Bytes as `plain` reads them."""
    try:
        shown = value.decode()
    except UnicodeDecodeError:
        shown = "\0"
    if shown.isprintable():
        return shown
    return int.from_bytes(value) if len(value) <= 8 else value.hex()


def written(value: Raw) -> str | None:
    """A raw value as text: whole numbers without a point, dates as ISO 8601; None for not-a-number.

    Raises Refusal UNREADABLE_VALUE for anything that is not a single value.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return written_number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    known = plain(value)
    if isinstance(known, str | int):
        return str(known)
    raise Refusal(
        Code.UNREADABLE_VALUE,
        f"A value of the kind {type(value).__name__} cannot be read: "
        "give one text, number or date, or name the inner field in the manifest.",
    )


def written_number(value: int | float | Decimal) -> str | None:
    """A number as text; a float that is no longer exact keeps its exponent."""
    if isinstance(value, int):
        if value.bit_length() > 1000:
            raise Refusal(Code.VALUE_TOO_LONG, "The number has over 300 digits: check the source.")
        return str(value)
    if math.isnan(value):
        return None
    if -EXACT < value < EXACT and value == int(value):
        return str(int(value))
    return str(value)


def tidy(value: str) -> str:
    """A key, a code or a header as it is compared: no blanks around it, nothing invisible in it.

    Zero-width characters are dropped, full-width letters and digits made half-width, runs of
    blanks made one. Control characters stay: `checked_key` refuses them.
    """
    if value.isascii():
        return value.strip()
    shown = value.translate(TIDIED)
    return " ".join(shown.split()) if "  " in shown else shown.strip()


def unquoted(value: str) -> str:
    """A cell that spreadsheets write as a formula of one text, ="001", as that text."""
    found = FORMULA_OF_TEXT.fullmatch(value)
    return found[1] if found else value


def text(value: Raw) -> str | None:
    """Any text: full-width letters, digits and blanks made half-width, the rest left as it is.

    Blanks are collapsed, control and zero-width characters dropped, Chinese punctuation kept.
    None for no value. Raises Refusal VALUE_TOO_LONG above 10,000 characters.
    """
    if value is None or value == "":
        return None
    if type(value) is str and is_clean(value):
        return None if value in MISSING else value
    shown = written(value)
    if shown is None:
        return None
    cleaned = unicodedata.normalize("NFC", " ".join(shown.translate(CLEANED).split()))
    if len(cleaned) > MAX_TEXT:
        raise too_long(len(cleaned), MAX_TEXT)
    return None if cleaned in MISSING else cleaned


def short_text(value: Raw) -> str | None:
    """As `text`, of what is looked up by an index: names above all.

    Raises Refusal VALUE_TOO_LONG above 300 characters.
    """
    cleaned = text(value)
    if cleaned is not None and len(cleaned) > MAX_SHORT_TEXT:
        raise too_long(len(cleaned), MAX_SHORT_TEXT)
    return cleaned


def web_address(value: Raw) -> str | None:
    """As `text`, an address of the web: http or https, a host, no name or password before it.

    Raises Refusal UNREADABLE_VALUE for any other.
    """
    cleaned = text(value)
    if cleaned is None or WEB_ADDRESS.fullmatch(cleaned):
        return cleaned
    raise Refusal(
        Code.UNREADABLE_VALUE,
        f"{quoted(cleaned)} is no address of the web: write it whole, with http:// or https://.",
    )


def is_clean(value: str) -> bool:
    """Whether the value needs no cleaning; far cheaper than cleaning it."""
    return (
        value.isprintable()
        and unicodedata.is_normalized("NFKC", value)
        and "  " not in value
        and value[:1] != " "
        and value[-1:] != " "
        and len(value) <= MAX_TEXT
    )


def compact(value: Raw) -> str | None:
    """A code as text: cleaned, no blanks, no mark of a spreadsheet before it, no ".0" after it."""
    cleaned = text(value)
    if cleaned is None:
        return None
    code = cleaned.replace(" ", "").lstrip(MARK_BEFORE_TEXT)
    if code.endswith(".0") and code[:-2].isdecimal():
        code = code[:-2]
    return None if code in MISSING else code


def too_long(length: int, limit: int) -> Refusal:
    """The refusal of a value that is longer than its limit, both in characters."""
    return Refusal(
        Code.VALUE_TOO_LONG,
        f"The value has {length} characters, {limit:,} are allowed: shorten it in the source.",
    )


def split_list(value: Raw, separators: str = ",，、;；|") -> list[str]:
    """The parts of a list written in one value, each cleaned like `text`; empty parts dropped.

    `separators` are single characters. Raises Refusal VALUE_TOO_LONG for a part that is too long.
    """
    shown = written(value)
    if not shown:
        return []
    for separator in separators[1:]:
        shown = shown.replace(separator, separators[0])
    parts = shown.split(separators[0]) if separators else [shown]
    return [part for part in map(text, parts) if part is not None]
