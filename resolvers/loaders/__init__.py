"""Answers that the executor asks for: rows in batches, live records.

Lends the loaders of one request, the rows and connections that they read, and the live sources.
"""

from resolvers.loaders.batches import Loaders, Node
from resolvers.loaders.connections import Connection
from resolvers.loaders.live import LiveSources

__all__ = ["Connection", "LiveSources", "Loaders", "Node"]
