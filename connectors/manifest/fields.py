"""Where the value of one record field comes from: the `fields` part of a stream."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from connectors.manifest.strict import Name, Strict

Scalar = str | int | float | bool


class Source(Strict):
    """Where one value comes from. A bare text is short for `{column: text}`."""

    column: Name | None = None
    """Column of the source; dots go into nested JSON."""
    value: Scalar | None = None
    """A constant, instead of a column."""
    codes: dict[str, str | int | None] | None = Field(default=None, min_length=1)
    """What each code of the source means. A code that is not listed refuses the record."""
    default: Scalar | None = None
    """Value where the source has none. Never used for unknown codes."""
    format: Name | None = None
    """How a date is written: unix, unix_ms, excel, or a pattern such as %d/%m/%Y."""
    separator: str | None = Field(default=None, min_length=1)
    """Text between the parts of a list. Empty parts are dropped."""
    prefix: str = ""
    """Text put before every part, to make it the external id of the record meant."""
    optional: bool = False
    """Whether the source may leave the column out where it has no value."""

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, given: object) -> object:
        return {"column": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _column_or_value(self) -> Source:
        given = self.model_fields_set
        if ("column" in given) == ("value" in given):
            raise ValueError("give either column or value")
        if "value" in given and given != {"value"}:
            raise ValueError("a constant takes no other options")
        if len(given & {"codes", "format", "prefix"}) > 1:
            raise ValueError("give at most one of codes, format and prefix")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long_form = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [{"type": "string"}, long_form]}


class Member(Strict):
    """The parts of one member inside a list of JSON objects."""

    id: Source
    """External id of the deputy."""
    role: Source | None = None
    """Role there."""
    startDate: Source | None = None
    """First day."""
    endDate: Source | None = None
    """Last day."""


class FieldSource(Source):
    """Where one record field comes from. A bare text is short for `{column: text}`."""

    system: Annotated[str, StringConstraints(pattern="^[a-z0-9-]+$", max_length=64)] | None = None
    """For records of another system: the system's code. The column holds their external ids."""
    each: Member | None = None
    """For members given as a list of JSON objects: where the parts of each are."""
