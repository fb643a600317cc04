"""Which tests `make quick` runs for a change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from hub.settings import ROOT
from tests.nearest import (
    READERS,
    import_graph,
    is_test,
    module_of,
    nearest_tests,
    steps_to_tests,
)


def made_graph(**imports: str) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for importer, imported in imports.items():
        for name in imported.split():
            graph.add_import(importer=importer.replace("__", "."), imported=name)
    return graph


def test_the_tests_with_the_fewest_imports_in_between_come_first() -> None:
    graph = made_graph(
        tests__test_far="hub.middle",
        hub__middle="hub.low",
        tests__test_near="hub.low",
        tests__test_other="hub.other",
    )
    assert steps_to_tests(graph, "hub.low") == {"tests.test_near": 1, "tests.test_far": 2}
    assert nearest_tests(graph, ["hub.low"]) == ["tests.test_near", "tests.test_far"]


def test_a_test_that_has_its_name_from_the_module_comes_before_its_equals() -> None:
    graph = made_graph(tests__test_api="hub.paging", tests__test_paging="hub.paging hub.other")
    assert nearest_tests(graph, ["hub.paging"]) == ["tests.test_paging", "tests.test_api"]


def test_a_changed_test_comes_first_itself() -> None:
    changed = "tests.hub.test_pins"
    assert nearest_tests(import_graph(), [changed, "hub.values.dates"])[0] == changed


@pytest.mark.parametrize("module", ["hub.values.dates", "hub.stewards.pins", "cli.sync"])
def test_each_kind_of_module_is_reached_by_tests(module: str) -> None:
    assert nearest_tests(import_graph(), [module])


def test_whoever_reads_a_file_that_is_no_module_is_there() -> None:
    modules = import_graph().modules
    for start, reader in READERS.items():
        assert (ROOT / start).exists()
        assert reader in modules
        assert module_of(start) == reader
    assert module_of("README.md") is None
    assert module_of("hub/values/dates.py") == "hub.values.dates"
    assert is_test("tests.hub.test_pins")


FILE = """
from tests import nearest

def test_during_which_the_time_ends():
    nearest.SECONDS = 0

def test_after_it():
    assert False
"""
RUN = """
import sys
from pathlib import Path
import pytest
from tests import nearest

nearest.SECONDS = 600
file = Path(sys.argv[1])
sys.exit(pytest.main(["-q", str(file)], plugins=[nearest.Deadline([file])]))
"""


def test_no_test_begins_when_the_time_is_over(tmp_path: Path) -> None:
    file = tmp_path / "test_two.py"
    file.write_text(FILE)
    words = [sys.executable, "-c", RUN, str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "1 tests found no time" in done.stdout) == (0, True), done.stdout
    assert "1 passed" in done.stdout
