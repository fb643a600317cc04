"""What a newcomer finds to decide on the stewards' page."""

from __future__ import annotations

from demo.doubtful import entries
from demo.history import make_world
from tests.running_demo import Demo

QUEUE = """{
  linkCandidates(first: 100) { nodes { kind score left { fields } right { fields } } }
}"""


def queue(demo: Demo) -> dict[frozenset[str], float]:
    """The score of each pair of deputies in the queue, by the names of both."""
    nodes = demo.ask(QUEUE)["linkCandidates"]["nodes"]
    return {
        frozenset(item[side]["fields"]["name"] for side in ("left", "right")): item["score"]
        for item in nodes
        if item["kind"] == "DEPUTY"
    }


def pairs() -> list[frozenset[str]]:
    """The names of each pair that is made to be doubtful; what was lost shows as □."""
    names = [entry["name"].replace("?", "□") for entry in entries()]
    return [frozenset(pair) for pair in zip(names[::2], names[1::2], strict=True)]


def test_the_queue_holds_pairs_of_every_story(demo: Demo) -> None:
    found, made = queue(demo), pairs()
    stories = {
        entry["story"] for entry, pair in zip(entries()[::2], made, strict=True) if pair in found
    }
    assert stories == {entry["story"] for entry in entries()}
    assert 8 <= len(found.keys() & set(made)) <= 15
    assert all(0.5 < score < 1 for score in found.values())


def test_nobody_else_is_doubtful(demo: Demo) -> None:
    assert queue(demo).keys() <= set(pairs())


def test_a_full_sync_changes_neither_the_store_nor_the_queue(demo: Demo) -> None:
    before = queue(demo)
    first, again = demo.sync("--full"), demo.sync("--full")
    assert {counts["stored"] for counts in again.values()} == {"0"}
    assert {system: counts["quarantined"] for system, counts in again.items()} == {
        system: counts["quarantined"] for system, counts in first.items()
    }
    assert queue(demo) == before


def test_those_who_are_doubtful_have_no_id_number() -> None:
    names = {entry["name"] for entry in entries()}
    people = [it.person for it in make_world().mandates if it.person.name in names]
    assert len(people) == len(entries())
    assert {person.id_number for person in people} == {""}
