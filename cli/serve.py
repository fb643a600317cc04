"""`hub serve`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.terminal import load_environment, load_settings_or_exit

GRACE = 10
"""Seconds that requests have to end once the server is asked to end."""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that share the port.")
    ] = None,
) -> None:
    """Serve the graph at /graphql, with GraphiQL for browsers."""
    import uvicorn

    load_environment()
    settings = load_settings_or_exit()
    count = workers or settings.workers
    os.environ["HUB_WORKERS"] = str(count)
    uvicorn.run(
        "server:create_app",
        factory=True,
        host=host or settings.host,
        port=settings.port if port is None else port,
        workers=count,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
