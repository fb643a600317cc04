"""What is typed, by kind: some texts each, common ones and rare ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.searching.data import sample_names
from hub.search.readings import read_name

TEXTS = 40
"""Different texts of each kind that is drawn from the data."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of search and its texts."""

    name: str
    texts: tuple[str, ...]
    how: Mapping[str, object] = field(default_factory=dict)


def initials_of(reading: Sequence[str]) -> str:
    """The first letters of syllables."""
    return "".join(syllable[0] for syllable in reading)


def shapes() -> Iterator[Shape]:
    """All kinds of searches."""
    names = sample_names(TEXTS)
    readings = [read_name(name)[0] for name in names]
    yield Shape("1 character: surnames", tuple("王李张刘陈杨赵黄周吴"))
    yield Shape("1 character: words of places", tuple("镇乡村县路街家站大民"))
    yield Shape("2 characters: surname and first", tuple(name[:2] for name in names))
    yield Shape("2 characters: given names", tuple(name[1:] for name in names))
    yield Shape("2 characters: in every place", ("人大", "代表", "街道", "联络", "之家"))
    yield Shape("3 characters: whole names", tuple(names))
    yield Shape("pinyin: one syllable", ("wang", "li", "zhang", "liu", "chen", "ming", "shan"))
    yield Shape("pinyin: whole names", tuple("".join(reading) for reading in readings))
    yield Shape("pinyin: given names", tuple("".join(reading[1:]) for reading in readings))
    yield Shape("initials: one letter", tuple("wlzycsxhjd"))
    yield Shape("initials: whole names", tuple(map(initials_of, readings)))
    yield Shape(
        "mix: character and initials",
        tuple(
            name[0] + initials_of(reading[1:])
            for name, reading in zip(names, readings, strict=True)
        ),
    )
    yield Shape("addresses: street and number", tuple(f"京兆路{n}号" for n in range(1, 300, 8)))
    yield Shape("addresses: street", ("京兆路", "人民路", "滨河路", "迎宾大道"))
    yield Shape("surname in one county", tuple("王李张刘陈"), {"division": "510121"})
    yield Shape("surname among congresses", tuple("王李张刘陈"), {"kinds": ["CONGRESS"]})
    yield Shape("what is not there", ("龘龘", "王龘", "龘明", "xqzv"))
