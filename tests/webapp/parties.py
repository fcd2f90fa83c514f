"""Two units and their organ at their browsers, and the conflict between them."""

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from models import Case, Task
from tests.conftest import Login
from tests.webapp.folder import PERSON, UnitFolder, handed_in, id_number, png

NAME, NUMBER = "欧阳三丰", id_number(77)
TYPED = {**PERSON, "name": NAME, "id_number": NUMBER, "school": "示例大学"}
SECRET = "申请方的理由原文"


class Parties:
    """The holder and the claimant at their browsers, and the conflict between them."""

    def __init__(self, app: Flask, login: Login) -> None:
        self.app, self.premises = app, app.extensions["premises"]
        self.clients = {
            name: login(app.test_client(), name)
            for name in ("unit_b", "unit_ready", "unit_a", "city_reviewer", "city_approver")
        }
        self.holder, self.claimant = self.clients["unit_b"], self.clients["unit_ready"]
        self.holding = UnitFolder(self.premises, self.holder, "unit_b", "class_a")
        self.folder = UnitFolder(self.premises, self.claimant)

    def contested(self) -> "Parties":
        """The person stands at the holder; the claimant asked for coordination and handed in."""
        self.holding.post("staff/rows", TYPED)
        self.holder.get("/work")  # what it saved itself is told once, by name
        self.ask()
        self.hand_in()
        return self

    def ask(self) -> Any:
        return self.folder.post("staff/conflicts", TYPED, file_id_card=[(png(), "身份证.png")])

    def hand_in(self) -> None:
        task = self.task()
        data = {"reasons": SECRET, "contact_name": "李四", "contact_mobile": "13800138001"}
        files = {"file-labour_contract": (io.BytesIO(png()), "申请方合同.png"), "revision": "0"}
        saved = self.claimant.post(f"/tasks/{task.id}/conflict_claim", data={**data, **files})
        assert saved.status_code == 302
        assert handed_in(self.claimant, f"/tasks/{task.id}/submit").status_code == 302

    def case(self) -> Case:
        with self.premises.reading() as office:
            return office.db.scalars(select(Case).where(Case.respondent_id.is_not(None))).one()

    def task(self) -> Task:
        query = select(Task).where(Task.case_id == self.case().id, Task.closed_at.is_(None))
        with self.premises.reading() as office:
            return office.db.scalars(query).one()

    def answer(self, who: FlaskClient | None = None, **posted: Any) -> Any:
        form: MultiDict[str, Any] = MultiDict()
        for name, value in posted.items():
            form.add(name, value)
        address = f"/conflicts/{self.case().number}"
        return (who or self.holder).post(address, data=form, content_type="multipart/form-data")

    def decide(self, who: str, outcome: str, **more: str) -> Any:
        posted = {"outcome": outcome, "opinion": "意见", **more}
        return self.clients[who].post(f"/tasks/{self.task().id}", data=posted)
