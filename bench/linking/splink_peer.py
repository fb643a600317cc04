"""Splink beside the hub: the same records in the same forms, linked in a process of its own."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.linking.figures import Figures, compare
from bench.linking.sets import read_rows, read_truth
from hub.linking.scores.features import Said, day_numbers, home_names
from hub.linking.scores.words import fold_work, sound
from hub.values.folding import fold_for_linking

HERE = Path(__file__).parent
COLUMNS = (
    *("unique_id", "name", "sound", "year", "month", "day", "gender", "ethnicity", "token"),
    *("tail", "phone", "work", "prefecture", "county", "town", "village", "party", "education"),
)


def run_splink(python: Path, folder: Path, scratch: Path) -> tuple[Figures, float, int]:
    """The figures of the threshold with the best F1; seconds and megabytes."""
    scratch.mkdir(parents=True, exist_ok=True)
    table, answer = scratch / "records.csv", scratch / "clusters.csv"
    rows = sorted(read_rows(folder), key=lambda item: item[0])
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(row_of(number, said) for number, (_, said) in enumerate(rows))
    words = (str(python), str(HERE / "splink_run.py"), str(table), str(answer))
    cost = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    truth = read_truth(folder, [key for key, _ in rows])
    best = max(figures_at_thresholds(answer, truth), key=f1)
    return best, cost["seconds"], cost["megabytes"]


def row_of(number: int, said: Said) -> tuple[object, ...]:
    """A record's comparison forms as texts."""
    name = "".join(char for char in fold_for_linking(said.name) if char.isalnum())
    birth = said.birth or (said.id_parts.birth if said.id_parts else None)
    year, month, day = day_numbers(birth)
    town, village = home_names(said.unit, said.work)
    area = (*said.area, None, None, None, None)
    return (
        number,
        name,
        "".join(map(sound, name)),
        year or None,
        month or None,
        day or None,
        said.gender,
        said.ethnicity,
        said.id_token.hex() if said.id_token else None,
        said.id_parts.tail if said.id_parts else None,
        said.phone,
        fold_work(said.work) if said.work else None,
        area[1],
        area[2],
        area[3] or (area[2] and town and f"{area[2]}{town}") or None,
        village or None,
        said.party,
        said.education,
    )


def figures_at_thresholds(answer: Path, truth: NDArray[np.int64]) -> Iterator[Figures]:
    """Precision, recall and false merges of the clusters of each threshold."""
    clusters: defaultdict[str, NDArray[np.int64]] = defaultdict(
        lambda: np.zeros(len(truth), np.int64)
    )
    with answer.open(encoding="utf-8", newline="") as lines:
        for threshold, key, cluster in csv.reader(lines):
            clusters[threshold][int(key)] = int(cluster)
    people = len(np.unique(truth))
    for found in clusters.values():
        precision, recall, merges = compare(found, truth)
        yield Figures(precision, recall, merges / people * 10_000)


def f1(figures: Figures) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * figures.precision * figures.recall / (figures.precision + figures.recall)
