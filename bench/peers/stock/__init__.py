"""Stock Strawberry: types with resolvers, SQLAlchemy's ORM, a DataLoader for each relation.

Written as its documentation teaches: classes mapped to the hub's tables, one session per batch,
relations batched by key, the standard executor. The schema is the part of the hub's that the shapes
of the bench ask for, so that the same documents can be sent.
"""
