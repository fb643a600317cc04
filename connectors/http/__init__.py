"""Sources behind HTTP: how they are reached, asked, paged, and what their answers mean.

It lends the connection options and the paging styles, and the connector that reads page by page,
which each kind fills in with how it asks.
"""

from connectors.http.answers import complaint, refused, said
from connectors.http.connection import HttpConnection
from connectors.http.paged import PagedConnector
from connectors.http.paging import Links, Offsets, PageNumbers, Paging, SinglePage, Sized
from connectors.http.progress import Progress
from connectors.http.source import Answer, HttpSource

__all__ = [
    "Answer",
    "HttpConnection",
    "HttpSource",
    "Links",
    "Offsets",
    "PageNumbers",
    "PagedConnector",
    "Paging",
    "Progress",
    "SinglePage",
    "Sized",
    "complaint",
    "refused",
    "said",
]
