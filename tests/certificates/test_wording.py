"""An organ's own wording: what it may hold, what it may not, and the paper that comes of it."""

import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from certificates import KINDS, FactsRejected, render
from certificates.wording import WORDABLE, check_wording, fields_of, starter_of, wording_html
from certificates.wording.grammar import TAGS
from tests.certificates.papers import LONG, SHORT

KIND = "refusal_decision"
KEPT = "\n".join(f"<p>{{{{{label}}}}}</p>" for label in KINDS[KIND].keeps)


def faults(body: str) -> list[str]:
    return [str(fault) for fault in check_wording(KIND, body)]


def html(body: str, facts: Any = None) -> str:
    return str(wording_html(KIND, body, facts or SHORT[KIND]))


@pytest.mark.requirement("R304")
@pytest.mark.parametrize("kind", WORDABLE)
@pytest.mark.parametrize("samples", [SHORT, LONG], ids=["short", "long"])
def test_every_starter_is_sound_and_says_what_the_program_says(kind: str, samples: Any) -> None:
    body, facts = starter_of(kind), samples[kind]
    assert check_wording(kind, body) == []
    own, shipped = words(render(kind, facts, body)), words(render(kind, facts))
    for label in KINDS[kind].keeps:
        field = fields_of(kind)[label]
        for text in printed(facts.get(field.key)) if field.source == "fact" else ():
            assert text in own, label
            assert text in shipped, label
    if "救济途径" in KINDS[kind].keeps:
        assert "提起行政诉讼" in own


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def printed(content: Any) -> list[str]:
    if isinstance(content, list):
        return [text for part in content for text in printed(part)]
    if isinstance(content, dict):
        return [text for part in content.values() for text in printed(part)]
    is_day = isinstance(content, str) and content[:2] == "20" and content[4:5] == "-"
    return ["".join(str(content).split())] if content and not is_day else []


def test_the_kinds_to_word_are_notices_and_decisions_never_certificates() -> None:
    assert {"acceptance_notice", "grant_decision", "refusal_decision"} <= set(WORDABLE)
    assert not {"certificate_original", "certificate_copy"} & set(WORDABLE)
    for kind in WORDABLE:
        assert set(KINDS[kind].keeps) <= set(fields_of(kind)), kind


ONE_FAULT = [
    ("<script>alert(1)</script>", "第 6 行：不能使用 <script>。"),
    ('<p onclick="alert(1)">甲</p>', "第 6 行：<p> 不能带有属性 onclick。"),
    ('<p style="position:fixed">甲</p>', "第 6 行：<p> 不能带有属性 style。"),
    ("<p class='x'>甲</p>", "第 6 行：<p> 不能带有属性 class。"),
    ("<style>p{display:none}</style>", "第 6 行：不能使用 <style>。"),
    ("<a href='javascript:x'>甲</a>", "第 6 行：不能使用 <a>。"),
    ("<img src=x>", "第 6 行：不能使用 <img>。"),
    ("<form><input></form>", "第 6 行：不能使用 <form>。"),
    ("<iframe src='file:///etc/passwd'></iframe>", "第 6 行：不能使用 <iframe>。"),
    ("<svg><use/></svg>", "第 6 行：不能使用 <svg>。"),
    ("<link rel=attachment href='file:///etc/passwd'>", "第 6 行：不能使用 <link>。"),
    ("<!-- 注 -->", "第 6 行：不能使用注释。"),
    ("<!doctype html>", "第 6 行：不能使用 <!…>。"),
    ("<?php x ?>", "第 6 行：不能使用 <?…>。"),
    ("<p>{{没有的字段}}</p>", "第 6 行：没有“没有的字段”这个字段，请从字段列表中选用。"),
    ("<p>{{ config }}</p>", "第 6 行：没有“config”这个字段，请从字段列表中选用。"),
    ("<p>{{核验网址}}</p>", "第 6 行：没有“核验网址”这个字段，请从字段列表中选用。"),
    ("<p>{{事项<strong>名称</strong>}}</p>", "第 6 行：“{{”没有配成一个字段"),
    ("<p>{% for x in y %}</p>", "第 6 行：“{%”没有配成一个字段"),
    ("<p>甲{{救济途径}}乙</p>", "第 6 行：“救济途径”自成段落，只能放在一段的末尾。"),
    ("<ul><li>{{救济途径}}</li></ul>", "第 6 行：“救济途径”自成段落，只能放在一段的末尾。"),
    ("<p>甲", "第 6 行：<p> 没有结束。"),
    ("<p>甲</strong></p>", "第 6 行：</strong> 没有与之对应的 <strong>"),
    ("<p><strong>甲</p></strong>", "第 6 行：</p> 没有与之对应的 <p>"),
    ("<p><p>甲</p></p>", "第 6 行：<p> 不能放在 <p> 里。"),
    ("<p><table></table></p>", "第 6 行：<table> 不能放在 <p> 里。"),
    ("<table>甲<tr><td>乙</td></tr></table>", "第 6 行：<table> 里不能直接写文字。"),
    ("<tr><td>甲</td></tr>", "第 6 行：<tr> 不能单独使用。"),
    ("<li>甲</li>", "第 6 行：<li> 不能单独使用。"),
    ("<p>\U0003ffff</p>", "第 6 行：U+3FFFF 无法打印，请改用规范字。"),
]


