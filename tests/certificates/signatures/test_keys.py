"""Which key signs, from which file, and what is said when none can."""

from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)

from certificates.signatures import KeyUnusable, OrganKey, examine, newest_valid
from certificates.signatures.demo_keys import AUTHORITY_FILE, ensure_demo_key
from certificates.signatures.device import DevicePlace
from certificates.signatures.key_files import KeyFolder, KeyUnreadable, load_key, organ_of
from certificates.signatures.organ_keys import OrganKeys
from certificates.signatures.signing import sign
from tests.certificates.signatures.signers import NAME, NOW, ORGAN, a_key, printed, trust

YEAR = timedelta(days=365)
SM2 = b64decode(
    "MIHOAgEDMIHIBgkqhkiG9w0BBwGggboEgbcwgbQwgbEGCSqGSIb3DQEHAaCBowSBoDCBnTCBmgYL"
    "KoZIhvcNAQwKAQGggYowgYcCAQAwEwYHKoZIzj0CAQYIKoEcz1UBgi0EbTBrAgEBBCD1U+TM9+6O"
    "h3EqM+DO7g1z/SSoOhr3FOa581kVpHqehKFEA0IABFTpOAw2hCBWmaXn+GE9538cvP8pB91wl3VF"
    "fMjmhbOOxztS7yVM3FtPLmW/1Xitue1g8gdE2CYh/F//uL5SGDA="
)
"""As `openssl pkcs12 -export -nocerts -keypbe NONE -nomac` keeps a key on the national curve."""


def write(place: Path, key: OrganKey, passphrase: str = "") -> None:
    own = key.signer._key  # type: ignore[attr-defined]
    how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    content = pkcs12.serialize_key_and_certificates(b"key", own, key.certificate, None, how)
    place.write_bytes(content)


def source_of(folder: Path) -> str:
    return OrganKeys(KeyFolder(folder)).key_for(ORGAN, NAME, NOW).source


def test_the_newest_valid_certificate_signs() -> None:
    old, new = a_key(), a_key(begins=NOW - timedelta(days=1))
    coming = a_key(begins=NOW + timedelta(days=1), ends=NOW + 2 * YEAR)

    assert newest_valid([new, coming, old], NAME, NOW) is new
    assert newest_valid([new, coming, old], NAME, NOW - timedelta(days=2)) is old
    assert newest_valid([new, coming, old], NAME, NOW + timedelta(days=2)) is coming


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "没有陕西省自然资源厅的签名密钥"),
        ([a_key(begins=NOW - YEAR, ends=NOW - timedelta(days=1))], "已于2026年11月19日到期"),
        ([a_key(begins=NOW + timedelta(days=1))], "自2026年11月21日起才有效"),
    ],
)
def test_without_a_valid_key_the_reason_is_told(keys: list[OrganKey], words: str) -> None:
    with pytest.raises(KeyUnusable, match=words):
        newest_valid(keys, NAME, NOW)


def test_old_papers_keep_verifying_after_a_change_of_keys(tmp_path: Path) -> None:
    old, new = a_key(), a_key(begins=NOW - timedelta(days=1))
    write(tmp_path / "61.p12", old)
    paper = sign(
        printed("acceptance_notice"),
        OrganKeys(KeyFolder(tmp_path)).key_for(ORGAN, NAME, NOW),
        NAME,
        NOW,
    )

    write(tmp_path / "61-2027.p12", new)

    assert source_of(tmp_path) == "61-2027.p12"
    assert examine(paper, [trust(new), trust(old)]).is_genuine


def test_a_key_is_found_without_a_restart(tmp_path: Path) -> None:
    keys = OrganKeys(KeyFolder(tmp_path))
    with pytest.raises(KeyUnusable):
        keys.key_for(ORGAN, NAME, NOW)

    write(tmp_path / "61.p12", a_key())

    assert keys.key_for(ORGAN, NAME, NOW).organ == ORGAN
    (tmp_path / "61.p12").unlink()
    keys._looked = None
    with pytest.raises(KeyUnusable):
        keys.key_for(ORGAN, NAME, NOW)


