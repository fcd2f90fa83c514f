"""Making a paper: printed from its frozen facts, sealed and signed, stored, then issued at once."""

from hashlib import sha256

from sqlalchemy import update

import certificates
from bpmn.casework.deliveries import serve_document
from bpmn.casework.wordings import wording_of
from bpmn.office import Office
from certificates.signatures import OrganKey
from models import Document
from models.papers import ISSUED, PENDING
from webapp import signing
from webapp.jobs.attempts import finish
from webapp.offices import Premises
from webapp.storage import FileStore


def issue_paper(premises: Premises, store: FileStore, document_id: int) -> None:
    """Print, sign and store a pending document, and issue it.

    The printed file is the same each time; the signed one is another each time, and the one whose
    digest was noted first is the paper. A file that was stored and not noted is never shown.
    """
    with premises.reading() as office:
        document = office.db.get(Document, document_id)
        if document is None or document.status != PENDING:
            return
        wording = wording_of(office, document)
        organ, moment = signing.organ_of(office, document), office.now
    printed = certificates.render(document.kind, document.facts, wording)
    signed, key = signing.sign_paper(premises.settings.signing, printed, organ, moment)
    digest = store.put(signed)
    with premises.transaction() as office:
        made = {
            "unsigned_digest": sha256(printed).hexdigest(),
            "digest": digest,
            "size": len(signed),
        }
        _issue(office, document_id, key, made)
        serve_document(office, document_id)  # it reaches the unit in the moment it is issued
        finish(office, "document", document_id)


def _issue(office: Office, document_id: int, key: OrganKey, made: dict[str, object]) -> None:
    """Issue the paper unless another worker did."""
    pending = Document.id == document_id, Document.status == PENDING
    certificate_id = signing.keep_used(office, key)
    office.db.execute(
        update(Document)
        .where(*pending)
        .values(status=ISSUED, issued_at=office.now, certificate_id=certificate_id, **made)
    )
