"""What must be true before the program serves anyone, each with what to do about it."""

import importlib.util
import os
from collections.abc import Iterator
from gettext import gettext as _

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from certificates import startup_problems as paper_problems
from certificates.verification import KeyFileBroken, read_keys
from config.settings import Settings
from models.migrations import is_current


def problems(settings: Settings, engine: Engine) -> list[str]:
    """Everything that keeps this installation from serving, in Chinese; empty when all is well."""
    return [
        *paper_problems(),
        *_missing_packages(settings),
        *_data_dir_problems(settings),
        *key_problems(settings),
        *database_problems(engine),
    ]


def key_problems(settings: Settings) -> Iterator[str]:
    """Why certificates could not be signed; a demo makes the key that it wants."""
    path = settings.verification_key
    try:
        ring = read_keys(path)
    except KeyFileBroken as broken:
        yield str(broken)
        return
    if ring.signing is None and not settings.demo:
        yield _(
            "没有证书核验密钥 {path}：请运行 cartouche certificate new-key 生成，"
            "或者设置 CARTOUCHE_VERIFICATION_KEY。"
        ).format(path=path)


def database_problems(engine: Engine) -> Iterator[str]:
    """Why the database cannot be used: away, or not at the newest migration."""
    place = engine.url.render_as_string(hide_password=True)
    try:
        current = is_current(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        yield _(
            "数据库无法连接（{place}）：{reason}。请检查 CARTOUCHE_DATABASE_URL 和数据库服务。"
        ).format(place=place, reason=reason)
        return
    if not current:
        yield _("数据库结构不是最新（{place}）：请先运行 cartouche init。").format(place=place)


def _data_dir_problems(settings: Settings) -> Iterator[str]:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        yield _("数据目录 {folder} 无法创建：{reason}。请设置 CARTOUCHE_DATA_DIR。").format(
            folder=folder, reason=error.strerror
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield _("数据目录 {folder} 不可写：请修改其权限，或设置 CARTOUCHE_DATA_DIR。").format(
            folder=folder
        )


def _missing_packages(settings: Settings) -> Iterator[str]:
    """Packages that only some addresses need."""
    for scheme, package in (("redis", "redis"), ("s3", "s3fs")):
        addresses = (settings.queue_url, settings.attachment_url)
        wanted = any(address.startswith(f"{scheme}:") for address in addresses)
        if wanted and importlib.util.find_spec(package) is None:
            yield _("使用 {scheme}:// 地址需要安装 {package}：pip install {package}").format(
                scheme=scheme, package=package
            )
