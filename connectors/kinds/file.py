"""Files in a folder: CSV, JSON Lines, XLSX and XLS."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from connectors.files import Rows, TableForm, csv_rows, jsonl_rows, workbook_rows
from connectors.manifest import (
    Connection,
    Name,
    StreamManifest,
    SystemManifest,
    narrowed,
    resolve,
)
from connectors.mapping import compile_mapping, no_lookup
from connectors.reading import Batch, KindOfSystem, Row, check_keys, in_batches, in_thread
from hub.errors import Code, StopRun
from hub.subjects.systems import ConnectorKind


def _inside(text: str) -> str:
    if PurePosixPath(text).is_absolute() or ".." in PurePosixPath(text).parts:
        raise ValueError("must stay inside the folder: no leading / and no ..")
    return text


Inside = Annotated[Name, AfterValidator(_inside)]


class FileConnection(Connection):
    """Files in a folder."""

    kind: Literal["file"]
    folder: Name
    """Folder that the files are in."""


class FileStream(StreamManifest):
    """Records of files."""

    files: Inside
    """Pattern of the file names below the folder, such as deputies-*.csv."""
    format: Literal["csv", "jsonl", "xlsx", "xls", "ods"]
    """How they are written. Of workbooks the content tells the form, whatever is written here."""
    encoding: Name = "auto"
    """Encoding of CSV; auto tells UTF-8, UTF-16 with a mark, and GB 18030 (GBK) apart."""
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    """Character between the cells of CSV."""
    sheet: str | None = None
    """Sheet of a workbook; the first where left out."""
    header_row: int = Field(default=1, ge=1)
    """Row that holds the names of the columns."""
    merged: Literal["down", "across", "both", "none"] = "down"
    """Where the value of merged cells goes: to the cells below, beside, both, or nowhere."""
    archive: Inside | None = None
    """Folder below the folder, to which files move once a run has stored them."""

    @property
    def believes_absence(self) -> bool:
        """Not with a flag in a drop folder: its files go to the archive once they are stored."""
        return super().believes_absence and (self.deletes == "complete" or self.archive is None)

    @property
    def nested(self) -> bool:
        """Whether rows are JSON; the cells of a table are not."""
        return self.format == "jsonl"

    @model_validator(mode="after")
    def _no_cursor(self) -> FileStream:
        if self.cursor is not None:
            raise ValueError("cursor: files have none; unchanged files are known by their content")
        return self

    def form(self, file: str) -> TableForm:
        """Where the table stands in a file; `file` is its name without the ending."""
        return TableForm(
            self,
            self.format,
            self.encoding,
            self.delimiter,
            self.sheet,
            self.header_row,
            self.merged,
            file,
        )


class FileConnector:
    """One folder. See `connectors.reading.Connector`."""

    shifts = False

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, FileConnection)
        self._system = system.system
        self._folder = Path(resolve(connection.folder, environ, system.system))
        self._digests: dict[str, dict[str, str]] = {}
        self._archives: dict[Path, tuple[Path, str]] = {}

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of every file that matches, in the order of their names.

        With `since` files whose content is as it was are passed over, unless deletions are known
        by a complete pass. Raises StopRun(SOURCE_UNAVAILABLE, SOURCE_REFUSED, SOURCE_CHANGED).
        """
        files = narrowed(stream, FileStream)
        async with aclosing(in_thread(self._batches(files, since))) as batches:
            async for batch in batches:
                yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """The digest of each file of the last pass, by name."""
        return self._digests.get(stream.name)

    def doubt(self, stream: StreamManifest) -> str | None:
        """None: files are whole, and what cannot be read of them is handed over as such."""
        return None

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, found by a pass over all files.

        Raises StopRun(SOURCE_REFUSED) for a drop folder, whose files are archived once stored.
        """
        files = narrowed(stream, FileStream)
        if files.archive is not None:
            raise no_lookup(stream, "its files are archived once they are stored")
        found: dict[str, Row] = {}
        async with aclosing(in_thread(self._found(files, frozenset(keys)))) as parts:
            async for part in parts:
                found = part | found
        return found

    async def check(self) -> None:
        """Look whether the folder is there."""
        if not await asyncio.to_thread(self._folder.is_dir):
            raise self._absent(f"has no folder {self._folder}")

    async def stored(self) -> None:
        """Move the files of streams with an archive there, but for those changed since."""
        await asyncio.to_thread(self._archive)

    async def close(self) -> None:
        """Nothing to do."""

    def _batches(self, files: FileStream, since: object | None) -> Generator[Batch]:
        known = since if isinstance(since, Mapping) and files.deletes != "complete" else {}
        digests = self._digests[files.name] = {}
        for path in self._matching(files):
            name = _legible(path.relative_to(self._folder))
            digests[name] = digest = self._digest(path)
            if known.get(name) != digest:
                yield from self._file_batches(files, path, name)
            if files.archive is not None:
                self._archives[path] = (self._folder / files.archive, digest)

    def _found(self, files: FileStream, keys: frozenset[str]) -> Generator[dict[str, Row]]:
        """Of each batch the rows whose external id is wanted."""
        mapping = compile_mapping(files)
        for batch in self._batches(files, None):
            yield {
                keyed.external_id: row
                for row in batch
                if isinstance(row, Row)
                for keyed in mapping.expand_readable(row)
                if keyed.external_id in keys
            }

    def _file_batches(self, files: FileStream, path: Path, name: str) -> Generator[Batch]:
        try:
            for number, batch in enumerate(in_batches(_rows(files, path, name))):
                if files.format == "jsonl" and number == 0:
                    check_keys(files, batch, name)
                yield batch
        except OSError as error:
            raise self._absent(f"cannot read {name}: {error.strerror}") from error

    def _matching(self, files: FileStream) -> list[Path]:
        """The files of a stream. None is an error, but for a drop folder that only adds."""
        if not self._folder.is_dir():
            raise self._absent(f"has no folder {self._folder}")
        archive = self._folder / files.archive if files.archive else None
        found = sorted(
            path
            for path in self._folder.glob(files.files)
            if path.is_file() and archive not in path.parents and not _is_left_over(path)
        )
        if not found and (archive is None or files.deletes == "complete"):
            raise self._absent(f"has no file {files.files} in {self._folder}")
        return found

    def _digest(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
        except OSError as error:
            raise self._absent(f"cannot read {path.name}: {error.strerror}") from error

    def _archive(self) -> None:
        for path, (folder, digest) in self._archives.items():
            if path.exists() and self._digest(path) == digest:
                folder.mkdir(parents=True, exist_ok=True)
                path.replace(folder / f"{path.stem}-{digest[:8]}{path.suffix}")
        self._archives.clear()

    def _absent(self, problem: str) -> StopRun:
        return StopRun(
            Code.SOURCE_UNAVAILABLE,
            f"System {self._system} {problem}. Check the folder and the manifest.",
        )


def _is_left_over(path: Path) -> bool:
    """Whether a program put a file down beside the ones that people made.

    Office programs do so with an open file (~$name, .~lock.name#), macOS in shared folders
    (._name).
    """
    return path.name.startswith(("~$", "._", ".~lock."))


def _legible(path: Path) -> str:
    """The name of a file as text; archives from elsewhere leave names that are no UTF-8."""
    return os.fsencode(path.as_posix()).decode(errors="backslashreplace")


def _rows(files: FileStream, path: Path, name: str) -> Rows:
    if files.format == "csv":
        return csv_rows(path, name, files.form(path.stem))
    if files.format == "jsonl":
        return jsonl_rows(path, name, files.form(path.stem))
    return workbook_rows(path, name, files.form(path.stem))


KIND = KindOfSystem(
    "A system that puts down files.",
    ConnectorKind.FILE,
    FileConnection,
    FileStream,
    FileConnector,
)
