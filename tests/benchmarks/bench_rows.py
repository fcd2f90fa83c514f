"""A unit's list of 500 people: server time of the page and of an edit, against a list of 50.

Every person has three scans, as an application of class 甲 has them.
"""

import io
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import RowChange, StoredFile
from config.settings import read_settings
from models import Account, Base, Case
from tests.forms.workbooks import workbook
from tests.webapp.folder import PERSON, UnitFolder, id_number
from webapp import demo
from webapp.app import create_app, open_premises
from webapp.install import furnish
from webapp.offices import Premises
from webapp.storage import FileStore

MANY, FEW = 500, 50
TARGETS = {"page": 300, "page with form": 300, "edit": 100, "import: preview": 3000}
"""Milliseconds of server time, half of the times: what a person waits for."""
KINDS = ("id_card", "social_insurance", "title_certificate")
HEADER = ["姓名", "身份证号", "手机号码", "人员类别", "职称名称", "职称级别", "职称专业"]


@dataclass
class Site:
    """A unit with so many people, and what is done to its list."""

    premises: Premises
    folder: UnitFolder
    rows: list[Any]
    preview: str

    def acts(self) -> Mapping[str, Callable[[], int]]:
        row = self.rows[len(self.rows) // 2]
        return {
            "page": lambda: self._get(self.folder.url("staff")),
            "page with form": lambda: self._get(self.folder.url(f"staff?panel={row.id}")),
            "edit": lambda: self._edit(row.id),
            "import: preview": lambda: self._get(self.preview),
        }

    def _get(self, address: str) -> int:
        return self.folder.client.get(address).status_code - 200

    def _edit(self, row_id: int) -> int:
        row = next(one for one in self.rows if one.id == row_id)
        answer = self.folder.post(
            f"staff/rows/{row_id}",
            {**PERSON, "id_number": row.values["id_number"], "revision": row.revision},
        )
        row.revision += 1
        return int(answer.status_code) - 302


def run(quick: bool) -> list[dict[str, Any]]:
    """Median milliseconds of each act, over the long list and the short one in turns."""
    rounds = 10 if quick else 40
    with tempfile.TemporaryDirectory() as folder:
        seeded = _seed(Path(folder) / "seeded")
        long, short = (open_site(seeded, Path(folder) / str(n), n) for n in (MANY, FEW))
        return [_row(name, long, short, rounds) for name in TARGETS]


def _row(name: str, long: Site, short: Site, rounds: int) -> dict[str, Any]:
    value, baseline = (_median(site.acts()[name], rounds) for site in (long, short))
    return {
        "name": f"staff list of {MANY}, {name}",
        "value": round(value, 1),
        "unit": "ms median",
        "baseline": round(baseline, 1),
        "ratio": round(value / baseline, 2),
        "target": f"≤ {TARGETS[name]} ms (baseline: {FEW} rows)",
        "ok": value <= TARGETS[name],
    }


def _median(act: Callable[[], int], rounds: int) -> float:
    spent = []
    for number in range(rounds + 2):
        begun = time.perf_counter()
        assert act() == 0
        if number >= 2:
            spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def _seed(folder: Path) -> Path:
    """The demo's office, to be copied for each size."""
    folder.mkdir()
    premises = open_premises(_settings(folder))
    Base.metadata.create_all(premises.engine)
    furnish(premises)
    demo.seed(premises, FileStore(_settings(folder).attachment_url))
    premises.engine.dispose()
    return folder


def _settings(folder: Path) -> Any:
    return read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(folder)})


def open_site(seeded: Path, folder: Path, people: int) -> Site:
    """An office in which one unit has so many people, and as many again to be imported."""
    folder.mkdir()
    shutil.copyfile(seeded / "cartouche.db", folder / "cartouche.db")
    casework.forget_diagrams()
    app = create_app(_settings(folder))
    app.config["WTF_CSRF_ENABLED"] = False
    premises: Premises = app.extensions["premises"]
    unit = UnitFolder(premises, _client(app, premises, "unit_b"), "unit_b", "class_a")
    _people(unit, people)
    table = [HEADER, *(_cells(number) for number in range(1000, 1000 + people))]
    form = {"table": (io.BytesIO(workbook(table)), "人员.xlsx")}
    answer = unit.client.post(unit.url("staff/imports"), data=form)
    return Site(premises, unit, unit.rows("staff"), answer.headers["Location"])


def _client(app: Flask, premises: Premises, username: str) -> Any:
    with premises.reading() as office:
        query = select(Account).where(Account.username == username)
        account = office.db.scalars(query).one()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.session_version}"
        session["_fresh"] = True
    return client


def _people(unit: UnitFolder, people: int) -> None:
    with unit.premises.transaction(unit.account_id) as office:
        case = office.db.get_one(Case, unit.case_id)
        present = casework.rows_of(office, case.dossier_id, "staff")
        casework.remove_rows(office, case, "staff", [row.id for row in present])
        values = [{**PERSON, "id_number": id_number(number)} for number in range(people)]
        rows = casework.write_rows(office, case, "staff", [RowChange(one) for one in values])
        for row in rows:
            for kind in KINDS:
                scan = StoredFile("扫描件.png", "image/png", 100, "0" * 64)
                casework.attach_file(office, case, "staff", row.id, kind, scan)


def _cells(number: int) -> list[str]:
    name = f"人员{number}"
    return [name, id_number(number), "13800138000", "测绘中级", "工程师", "中级", "工程测量"]
