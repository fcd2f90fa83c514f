"""Time stamps from a service that is there, slow, away, or talks nonsense."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper

from certificates.signatures import examine
from certificates.signatures.services import StampUnavailable, TimeStampService
from certificates.signatures.signing import sign
from tests.certificates.signatures.signers import (
    NAME,
    NOW,
    a_key,
    organ_key,
    printed,
    trusted,
)

LATER = NOW + timedelta(minutes=5)


@lru_cache
def stamper() -> DummyTimeStamper:
    own = rsa.generate_private_key(65537, 2048)
    der = own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = a_key(key=own).certificate.public_bytes(Encoding.DER)
    return DummyTimeStamper(
        x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(der), fixed_dt=LATER
    )


@contextmanager
def service(answer: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            content = b"<html>"
            if answer == "slow":
                time.sleep(1)
            if answer in ("stamp", "other"):
                question = tsp.TimeStampReq.load(asked)
                if answer == "other":
                    question["nonce"] = 7
                content = stamper().request_tsa_response(question).dump()
            self.send_response(500 if answer == "broken" else 200)
            kind = "text/html" if answer == "page" else "application/timestamp-reply"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_given: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()


def test_a_stamped_paper_says_by_whom_and_when() -> None:
    with service("stamp") as url:
        paper = sign(printed("acceptance_notice"), organ_key(), NAME, NOW, TimeStampService(url))

    report = examine(paper, trusted())

    assert report.is_genuine
    assert (report.stamped_at, report.stamped_by) == (LATER, NAME)
    assert report.sentences[-1] == "时间戳：2026年11月20日 10:05:00，由 陕西省自然资源厅 加盖。"


def test_a_changed_time_stamp_is_told() -> None:
    with service("stamp") as url:
        paper = sign(printed("acceptance_notice"), organ_key(), NAME, NOW, TimeStampService(url))
    moment = paper.index(b"20261120020500Z".hex().upper().encode())

    changed = bytearray(paper)
    changed[moment + 27] ^= 1

    assert examine(bytes(changed), trusted()).verdict == "altered"


@pytest.mark.parametrize("answer", ["slow", "broken", "page", "other", "nonsense", "away"])
def test_without_a_stamp_nothing_is_signed(answer: str) -> None:
    with service(answer) as url:
        asked = "http://127.0.0.1:9/tsa" if answer == "away" else url
        with pytest.raises(StampUnavailable, match="时间戳服务（127.0.0.1）没有回应"):
            sign(
                printed("acceptance_notice"),
                organ_key(),
                NAME,
                NOW,
                TimeStampService(asked, seconds=0.3),
            )


def test_other_addresses_are_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        TimeStampService("file:///etc/passwd")
