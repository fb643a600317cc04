"""How an HTTP source is reached, and how the hub proves there who it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from connectors.manifest import Address, Connection, Name, Secret, Strict


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


class HttpConnection(Connection):
    """What REST and GraphQL sources share."""

    url: Address
    """Base address, http or https."""
    auth: Auth | None = None
    """How the hub proves who it is; nothing where left out."""
    timeout: float = Field(default=30, gt=0, le=300)
    """Seconds to wait for each answer."""
    attempts: int = Field(default=3, ge=1, le=10)
    """How often one request is tried before the run stops as failed."""
