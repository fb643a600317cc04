"""Which media type an answer travels in (GraphQL over HTTP, section 6)."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from hub.errors import Code, HubError


class Media(Enum):
    """A media type of answers.

    Under GRAPHQL an operation that cannot be run has a status of 400, under JSON one of 200, since
    a client of that type takes any other status for an answer of a proxy.
    """

    JSON = "application/json; charset=utf-8"
    GRAPHQL = "application/graphql-response+json; charset=utf-8"


@lru_cache(maxsize=256)
def choose_media(accept: str) -> Media:
    """The media type for an Accept header; where two are as welcome, GRAPHQL if it is named.

    Raises HubError(NOT_ACCEPTABLE).
    """
    weights = dict(_weighted(item) for item in (accept.strip() or "*/*").split(","))
    best = max(Media, key=lambda media: _welcome(media, weights))
    if _welcome(best, weights) > (0, True):
        return best
    raise HubError(
        Code.NOT_ACCEPTABLE,
        f"No answer comes as {accept[:80]!r}. "
        "Accept application/graphql-response+json or application/json.",
    )


def _welcome(media: Media, weights: dict[str, float]) -> tuple[float, bool]:
    """The weight of the range that names the type most exactly, and whether that is GRAPHQL."""
    name = media.value.partition(";")[0]
    key = next((key for key in (name, "application/*", "*/*") if key in weights), "")
    return weights.get(key, 0.0), media is Media.GRAPHQL and key == name


def _weighted(item: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in item.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "q":
            return name, _number(value)
    return name, 1.0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
