"""PostgreSQL: connections, migrations, COPY, pipelined writes, processes that open the store."""
