"""The JSON Schema of manifests, for editors: `python -m connectors.json_schema` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from connectors.systems import FileSystem, GraphqlSystem, PushSystem, RestSystem, SqlSystem

SCHEMA_FILE = Path(__file__).with_name("manifest.schema.json")

_ANY_SYSTEM: TypeAdapter[object] = TypeAdapter(
    RestSystem | GraphqlSystem | SqlSystem | FileSystem | PushSystem
)


def manifest_schema() -> str:
    """The JSON Schema as text, keys in a stable order."""
    schema = _ANY_SYSTEM.json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(manifest_schema(), encoding="utf-8")
