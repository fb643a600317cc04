"""The opinions of the bench are the same in every run, and fit their manifest."""

from __future__ import annotations

from itertools import islice

from bench.contenders import HERE
from bench.opinions import make_opinions, make_stations
from connectors.systems import load_manifest


def test_the_opinions_are_the_same_in_every_run_and_name_stations() -> None:
    stations = list(make_stations())
    first, again = (list(islice(make_opinions(stations, 50), 50)) for _ in range(2))
    assert first == again
    assert {item["station"] for item in first} <= {item["id"] for item in stations}


def test_every_column_of_the_manifest_is_written() -> None:
    columns = {name for item in make_opinions([{"id": "1", "division": "2"}], 1) for name in item}
    (_, opinions) = load_manifest(HERE / "opinions.yaml").streams
    assert {source.column for source in opinions.fields.values()} <= columns
