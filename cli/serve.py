"""`hub serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.terminal import load_environment, load_settings_or_exit

GRACE = 10
"""Seconds that requests have to end once the server is asked to end."""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the graph at /graphql, with GraphiQL for browsers."""
    import uvicorn

    load_environment()
    settings = load_settings_or_exit()
    uvicorn.run(
        "server:create_app",
        factory=True,
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
    )
