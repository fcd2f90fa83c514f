"""Lists as CSV files that a spreadsheet opens as they are meant: in UTF-8, and as text."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

from forms.workbook_files import neutral


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A download called `name` (without ending); no cell is taken for a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    # The mark at the start tells Excel and WPS that the file is UTF-8.
    response = Response("\ufeff" + sheet.getvalue(), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return response


def harmless(cell: Any) -> str:
    """The cell as text; what a spreadsheet would run as a formula gets an apostrophe first."""
    return neutral("" if cell is None else str(cell))
