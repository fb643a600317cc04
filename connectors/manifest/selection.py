"""Which rows are records of a stream, how one row becomes several, and how deletions show."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from connectors.manifest.strict import Name, Strict


class Only(Strict):
    """Rows outside are no records of this stream; they are passed over."""

    column: Name
    present: bool | None = None
    """true: rows with a value in the column; false: rows without."""
    among: tuple[str, ...] | None = Field(default=None, alias="in", min_length=1)
    """Rows with one of these values in the column."""

    @model_validator(mode="after")
    def _one_test(self) -> Only:
        if (self.present is None) == (self.among is None):
            raise ValueError("give either present or in")
        return self


class Split(Strict):
    """One record for each non-empty part of a column, as where levels stand in a comma list."""

    column: Name
    separator: str = Field(default=",", min_length=1)
    as_: Name = Field(alias="as")
    """Name under which key and fields use the part."""


class DeletionFlag(Strict):
    """A column that says that the row is deleted."""

    column: Name
    values: tuple[str, ...] = Field(min_length=1)
    """Values that mean deleted."""


Deletes = Literal["complete", "never"] | DeletionFlag
