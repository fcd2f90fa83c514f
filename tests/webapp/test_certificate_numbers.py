"""Numbers of certificates: none twice, none left out, whoever grants at the same moment."""

import subprocess
import sys
from threading import Thread

import pytest

from certificates import certificate_number, parse_certificate_number
from models.settings import next_number
from tests.webapp.live import LiveOffice

PROCESSES, TURNS = 3, 20
FIRST = 50001
COUNTERS = [("甲", "61", 10001), ("乙", "61", FIRST), ("乙", "62", FIRST)]

_GRANT = """
import sys, time
from config.settings import read_settings
from models.settings import next_number
from webapp.app import open_premises

premises = open_premises(read_settings())
for turn in range(int(sys.argv[1])):
    try:
        with premises.transaction() as office:
            number = next_number(office.db, "certificate:乙:61", 50001)
            time.sleep(0.002)
            if turn % 4 == 3:
                raise KeyError
        print(number)
    except KeyError:
        pass
"""


@pytest.mark.requirement("R003")
def test_processes_that_grant_at_once_leave_no_gap_and_no_double(live: LiveOffice) -> None:
    """Every fourth transaction fails after it has its number; the number goes to the next."""
    environment = {**live.environment(), "PYTHONPATH": ":".join(sys.path)}
    offices = [
        subprocess.Popen(
            [sys.executable, "-c", _GRANT, str(TURNS)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(PROCESSES)
    ]
    given = [int(line) for office in offices for line in office.communicate(timeout=60)[0].split()]
    assert [office.returncode for office in offices] == [0] * PROCESSES
    kept = PROCESSES * (TURNS - TURNS // 4)
    assert sorted(given) == list(range(FIRST, FIRST + kept))


@pytest.mark.requirement("R003")
@pytest.mark.requirement("R004")
def test_each_class_and_province_counts_for_itself(live: LiveOffice) -> None:
    """Threads of one process that take turns on several counters."""
    given: list[str] = []
    threads = [Thread(target=_grant, args=(live, given)) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(given)) == len(given) == 60
    for grade, province, first in COUNTERS:
        mine = sorted(number for number in given if number.startswith(f"{grade}测资字{province}"))
        # parse raises where the check digit is wrong
        assert [parse_certificate_number(number).sequence for number in mine] == list(
            range(first, first + 20)
        )


def _grant(live: LiveOffice, given: list[str]) -> None:
    for grade, province, first in COUNTERS * 5:
        with live.premises.transaction() as office:
            order = next_number(office.db, f"certificate:{grade}:{province}", first)
            given.append(certificate_number(grade, province, order))
