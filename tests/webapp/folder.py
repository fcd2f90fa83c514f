"""A unit's folder for tests of the applicant's pages: opened, filled in, and posted to."""

import io
import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from bpmn import casework
from bpmn.casework import StoredFile
from bpmn.matter import Matter
from bpmn.matters import MATTERS
from forms.attachments import ATTACHMENTS
from forms.identifiers import id_check_character
from forms.pages import PAGES
from models import Account, Case, Task
from webapp.demo import materials
from webapp.demo.materials import Target
from webapp.demo.units import NAMED
from webapp.offices import Premises

MATTER = MATTERS["qualification_application"]
PERSON = {
    "name": "张三",
    "mobile": "13800138000",
    "category": "mid",
    "nationality": "中国",
    "title_name": "工程师",
    "title_level": "mid",
    "title_subject": "工程测量",
}
EQUIPMENT = {
    "kind": "全站仪",
    "model": "TS09",
    "purchased_on": "2022-05-01",
    "ownership": "owned",
    "condition": "usable",
}
PROJECT = {
    "name": "示例市地形图测绘",
    "specialty": "GCCL",
    "client": "示例市政府",
    "amount": "600000",
    "signed_on": "2025-03-01",
    "completed_on": "2025-09-01",
}


def png(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()


def id_number(number: int) -> str:
    first = f"6199991985{1 + number // 28 % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return first + id_check_character(first)


class UnitFolder:
    """The folder of one unit, worked on through the browser's side of it."""

    def __init__(
        self,
        premises: Premises,
        client: FlaskClient,
        username: str = "unit_ready",
        kind: str = "class_b",
        matter: Matter = MATTER,
    ) -> None:
        self.premises, self.client = premises, client
        with premises.reading() as office:
            query = select(Account).where(Account.username == username)
            account = office.db.scalars(query).one()
            self.account_id = account.id
        with premises.transaction(self.account_id) as office:
            case = casework.open_case(office, matter, kind)
            self.number, self.case_id = case.number, case.id
        self._find_task()

    def _find_task(self) -> None:
        with self.premises.reading() as office:
            query = select(Task.id).where(Task.case_id == self.case_id, Task.closed_at.is_(None))
            self.task_id = office.db.scalars(query).one()

    def url(self, page: str) -> str:
        return f"/tasks/{self.task_id}/{page}"

    def get(self, page: str) -> str:
        answer = self.client.get(self.url(page))
        assert answer.status_code == 200, answer.status_code
        return answer.get_data(as_text=True)

    def post(self, page: str, data: dict[str, Any] | None = None, **files: Any) -> Any:
        """Post a form; `file_invoice=[(bytes, name)]` goes as the field file-invoice."""
        form: MultiDict[str, Any] = MultiDict(data or {})
        for key, chosen in files.items():
            for content, name in chosen:
                form.add(key.replace("file_", "file-", 1), (io.BytesIO(content), name))
        answer = self.client.post(self.url(page), data=form, content_type="multipart/form-data")
        answer.request.input_stream.close()  # a large body lies in a temporary file of the client
        return answer

    def add_person(self, number: int = 1, **changes: Any) -> Any:
        return self.post("staff/rows", {**PERSON, "id_number": id_number(number), **changes})

    def case(self) -> Case:
        with self.premises.reading() as office:
            return office.db.get_one(Case, self.case_id)

    def rows(self, page: str) -> list[Any]:
        with self.premises.reading() as office:
            case = office.db.get_one(Case, self.case_id)
            return casework.rows_of(office, case.dossier_id, page)

    def fill(self, *specialties: str) -> None:
        """Everything that the standard wants of class 乙, written by the use cases."""
        unit = NAMED[-1]
        target = Target("B", specialties or ("GCCL",))
        with self.premises.transaction(self.account_id) as office:
            case = office.db.get_one(Case, self.case_id)
            for page, values in materials.pages(unit, target).items():
                casework.save_page(office, case, page, values, 0)
                self._attach(office, case, page, None, page)
            rows = {
                "staff": materials.staff(unit, office.standard, target),
                "equipment": materials.equipment(unit, office.standard, target),
            }
            for page, found in rows.items():
                for values in found:
                    row = casework.add_row(office, case, page, values)
                    self._attach(office, case, page, row.id, PAGES[page].row)

    def _attach(self, office: Any, case: Case, page: str, row_id: int | None, place: str) -> None:
        for kind in ATTACHMENTS[place]:
            stored = StoredFile("扫描件.png", "image/png", 100, "0" * 64)
            casework.attach_file(office, case, page, row_id, kind.key, stored)


def text_of(page: str) -> str:
    """A page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def handed_in(client: FlaskClient, address: str, data: Mapping[str, str] | None = None) -> Any:
    """提交, and then 确认并提交 on the pledge that is shown."""
    page = client.post(address, data=data)
    assert page.status_code == 200
    note = re.search(r'name="pledge" value="([^"]+)"', page.get_data(as_text=True))
    assert note
    return client.post(address, data={**(data or {}), "pledge": note[1], "agreed": "yes"})
