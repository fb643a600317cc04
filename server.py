"""The composition root of the HTTP service: settings, database, schema, routes, lifespan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hub.divisions import read_index
from hub.errors import Code
from hub.intake import OpenHub
from hub.logs import configure_logs
from hub.settings import ROOT, Settings, load_settings
from hub.store import check_tables, known_failure, open_database, serve_quickly
from resolvers.http import GraphApi, page_response

PAGE = ROOT / "web" / "dist"


def create_app(settings: Settings | None = None) -> Starlette:
    """The hub as an ASGI application; settings come from the environment unless given."""
    settings = settings or load_settings()
    configure_logs(settings.log_level)
    api = GraphApi(settings, PAGE / "index.html")
    app = Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/graphql")),
            Route("/graphql", api),
            Route("/schema.graphql", api.show_schema),
            Route("/steward", lambda request: page_response(PAGE / "steward.html")),
            Mount("/static/graphiql", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
        ],
        lifespan=open_hub,
    )
    app.state.settings = settings
    app.state.api = api
    return app


@asynccontextmanager
async def open_hub(app: Starlette) -> AsyncIterator[None]:
    """Open the store and read the divisions; close the store in the end."""
    database = open_database(app.state.settings)
    app.state.database = database
    try:
        await check_tables(database)
        async with database.driver() as driver:
            divisions = await read_index(driver)
        api = app.state.api
        api.open(OpenHub(database, divisions, app.state.settings.identity_secret))
        await api.prepare()
        serve_quickly()
        watching = asyncio.create_task(api.watch())
        yield
        watching.cancel()
    finally:
        await database.close()


async def healthz(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The store answers too; 503 where it does not."""
    try:
        async with request.app.state.database.reader("readyz") as driver:
            await driver.fetchval("SELECT 1")
    except Exception as error:
        known = known_failure(error)
        reason = known.code if known else Code.INTERNAL
        return JSONResponse({"status": "unavailable", "reason": reason}, status_code=503)
    return JSONResponse({"status": "ready"})
