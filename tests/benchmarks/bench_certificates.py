"""What a certificate costs, printed and signed, beside the plain way of WeasyPrint and pyHanko."""

from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from certificates.render import page_html, render
from tests.certificates.papers import SHORT
from tests.certificates.signatures.signers import NAME, NOW, ORGAN, organ_key

KIND = "certificate_original"
MOST_SIGNED_MS, LEAST_GAIN = 250, 1.7


def run(quick: bool) -> list[dict[str, Any]]:
    """Return the figures; both sides use the packaged fonts and are timed in turns."""
    rounds = 7 if quick else 25
    return [*_printed(rounds), *_signed(rounds), _two_workers(4 if quick else 10)]


def _printed(rounds: int) -> list[dict[str, Any]]:
    facts = SHORT[KIND]
    pdf = render(KIND, facts)

    from weasyprint import HTML  # after certificates has hidden the machine's fonts

    whole_page = page_html(KIND, facts, backdrop=True)
    plain = HTML(string=whole_page).write_pdf()
    ours, theirs = _in_turns(
        lambda: render(KIND, facts), lambda: HTML(string=whole_page).write_pdf(), rounds
    )
    return [
        {
            "name": "certificate, warm",
            "value": round(ours * 1000, 1),
            "unit": "ms",
            "baseline": round(theirs * 1000, 1),
            "ratio": round(theirs / ours, 2),
            "target": "≥ 2×",
            "ok": theirs / ours >= 2,
        },
        {
            "name": "certificate, size",
            "value": round(len(pdf) / 1000, 1),
            "unit": "kB",
            "baseline": round(len(plain) / 1000, 1),
            "ratio": round(len(plain) / len(pdf), 2),
            "target": "≤ 200 kB",
            "ok": len(pdf) <= 200_000,
        },
    ]


def make_signed(_turn: int = 0) -> bytes:
    """One certificate from its facts to the signed file, as the job makes it."""
    from certificates.signatures.signing import sign

    return sign(render(KIND, SHORT[KIND]), organ_key(), NAME, NOW)


def _signed(rounds: int) -> list[dict[str, Any]]:
    """Beside a plain page, with the key file opened for each signature."""
    from certificates.signatures.demo_keys import ensure_demo_key

    with TemporaryDirectory() as folder:
        ensure_demo_key(Path(folder), ORGAN, NAME)
        key_file = str(Path(folder) / f"{ORGAN}.p12")
        file, plain = make_signed(), _plainly_signed(key_file)
        ours, theirs = _in_turns(make_signed, lambda: _plainly_signed(key_file), rounds)
    return [
        {
            "name": "signed certificate, end to end",
            "value": round(ours * 1000, 1),
            "unit": "ms",
            "baseline": round(theirs * 1000, 1),
            "ratio": round(theirs / ours, 2),
            "target": f"≤ {MOST_SIGNED_MS} ms",
            "ok": ours * 1000 <= MOST_SIGNED_MS,
        },
        {
            "name": "signed certificate, size",
            "value": round(len(file) / 1000, 1),
            "unit": "kB",
            "baseline": round(len(plain) / 1000, 1),
            "ratio": round(len(plain) / len(file), 2),
            "target": "≤ 200 kB",
            "ok": len(file) <= 200_000,
        },
    ]


def _plainly_signed(key_file: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from weasyprint import HTML

    page = page_html(KIND, SHORT[KIND], backdrop=True)
    pdf = HTML(string=page).write_pdf(pdf_variant="pdf/a-2u")
    about = PdfSignatureMetadata(field_name="Sig", subfilter=SigSeedSubFilter.PADES)
    signer = SimpleSigner.load_pkcs12(key_file)
    signed: bytes = sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf), strict=False), about, signer=signer
    ).getvalue()
    return signed


def _two_workers(rounds: int) -> dict[str, Any]:
    """Certificates a second by one process and by two, warm, in turns."""
    with ExitStack() as stack:
        pools = [
            stack.enter_context(ProcessPoolExecutor(count, get_context("spawn")))
            for count in (1, 2)
        ]
        for pool in pools:
            _throughput(pool, 8)  # fonts, backdrop and key are loaded by it
        rates = [tuple(_throughput(pool, 20) for pool in pools) for _turn in range(rounds)]
    one, two = (median(side) for side in zip(*rates, strict=True))
    gain = median(rate[1] / rate[0] for rate in rates)
    return {
        "name": "signed certificates, two workers",
        "value": round(two, 1),
        "unit": "a second",
        "baseline": round(one, 1),
        "ratio": round(gain, 2),
        "target": f"≥ {LEAST_GAIN}× one worker",
        "ok": gain >= LEAST_GAIN,
    }


def _throughput(pool: Executor, count: int) -> float:
    started = perf_counter()
    made = list(pool.map(make_signed, range(count)))
    return len(made) / (perf_counter() - started)


def _in_turns(
    first: Callable[[], Any], second: Callable[[], Any], rounds: int
) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, work in zip(took, (first, second), strict=True):
            started = perf_counter()
            work()
            side.append(perf_counter() - started)
    return median(took[0]), median(took[1])
