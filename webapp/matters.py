"""The matters with their guides (服务指南), blank forms and the standard, open to all."""

import csv
import io
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Response, abort, render_template, send_file

from bpmn.matter import Matter
from bpmn.matters import MATTERS
from forms.pages import PAGES
from models.policy import EquipmentNeed, Standard
from models.standard_cells import is_sure
from webapp import contacts, handbook
from webapp.hall import AUDIENCES, search_matters, summary_of
from webapp.offices import premises, reading
from webapp.paging import asked_words
from webapp.security import PUBLIC, allow

blueprint = Blueprint("matters", __name__, url_prefix="/matters")
CLASSES = {"A": _("甲级"), "B": _("乙级")}


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    words = asked_words()
    return render_template(
        "matters/index.html",
        matters=search_matters(words),
        query=words,
        summary_of=summary_of,
        audiences=AUDIENCES,
    )


@blueprint.get("/<key>")
@allow(PUBLIC)
def show(key: str) -> Any:
    """The guide: everything that the law wants published about a matter."""
    matter = _matter(key)
    with reading() as office:
        standard = office.standard
    return render_template(
        "matters/show.html",
        **_guide(matter),
        standard=standard,
        needs={letter: list(_needs(standard, letter)) for letter in CLASSES},
        classes=CLASSES,
        nav_here="matters.index",
    )


@blueprint.get("/<key>/guide.pdf")
@allow(PUBLIC)
def guide_pdf(key: str) -> Response:
    """The same guide as a file, to be handed on."""
    matter = _matter(key)
    title = _("{matter}服务指南").format(matter=matter.name)
    body = render_template("matters/guide.html", **_guide(matter))
    books = premises().settings.data_dir / "books"
    prevails = _("本指南与相关政策或者主管部门的要求不一致的，以后者为准。")
    subtitle = f"{handbook.imprint()}\n{prevails}"
    content = handbook.printed(books, title, subtitle, body, look="slim")
    file = io.BytesIO(content)
    return send_file(file, "application/pdf", as_attachment=True, download_name=f"{title}.pdf")


@blueprint.get("/<key>/materials.csv")
@allow(PUBLIC)
def blank_form(key: str) -> Response:
    """Every field of every page of the application, to be filled in on paper or in a sheet."""
    matter = _matter(key)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([_("页"), _("栏目"), _("必填"), _("填写说明"), _("填写内容")])
    for page in matter.pages:
        writer.writerows(_blank_rows(page))
    # The mark at the start tells Excel and WPS that the file is UTF-8.
    response = Response("\ufeff" + sheet.getvalue(), mimetype="text/csv")
    name = _("{matter}空白表.csv").format(matter=matter.name)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _guide(matter: Matter) -> dict[str, Any]:
    """What the page and the file of a guide show alike."""
    return {
        "matter": matter,
        "summary": summary_of(matter),
        "audience": AUDIENCES[matter.audience],
        "page_titles": {key: page.title for key, page in PAGES.items()},
        "reach": contacts.own_contact(),
    }


def _matter(key: str) -> Matter:
    found = MATTERS.get(key)
    return found if found is not None and found.audience in AUDIENCES else abort(404)


def _blank_rows(key: str) -> Iterator[list[str]]:
    page = PAGES[key]
    for field in page.form():
        must = _("是") if field.flags.required else _("否")
        yield [page.title, str(field.label.text), must, str(field.description or ""), ""]


def _needs(standard: Standard, letter: str) -> Iterator[dict[str, Any]]:
    """What each specialty needs in a class: numbers, words, and which of them are assumed."""
    for specialty in standard.specialties.values():
        need = specialty.classes[letter]
        yield {
            "name": specialty.name,
            "staff": need.staff,
            "staff_sure": is_sure(need.staff_confidence),
            "equipment": [_words(standard, group) for group in need.equipment],
            "equipment_sure": is_sure(need.equipment_confidence),
        }


def _words(standard: Standard, need: EquipmentNeed) -> str:
    """E.g. GNSS接收机、全站仪合计不少于 12 台，或者三维激光扫描仪不少于 2 台."""
    parts = []
    for group in need:
        unit = standard.equipment_units.get(group.kinds[0], _("台"))
        together = _("合计") if len(group.kinds) > 1 else ""
        parts.append(
            _("{kinds}{together}不少于 {minimum} {unit}").format(
                kinds="、".join(group.kinds), together=together, minimum=group.minimum, unit=unit
            )
        )
    return _("，或者").join(parts)
