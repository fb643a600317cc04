"""The type Mutation: everything that can be changed."""

from __future__ import annotations

from resolvers.graph import object_type
from resolvers.writes.push import push_mutations
from resolvers.writes.stewardship import steward_mutations


def create_mutation() -> type:
    """Create the mutations."""
    fields = [*push_mutations(), *steward_mutations()]
    return object_type("Mutation", "Everything that can be changed 变更", fields)
