"""The graph: its types, root fields and inputs, created from the declarations of `schema/`.

Lends the schema, the makers of fields for what `writes` adds to it, and the readers of root
arguments that the read engine shares.
"""

from resolvers.graph.aggregate_types import MEASURES
from resolvers.graph.fields import (
    TYPES,
    Answer,
    Answered,
    Given,
    Worded,
    annotation,
    argument,
    field,
    input_field,
    input_type,
    object_type,
)
from resolvers.graph.root import build_schema, check_ids, read_arguments, split_node_id
from resolvers.graph.types import connection_name

__all__ = [
    "MEASURES",
    "TYPES",
    "Answer",
    "Answered",
    "Given",
    "Worded",
    "annotation",
    "argument",
    "build_schema",
    "check_ids",
    "connection_name",
    "field",
    "input_field",
    "input_type",
    "object_type",
    "read_arguments",
    "split_node_id",
]
