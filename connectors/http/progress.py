"""Whether a source that is read page by page moves on, and whether it stood still meanwhile."""

from __future__ import annotations

import hashlib

from connectors.http.answers import refused


class Progress:
    """The pages and tokens of one pass. `doubt` is why the pass may have missed records."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._pages: dict[bytes, int] = {}
        self._tokens: set[str] = set()
        self._total: int | None = None
        self.read = self.number = 0
        self.doubt: str | None = None

    def page(self, items: list[object], *, size: int | None = None) -> bool:
        """Take note of a page; gives whether it is the last one once more, which ends the pass.

        `size` is how many items a page by number or offset holds at most; sources of that style
        repeat their last page for pages beyond it. Raises StopRun(SOURCE_REFUSED) for any other
        page that came before.
        """
        self.number += 1
        if not items:
            return False
        digest = hashlib.blake2b(repr(items).encode(errors="backslashreplace")).digest()
        earlier = self._pages.setdefault(digest, self.number)
        if earlier == self.number:
            self.read += len(items)
            return False
        is_last = earlier == self.number - 1 and size is not None
        if is_last and (earlier > 1 or len(items) < (size or 0)):
            return True
        advice = " or, where one page holds everything, say with `total` how many there are"
        raise refused(
            self._where,
            f"does not move on: page {self.number} is page {earlier} again. Check paging in the "
            f"manifest{advice if is_last else ''}.",
        )

    def total(self, total: int | None) -> None:
        """Take note of the number of all items that a page states."""
        if self._total is not None and total is not None and total != self._total:
            self.doubt = f"the number of all items went from {self._total} to {total} meanwhile"
        self._total = total if total is not None else self._total

    def token(self, token: str) -> None:
        """Take note of what leads to the next page. Raises StopRun(SOURCE_REFUSED) for a cycle."""
        if token in self._tokens:
            raise refused(
                self._where,
                f"does not move on: page {self.number} leads with {token[:80]} where a page "
                "before led. The source has to be repaired, or paging in the manifest.",
            )
        self._tokens.add(token)

    def end(self) -> None:
        """The source says that this was the last page."""
        if self._total is not None and self.read < self._total:
            self.doubt = f"it gave {self.read} of {self._total} items"