def test_a_key_stays_loaded(tmp_path: Path) -> None:
    write(tmp_path / "61.p12", a_key())
    keys = OrganKeys(KeyFolder(tmp_path))

    first = keys.key_for(ORGAN, NAME, NOW)
    keys._looked = None

    assert keys.key_for(ORGAN, NAME, NOW) is first


@pytest.mark.parametrize("beside", [True, False])
def test_passphrases_come_from_a_file_beside_or_from_the_settings(
    tmp_path: Path, beside: bool
) -> None:
    write(tmp_path / "61.p12", a_key(), "口令 1")
    if beside:
        (tmp_path / "61.passphrase").write_text("口令 1\n", "utf-8")

    folder = KeyFolder(tmp_path, "wrong" if beside else "口令 1")

    assert load_key(tmp_path / "61.p12", folder).organ == ORGAN


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "口令不对，或者不是 PKCS#12 文件"),
        (b"-----BEGIN", "口令不对，或者不是 PKCS#12 文件"),
        ("locked", "口令不对，或者不是 PKCS#12 文件"),
        ("ed25519", "没有 ECDSA、RSA 私钥"),
        (SM2, "算法不受支持"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_harms_no_other(
    tmp_path: Path, content: bytes | str, words: str
) -> None:
    write(tmp_path / "6101.p12", a_key(organ="6101"))
    place = tmp_path / "61.p12"
    if content == "locked":
        write(place, a_key(), "another")
    elif content == "ed25519":
        key = ed25519.Ed25519PrivateKey.generate()
        place.write_bytes(
            pkcs12.serialize_key_and_certificates(None, key, None, None, NoEncryption())
        )
    else:
        place.write_bytes(content)  # type: ignore[arg-type]
    with pytest.raises(KeyUnreadable, match=words):
        load_key(place, KeyFolder(tmp_path))

    keys = OrganKeys(KeyFolder(tmp_path))

    assert [key.organ for key in keys.known()] == ["6101"]
    (problem,) = keys.problems()
    assert "61.p12" in problem
    with pytest.raises(KeyUnusable, match=r"没有陕西.*61.p12 无法使用"):
        keys.key_for(ORGAN, NAME, NOW)


def test_a_file_names_its_organ() -> None:
    assert [organ_of(Path(name)) for name in ("61.p12", "61-2027.p12", "6101-b-c.p12")] == [
        "61",
        "61",
        "6101",
    ]


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA"])
def test_keys_of_every_kind_sign(tmp_path: Path, kind: str) -> None:
    made: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if kind == "RSA":
        made = rsa.generate_private_key(65537, 2048)
    else:
        made = ec.generate_private_key(ec.SECP256R1() if kind == "P-256" else ec.SECP384R1())
    write(tmp_path / "61.p12", a_key(key=made))
    key = OrganKeys(KeyFolder(tmp_path)).key_for(ORGAN, NAME, NOW)

    paper = sign(printed("acceptance_notice"), key, NAME, NOW)

    assert examine(paper, [trust(key)]).is_genuine


def test_demo_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    makers = [Thread(target=ensure_demo_key, args=(folder, ORGAN, NAME)) for _n in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    before = (folder / "61.p12").read_bytes()
    ensure_demo_key(folder, ORGAN, NAME)
    ensure_demo_key(folder, "6101", "西安市自然资源和规划局（演示）")

    assert (folder / "61.p12").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"61.p12", "6101.p12", AUTHORITY_FILE}
    assert {S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    keys = [load_key(folder / f"{code}.p12", KeyFolder(folder)) for code in ("61", "6101")]
    assert keys[0].issuers == keys[1].issuers
    for key in keys:
        key.certificate.verify_directly_issued_by(key.issuers[0])
        assert key.certificate.subject.rfc4514_string().count("演示") == 2


def test_passphrases_and_pins_are_not_shown() -> None:
    for place in (KeyFolder(Path("keys"), "very secret"), DevicePlace("module.so", pin="4711")):
        assert not {"very secret", "4711"} & set(repr(place).split("'"))
