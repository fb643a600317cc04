"""docs/article.md: every query gives the answer that stands under it, on the demonstration."""

from __future__ import annotations

import json
import re

import pytest

from hub.settings import ROOT
from tests.running_demo import Demo

TEXT = (ROOT / "docs" / "article.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"```graphql\n(.*?)\n```\n\n```json\n(.*?)\n```", TEXT, re.DOTALL)


def test_every_query_of_the_article_has_its_answer() -> None:
    assert len(PAIRS) == TEXT.count("```graphql") == TEXT.count("```json") > 12


@pytest.mark.parametrize("at", range(len(PAIRS)))
def test_the_answer_is_that_of_the_demonstration(demo: Demo, at: int) -> None:
    query, expected = PAIRS[at]
    assert demo.ask(query) == json.loads(expected)
