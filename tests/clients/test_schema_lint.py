"""The linters of schemas that the community uses. Their rules are set beside this file."""

from __future__ import annotations

from tests.clients.conftest import CLIENTS, Tool

SCHEMA = "schema/schema.graphql"


async def test_graphql_eslint_finds_nothing(tool: Tool) -> None:
    config = str(CLIENTS / "eslint.config.mjs")
    code, said = await tool("eslint", "--config", config, "--max-warnings", "0", SCHEMA)
    assert (code, said) == (0, "")


async def test_graphql_schema_linter_finds_nothing(tool: Tool) -> None:
    code, said = await tool("graphql-schema-linter", "--config-directory", str(CLIENTS), SCHEMA)
    assert code == 0, said
