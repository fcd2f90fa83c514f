"""流程跟踪: the diagram of the case's own version beside the same story as text."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, g, render_template, send_file
from flask_login import current_user
from markupsafe import Markup

from bpmn import casework
from bpmn.casework.rules_fired import rules_fired
from bpmn.casework.story import story_of
from bpmn.casework.tracing import pictures_of, trace_of
from bpmn.matters import MATTERS
from certificates.traces import print_trace
from webapp.cases import published_variables
from webapp.desk import tells_names
from webapp.offices import reading
from webapp.security import MEMBER, allow
from webapp.telling import timeline_items
from webapp.trace_sheets import sheet_of

blueprint = Blueprint("trace", __name__)


@blueprint.get("/cases/<number>/trace")
@allow(MEMBER)
def show(number: str) -> Any:
    """A picture from the server and a text; a script only makes the picture live."""
    with reading() as office:
        case = casework.find_case(office, number)
        g.now = office.now
        story = story_of(office, case, names=tells_names(office))
        trace = trace_of(office, case)
        pictures = pictures_of(office, case, trace, story)
        return render_template(
            "trace/show.html",
            case=case,
            matter=MATTERS[case.matter],
            # The drawing escapes every word of the diagram itself.
            pictures=[(picture, Markup(picture.svg)) for picture in pictures],  # noqa: S704
            items=timeline_items(story, anchors=True),
            rules=rules_fired(trace) if tells_names(office) else [],
            **published_variables(office, case),
            nav_here="work.index" if current_user.may("applicant") else "cases.index",
        )


@blueprint.get("/cases/<number>/trace.pdf")
@allow(MEMBER)
def pdf(number: str) -> Response:
    """流程跟踪单: the same as a file to be printed, as things stand now (R301)."""
    with reading() as office:
        case = casework.find_case(office, number)
        sheet = sheet_of(office, case)
    # Printed anew each time, for it says when; and outside the reading, for it takes a while.
    content = print_trace(sheet)
    return send_file(
        BytesIO(content),
        "application/pdf",
        download_name=f"{sheet.title}-{number}.pdf",
        max_age=0,
    )
