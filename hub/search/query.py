"""What is looked for in the index: ranges of its keys, and patterns to test the rows in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import orjson

from hub.errors import Code, HubError
from hub.search.readings import names_of, syllables
from hub.search.tokens import Cut, Form, Token, cuts, is_typed_out, split_pieces

MAX_TEXT = 64
MAX_RANGES = 120
END = "\U0010ffff"
"""After every text that starts with what stands before it."""


def read_text(text: str) -> str:
    """A typed text as the JSON document that the statement of search reads.

    Raises HubError(BAD_INPUT) for a text with nothing to look for, or of more than 64 characters.
    """
    if len(text) > MAX_TEXT:
        raise HubError(
            Code.BAD_INPUT,
            f"text has {len(text)} characters. Search for at most {MAX_TEXT}.",
        )
    pieces = split_pieces(text)
    if not pieces:
        raise HubError(
            Code.BAD_INPUT, "text holds no letter, character or digit. Give a name or an address."
        )
    return orjson.dumps(_document(pieces)).decode()


def _document(pieces: list[str]) -> dict[str, object]:
    folded = "".join(pieces)
    ways = cuts(pieces) if any(char.isascii() and char.isalpha() for char in folded) else []
    return {
        "low": folded,
        "high": folded + END,
        "characters": sorted(set(folded)),
        "sounds": list(islice((sound for cut in ways for sound in _sounds(cut)), MAX_RANGES)),
        "parts": [part for cut in ways for part in _part(cut)],
    }


def _sounds(cut: Cut) -> Iterator[dict[str, object]]:
    """The ranges of readings in which names of a cut stand, with the patterns they match."""
    is_full = all(token.form is Form.SYLLABLE for token in cut)
    shared = {"reading": _pattern(cut), "name": _name(cut), "full": is_full}
    for low in _lows(cut):
        yield {"low": low, "high": low + END, **shared}


def _lows(cut: Cut) -> Iterator[str]:
    """The starts of readings: the first syllable and the initials of the others."""
    first, *others = cut
    if not others and first.form is not Form.CHARACTER:
        yield first.text
        return
    for head in _heads(first):
        for initials in product(*map(_initials, others)):
            yield f"{head} {''.join(initials)}" if others else head


def _heads(first: Token) -> list[str]:
    """The first syllables that a token may mean."""
    if first.form is Form.SYLLABLE:
        return [first.text]
    if first.form is Form.START:
        return sorted(each for each in syllables() if each.startswith(first.text))
    return list(dict.fromkeys(reading[0] for reading in names_of(first.text)))


def _initials(token: Token) -> list[str]:
    if token.form is not Form.CHARACTER:
        return [token.text[0]]
    return sorted({reading[-1][0] for reading in names_of(token.text)})


def _pattern(cut: Cut) -> str:
    first, *others = map(_of_token, cut)
    return rf"^{first} \S+ {' '.join(others)}" if others else f"^{first}"


def _of_token(token: Token) -> str:
    if token.form is Form.CHARACTER:
        return r"\S+"
    return token.text if token.form is Form.SYLLABLE else rf"{token.text}\S*"


def _name(cut: Cut) -> str | None:
    """The pattern of names with the characters typed; None where none was."""
    if all(token.form is not Form.CHARACTER for token in cut):
        return None
    return "".join(token.text if token.form is Form.CHARACTER else "_" for token in cut) + "%"


def _part(cut: Cut) -> Iterator[dict[str, object]]:
    """Whole syllables, which may stand anywhere in a name; the last may be half typed."""
    whole = [token.text for token in cut if token.form is Form.SYLLABLE]
    if whole and is_typed_out(cut) and cut[-1].form is not Form.CHARACTER:
        sounds = " ".join(map(_of_token, cut))
        yield {
            "syllables": sorted(set(whole)),
            "rough": "% " + " ".join(token.text for token in cut) + "%",
            "reading": rf"^\S+ \S+ (\S+ )*{sounds}",
        }
