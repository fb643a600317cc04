"""The Link header (RFC 8288) as far as paging needs it: the target whose relation is `next`."""

from __future__ import annotations

import re
from collections.abc import Iterable

VALUE = r"""(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^",;\s]*))?"""
PARAMETER = re.compile(rf";\s*([^\s=;,]+){VALUE}")
LINK = re.compile(rf"<([^>]*)>((?:\s*;\s*[^\s=;,]+{VALUE})*)")


def next_target(headers: Iterable[str]) -> str | None:
    """The target of the first link with rel=next, as it is written; None where there is none.

    `headers` are the values of all Link headers. Names and relations are compared without case,
    a rel may be unquoted and hold several relations; commas and semicolons inside < > and quotes
    part nothing.
    """
    for header in headers:
        for link in LINK.finditer(header):
            if "next" in _relations(link[2]):
                return link[1]
    return None


def _relations(parameters: str) -> list[str]:
    """The relations of a link; of several `rel` the first one counts (section 3.3)."""
    for name, value in PARAMETER.findall(parameters):
        if name.lower() == "rel":
            return str(value).strip('"').lower().split()
    return []
