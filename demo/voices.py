"""Opinions of the public heard at stations, before any system writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.facts import Place
from demo.names import make_name
from demo.numbers import make_phone
from demo.people import VILLAGES

FIRST_DAY = date(2025, 1, 6)
FIRST_CITIZEN_PHONE = 95_000_000
SUBJECTS = (
    ("路灯", "路灯损坏，夜间出行不便"), ("道路", "村道破损，雨天积水"), ("饮水", "自来水水压不足"),
    ("环境", "垃圾清运不及时"), ("养老", "日间照料中心开放时间太短"),
    ("教育", "上学路段没有人行横道"),
    ("医疗", "卫生室缺少常用药"), ("农业", "灌溉渠淤塞"), ("交通", "公交班次太少"),
)  # fmt: skip
CHANNELS = ("代表接待", "扫码", "扫码", "网络", "电话", "走访")
STATES = (9,) * 12 + (1,) * 2 + (2,) * 2 + (3, 4, 5, 5, 6, 7)
"""The states by the numbers of the platform, most of them done."""


@dataclass(slots=True)
class Voice:
    """One opinion, heard at `station`; `state` is a number of the platform."""

    number: int
    station: Place
    citizen: str
    phone: str
    village: str
    subject: str
    text: str
    channel: str
    received: date
    state: int
    replied: date | None = None
    closed: date | None = None
    stars: int | None = None
    up: int | None = None
    suggestion: int | None = None


def make_voices(stations: Sequence[Place], count: int, first: int = 1) -> list[Voice]:
    """`count` opinions from number `first` on, the same in every run."""
    rng = chance(f"voices-{first}")
    return [make_voice(rng, number, rng.choice(stations)) for number in range(first, first + count)]


def make_voice(rng: Random, number: int, station: Place) -> Voice:
    """One opinion as the station wrote it down."""
    subject, text = rng.choice(SUBJECTS)
    received = FIRST_DAY + timedelta(days=rng.randrange(420))
    state = rng.choice(STATES)
    drawn = rng.choice(VILLAGES)
    made = Voice(
        number,
        station,
        make_name(rng, "汉族", rng.random() < 0.5),
        make_phone(FIRST_CITIZEN_PHONE + number),
        station.village or drawn,
        subject,
        text,
        rng.choice(CHANNELS),
        received,
        state,
    )
    if state in (6, 9):
        made.replied = received + timedelta(days=rng.randrange(2, 30))
    if state == 9 and made.replied:
        made.closed = made.replied + timedelta(days=rng.randrange(1, 10))
        made.stars = rng.choice((None, 3, 4, 5, 5))
    return made
