"""Link a table of records with Splink: `python splink_run.py TABLE ANSWER`.

Runs by itself, in the environment of `linking-requirements.lock`, and imports nothing of the hub.
TABLE is a CSV of normalised records, ANSWER a CSV of (unique_id, cluster) for each threshold.
Prints the seconds and megabytes that it took as JSON.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as comparison
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS = (6.0, 8.0, 10.0, 12.0, 14.0)
"""Match weights in bits at which the pairs are clustered: the bench shows the best."""


def custom(name: str, *levels: Any) -> Any:
    """A comparison out of levels, the one that says nothing first and all else last."""
    return comparison.CustomComparison(
        output_column_name=name, comparison_levels=[*levels, level.ElseLevel()]
    )


def when(sql: str, label: str) -> Any:
    return level.CustomLevel(sql, label)


COMPARISONS = [
    custom(
        "name",
        level.NullLevel("name"),
        level.ExactMatchLevel("name", term_frequency_adjustments=True),
        when("sound_l = sound_r", "same sound"),
        when(
            "length(name_l) = length(name_r) AND length(name_l) > 2 "
            "AND hamming(name_l, name_r) = 1",
            "one character",
        ),
        level.JaccardLevel("name", 0.5),
    ),
    custom(
        "birth",
        level.NullLevel("year"),
        when("year_l = year_r AND month_l = month_r AND day_l = day_r", "day"),
        when("year_l = year_r AND month_l = month_r AND (day_l IS NULL OR day_r IS NULL)", "month"),
        when("year_l = year_r AND (month_l IS NULL OR month_r IS NULL)", "year"),
        when("year_l = year_r AND month_l = month_r", "month, another day"),
        when("year_l = year_r", "year, another month"),
        when("month_l = month_r AND abs(year_l - year_r) <= 3", "month, a near year"),
    ),
    comparison.ExactMatch("gender"),
    comparison.ExactMatch("ethnicity").configure(term_frequency_adjustments=True),
    custom(
        "number",
        when("(token_l IS NULL OR token_r IS NULL) AND (tail_l IS NULL OR tail_r IS NULL)", "none")
        .configure(is_null_level=True),
        when("token_l = token_r", "equal"),
        when("(token_l IS NULL OR token_r IS NULL) AND tail_l = tail_r", "last four equal"),
        when("token_l <> token_r", "another"),
    ),
    comparison.ExactMatch("phone").configure(term_frequency_adjustments=True),
    custom(
        "work",
        level.NullLevel("work"),
        level.ExactMatchLevel("work", term_frequency_adjustments=True),
        level.JaroWinklerLevel("work", 0.9),
        level.JaccardLevel("work", 0.6),
    ),
    custom(
        "place",
        level.NullLevel("prefecture"),
        when("town_l = town_r", "town"),
        when("county_l = county_r AND (town_l IS NULL OR town_r IS NULL)", "county, town unknown"),
        when("county_l = county_r", "county, another town"),
        when(
            "prefecture_l = prefecture_r AND (county_l IS NULL OR county_r IS NULL)",
            "prefecture, county unknown",
        ),
        when("prefecture_l = prefecture_r", "prefecture, another county"),
    ),
    comparison.ExactMatch("village"),
    comparison.ExactMatch("party"),
    comparison.ExactMatch("education"),
]  # fmt: skip
RULES = [
    block_on("token"),
    block_on("phone", "year"),
    block_on("phone", "name"),
    block_on("tail", "year", "month"),
    block_on("name", "year"),
    block_on("sound", "year", "month"),
    block_on("name", "county"),
    block_on("sound", "county"),
    block_on("name", "prefecture"),
    block_on("work", "year", "month"),
]
SETTINGS = SettingsCreator(
    link_type="dedupe_only",
    comparisons=COMPARISONS,
    blocking_rules_to_generate_predictions=RULES,
    retain_matching_columns=False,
)


def link(table: str) -> Iterator[tuple[float, list[tuple[int, int]]]]:
    """Train on the records themselves, predict, and cluster at each threshold."""
    api = DuckDBAPI(connection=duckdb.connect())
    records = api.register(duckdb.read_csv(table, null_padding=True).df())
    linker = Linker(records, SETTINGS, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("token"), block_on("name", "year", "month", "county")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("token"), block_on("name", "county"), block_on("phone", "year")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_weight=min(THRESHOLDS))
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_weight=threshold
        )
        found = clusters.as_pandas_dataframe()
        ids = found["unique_id"].astype(int).tolist()
        names, number = found["cluster_id"].tolist(), dict[Any, int]()
        yield (
            threshold,
            [
                (key, number.setdefault(name, len(number)))
                for key, name in zip(ids, names, strict=True)
            ],
        )


def main(table: str, answer: str) -> None:
    """Link TABLE, write ANSWER, print what it cost."""
    started = time.perf_counter()
    with open(answer, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for threshold, rows in link(table):
            writer.writerows((threshold, key, cluster) for key, cluster in rows)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
