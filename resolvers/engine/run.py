"""Answer an operation by one statement."""

from __future__ import annotations

import hashlib
import logging

import asyncpg
import orjson
from graphql import GraphQLError, GraphQLSchema

from hub.errors import HubError
from hub.store import Database
from hub.values import scrub
from resolvers.engine.inputs import NotCompiled, NotForSql
from resolvers.engine.masked import Paths
from resolvers.engine.plans import Plans

log = logging.getLogger(__name__)


class Engine:
    """The read engine over one schema.

    `second_bests` counts the operations that the executor answered though it need not have: their
    statement failed, or could not be written. Each costs some forty times as much.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self.plans = Plans(schema)
        self.second_bests = 0

    async def answer(
        self,
        database: Database,
        document: str,
        name: str | None,
        variables: dict[str, object] | None,
        reads_restricted: bool,
    ) -> tuple[orjson.Fragment, Paths]:
        """The data of an operation, as finished JSON, and the paths of what is masked in it.

        Raises NotCompiled where the executor has to answer: for what is no valid query, for
        fields that Python answers, and wherever an error has to be shown at its place.
        """
        try:
            query = self.plans.query(document, name)
            values = query.coerce(variables)
            selection = query.select(values)
            forms = selection.forms(values)
            plan = self.plans.plan(selection, forms, reads_restricted)
            data = await database.read(plan.statement, plan.arguments(forms))
        except (HubError, GraphQLError, RecursionError) as error:
            raise NotCompiled from error
        except asyncpg.PostgresError as error:
            raise NotCompiled(scrub(str(error))) from error
        return orjson.Fragment(data), () if reads_restricted else selection.masked

    def note_second_best(self, document: str, reason: NotCompiled) -> None:
        """Count an operation that the executor answered without an error, and log its digest."""
        if isinstance(reason, NotForSql):
            return
        self.second_bests += 1
        digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()
        log.warning("the executor answered what SQL should have: document %s, %s", digest, reason)
