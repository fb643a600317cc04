"""Documents, judged: parsed and validated once, within bounds, what was wrong remembered too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLFormattedError,
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from resolvers.errors import MAX_ERRORS, show_error
from resolvers.limits import check_size, exceeded, too_large
from resolvers.merging import FieldsMerge

MAX_TOKENS = 4000

MAX_VALID = 500_000
"""Characters of all valid documents whose trees are kept, each some 20 times as large."""

MAX_REFUSED = 5_000_000
"""Characters of all documents that are known to be wrong."""

RULES = (
    *(rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule),
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
"""The rules of GraphQL but one, which takes time without bounds; `FieldsMerge` takes its place."""


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """A document of so many characters: its tree, or its errors as a client sees them."""

    size: int
    tree: DocumentNode | None
    errors: Sequence[GraphQLFormattedError] = ()


def size_of(judged: Judged) -> int:
    """What a document takes of the room for documents."""
    return judged.size + 1


class Documents:
    """The documents of one schema; the last used ones that fit are known.

    Several threads may ask at once.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.max_tokens = MAX_TOKENS
        self._valid: LRUCache[str, Judged] = LRUCache(MAX_VALID, getsizeof=size_of)
        self._refused: LRUCache[str, Judged] = LRUCache(MAX_REFUSED, getsizeof=size_of)
        self._lock = Lock()

    def known(self, text: str) -> Judged | None:
        """What is known of a document."""
        with self._lock:
            return self._valid.get(text) or self._refused.get(text)

    def judge(self, text: str) -> Judged:
        """A document, read where it is not known."""
        judged = self.known(text)
        if judged is None:
            judged = self._read(text)
            kept = self._refused if judged.tree is None else self._valid
            if size_of(judged) <= kept.maxsize:
                with self._lock:
                    kept[text] = judged
        return judged

    def _read(self, text: str) -> Judged:
        try:
            check_size(text)
            tree = parse(text, max_lexical_tokens=self.max_tokens, max_comments=self.max_tokens)
            errors = list(exceeded(tree)) or self._invalid(tree)
        except GraphQLError as error:
            errors = [error]
        except RecursionError:
            errors = [too_large("The document nests too deeply. Ask for fewer levels at once.")]
        if not errors:
            return Judged(len(text), tree)
        shown = [show_error(error, "", is_executed=False).formatted for error in errors]
        return Judged(len(text), None, shown[:MAX_ERRORS])

    def _invalid(self, tree: DocumentNode) -> list[GraphQLError]:
        """What is wrong; fields are merged only where all they name is known, without rings."""
        return validate(self.schema, tree, RULES, max_errors=MAX_ERRORS) or validate(
            self.schema, tree, [FieldsMerge], max_errors=MAX_ERRORS
        )


TREE = "tree"
"""Where the extensions of an operation hold the tree of its document."""


class TreeGiven(SchemaExtension):
    """Takes the tree of a judged document, so that it is neither parsed nor validated again."""

    def on_parse(self) -> Iterator[None]:
        """Put it in place."""
        given = self.execution_context.operation_extensions or {}
        self.execution_context.graphql_document = given[TREE]
        self.execution_context.pre_execution_errors = []
        yield


def fragments_of(tree: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by name."""
    return {
        item.name.value: item
        for item in tree.definitions
        if isinstance(item, FragmentDefinitionNode)
    }
