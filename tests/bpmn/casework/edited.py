"""The program's 资质申请 as an administrator might edit it, for replays."""

from bpmn.diagram import load_files

KEY = "qualification_application"

LEGAL_REVIEW = """
    <bpmn:userTask id="legal_review" name="法制审核">
      <bpmn:extensionElements>
        <spiffworkflow:properties>
          <spiffworkflow:property name="role" value="checker" />
          <spiffworkflow:property name="form" value="check_review" />
          <spiffworkflow:property name="days" value="3" />
        </spiffworkflow:properties>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="legal_outcome" name="法制审核结果" />
    <bpmn:sequenceFlow id="legal_to_outcome" sourceRef="legal_review" targetRef="legal_outcome" />
    <bpmn:sequenceFlow
        id="legal_pass" name="通过" sourceRef="legal_outcome" targetRef="reviewed">
      <bpmn:conditionExpression>legal == "pass"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow
        id="legal_return" name="退回" sourceRef="legal_outcome" targetRef="review_application">
      <bpmn:conditionExpression>legal == "return"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
"""
AGREED = 'sourceRef="check_outcome" targetRef="reviewed"'


def files_of(file: str = "", old: str = "", new: str = "") -> dict[str, str]:
    """The matter's files, with one piece of text exchanged in one of them."""
    files = {name: content.decode() for name, content in load_files(KEY).items()}
    if file:
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    return files


def with_legal_review() -> dict[str, str]:
    """A new step between the checker's consent and the end of the review."""
    files = files_of("review.bpmn", AGREED, AGREED.replace("reviewed", "legal_review"))
    files["review.bpmn"] = files["review.bpmn"].replace(
        "  </bpmn:process>", LEGAL_REVIEW + "  </bpmn:process>"
    )
    return files


def with_silence_of(days: int) -> dict[str, str]:
    """Silence of the organ is acceptance after so many days, not five."""
    given = 'id="working_days" type="int" value="{}"'
    return files_of("acceptance.bpmn", given.format(5), given.format(days))


def without_return_by_checker() -> dict[str, str]:
    """What was the checker's 退回经办 is now called otherwise."""
    return files_of("review.bpmn", 'check == "return"', 'check == "again"')
