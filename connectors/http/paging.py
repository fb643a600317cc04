"""How a REST source hands out its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from connectors.manifest import Name, Strict, as_text, follow, steps_of

Params: TypeAlias = Mapping[str, str]


class SinglePage(Strict):
    """Everything comes in one answer."""

    style: Literal["none"] = "none"

    def first(self) -> Params:
        """Parameters of the first page."""
        return {}

    def following(self, body: object, read: int, number: int, count: int) -> Params | None:
        """Parameters of the page after page `number`, None after the last.

        `read` is the number of items so far, `count` that of the page just read.
        """
        return None


class Sized(Strict):
    """What page numbers, offsets and tokens share."""

    size: int = Field(default=100, ge=1, le=5000)
    """Items to ask for at once."""
    size_param: str | None = None
    """Query parameter for the size; left out where the source has none."""
    total: str | None = None
    """Path to the number of all items. Without it reading ends at the first empty page."""

    def sized(self, **params: str) -> Params:
        """`params` and the size, where the source takes one."""
        return {self.size_param: str(self.size), **params} if self.size_param else params

    def total_in(self, body: object) -> int | None:
        """The number of all items that an answer states, None where it states none."""
        if self.total is None:
            return None
        total = as_text(follow(body, steps_of(self.total)))
        return int(total) if total.isdecimal() else None

    def finished(self, body: object, read: int, count: int) -> bool:
        """Whether the page just read was the last."""
        total = self.total_in(body)
        return count == 0 or (total is not None and read >= total)


class PageNumbers(Sized):
    """Pages by number."""

    style: Literal["page"]
    param: Name = "page"
    """Query parameter for the number."""
    first_page: int = Field(default=1, ge=0)
    """Number of the first page."""

    def first(self) -> Params:
        """Parameters of the first page."""
        return self.sized(**{self.param: str(self.first_page)})

    def following(self, body: object, read: int, number: int, count: int) -> Params | None:
        """Parameters of the page after page `number`, None after the last."""
        if self.finished(body, read, count):
            return None
        return self.sized(**{self.param: str(self.first_page + number)})


class Offsets(Sized):
    """Pages by the number of items to pass over."""

    style: Literal["offset"]
    param: Name = "offset"
    """Query parameter for the number of items to pass over."""

    def first(self) -> Params:
        """Parameters of the first page."""
        return self.sized(**{self.param: "0"})

    def following(self, body: object, read: int, number: int, count: int) -> Params | None:
        """Parameters of the next page, None after the last."""
        if self.finished(body, read, count):
            return None
        return self.sized(**{self.param: str(read)})


class Tokens(Sized):
    """Pages by a token that stands in each answer."""

    style: Literal["cursor"]
    param: Name = "cursor"
    """Query parameter for the token."""
    next: Name
    """Path to the next token in the answer; absent, null or empty on the last page."""

    def first(self) -> Params:
        """Parameters of the first page."""
        return self.sized()

    def following(self, body: object, read: int, number: int, count: int) -> Params | None:
        """Parameters of the next page, None after the last."""
        token = as_text(follow(body, steps_of(self.next)))
        return self.sized(**{self.param: token}) if token else None


class Links(Sized):
    """Pages by the Link header with rel="next" (RFC 8288)."""

    style: Literal["link"]

    def first(self) -> Params:
        """Parameters of the first page."""
        return self.sized()

    def following(self, body: object, read: int, number: int, count: int) -> Params | None:
        """None: the next page is the address in the header."""
        return None


Paging = Annotated[
    SinglePage | PageNumbers | Offsets | Tokens | Links, Field(discriminator="style")
]
