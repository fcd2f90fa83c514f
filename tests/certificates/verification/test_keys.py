"""Verification keys: made once, replaced, published; old codes keep verifying."""

import os
from errno import ENOSPC
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.signatures import Trusted
from certificates.verification import (
    KeyFileBroken,
    SigningKeyMissing,
    TokenRefused,
    make_key,
    read_keys,
    read_token,
    sign_token,
)
from certificates.verification.keys import replace_key
from certificates.verification.published import KeysUnreadable, published_keys, read_published
from tests.certificates.verification.test_tokens import FIELDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "verification-signing.pem"


def test_the_key_is_its_owners_alone_and_made_once(path: Path) -> None:
    make_key(path)
    first = path.read_bytes()
    make_key(path)
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_processes_that_start_together_have_one_key(path: Path) -> None:
    def start(_turn: int) -> bytes:
        make_key(path)
        return read_keys(path).signing_id

    with ThreadPool(8) as pool:
        assert len(set(pool.map(start, range(8)))) == 1


def test_what_a_killed_process_left_behind_keeps_no_other_from_its_key(path: Path) -> None:
    """In a container every process has the same number."""
    path.parent.mkdir()
    path.with_name(f".{path.name}.{os.getpid()}").write_bytes(b"half a k")
    make_key(path)
    assert read_keys(path).signing is not None


def test_a_full_disk_leaves_no_half_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_from: Path, _to: Path) -> None:
        raise OSError(ENOSPC, "no space left")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="no space"):
        make_key(path)
    assert not list(path.parent.iterdir())


def test_after_two_replacements_the_oldest_code_still_verifies(path: Path) -> None:
    tokens = []
    for _turn in range(3):
        replace_key(path)
        tokens.append(sign_token(read_keys(path), FIELDS))

    ring = read_keys(path)
    assert len(set(tokens)) == len(ring.public) == 3
    assert [read_token(ring, token) for token in tokens] == [FIELDS] * 3
    # What is left of the older keys cannot sign.
    left = [file.read_text() for file in path.parent.iterdir() if file != path]
    assert len(left) == 2
    assert not any("PRIVATE" in pem for pem in left)


def test_without_a_key_nothing_is_signed_and_old_codes_verify(path: Path) -> None:
    replace_key(path)
    token = sign_token(read_keys(path), FIELDS)
    replace_key(path)
    path.unlink()
    ring = read_keys(path)
    assert read_token(ring, token) == FIELDS
    with pytest.raises(SigningKeyMissing):
        sign_token(ring, FIELDS)


def test_published_keys_verify_elsewhere(path: Path) -> None:
    import json

    make_key(path)
    ring, organ = read_keys(path), Trusted("示例省自然资源厅", b"a certificate")
    text = json.dumps(published_keys(ring, "https://example.gov.cn", {"GCCL": "工程测量"}, [organ]))
    assert "PRIVATE" not in text
    theirs = read_published(text)
    assert read_token(theirs.ring, sign_token(ring, FIELDS)) == FIELDS
    assert theirs.ring.signing is None
    assert theirs.specialties == {"GCCL": "工程测量"}
    assert theirs.trusted == (organ,)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", "x", '{"format": "cartouche-verification-keys/1"}'),
        '{"format": "cartouche-verification-keys/1", "keys": [{"public_key": "AA=="}],'
        ' "specialties": {}, "organs": []}',
        '{"format": "another/1", "keys": [], "specialties": {}, "organs": []}',
        "[" * 100_000,
        " " * 1_000_000,
    ],
)
def test_another_file_is_no_list_of_keys(text: str) -> None:
    with pytest.raises(KeysUnreadable):
        read_published(text)


@pytest.mark.parametrize("name", ["verification-signing.pem", "verification-old.pem"])
def test_a_file_that_is_no_ed25519_key_is_named(path: Path, name: str) -> None:
    make_key(path)
    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"", b"nonsense", pem):
        path.with_name(name).write_bytes(content)
        with pytest.raises(KeyFileBroken, match=name):
            read_keys(path)


def test_a_code_of_a_key_that_is_gone_is_refused(path: Path) -> None:
    make_key(path)
    token = sign_token(read_keys(path), FIELDS)
    path.unlink()
    make_key(path)
    with pytest.raises(TokenRefused, match="公布的密钥"):
        read_token(read_keys(path), token)
