"""Commands about certificates: verify a file without the office, and make a verification key."""

import sys
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.settings import SettingMissing, Settings, read_settings
from webapp.commands import FILE, with_settings

if TYPE_CHECKING:
    from certificates.verification.papers import Known, PaperVerdict

EXIT_CODES = {True: 0, False: 1, None: 2}


@click.group(help=_("证书和文书"))
def certificate() -> None:
    pass


@certificate.command(
    "verify",
    help=_(
        "离线核验 PDF 文件：电子签名、二维码、页面内容和状态清单。"
        "退出码：0 真实，1 不可采信，2 不能确认。"
    ),
)
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, help=_("下载的 keys.json；不给出时用本机的密钥和数据库。"))
@click.option("--list", "listed", type=FILE, help=_("下载的 status-list.json"))
def verify_certificate(file: Path, keys: Path | None, listed: Path | None) -> None:
    from certificates.verification.papers import verify_paper
    from models.calendar import office_date

    known = _known(keys, listed)
    verdict = verify_paper(file.read_bytes(), known, office_date(datetime.now(UTC)))
    _tell(verdict, known)
    sys.exit(EXIT_CODES[verdict.good])


@certificate.command("new-key", help=_("生成证书核验密钥；原来的密钥此后只用于核验旧证书。"))
@with_settings
def new_key(settings: Settings) -> None:
    from certificates.verification.keys import KeyFileBroken, read_keys, replace_key

    try:
        replace_key(settings.verification_key)
        made = read_keys(settings.verification_key).signing_id.hex()
    except (KeyFileBroken, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_("已生成核验密钥 {key_id}，半分钟内生效。").format(key_id=made))


def _known(keys: Path | None, listed: Path | None) -> "Known":
    """What the two files give a verifier; without keys, what this installation has itself."""
    from certificates.verification.papers import Known
    from certificates.verification.published import KeysUnreadable, read_published
    from certificates.verification.status_list import ListRefused, read_status_list

    try:
        if keys is None:
            known = _own()
        else:
            found = read_published(keys.read_text("utf-8", "replace"))
            known = Known(found.ring, found.trusted, found.specialties)
        if listed is None:
            return known
        void = read_status_list(known.ring, listed.read_bytes())
    except (KeysUnreadable, ListRefused) as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT_CODES[None])
    return Known(known.ring, known.trusted, known.specialties, void)


def _own() -> "Known":
    from sqlalchemy.exc import SQLAlchemyError

    from certificates.verification.papers import Known
    from webapp.app import open_premises
    from webapp.signing import trusted

    try:
        premises = open_premises(read_settings())
    except SettingMissing as missing:
        raise click.ClickException(str(missing)) from missing
    names = {code: one.name for code, one in premises.shipped.specialties.items()}
    try:
        with premises.reading() as office:
            return Known(office.key_ring, trusted(office), names)
    except SQLAlchemyError:
        return Known(premises.key_ring(), (), names)


def _tell(verdict: "PaperVerdict", known: "Known") -> None:
    click.echo(verdict.title)
    for sentence in verdict.sentences:
        click.echo(f"  {sentence}")
    fields = verdict.fields
    if fields is None:
        return
    names = "、".join(known.specialties.get(code, code) for code in fields.specialties)
    for label, words in (
        (_("证书编号"), fields.number),
        (_("单位名称"), fields.unit),
        (_("等级"), fields.class_name),
        (_("专业类别"), names),
        (_("有效期"), f"{fields.valid_from} — {fields.valid_until}"),
    ):
        click.echo(f"  {label}：{words}")
