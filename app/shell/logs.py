"""One structured line per request, and the incident code that ties an error page to its traceback."""

from __future__ import annotations

import logging
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.types import Processor

from workflows.kernel.ids import new_id

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.request")
QUIET = frozenset({"static", "shell.stylesheet_file", "shell.healthz"})
"""Endpoints whose successful answers are not worth a line."""


def configure_logging(*, as_json: bool) -> None:
    """Send every line to standard error, as JSON for machines or in columns for people."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        # Never the pretty tracebacks: they print local variables, and with them what people wrote.
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=shared + last,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_names: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def incident_code() -> str:
    """Return a code short enough to say on the telephone: "F-482193"."""
    return f"F-{secrets.randbelow(900_000) + 100_000}"


class StyrFlask(Flask):
    """Flask that logs an unforeseen error once, under the code that the page shows."""

    def log_exception(self, exc_info: Any) -> None:
        """Log the traceback under a new incident code."""
        g.incident = incident_code()
        log.error("incident", incident=g.incident, exc_info=exc_info)


def log_requests(app: Flask) -> None:
    """Log method, path, status, time and actor of each request; never a query string or a form."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=new_id()[-12:])


def _end(response: Response) -> Response:
    if request.endpoint in QUIET and response.status_code < 400:
        return response
    milliseconds = (time.perf_counter() - g.request_began) * 1000 if "request_began" in g else 0.0
    context = g.get("styr_context")
    log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(milliseconds, 1),
        actor=context.actor if context else None,
    )
    return response
