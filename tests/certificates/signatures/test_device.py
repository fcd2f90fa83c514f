"""A PKCS#11 device: SoftHSM2 stands for it, where it is installed."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from certificates.signatures import KeyUnusable, OrganKey, examine
from certificates.signatures.device import Device, DevicePlace, DeviceUnavailable
from certificates.signatures.key_files import KeyFolder
from certificates.signatures.organ_keys import OrganKeys
from certificates.signatures.signing import sign
from tests.certificates.signatures.signers import NAME, NOW, ORGAN, a_key, printed, trust

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, PIN = "cartouche", "1234"
needs_softhsm = pytest.mark.skipif(
    not MODULE.exists(), reason="SoftHSM2 is not installed: apt-get install softhsm2"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DevicePlace:
    """A token of the test's own, empty."""
    (tmp_path / "tokens").mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    new = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN]
    subprocess.run([*new, "--so-pin", "5678"], check=True, capture_output=True)
    pkcs11.lib(str(MODULE)).reinitialize()
    return DevicePlace(str(MODULE), token=TOKEN, pin=PIN, prefix="seal-")


def put(key: OrganKey, label: str) -> None:
    """What the maker's tool does: private key and certificate under a label and an id."""
    own = key.signer._key  # type: ignore[attr-defined]
    plain = own.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    token = pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=PIN) as session:
        named = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: label.encode()}
        is_rsa = isinstance(own, rsa.RSAPrivateKey)
        private = (decode_rsa_private_key if is_rsa else decode_ec_private_key)(plain)
        kept = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.SIGN: True}
        session.create_object({**private, **named, **kept})
        certificate = decode_x509_certificate(key.certificate.public_bytes(Encoding.DER))
        session.create_object({**certificate, **named, pkcs11.Attribute.TOKEN: True})


@needs_softhsm
@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_a_device_signs(place: DevicePlace, tmp_path: Path, kind: str) -> None:
    made = (
        rsa.generate_private_key(65537, 2048)
        if kind == "RSA"
        else ec.generate_private_key(ec.SECP256R1())
    )
    ours = a_key(key=made)
    put(ours, "seal-61")
    keys = OrganKeys(KeyFolder(tmp_path), Device(place))

    key = keys.key_for(ORGAN, NAME, NOW)
    paper = sign(printed("acceptance_notice"), key, NAME, NOW)

    assert (key.kind, key.source, key.organ) == ("device", "seal-61", "61")
    assert examine(paper, [trust(ours)]).is_genuine
    keys.forget_device()
    assert keys.key_for(ORGAN, NAME, NOW).source == "seal-61"


@needs_softhsm
def test_labels_name_organs_and_the_newest_signs(place: DevicePlace, tmp_path: Path) -> None:
    put(a_key(), "seal-61")
    put(a_key(begins=NOW - timedelta(days=3)), "seal-61-2027")
    put(a_key(organ="6101"), "seal-6101")
    put(a_key(organ="other"), "something else")
    keys = OrganKeys(KeyFolder(tmp_path), Device(place))

    assert [key.source for key in keys.known()] == ["seal-61", "seal-61-2027", "seal-6101"]
    assert keys.key_for(ORGAN, NAME, NOW).source == "seal-61-2027"
    keys.forget_device()


@needs_softhsm
def test_a_wrong_pin_is_told(place: DevicePlace, tmp_path: Path) -> None:
    wrong = DevicePlace(place.module, place.token, pin="9999", prefix=place.prefix)

    with pytest.raises(DeviceUnavailable, match="PinIncorrect"):
        Device(wrong).keys()


def test_a_device_that_is_away_is_told(tmp_path: Path) -> None:
    device = Device(DevicePlace(str(tmp_path / "none.so"), token=TOKEN))

    with pytest.raises(DeviceUnavailable, match="签名设备没有回应"):
        device.keys()
    keys = OrganKeys(KeyFolder(tmp_path), device)
    with pytest.raises(KeyUnusable, match=r"没有陕西.*签名设备没有回应"):
        keys.key_for(ORGAN, NAME, NOW)
