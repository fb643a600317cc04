"""What the `connector` parts of all manifests share: how a system is reached."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

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


class Connection(Strict):
    """How one system is reached. Each kind says of its own what `kind` must be."""

    kind: str
