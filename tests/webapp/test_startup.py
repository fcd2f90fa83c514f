"""Starting: every need is checked, and whoever starts the program is told what to do."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select

from certificates import fonts
from config.settings import SettingMissing, Settings, read_settings
from models.migrations import config_for, upgrade
from models.papers import Document
from models.settings import write_setting
from webapp import database, server
from webapp.app import create_app, open_premises
from webapp.cli import cli
from webapp.jobs.work import perform
from webapp.jobs.worker import WORKER_SEEN
from webapp.offices import Premises
from webapp.startup import problems
from webapp.storage import FileStore


def _problems(settings: Settings) -> list[str]:
    engine = database.connect(settings.database_url)
    try:
        return problems(settings, engine)
    finally:
        engine.dispose()


def test_an_installed_office_has_no_problem(settings: Settings) -> None:
    premises = open_premises(settings)
    upgrade(premises.engine)
    premises.engine.dispose()
    assert _problems(settings) == []


def test_a_missing_library_says_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_loads", lambda library: "subset" not in library)
    assert any("apt-get install libharfbuzz-subset0" in line for line in _problems(settings))


def test_a_missing_font_says_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FONTS", Path("/nowhere"))
    assert any("NotoSerifSC-Regular.ttf" in line for line in _problems(settings))


def test_a_database_that_is_behind_says_how_to_migrate(settings: Settings) -> None:
    assert any("cartouche init" in line for line in _problems(settings))


def test_a_database_that_is_away_says_where_it_was_sought(tmp_path: Path) -> None:
    url = "postgresql://someone:secret@127.0.0.1:1/office"
    settings = read_settings(
        {
            "CARTOUCHE_DEMO": "yes",
            "CARTOUCHE_DATA_DIR": str(tmp_path),
            "CARTOUCHE_DATABASE_URL": url,
        }
    )
    found = [line for line in _problems(settings) if "CARTOUCHE_DATABASE_URL" in line]
    assert found
    assert "secret" not in found[0]


def test_a_data_folder_that_cannot_be_made_says_which_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    settings = read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(folder)})
    engine = database.connect("sqlite://")
    assert any("CARTOUCHE_DATA_DIR" in line for line in problems(settings, engine))
    engine.dispose()


def test_an_address_that_needs_a_package_names_it(settings: Settings, tmp_path: Path) -> None:
    environment = {
        "CARTOUCHE_DEMO": "yes",
        "CARTOUCHE_DATA_DIR": str(tmp_path),
        "CARTOUCHE_ATTACHMENT_URL": "s3://bucket/files",
    }
    assert any("pip install s3fs" in line for line in _problems(read_settings(environment)))


def test_without_a_secret_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingMissing, match="CARTOUCHE_SECRET_KEY"):
        read_settings({})
    monkeypatch.delenv("CARTOUCHE_DEMO", raising=False)
    monkeypatch.delenv("CARTOUCHE_SECRET_KEY", raising=False)
    came = CliRunner().invoke(cli, ["init"])
    assert came.exit_code == 1
    assert "CARTOUCHE_SECRET_KEY" in came.output


def test_ready_says_what_is_missing(app: Flask, client: FlaskClient) -> None:
    premises: Premises = app.extensions["premises"]
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert any("cartouche init" in line for line in answer.get_json()["problems"])
    assert client.get("/healthz").get_json() == {"status": "ok"}
    upgrade_stamp(premises)
    answer = client.get("/readyz")
    assert answer.get_json()["problems"] == ["后台作业没有在运行：请启动 cartouche worker。"]
    with premises.transaction() as office:
        write_setting(office.db, WORKER_SEEN, datetime.now(UTC).isoformat())
    assert client.get("/readyz").get_json() == {"problems": [], "status": "ready", "warnings": []}


def upgrade_stamp(premises: Premises) -> None:
    """The test database was made from the models: say that it is at the newest revision."""
    with premises.engine.execution_options(writes=True).begin() as connection:
        command.stamp(config_for(connection), "head")


def test_figures_count_requests_and_name_nobody(app: Flask, client: FlaskClient) -> None:
    client.get("/")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'cartouche_requests_total{endpoint="hall.index",method="GET",status="2xx"}' in text
    assert 'cartouche_jobs_waiting{kind="document"}' in text
    assert "秦岭" not in text


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("CARTOUCHE_DEMO", "yes")
    monkeypatch.setenv("CARTOUCHE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("webapp.commands.set_up_logging", lambda level: None)
    return CliRunner()


def test_the_command_line_from_nothing(run: CliRunner, tmp_path: Path) -> None:
    assert "数据库已升级" in run.invoke(cli, ["init"]).output
    assert "数据库已是最新" in run.invoke(cli, ["init"]).output
    assert "演示数据已写入" in run.invoke(cli, ["demo"]).output
    assert "演示数据已经有了" in run.invoke(cli, ["demo"]).output
    came = run.invoke(cli, ["audit", "verify"])
    assert (came.exit_code, "完整" in came.output) == (0, True)
    days = tmp_path / "days.csv"
    days.write_text("date,worked,name,source\n2027-01-01,0,元旦,示例\n", "utf-8")
    assert "已载入 1 天" in run.invoke(cli, ["calendar", "load", str(days)]).output
    words = ["user", "add", "second_admin", "--name", "乙", "--role", "admin", "--password"]
    assert run.invoke(cli, [*words, "weak"]).exit_code == 1
    assert run.invoke(cli, [*words, "Second-2026!"]).exit_code == 0
    assert "第 1 版" in run.invoke(cli, ["diagram", "deploy"]).output
    verify_by_command(run, tmp_path)


def verify_by_command(run: CliRunner, tmp_path: Path) -> None:
    """0 for a paper as it was issued, 1 for a changed one, 2 for one that is nobody's."""
    premises = open_premises(read_settings())
    files = FileStore(premises.settings.attachment_url)
    with premises.reading() as office:
        query = select(Document.id).where(Document.kind == "certificate_copy")
        number = office.db.scalars(query.order_by(Document.id.desc())).first()
    assert number is not None
    assert perform(premises, files, "document", number)
    with premises.reading() as office:
        issued = files.get(office.db.get_one(Document, number).digest)
    premises.engine.dispose()
    samples = (
        (issued, 0, "未被改动"),
        (issued.replace(b"/Rotate", b"/rotate") + b"%", 1, "文件被改动过"),
        (b"%PDF not ours", 2, "不能核验"),
    )
    paper = tmp_path / "paper.pdf"
    for content, code, word in samples:
        paper.write_bytes(content)
        came = run.invoke(cli, ["certificate", "verify", str(paper)])
        assert (came.exit_code, word in came.output) == (code, True), came.output