@pytest.mark.parametrize(("fault", "sentence"), ONE_FAULT, ids=range(len(ONE_FAULT)))
def test_one_fault_is_named_with_its_line(fault: str, sentence: str) -> None:
    found = faults(f"{KEPT}\n\n{fault}")
    assert any(one.startswith(sentence) for one in found), found


@pytest.mark.parametrize("label", KINDS[KIND].keeps)
def test_what_the_law_demands_may_not_disappear(label: str) -> None:
    (fault,) = faults("\n".join(line for line in KEPT.split("\n") if label not in line))
    assert fault.startswith(f"必须保留字段“{label}”")


def test_an_empty_and_an_endless_wording_are_refused() -> None:
    assert "不能为空" in faults("  \n")[0]
    assert "最多" in faults("长" * 20_001)[0]


@pytest.mark.parametrize(
    "body",
    [
        "{{" + " " * 19_990,
        "{{ x" + " " * 19_990,
        "{{" + " x" * 9_990,
        "<p>" + "<strong><em>" * 300 + "x" + "</em></strong>" * 300 + "</p>",
        "<p>" + "<strong>" * 2_000,
    ],
    ids=["blanks", "blanks behind", "words", "deep", "deep and open"],
)
def test_absurd_words_are_refused_within_a_moment(body: str) -> None:
    """A wording is read while others wait; these took minutes, or fell through the floor."""
    began = time.process_time()
    assert check_wording("acceptance_notice", body)
    assert time.process_time() - began < 5


def test_text_is_text() -> None:
    """What looks like markup after escaping, or sits in a fact, is printed and never obeyed."""
    facts = {**SHORT[KIND], "unit_name": "<script>alert(1)</script>{{救济途径}}"}
    written = html(f"<p>&lt;img src=x&gt; {{{{单位名称}}}}</p>{KEPT}", facts)
    assert "<script>" not in written
    assert "<img" not in written
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{救济途径}}" in written


def test_lines_without_tags_are_paragraphs() -> None:
    assert html(f"第一段\n第<strong>二</strong>段\n\n{KEPT}").startswith(
        "<p>第一段</p>\n<p>第<strong>二</strong>段</p>"
    )


def test_what_a_paper_does_not_have_is_left_out_with_its_paragraph() -> None:
    body = f"<p>经办人：{{{{经办人}}}}。</p>\n<ul><li>{{{{经办人}}}}</li></ul>\n{KEPT}"
    assert "经办人" in html(body)
    without = html(body, {**SHORT[KIND], "handler": None})
    assert "经办人" not in without
    assert "<ul>" not in without


def test_rows_end_their_paragraph_and_follow_it() -> None:
    body = "<p>不予批准：{{不予批准的专业类别}}</p>"
    rows = [{"specialty": "工程测量", "reason": "人员<不足>"}]
    facts = {**SHORT["grant_decision"], "refused": rows}
    written = str(wording_html("grant_decision", body, facts))
    assert written == "<p>不予批准：</p>\n<p>（1）工程测量：人员&lt;不足&gt;</p>"
    assert str(wording_html("grant_decision", body, {**facts, "refused": []})) == ""


def test_same_wording_and_facts_give_the_same_bytes() -> None:
    body = starter_of(KIND)
    assert render(KIND, SHORT[KIND], body) == render(KIND, SHORT[KIND], body)
    assert render(KIND, SHORT[KIND], body) != render(KIND, SHORT[KIND], body + "<p>另注。</p>")


def test_a_wording_whose_field_is_gone_is_refused_and_not_printed_with_a_hole() -> None:
    with pytest.raises(FactsRejected):
        render(KIND, SHORT[KIND], "<p>{{旧字段}}</p>")


PIECES = [f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)]
PIECES += [
    "甲",
    "\n",
    "{{",
    "}}",
    "{{单位名称}}",
    "<",
    ">",
    "&lt;",
    "&",
    "<script>",
    "'",
    '"',
    "<!--",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_is_typed_is_refused_in_words_or_written_with_our_tags_only(body: str) -> None:
    if not faults(f"{KEPT}\n{body}"):
        written = html(f"{KEPT}\n{body}")
        opened = {
            part.partition(">")[0].strip("/").split(" ")[0] for part in written.split("<")[1:]
        }
        assert opened <= TAGS
