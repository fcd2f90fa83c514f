"""Writing whole dossiers at once: pages, rows, files and claims, as if filled in by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from bpmn.casework.claims import digest_of
from bpmn.casework.rows import ROW_RULES
from bpmn.office import Office
from forms.attachments import ATTACHMENTS
from forms.pages import PAGES
from models import Attachment, Claim, Dossier, DossierPage, DossierRow, Unit
from models.calendar import office_date
from webapp.demo import materials
from webapp.demo.materials import Target, Values
from webapp.demo.scans import Scan
from webapp.demo.units import DemoUnit


@dataclass(frozen=True)
class Writer:
    """Writes the materials of one unit into dossiers."""

    office: Office
    unit: Unit
    known: DemoUnit
    scans: Mapping[str, Scan]

    def new_dossier(self, target: Target, today: date | None = None) -> Dossier:
        """A dossier that meets the target; projects are those before `today`."""
        dossier = Dossier(unit_id=self.unit.id, created_at=self.office.now)
        self.office.db.add(dossier)
        self.office.db.flush()  # its number is needed by the pages and rows
        self.fill(dossier.id, target, today)
        return dossier

    def fill(self, dossier_id: int, target: Target, today: date | None = None) -> None:
        """Write every page and row of an empty dossier."""
        standard = self.office.standard
        for page, values in materials.pages(self.known, target).items():
            self._page(dossier_id, page, values)
        self._rows(dossier_id, "staff", materials.staff(self.known, standard, target))
        self._rows(dossier_id, "equipment", materials.equipment(self.known, standard, target))
        day = today or office_date(self.office.now)
        self._rows(dossier_id, "projects", materials.projects(self.known, target, day))
        self.office.db.flush()

    def _page(self, dossier_id: int, page: str, values: Values) -> None:
        office = self.office
        blank = PAGES[page].form(data={}).answers()
        saved = DossierPage(
            dossier_id=dossier_id,
            page=page,
            values={**blank, **values},
            saved_at=office.now,
            saved_by=office.actor_id,
        )
        office.db.add(saved)
        wanted = [kind.key for kind in ATTACHMENTS[page] if kind.required(values)]
        self._attach(dossier_id, page, {None: wanted})

    def _rows(self, dossier_id: int, page: str, found: Sequence[Values]) -> None:
        blank = PAGES[page].form(data={}).answers()
        rows = [
            self._row(dossier_id, page, number, {**blank, **values})
            for number, values in enumerate(found, start=1)
        ]
        self._claim(page, [row.claim_digest for row in rows if row.claim_digest])
        self.office.db.add_all(rows)
        self.office.db.flush()  # the files name their rows
        self._attach(dossier_id, page, {row.id: self._kinds(page, row.values) for row in rows})

    def _row(self, dossier_id: int, page: str, position: int, values: Values) -> DossierRow:
        rules = ROW_RULES[page]
        identity = rules.identity(values)
        return DossierRow(
            dossier_id=dossier_id,
            page=page,
            position=position,
            label=rules.label(values),
            values=values,
            claim_digest=digest_of(self.office, page, identity) if identity else None,
            problems=rules.problems(self.office, values, self._kinds(page, values)),
            saved_at=self.office.now,
            saved_by=self.office.actor_id,
        )

    def _kinds(self, page: str, values: Values) -> list[str]:
        return [kind.key for kind in PAGES[page].attachments if kind.required(values)]

    def _claim(self, page: str, digests: Sequence[str]) -> None:
        """Hold what is not held by this unit already."""
        held = set(self.office.db.scalars(select(Claim.digest).where(Claim.kind == page)))
        fresh = [digest for digest in digests if digest not in held]
        claim = {"kind": page, "unit_id": self.unit.id, "claimed_at": self.office.now}
        if fresh:
            self.office.db.execute(insert(Claim), [{**claim, "digest": one} for one in fresh])

    def _attach(self, dossier_id: int, page: str, kinds: Mapping[Any, Sequence[str]]) -> None:
        files = [
            {
                "dossier_id": dossier_id,
                "page": page,
                "row_id": row_id,
                "kind": kind,
                "filename": self.scans[kind].filename,
                "media_type": self.scans[kind].media_type,
                "size": self.scans[kind].size,
                "digest": self.scans[kind].digest,
                "uploaded_at": self.office.now,
                "uploaded_by": self.office.actor_id,
            }
            for row_id, wanted in kinds.items()
            for kind in wanted
        ]
        if files:
            self.office.db.execute(insert(Attachment), files)
