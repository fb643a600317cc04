"""Automatic persisted queries, Apollo's protocol: a document is sent once, then named by hash."""

from __future__ import annotations

import hashlib

from cachetools import LRUCache

from hub.errors import Code, HubError
from resolvers.http.parameters import Parameters

MAX_CHARACTERS = 8_000_000
"""Characters of all documents that are kept."""


class PersistedQueries:
    """The documents that clients may name by hash: the last used ones that fit.

    They live in this process; a client that names an unknown one is told to send it again.
    """

    def __init__(self, max_characters: int = MAX_CHARACTERS) -> None:
        self._known: LRUCache[str, str] = LRUCache(max_characters, getsizeof=len)

    def document(self, asked: Parameters) -> str:
        """The document of a request.

        Raises HubError BAD_REQUEST, PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED.
        """
        named = asked.extensions.get("persistedQuery")
        if named is not None:
            return self._persisted(_hash(named), asked.query)
        if asked.query is None:
            raise HubError(Code.BAD_REQUEST, "query is missing. Send an operation in it.")
        return asked.query

    def _persisted(self, name: str, document: str | None) -> str:
        if document is None:
            document = self._known.get(name)
            if document is None:
                raise HubError(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
            return document
        if hashlib.sha256(document.encode()).hexdigest() != name:
            raise HubError(
                Code.BAD_REQUEST,
                "extensions.persistedQuery.sha256Hash is not the SHA-256 of query. Hash the text "
                "that is sent, in UTF-8, to hexadecimal digits in lower case.",
            )
        if len(document) <= self._known.maxsize:
            self._known[name] = document
        return document


def _hash(named: object) -> str:
    name = named.get("sha256Hash") if isinstance(named, dict) else None
    if not isinstance(named, dict) or not isinstance(name, str):
        raise HubError(
            Code.BAD_REQUEST,
            'extensions.persistedQuery is not {"version": 1, "sha256Hash": "…"}. Send it so.',
        )
    if named.get("version") != 1:
        raise HubError(Code.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
    return name
