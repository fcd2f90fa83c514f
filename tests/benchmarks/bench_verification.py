"""What the check of a certificate's code costs, beside asking the register; and the signed list."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from certificates.verification import read_token
from certificates.verification.status_list import (
    REPLACED,
    VoidCertificate,
    read_status_list,
    write_status_list,
)
from config.settings import read_settings
from models import Base
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp import demo
from webapp.app import create_app
from webapp.install import furnish
from webapp.offices import Premises
from webapp.storage import FileStore


def run(quick: bool) -> list[dict[str, Any]]:
    """Return the figures; the two ways to check are timed in turns."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_codes(Path(folder), 20 if quick else 100), *_lists(10_000 if quick else 100_000)]


def _codes(folder: Path, rounds: int) -> list[dict[str, Any]]:
    settings = {"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(folder)}
    app = create_app(read_settings(settings))
    premises: Premises = app.extensions["premises"]
    Base.metadata.create_all(premises.engine)
    furnish(premises)
    demo.seed(premises, FileStore(premises.settings.attachment_url))
    case = PublicCase(premises)
    case.take(TO_GRANT)
    url = case.document("certificate_copy").facts["verify_url"]
    address, token = url.removeprefix(premises.settings.base_url), url.rpartition("/")[2]
    client, ring = app.test_client(), premises.key_ring()
    forged = address[:-9] + ("A" if address[-9] != "A" else "B") + address[-8:]
    signature, page, refusal = _medians(
        rounds,
        lambda: read_token(ring, token),
        lambda: client.get(address),
        lambda: client.get(forged),
    )
    premises.engine.dispose()
    return [
        {
            "name": "code checked without the database",
            "value": round(signature * 1000, 3),
            "unit": "ms",
            "baseline": round(page * 1000, 2),
            "ratio": round(page / signature, 1),
            "target": "≤ 5 ms",
            "ok": signature <= 0.005,
        },
        {
            "name": "forged code, whole page",
            "value": round(refusal * 1000, 2),
            "unit": "ms",
            "baseline": round(page * 1000, 2),
            "ratio": round(page / refusal, 2),
            "target": "≤ 50 ms",
            "ok": refusal <= 0.05,
        },
    ]


def _lists(count: int) -> list[dict[str, Any]]:
    from tests.builders import KEY_RING

    one = VoidCertificate("", REPLACED, date(2026, 11, 20), 0)
    void = [replace(one, number=f"乙测资字{n:08d}") for n in range(count)]
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    begun = perf_counter()
    content = write_status_list(KEY_RING, "https://example.gov.cn", 1, moment, void)
    written = perf_counter() - begun
    begun = perf_counter()
    read_status_list(KEY_RING, content)
    read = perf_counter() - begun
    return [
        {
            "name": f"status list of {count:,}, signed and read",
            "value": round(written + read, 2),
            "unit": "s",
            "baseline": round(len(content) / 1e6, 1),
            "ratio": None,
            "target": "≤ 5 s",
            "ok": written + read <= 5,
        }
    ]


def _medians(rounds: int, *works: Callable[[], Any]) -> list[float]:
    took: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for side, work in zip(took, works, strict=True):
            begun = perf_counter()
            work()
            side.append(perf_counter() - begun)
    return [median(side) for side in took]
