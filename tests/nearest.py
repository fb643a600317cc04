"""`make quick`: the tests nearest to what has changed, for an answer in less than a minute.

A test reaches a changed module through imports, its conftest's among them. Those that are the
fewest steps away, or share words of its name, come first, `MODULES` at most, and none begins after
`SECONDS`: what a module at the bottom can break, only `make test` shows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import grimp
import psutil
import pytest

from hub.settings import ROOT

PACKAGES = ("hub", "schema", "resolvers", "connectors", "cli", "demo", "bench", "tests")
READERS = {
    "connectors/manifest.schema.json": "connectors.json_schema",
    "data/": "hub.divisions",
    "demo/manifests/": "demo.stage",
    "examples/": "tests.graph.test_examples",
    "migrations/": "tests.test_migrations",
    "schema/schema.graphql": "tests.graph.test_schema_text",
    "server.py": "server",
    "tests/clients/": "tests.clients.conftest",
    "web/": "tests.browsing",
}
"""Who reads what is no module of a package, by the beginning of its path."""
MODULES = 10
"""Modules of tests that run at most: to collect one takes up to a second."""
SECONDS = 35
"""Seconds from the start of this program after which no further test begins."""


def changed_files(since: str) -> list[str]:
    """The files that differ from a commit, those that git does not know yet among them."""
    commands = (
        ("git", "diff", "--name-only", since),
        ("git", "ls-files", "--others", "--exclude-standard"),
    )
    outputs = (
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for words in commands
    )
    return [line for output in outputs for line in output.splitlines()]


def module_of(file: str) -> str | None:
    """The module that a file is, or that reads it; None where no test depends on it."""
    if file.endswith(".py") and file.partition("/")[0] in PACKAGES:
        return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return next((reader for start, reader in READERS.items() if file.startswith(start)), None)


def is_test(module: str) -> bool:
    return module.rpartition(".")[2].startswith("test_")


def import_graph() -> grimp.ImportGraph:
    """Who imports whom, each test its conftests too."""
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True)
    for module in [module for module in graph.modules if is_test(module)]:
        folder = module.rpartition(".")[0]
        while folder:
            if f"{folder}.conftest" in graph.modules:
                graph.add_import(importer=module, imported=f"{folder}.conftest")
            folder = folder.rpartition(".")[0]
    return graph


def steps_to_tests(graph: grimp.ImportGraph, changed: str) -> dict[str, int]:
    """The tests that reach a changed module, and in how many imports."""
    level, seen, steps = {changed} & graph.modules, {changed}, 0
    tests: dict[str, int] = {}
    while level:
        tests |= {module: steps for module in level if is_test(module)}
        importers = (graph.find_modules_that_directly_import(module) for module in level)
        level = set().union(*importers) - seen
        seen |= level
        steps += 1
    return tests


def words_of(module: str) -> set[str]:
    return {part.removeprefix("test_") for part in module.split(".")}


def nearest_tests(graph: grimp.ImportGraph, changed: Iterable[str]) -> list[str]:
    """The tests that reach any of the changed modules, the nearest first.

    Of those that are equally near the one comes first that imports least, and so is about least.
    """
    ranks: dict[str, int] = {}
    for module in changed:
        for test, steps in steps_to_tests(graph, module).items():
            rank = steps - len(words_of(module) & words_of(test))
            ranks[test] = min(rank, ranks.get(test, rank))

    def order(test: str) -> tuple[int, int, str]:
        return ranks[test], len(graph.find_modules_directly_imported_by(test)), test

    return sorted(ranks, key=order)


class Deadline:
    """Runs tests in the order of their modules until the time is over."""

    def __init__(self, order: list[Path]) -> None:
        self.order = order
        self.started = psutil.Process().create_time()
        self.left = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.order.index(item.path))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        """Pass a test over when the time is over."""
        if time.time() < self.started + SECONDS:
            return None
        self.left += 1
        return True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was passed over."""
        if self.left:
            terminalreporter.write_line(f"{self.left} tests found no time.")


def main() -> int:
    """Run the nearest tests; the status is pytest's."""
    parser = argparse.ArgumentParser(prog="python -m tests.nearest", description=__doc__)
    parser.add_argument("--since", default="HEAD", help="the commit to compare with")
    files = changed_files(parser.parse_args().since)
    changed = {module for file in files if (module := module_of(file))}
    tests = nearest_tests(import_graph(), changed)
    if not tests:
        print("No module has changed that a test depends on.")
        return 0
    print(f"{len(tests)} modules of tests reach {', '.join(sorted(changed))}.")
    paths = [ROOT / f"{test.replace('.', '/')}.py" for test in tests[:MODULES]]
    status = pytest.main(["-q", *map(str, paths)], plugins=[Deadline(paths)])
    print(f"Those of the nearest {len(paths)} began to run; `make test` runs all.")
    return status


if __name__ == "__main__":
    sys.exit(main())
