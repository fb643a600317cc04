"""The scripts of the systems that push: they send their records to the hub."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

import httpx2
import orjson

from demo.history import make_world
from demo.systems import deyang, deyang_duties, platform
from demo.tables import Row, Tables
from demo.world import World


def deyang_tables(world: World) -> Tables:
    """All that Deyang sends: its deputies first, then their duties."""
    return {**deyang.tables(world), **deyang_duties.tables(world)}


SENDERS: Mapping[str, Callable[[World], Tables]] = {
    "deyang-deputies": deyang_tables,
    "danleng-platform": platform.today,
}
"""What each system sends, by the noun of its mutation."""
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


def pushes(system: str) -> Iterator[tuple[str, list[Row]]]:
    """Everything that a system sends, in batches that the hub takes."""
    for noun, records in SENDERS[system](make_world()).items():
        for start in range(0, len(records), LARGEST_PUSH):
            yield noun, records[start : start + LARGEST_PUSH]


def request_body(system: str, noun: str, records: list[Row]) -> dict[str, object]:
    """One push. The same records always go under the same key."""
    digest = hashlib.blake2b(orjson.dumps(records), digest_size=16).hexdigest()
    given = {"system": system, "idempotencyKey": f"{noun}-{digest}", "records": records}
    return {"query": mutation(noun), "variables": {"input": given}}


async def push_records(system: str, url: str, key: str) -> None:
    """Push what `system` sends to the graph at `url` (http://host:port/graphql) with its API key.

    Doing it again sends the same pushes under the same keys. Raises PushFailed where the hub
    answers with an error; refused records are no error.
    """
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(timeout=SECONDS, headers=headers) as client:
        for noun, records in pushes(system):
            response = await client.post(url, json=request_body(system, noun, records))
            check(noun, response)


def check(noun: str, response: httpx2.Response) -> None:
    """Raise PushFailed unless the hub took the push."""
    if response.status_code != httpx2.codes.OK:
        raise PushFailed(f"push{noun}: the hub answered with status {response.status_code}.")
    errors = response.json().get("errors")
    if errors:
        raise PushFailed(f"push{noun}: {errors[0]['message']}")
