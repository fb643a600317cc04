"""The JSON Schema of manifests, for editors: `python -m connectors.json_schema` writes it."""

from __future__ import annotations

import json
from functools import reduce
from operator import or_
from pathlib import Path

from pydantic import TypeAdapter

from connectors.registry import REGISTRY

SCHEMA_FILE = Path(__file__).with_name("manifest.schema.json")


def manifest_schema() -> str:
    """The JSON Schema of the manifests of all kinds as text, keys in a stable order."""
    any_system = reduce(or_, (kind.manifest for kind in REGISTRY.values()))
    schema = TypeAdapter(any_system).json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(manifest_schema(), encoding="utf-8")
