"""Documents and plans, each made once and kept while there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, TypeAlias

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_operation_ast,
    visit,
)

from hub.store import clear_young
from resolvers.documents import Documents, fragments_of
from resolvers.engine.forms import Form, Reader
from resolvers.engine.inputs import Given, NotForSql, NotReady, Variable, variable
from resolvers.engine.masked import Paths, masked_paths
from resolvers.engine.selected import Fields
from resolvers.engine.selection import select
from resolvers.engine.writer import Writer
from resolvers.price import Price, price_of

MAX_PLANS = 5000
MAX_CHARACTERS = 5_000_000
"""Characters of all documents that are kept; what is kept of each takes some 20 times as much."""


Forms: TypeAlias = tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement, and which of the values of a request's forms go into it, in order."""

    statement: str
    picks: tuple[int, ...]

    def arguments(self, forms: Forms) -> list[Any]:
        """The values of `$1`, `$2` and so on."""
        values = [param.value for form in forms for param in form.params]
        return [values[pick] for pick in self.picks]


def make_plan(selection: Selection, forms: Forms, reads_restricted: bool) -> Plan:
    """The plan for requests of these forms."""
    writer = Writer(forms, reads_restricted)
    statement = writer.statement(selection.fields)
    places = {id(param): at for at, param in enumerate(p for form in forms for p in form.params)}
    return Plan(statement, tuple(places[id(param)] for param in writer.params))


@dataclass(frozen=True, eq=False, slots=True)
class Selection:
    """What an operation selects once `@skip` and `@include` are decided."""

    fields: Fields
    readers: tuple[Reader, ...]
    price: Price
    masked: Paths

    def forms(self, variables: Given) -> Forms:
        """The arguments of a request. Raises HubError, NotCompiled."""
        return tuple(reader.fixed or reader.read(variables) for reader in self.readers)


Tree: TypeAlias = tuple[
    GraphQLSchema, OperationDefinitionNode, Mapping[str, FragmentDefinitionNode]
]


@dataclass(eq=False, slots=True)
class Query:
    """A query of a valid document. `flags` are the variables of its `@skip` and `@include`.

    Its tree is given up once all that can be selected is: it holds more than all the rest.
    """

    tree: Tree | None
    flags: tuple[str, ...]
    variables: tuple[Variable, ...]
    selections: dict[tuple[object, ...], Selection] = field(default_factory=dict)

    def coerce(self, given: Given | None) -> Given:
        """The variables of a request. Raises NotCompiled where the executor has errors to show."""
        return {item.name: item.coerce(given or {}) for item in self.variables}

    def select(self, variables: Given, *, makes: bool = True) -> Selection:
        """What is selected with these variables. Raises NotCompiled, HubError, NotReady."""
        flags = {name: variables[name] for name in self.flags}
        key = tuple(flags.values())
        if key not in self.selections:
            if not makes:
                raise NotReady
            assert self.tree is not None
            fields, readers = select(*self.tree, flags)
            price, masked = price_of(*self.tree, flags), masked_paths(*self.tree, flags)
            self.selections[key] = Selection(fields, readers, price, masked)
            self.tree = self.tree if flags else None
        return self.selections[key]


@dataclass(frozen=True, eq=False, slots=True)
class Document:
    """A text and the queries in it by name; none where it is not valid."""

    size: int
    queries: Mapping[str | None, Query]


@dataclass(slots=True)
class Plans:
    """The queries and plans of one schema, the last used ones that fit.

    Where `makes` is false, what is not known yet is not made: NotReady is raised. One thread makes,
    while another may use what is known.
    """

    source: Documents
    lock: RLock = field(default_factory=RLock)
    documents: LRUCache[str, Document] = field(
        default_factory=lambda: LRUCache(MAX_CHARACTERS, getsizeof=lambda item: item.size)
    )
    plans: LRUCache[tuple[Selection, Forms, bool], Plan] = field(
        default_factory=lambda: LRUCache(MAX_PLANS)
    )

    def query(self, text: str, name: str | None, *, makes: bool = True) -> Query:
        """The query that is meant.

        Raises NotReady, NotCompiled where the executor has to answer.
        """
        with self.lock:
            document = self.documents.get(text)
        if document is None:
            if not makes:
                raise NotReady
            document = Document(len(text) + 1, dict(self._queries(text)))
            if document.size <= MAX_CHARACTERS:
                with self.lock:
                    self.documents[text] = document
        if name not in document.queries:
            raise NotForSql
        return document.queries[name]

    def _queries(self, text: str) -> Iterator[tuple[str | None, Query]]:
        document = self.source.judge(text).tree
        if document is None:
            return
        fragments, flags = fragments_of(document), _flags(document)
        for node in document.definitions:
            if not isinstance(node, OperationDefinitionNode):
                continue
            if node.operation is not OperationType.QUERY:
                continue
            variables = [variable(self.source.schema, it) for it in node.variable_definitions or ()]
            own = tuple(it.name for it in variables if it.name in flags)
            query = Query((self.source.schema, node, fragments), own, tuple(variables))
            yield from ((name, query) for name in _names(node, document))

    def plan(
        self, selection: Selection, forms: Forms, reads_restricted: bool, *, makes: bool = True
    ) -> Plan:
        """The plan for requests of these forms. Raises NotReady."""
        moving = tuple(
            form for form, reader in zip(forms, selection.readers, strict=True) if not reader.fixed
        )
        key = (selection, moving, reads_restricted)
        with self.lock:
            plan = self.plans.get(key)
        if plan is None:
            if not makes:
                raise NotReady
            plan = make_plan(selection, forms, reads_restricted)
            with self.lock:
                self.plans[key] = plan
            clear_young()
        return plan


def _names(node: OperationDefinitionNode, document: DocumentNode) -> Iterator[str | None]:
    """The names that ask for an operation; None where it is the only one."""
    if node.name is not None:
        yield node.name.value
    if node is get_operation_ast(document):
        yield None


def _flags(document: DocumentNode) -> set[str]:
    """The variables that directives of selections name."""
    finder = FlagFinder()
    visit(document, finder)
    return finder.found


class FlagFinder(Visitor):
    """Looks for variables in directives."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_directive(self, node: Any, *_: object) -> None:
        """Note the variables of its arguments."""
        self.found |= {
            item.value.name.value
            for item in node.arguments or ()
            if isinstance(item.value, VariableNode)
        }
