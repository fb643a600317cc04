"""The pages of the hub in a browser: GraphiQL at the endpoint, and the stewards' own."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def wants_page(request: Request) -> bool:
    """Whether a browser opens the endpoint as a page."""
    return (
        request.method in ("GET", "HEAD")
        and "text/html" in request.headers.get("accept", "")
        and not {"query", "extensions"} & request.query_params.keys()
    )


def page_response(page: Path) -> Response:
    """A built page under a strict policy, or what to do where it is not built."""
    if not page.exists():
        return Response("This page is not built. Run `make setup`.\n", 503)
    return FileResponse(page, headers=HEADERS)
