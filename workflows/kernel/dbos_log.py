"""DBOS's own warnings, in the one log of the installation."""

from __future__ import annotations

import logging

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.dbos")


class _Forward(logging.Handler):
    """Sends DBOS's warnings to our log, whose form the installation has chosen.

    The failure of a job is left out: the job port has told it with the job's key.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one record on."""
        text = record.getMessage()
        if not text.startswith("Exception encountered in background workflow"):
            log.log(record.levelno, "dbos", text=text, exc_info=record.exc_info or None)


def forward_log() -> None:
    """Take over DBOS's logger before it adds a handler of its own."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    if not any(isinstance(handler, _Forward) for handler in logger.handlers):
        logger.addHandler(_Forward())
