"""Logging as one JSON object a line on the standard error; names of people never go in it."""

import logging
import sys
from typing import Any

from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

QUIET = ("pikepdf", "spiff", "spiff.task", "fontTools", "weasyprint", "huey", "alembic")
"""Loggers that tell too much below WARNING; `spiff.task` would write a task's data at INFO."""


def set_up_logging(level: str) -> None:
    """Send every logger of the process through one handler."""
    shared: list[Any] = [
        TimeStamper(fmt="iso", utc=True),
        add_log_level,
        add_logger_name,
        ExtraAdder(),
        format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                ProcessorFormatter.remove_processors_meta,
                JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
