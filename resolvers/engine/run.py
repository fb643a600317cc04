"""Answer an operation by one statement."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson
from graphql import GraphQLError

from hub.errors import HubError
from hub.store import Database
from hub.values import scrub
from resolvers.documents import Documents
from resolvers.engine.inputs import NotCompiled, NotForSql
from resolvers.engine.masked import Paths
from resolvers.engine.plans import Plans
from resolvers.price import Price

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query ready to be asked: its statement, the values in it, its price and variables.

    `masked` are the paths of what the caller may not read in it.
    """

    statement: str
    values: list[Any]
    price: Price
    variables: Mapping[str, Any]
    masked: Paths


class Engine:
    """The read engine over the documents of one schema.

    `second_bests` counts the operations that the executor answered though it need not have: their
    statement failed, or could not be written. Each costs some forty times as much.
    """

    def __init__(self, documents: Documents) -> None:
        self.plans = Plans(documents)
        self.second_bests = 0

    def prepare(
        self,
        document: str,
        name: str | None,
        variables: dict[str, object] | None,
        reads_restricted: bool,
        makes: bool = True,
    ) -> Prepared:
        """The statement of an operation.

        Raises NotCompiled where the executor has to answer: for what is no valid query, for fields
        that Python answers, and wherever an error has to be shown at its place; NotReady where
        something has to be made that `makes` forbids.
        """
        try:
            query = self.plans.query(document, name, makes=makes)
            values = query.coerce(variables)
            selection = query.select(values, makes=makes)
            forms = selection.forms(values)
            plan = self.plans.plan(selection, forms, reads_restricted, makes=makes)
            masked = () if reads_restricted else selection.masked
            return Prepared(plan.statement, plan.arguments(forms), selection.price, values, masked)
        except (HubError, GraphQLError, RecursionError) as error:
            raise NotCompiled from error

    async def answer(
        self, database: Database, prepared: Prepared, caller: str = "", *, is_heavy: bool = False
    ) -> orjson.Fragment:
        """The data of an operation, as finished JSON.

        Raises NotCompiled where the statement fails; TooBusy, StopRun(DATABASE_UNAVAILABLE).
        """
        try:
            data = await database.read(
                prepared.statement, prepared.values, caller, is_heavy=is_heavy
            )
        except asyncpg.PostgresError as error:
            raise NotCompiled(scrub(str(error))) from error
        return orjson.Fragment(data)

    def note_second_best(self, document: str, reason: NotCompiled) -> None:
        """Count an operation that the executor answered without an error, and log its digest."""
        if isinstance(reason, NotForSql):
            return
        self.second_bests += 1
        digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()
        log.warning("the executor answered what SQL should have: document %s, %s", digest, reason)
