"""Manifests of every kind: loaded from YAML, checked, and as the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from connectors.manifest import SystemManifest, bad_manifest, describe
from connectors.registry import REGISTRY
from hub.subjects.systems import ConnectorKind


def load_manifest(path: Path) -> SystemManifest:
    """The manifest in the YAML file `path`, checked; variables stay as they are written.

    Raises StopRun(BAD_MANIFEST) naming the file, the line, the key, what is wrong and what is
    allowed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        given = yaml.safe_load(text)
    except OSError as error:
        raise bad_manifest(path.name, f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise bad_manifest(path.name, f"is no YAML in UTF-8: {error}") from error
    return parse_manifest(given, path.name, text)


def parse_manifest(given: object, place: str, text: str = "") -> SystemManifest:
    """The manifest in plain data, as YAML or the store gives it.

    `place` is named in errors; `text` is the YAML, to tell line numbers. Raises
    StopRun(BAD_MANIFEST).
    """
    kind = REGISTRY.get(_connector_kind(given))
    if kind is None:
        allowed = ", ".join(REGISTRY)
        raise bad_manifest(place, f"connector.kind: must be one of {allowed}")
    try:
        return kind.manifest.model_validate(given)
    except ValidationError as error:
        raise bad_manifest(place, describe(error, given, text)) from error


def plain_manifest(manifest: SystemManifest) -> dict[str, object]:
    """`manifest` as JSON for the store, variables unresolved; `parse_manifest` reads it again."""
    return manifest.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _connector_kind(given: object) -> str:
    connector = given.get("connector") if isinstance(given, Mapping) else None
    return str(connector.get("kind")) if isinstance(connector, Mapping) else ""


def kind_in_graph(manifest: SystemManifest) -> ConnectorKind:
    """How the graph names the way in which the system of `manifest` is read."""
    return REGISTRY[manifest.connector.kind].in_graph
