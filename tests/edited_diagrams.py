"""Further versions of the shipped diagrams, as an administrator might have drawn them."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bpmn.casework.diagrams import files_digest
from bpmn.diagram import load_files
from models import DiagramVersion
from tests import builders

Files = dict[str, str]
Edit = Callable[[Files], Files]


def another_version(
    db: Session, edit: Edit, *, matter: str = builders.MATTER.key, at: datetime = builders.NOW
) -> DiagramVersion:
    """The shipped diagram with the edit, as the matter's newest version; past all checks."""
    files = edit({name: text.decode() for name, text in load_files(matter).items()})
    newest = select(func.max(DiagramVersion.number)).where(DiagramVersion.matter == matter)
    version = DiagramVersion(
        matter=matter,
        number=(db.scalar(newest) or 0) + 1,
        files=files,
        sha256=files_digest({name: text.encode() for name, text in files.items()}),
        checked_at=at,
        deployed_at=at,
    )
    db.add(version)
    db.flush()
    return version


def with_legal_review(files: Files) -> Files:
    """法制审核 after the second officer has agreed and before the review is over."""
    step = (
        '<bpmn:userTask id="review_legality" name="法制审核"><bpmn:extensionElements>'
        '<spiffworkflow:properties><spiffworkflow:property name="role" value="checker" />'
        '<spiffworkflow:property name="form" value="check_review" />'
        '<spiffworkflow:property name="clock" value="decision" />'
        '<spiffworkflow:property name="outcome" value="legality" /></spiffworkflow:properties>'
        "</bpmn:extensionElements><bpmn:incoming>check_agree</bpmn:incoming>"
        "<bpmn:outgoing>review_legality_to_legality</bpmn:outgoing></bpmn:userTask>"
        '<bpmn:exclusiveGateway id="legality_outcome" name="审核意见" />'
        '<bpmn:sequenceFlow id="review_legality_to_legality" sourceRef="review_legality"'
        ' targetRef="legality_outcome" />'
        + _branch("legality_agreed", "合法", "reviewed", "agree")
        + _branch("legality_returned", "退回审查", "review_application", "return")
    )
    text = files["review.bpmn"].replace("<bpmn:incoming>check_agree</bpmn:incoming>", "")
    text = _aimed(text, "check_agree", "review_legality")
    return files | {"review.bpmn": text.replace("</bpmn:process>", f"{step}</bpmn:process>")}


def with_legal_review_before_signing(files: Files) -> Files:
    """法制审核 of what the notice has let pass, before it is signed."""
    step = (
        '<bpmn:userTask id="review_legality" name="法制审核"><bpmn:extensionElements>'
        '<spiffworkflow:properties><spiffworkflow:property name="role" value="checker" />'
        '<spiffworkflow:property name="form" value="check_review" /></spiffworkflow:properties>'
        "</bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:sequenceFlow id="review_legality_to_sign_decision" sourceRef="review_legality"'
        ' targetRef="sign_decision" />'
    )
    text = files["decision.bpmn"].replace("<bpmn:incoming>proposal_grant</bpmn:incoming>", "")
    text = _aimed(text, "proposal_grant", "review_legality")
    return files | {"decision.bpmn": text.replace("</bpmn:process>", f"{step}</bpmn:process>")}


def with_legality_asked_later(files: Files) -> Files:
    """The same, and a grant asks once more what 法制审核 said: who never came by it cannot tell."""
    asked = (
        '<bpmn:exclusiveGateway id="legality_asked" name="审核意见" />'
        + _branch("asked_agreed", "合法", "finish_decision_clock", "agree", "legality_asked")
        + _branch("asked_returned", "退回", "sign_decision", "return", "legality_asked")
    )
    found = with_legal_review(files)
    text = _aimed(found["decision.bpmn"], "decision_grant", "legality_asked")
    return found | {"decision.bpmn": text.replace("</bpmn:process>", f"{asked}</bpmn:process>")}


def _branch(flow: str, name: str, target: str, value: str, source: str = "legality_outcome") -> str:
    return (
        f'<bpmn:sequenceFlow id="{flow}" name="{name}" sourceRef="{source}"'
        f' targetRef="{target}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
        f'legality == "{value}"</bpmn:conditionExpression></bpmn:sequenceFlow>'
    )


def _aimed(text: str, flow: str, target: str) -> str:
    found, count = re.subn(
        rf'(<bpmn:sequenceFlow id="{flow}"[^>]* targetRef=")[^"]*', rf"\g<1>{target}", text
    )
    assert count == 1
    return found


def with_words(file: str, before: str, after: str) -> Edit:
    """An edit that writes other words in one file."""

    def edit(files: Files) -> Files:
        assert before in files[file]
        return files | {file: files[file].replace(before, after)}

    return edit


def unchanged(files: Files) -> Files:
    """The same diagram with another note in it: a version of its own that says the same."""
    name = "diagram.bpmn"
    return files | {name: files[name].replace('exporterVersion="1"', 'exporterVersion="2"')}
