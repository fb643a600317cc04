"""The mutations: pushes of systems and decisions of stewards.

Lends the type Mutation.
"""

from resolvers.writes.mutations import create_mutation

__all__ = ["create_mutation"]
