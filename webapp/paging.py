"""One page of a long list, and the addresses of the others."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of a list that has `total`; `number` counts from 1."""

    rows: list[Any]
    number: int
    pages: int
    total: int

    def url_of(self, number: int) -> str:
        """This very address, with its searches, at another page."""
        kept = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
        return url_for(request.endpoint or "hall.index", **kept)


def page_of(db: Session, query: Select[Any], size: int = SIZE) -> Page:
    """The page that the address asks for; a number out of range means the nearest one."""
    total = db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = list(db.scalars(query.limit(size).offset((number - 1) * size)))
    return Page(rows, number, pages, total)


def asked_words(name: str = "q", limit: int = 60) -> str:
    """What was typed into a search field, cut to a length that a title could have."""
    return request.args.get(name, "").strip()[:limit]
