"""The service hall, open to all: matters, news, where a case stands, verification."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, render_template, url_for

from bpmn.casework import publicity, whereabouts
from bpmn.matter import Matter
from bpmn.matters import MATTERS
from webapp.filters import day
from webapp.offices import reading
from webapp.paging import asked_words
from webapp.security import PUBLIC, allow

blueprint = Blueprint("hall", __name__)
NEWEST = 8
AUDIENCES = {"unit": _("单位"), "person": _("个人")}
KINDS = {publicity.NOTICE: _("公示"), publicity.ANNOUNCEMENT: _("公告")}


@blueprint.get("/")
@allow(PUBLIC)
def index() -> Any:
    """Search (`q`) over matters and notices; `number` asks where a case stands (R190)."""
    words, number = asked_words(), asked_words("number", 32)
    with reading() as office:
        found = whereabouts.public_status(office, number) if number else None
        notices = publicity.newest_notices(office, words, NEWEST)
        page = render_template(
            "hall/index.html",
            matters=[_matter(one) for one in search_matters(words)],
            notices=[_notice(one) for one in notices],
            query=words,
            number=number,
            status=_status(found) if found else None,
            status_missing=bool(number) and found is None,
        )
    return page, 404 if number and found is None else 200


def summary_of(matter: Matter) -> str:
    return "、".join(kind.name for kind in matter.kinds)


def search_matters(words: str) -> list[Matter]:
    """Those that somebody may apply for; what the office begins by itself is not offered."""
    offered = [matter for matter in MATTERS.values() if matter.audience in AUDIENCES]
    return [matter for matter in offered if _speaks_of(matter, words)]


def _speaks_of(matter: Matter, words: str) -> bool:
    """Every word that was typed stands somewhere in the matter's names and summaries."""
    told = [matter.name, _("测绘资质审批"), matter.guide.result]
    told += [text for kind in matter.kinds for text in (kind.name, kind.summary)]
    text = "".join(told).lower()
    return all(word in text for word in words.lower().split())


def _matter(matter: Matter) -> dict[str, str]:
    guide = url_for("matters.show", key=matter.key)
    return {
        "key": matter.key,
        "name": matter.name,
        "summary": summary_of(matter),
        "audience": AUDIENCES[matter.audience],
        "guide_url": f"{guide}#guide",
        "forms_url": f"{guide}#forms",
        "results_url": url_for("notices.index"),
        "apply_url": url_for("work.index"),
    }


def _notice(notice: Any) -> dict[str, str]:
    return {
        "kind": notice.kind,
        "word": KINDS[notice.kind],
        "title": notice.title,
        "url": url_for("notices.show", notice_id=notice.id),
        "date": day(notice.published_at),
    }


def _status(found: whereabouts.PublicStatus) -> dict[str, str]:
    return {
        "number": found.number,
        "name": MATTERS[found.matter].name,
        "state": found.state,
        "state_text": found.words,
        "where": found.organ,
        "since": day(found.since),
    }
