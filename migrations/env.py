"""Alembic's environment: runs the migrations on the connection of `hub.store.migrate`."""

from alembic import context

from hub.subjects import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
