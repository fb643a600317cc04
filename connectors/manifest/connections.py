"""How a system is reached: the `connector` part of a manifest, one class per kind."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from connectors.manifest.environment import mentions_variable
from connectors.manifest.strict import Name, Strict

_PASSWORD = re.compile(r"://[^/@\s]*:[^@\s]+@")


def _from_environment(text: str) -> str:
    if not mentions_variable(text):
        raise ValueError("secrets come from the environment only: write ${NAME}")
    return text


def _without_password(text: str) -> str:
    if _PASSWORD.search(text) and not mentions_variable(text):
        raise ValueError("the address holds a password: write ${NAME} and set it outside")
    return text


Secret = Annotated[str, AfterValidator(_from_environment)]
Address = Annotated[Name, AfterValidator(_without_password)]


class BasicAuth(Strict):
    """User and password (RFC 7617)."""

    kind: Literal["basic"]
    user: Name
    password: Secret


class BearerAuth(Strict):
    """A bearer token (RFC 6750)."""

    kind: Literal["bearer"]
    token: Secret


class HeaderAuth(Strict):
    """A key in a header."""

    kind: Literal["header"]
    name: Name
    value: Secret


class QueryAuth(Strict):
    """A key in the query string."""

    kind: Literal["query"]
    name: Name
    value: Secret


Auth = Annotated[BasicAuth | BearerAuth | HeaderAuth | QueryAuth, Field(discriminator="kind")]


class HttpConnection(Strict):
    """What REST and GraphQL sources share."""

    url: Address
    """Base address, http or https."""
    auth: Auth | None = None
    """How the hub proves who it is; nothing where left out."""
    timeout: float = Field(default=30, gt=0, le=300)
    """Seconds to wait for each answer."""
    attempts: int = Field(default=3, ge=1, le=10)
    """How often one request is tried before the run stops as failed."""


class RestConnection(HttpConnection):
    """An HTTP API that answers in JSON."""

    kind: Literal["rest"]


class GraphqlConnection(HttpConnection):
    """A GraphQL API."""

    kind: Literal["graphql"]


class SqlConnection(Strict):
    """A database that SQLAlchemy speaks to. The hub only reads."""

    kind: Literal["sql"]
    url: Address
    """SQLAlchemy URL, such as mysql+pymysql://reader:password@host/database."""
    attempts: int = Field(default=3, ge=1, le=10)
    """How often connecting is tried before the run stops as failed."""


class FileConnection(Strict):
    """Files in a folder."""

    kind: Literal["file"]
    folder: Name
    """Folder that the files are in."""


class PushConnection(Strict):
    """The system pushes to the hub; the hub reads nothing."""

    kind: Literal["push"]
