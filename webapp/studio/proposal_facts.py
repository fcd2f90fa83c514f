"""What must be known before files go live, by who proposes them and by who consents."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.casework import deploying
from bpmn.casework.places import file_titles
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Account, DiagramProposal, DiagramVersion
from webapp.studio.answers import problems_of
from webapp.studio.changes import changes_between
from webapp.studio.limits import limits_of


def facts_of(office: Office, key: str, base_id: int, files: Mapping[str, str]) -> dict[str, Any]:
    """The matter, what the checks say, the version to be replaced and the files that differ."""
    base = office.db.get_one(DiagramVersion, base_id)
    problems = problems_of(office, files)
    unreadable = any(one["rule"] == "files" for one in problems)
    return {
        "matter": MATTERS[key],
        "base": base,
        "newest": deploying.newest_of(office, key),
        "problems": problems,
        "limits": [] if problems else limits_of(files),
        "faults": [one for one in problems if not one["undecided"]],
        "undecided": [one for one in problems if one["undecided"]],
        "files": changed_files(base.files, files),
        "changes": [] if unreadable else _sentences(base.files, files),
        "nav_here": "admin.diagrams",
    }


def people_in(office: Office, *proposals: DiagramProposal) -> dict[int, str]:
    """Account id to name of who proposed and who decided."""
    ids = {one for row in proposals for one in (row.proposed_by, row.decided_by)}
    query = select(Account.id, Account.name).where(Account.id.in_(ids - {None}))
    return dict(office.db.execute(query).all())


def _sentences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What the new files mean otherwise, a sentence each."""
    return [change.words for change in changes_between(old, new).changes]


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(file, its title, what became of it), by name; files that are the same are left out."""
    titles = file_titles({**old, **new})
    words = []
    for name in sorted({*old, *new}):
        if name not in old:
            words.append((name, titles[name], _("新增")))
        elif name not in new:
            words.append((name, titles[name], _("移除")))
        elif old[name] != new[name]:
            words.append((name, titles[name], _("修改")))
    return words
