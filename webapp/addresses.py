"""What may stand in an address: numbers that a database can look for, and text it can keep."""

import re
from functools import cached_property
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

MAX_ID = 2**63 - 1
"""The greatest number that either database can look for."""


class RecordNumber(IntegerConverter):
    """The number of a record in a path; a greater one than any database holds is no address."""

    regex = "[0-9]{1,19}"  # the stock pattern takes digits without end, and int() refuses them

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"max": MAX_ID, **options})


class OfficeRequest(Request):
    """A request whose questions hold no NUL: PostgreSQL would refuse to look for one."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        asked = super().args.items(multi=True)
        return ImmutableMultiDict((name, text.replace("\x00", "")) for name, text in asked)


def init_app(app: Flask, proxies: int) -> None:
    """Before any view is registered; `proxies` reverse proxies tell from where visitors come."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.request_class = OfficeRequest
    app.url_map.converters = {**app.url_map.converters, "int": RecordNumber}
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if "\x00" in request.path:
        abort(404)  # no record is called so


def record_number(text: str) -> int:
    """For `type=`: the number of a record; raises ValueError, so that it counts as not asked."""
    if not is_record_number(text):
        raise ValueError(text)
    return int(text)


def is_record_number(text: str) -> bool:
    return re.fullmatch("[0-9]{1,18}", text) is not None
