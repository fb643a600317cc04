"""Forty questions to the demonstration, each answered right and by one statement."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import pytest
from sqlalchemy import make_url

from hub.store.database import Database
from tests.graph.conftest import Graph
from tests.questions import analyst, developer, leader, steward
from tests.questions.asking import Question
from tests.questions.sources import Sources, environment
from tests.running_demo import Demo

ASKED = [
    *developer.QUESTIONS,
    *analyst.QUESTIONS,
    *steward.QUESTIONS,
    *leader.QUESTIONS,
]


@pytest.fixture(scope="module")
def sources(demo: Demo) -> Iterator[Sources]:
    """The tables of the systems of the demonstration."""
    with closing(Sources(demo.folder)) as found:
        yield found


@pytest.fixture(scope="module")
async def asked(demo: Demo) -> AsyncIterator[Graph]:
    """The graph over the demonstration's store, in this process.

    It is reached over the server of the sources, which is the same: who opened the store by its
    folder would keep the server up when the demonstration ends.
    """
    url = make_url(environment(demo.folder)["DEMO_GUANGHAN_DB"])
    database = Database(url.set(drivername="postgresql+asyncpg", database="hub"))
    yield Graph(database)
    await database.close()


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.text)
async def test_a_question_is_answered_as_the_sources_say_by_one_statement(
    asked: Graph, sources: Sources, question: Question
) -> None:
    with asked.counting() as statements:
        data = await asked.data(question.document)
    reckoned = question.reckoned(sources.ask(question.sql))
    assert question.answered(data) == reckoned
    assert any(any(row) for row in reckoned)
    assert len(statements) == 1


def test_there_are_forty_questions_and_twenty_stand_in_the_tabs() -> None:
    assert len({question.text for question in ASKED}) == len(ASKED) == 40
    assert sum(question.query.startswith("q") for question in ASKED) == 20