def test_commands_refuse_an_office_that_is_not_installed(run: CliRunner) -> None:
    came = run.invoke(cli, ["audit", "verify"])
    assert came.exit_code == 1
    assert "cartouche init" in came.output


DIAGRAM = "bpmn/matters/qualification_application/diagram.bpmn"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('value="application"', 'value="no_such_form"', "no_such_form"),
        ('value="applicant"', 'value="emperor"', "emperor"),
        ('id="register_submission"', 'id="format_disk"', "format_disk"),
        ("<?xml", "<!DOCTYPE x><?xml", ""),
    ],
)
def test_a_wrong_diagram_is_refused_with_its_place(
    run: CliRunner, tmp_path: Path, before: str, after: str, sentence: str
) -> None:
    root = Path(__file__).parents[2]
    assert run.invoke(cli, ["diagram", "check", str(root / DIAGRAM)]).exit_code == 0
    wrong = tmp_path / "diagram.bpmn"
    text = (root / DIAGRAM).read_text("utf-8")
    assert before in text
    wrong.write_text(text.replace(before, after, 1), "utf-8")
    came = run.invoke(cli, ["diagram", "check", str(wrong)])
    assert came.exit_code == 1
    assert sentence in came.output


def test_a_script_in_a_diagram_is_refused(run: CliRunner, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    text = (root / DIAGRAM).read_text("utf-8")
    script = (
        '<bpmn:scriptTask id="evil" name="x"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>'
    )
    wrong = tmp_path / "diagram.bpmn"
    place = "</bpmn:process>" if "</bpmn:process>" in text else "</process>"
    wrong.write_text(text.replace(place, script + place, 1), "utf-8")
    came = run.invoke(cli, ["diagram", "check", str(wrong)])
    assert came.exit_code == 1


def test_every_library_is_loaded_late() -> None:
    """What makes a start slow is only imported by what needs it."""
    program = "import sys, webapp.app, webapp.cli; print(*sys.modules)"
    came = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(came.stdout.split())
    assert loaded.isdisjoint({"weasyprint", "alembic", "chinese_calendar", "gunicorn"})


def test_a_process_that_serves_does_not_collect_what_its_start_left(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(server, "settle", lambda: told.append("settled"))
    site = server.Server(replace(settings, embedded_worker=False), "127.0.0.1", 0, processes=1)
    site.cfg.post_worker_init(None)
    assert told == ["settled"]


def test_what_a_start_left_is_permanent_for_the_collector() -> None:
    program = "import gc; from webapp.memory import settle; settle(); print(gc.get_freeze_count())"
    came = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert int(came.stdout) > 0


@pytest.mark.parametrize(
    ("proxies", "seen"), [("0", "127.0.0.1"), ("1", "203.0.113.9"), ("2", "198.51.100.1")]
)
def test_a_visitors_address_is_what_the_counted_proxies_say(
    tmp_path: Path, proxies: str, seen: str
) -> None:
    """What a visitor claims by itself is never believed: only the last words are the proxies'."""
    app = create_app(
        read_settings(
            {
                "CARTOUCHE_DEMO": "yes",
                "CARTOUCHE_DATA_DIR": str(tmp_path),
                "CARTOUCHE_PROXIES": proxies,
            }
        )
    )
    told: list[str | None] = []
    app.before_request(lambda: told.append(request.remote_addr))
    claims = {"X-Forwarded-For": "10.0.0.1, 198.51.100.1, 203.0.113.9"}
    app.test_client().get("/healthz", headers=claims)
    assert told == [seen]


def test_the_catalogue_of_words_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")  # in the C locale nothing would be looked for at all
    _("受理")
    looked: list[object] = []
    monkeypatch.setattr(os.path, "exists", lambda path: bool(looked.append(path)))
    _("受理")
    assert looked == []
