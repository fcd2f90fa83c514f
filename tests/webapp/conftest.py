"""An office whose changes are committed, on both databases, for tests with several connections."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import POSTGRES_ANSWERS
from tests.webapp.live import LiveOffice, live_office


@pytest.fixture(params=["sqlite", "postgresql"])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveOffice]:
    if request.param == "postgresql" and not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    with live_office(request.param, tmp_path) as office:
        yield office
