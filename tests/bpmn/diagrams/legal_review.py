"""An edited approval: 法制审核 behind 复核, with a form and buttons that no Python knows."""

from collections.abc import Mapping

from lxml import etree

from bpmn.diagram import load_files

FILE = "review.bpmn"
STEP = """
<part xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">
 <userTask id="legal_review" name="法制审核">
  <extensionElements>
   <spiffworkflow:properties>
    <spiffworkflow:property name="form" value="drawn" />
    <spiffworkflow:property name="role" value="checker" />
    <spiffworkflow:property name="clock" value="decision" />
    <spiffworkflow:property name="days" value="3" />
    <spiffworkflow:property name="field.basis" value="long_text;审核依据;required" />
    <spiffworkflow:property name="field.risk" value="choice;法律风险;required;无/低/高" />
    <spiffworkflow:property name="field.files" value="number;核对文件数;optional" />
   </spiffworkflow:properties>
  </extensionElements>
 </userTask>
 <exclusiveGateway id="legal_outcome" name="法制意见" />
 <sequenceFlow id="legal_review_to_legal_outcome"
  sourceRef="legal_review" targetRef="legal_outcome" />
 <sequenceFlow id="legal_pass" name="审核通过" sourceRef="legal_outcome" targetRef="reviewed">
  <conditionExpression>legal == "pass"</conditionExpression>
 </sequenceFlow>
 <sequenceFlow id="legal_return" name="退回经办修改" sourceRef="legal_outcome"
  targetRef="review_application">
  <conditionExpression>legal == "return"</conditionExpression>
 </sequenceFlow>
</part>"""
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def with_legal_review(matter: str = "qualification_application") -> dict[str, bytes]:
    """The matter's shipped files with the step added to its review."""
    files = load_files(matter)
    return {**files, FILE: _edited(files)}


def _edited(files: Mapping[str, bytes]) -> bytes:
    root = etree.fromstring(files[FILE])
    process = root.find(f"{_BPMN}process")
    assert process is not None
    agree = process.find(f"{_BPMN}sequenceFlow[@id='check_agree']")
    assert agree is not None
    agree.set("targetRef", "legal_review")
    for incoming in process.iter(f"{_BPMN}incoming"):
        if incoming.text == "check_agree":
            incoming.text = "legal_pass"
    process.extend(list(etree.fromstring(STEP)))
    edited: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return edited
