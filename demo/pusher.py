"""Deyang's own script: sends its records to the hub."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import httpx2
import orjson

from demo.history import make_world
from demo.systems import deyang
from demo.tables import Row

SYSTEM = "deyang-deputies"
LARGEST_PUSH = 1000
SECONDS = 60


class PushFailed(Exception):
    """The hub did not take a push."""


def mutation(noun: str) -> str:
    """The mutation that takes records of one kind, `Homes` for example."""
    return (
        f"mutation($input: Push{noun}Input!) {{ push{noun}(input: $input) {{ "
        "run { id read stored unchanged quarantined } "
        "results { index externalId outcome errors { field code message } } } }"
    )


def pushes() -> Iterator[tuple[str, list[Row]]]:
    """Everything there is to send, in batches that the hub takes."""
    for noun, records in deyang.tables(make_world()).items():
        for start in range(0, len(records), LARGEST_PUSH):
            yield noun, records[start : start + LARGEST_PUSH]


def request_body(noun: str, records: list[Row]) -> dict[str, object]:
    """One push. The same records always go under the same key."""
    digest = hashlib.blake2b(orjson.dumps(records), digest_size=16).hexdigest()
    given = {"system": SYSTEM, "idempotencyKey": f"{noun}-{digest}", "records": records}
    return {"query": mutation(noun), "variables": {"input": given}}


async def push_deyang(url: str, key: str) -> None:
    """Push everything to the graph at `url` (http://host:port/graphql) with Deyang's API key.

    Doing it again sends the same pushes under the same keys. Raises PushFailed where the hub
    answers with an error; refused records are no error.
    """
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(timeout=SECONDS, headers=headers) as client:
        for noun, records in pushes():
            response = await client.post(url, json=request_body(noun, records))
            check(noun, response)


def check(noun: str, response: httpx2.Response) -> None:
    """Raise PushFailed unless the hub took the push."""
    if response.status_code != httpx2.codes.OK:
        raise PushFailed(f"push{noun}: the hub answered with status {response.status_code}.")
    errors = response.json().get("errors")
    if errors:
        raise PushFailed(f"push{noun}: {errors[0]['message']}")
