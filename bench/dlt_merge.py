"""Merge a JSON Lines file with dlt: `python dlt_merge.py FILE DATABASE_URL FOLDER`.

Runs by itself, in the environment of `dlt-requirements.lock`, and imports nothing of the hub.
CSV is the fastest of dlt's ways into PostgreSQL; its default, INSERT, takes half as long again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import dlt
import orjson

PAGE = 5000


@dlt.resource(name="deputies", primary_key="id", write_disposition="merge")
def deputies(path: str) -> Iterator[list[dict[str, object]]]:
    """The rows of the file, in pages."""
    with Path(path).open("rb") as file:
        while lines := list(islice(file, PAGE)):
            yield [orjson.loads(line) for line in lines]


def main(path: str, url: str, folder: str) -> None:
    """One run of a pipeline that keeps its state in `folder`."""
    pipeline = dlt.pipeline(
        "bench",
        pipelines_dir=folder,
        destination=dlt.destinations.postgres(url),
        dataset_name="merged",
    )
    pipeline.run(deputies(path), loader_file_format="csv").raise_on_failed_jobs()


if __name__ == "__main__":
    main(*sys.argv[1:])
