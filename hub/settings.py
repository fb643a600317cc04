"""The settings, read from environment variables with the prefix HUB_."""

from __future__ import annotations

import ipaddress
import secrets
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.errors import Code, StopRun

ROOT = Path(__file__).resolve().parent.parent


Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(text: str) -> tuple[Network, ...]:
    """The networks in a list parted by commas. Raises ValueError."""
    return tuple(ipaddress.ip_network(each.strip()) for each in text.split(",") if each.strip())


class Settings(BaseSettings):
    """What an operator may set. `hub doctor` lists the values, secrets hidden."""

    model_config = SettingsConfigDict(env_prefix="HUB_")

    database_url: str | None = Field(
        default=None,
        description="PostgreSQL 15 or newer, postgresql://user:password@host/database. "
        "Default: an embedded PostgreSQL under HUB_DATA_DIR.",
    )
    data_dir: Path = Field(
        default=ROOT / "var", description="Folder for what the hub keeps on disk."
    )
    identity_key: SecretStr | None = Field(
        default=None,
        description="Key of the HMAC that replaces national id numbers. "
        "Default: made once and kept in HUB_DATA_DIR/identity.key.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `hub serve` listens on.")
    port: int = Field(default=8000, description="Port that `hub serve` listens on.")
    local_reading: bool = Field(
        default=False,
        description="Whether callers on this machine read without a key. Not behind a proxy: all "
        "that comes through one seems to come from here.",
    )
    public_url: str | None = Field(
        default=None,
        description="Address under which others reach the hub; with it every caller needs a key.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of the proxies whose X-Forwarded-For is believed, "
        "parted by commas.",
    )
    pool_size: int = Field(default=10, ge=1, description="Connections to PostgreSQL per process.")
    workers: int = Field(default=1, ge=1, description="Processes of `hub serve` on one port.")
    statement_megabytes: int = Field(
        default=200,
        ge=1,
        description="Megabytes that statements may hold in PostgreSQL, over all processes.",
    )
    max_tokens: int = Field(
        default=4000, ge=1, description="Tokens of the largest document that is read."
    )
    max_rows_analyst: int = Field(
        default=100_000,
        ge=1,
        description="Rows, as estimated, of the dearest operation for analysts: who reads on this "
        "machine without a key, and stewards.",
    )
    max_rows: int = Field(
        default=10_000, ge=1, description="Rows, as estimated, of the dearest operation for others."
    )
    batch_size: int = Field(
        default=5000, ge=1, le=50_000, description="Records deleted in one transaction by a sync."
    )
    deletion_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Share of a stream's records above which deletions are withheld.",
    )
    request_deadline: float = Field(
        default=10, gt=0, description="Seconds after which a request is stopped."
    )
    push_patience: float = Field(
        default=30,
        gt=0,
        description="Seconds that a push may wait for its turn; one that would wait longer is "
        "refused at once.",
    )
    live_deadline: float = Field(
        default=3, gt=0, description="Seconds that a source has to answer `liveRecord`."
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, text: str) -> str:
        networks(text)
        return text

    @cached_property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of the trusted proxies."""
        return networks(self.trusted_proxies)

    @cached_property
    def identity_secret(self) -> bytes:
        """The key of the national-id HMAC; made on first use where none is set."""
        if self.identity_key is not None:
            return self.identity_key.get_secret_value().encode()
        path = self.data_dir / "identity.key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return path.read_text().strip().encode()


def load_settings() -> Settings:
    """The settings of this process. Raises StopRun(BAD_SETTING) naming the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "HUB_" + "_".join(str(part) for part in first["loc"]).upper()
        raise StopRun(
            Code.BAD_SETTING, f"{name}: {first['msg']}. Correct it and start again."
        ) from error
