"""Names of uploaded files as they are kept and sent back."""

import pytest

from forms.uploads import safe_filename


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("..\\..\\etc/pass<w>d.pdf", "passwd.pdf"),
        ("a\r\nb\u202egpj.exe", "abgpj.exe"),
        ("长" * 300 + ".png", "长" * 110 + ".png"),
        ("...", "file"),
    ],
)
def test_file_name_is_made_safe(given_name, kept):
    assert safe_filename(given_name) == kept
