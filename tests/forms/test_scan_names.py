"""Which row and kind the name of a scan tells; a doubtful name tells nothing."""

import pytest

from forms.scan_names import match

PEOPLE = {
    1: {"name": "张伟", "id_number": "11010119900307123X"},
    2: {"name": "张伟", "id_number": "110101199103071234"},
    3: {"name": "张伟明", "id_number": "110101199203071235"},
    4: {"name": "李娜", "id_number": "110101199303071236"},
    5: {"name": "买买提·艾力", "id_number": "110101199403071237"},
}
INSTRUMENTS = {
    1: {"kind": "全站仪", "model": "TS09", "serial_number": "1338-201"},
    2: {"kind": "全站仪", "model": "TS09", "serial_number": "1338-2011"},
    3: {"kind": "水准仪", "model": "DNA03", "serial_number": "7"},
    4: {"kind": "水准仪", "model": "LS15", "serial_number": "AB99"},
    5: {"kind": "全站仪", "model": "LS15", "serial_number": "AB99"},
}
PROJECTS = {
    1: {"name": "示例市地形图测绘", "contract_number": "HT-2024-01"},
    2: {"name": "示例市地形图测绘二期", "contract_number": ""},
}


@pytest.mark.parametrize(
    ("filename", "row", "kind"),
    [
        ("李娜身份证.jpg", 4, "id_card"),
        ("李娜的身份证扫描件正面1.jpg", 4, "id_card"),
        ("李娜-职称证书.pdf", 4, "title_certificate"),
        ("职称评审结果_李娜.pdf", 4, "title_review"),
        ("4 李娜 社保缴纳证明（第2页）.pdf", 4, "social_insurance"),
        ("１１０１０１１９９００３０７１２３ｘ学历.png", 1, "education_certificate"),
        ("张伟 11010119900307123X 身份证.jpg", 1, "id_card"),
        ("张伟明退休证.jpg", 3, "retirement_proof"),
        ("买买提·艾力劳务合同.pdf", 5, "service_contract"),
        ("李娜劳动合同.pdf", 4, "labour_contract"),
        ("张伟身份证.jpg", None, "id_card"),
        ("张伟丽身份证.jpg", None, "id_card"),
        ("李娜 11010119900307123X 身份证.jpg", None, "id_card"),
        ("110101198001011234身份证.jpg", None, "id_card"),
        ("李娜身份证和学历.jpg", 4, ""),
        ("李娜.jpg", 4, ""),
        ("IMG_0001.jpg", None, ""),
    ],
)
def test_a_person_is_found_by_number_or_by_a_name_that_only_one_has(
    filename: str, row: int | None, kind: str
) -> None:
    found = match("person", filename, PEOPLE)

    assert (found.row, found.kind) == (row, kind)
    assert bool(found.reason) == (row is None or kind == "")


@pytest.mark.parametrize(
    ("filename", "row", "kind"),
    [
        ("1338-201照片.jpg", 1, "photo"),
        ("1338-2011发票.pdf", 2, "invoice"),
        ("水准仪DNA03检定证书.pdf", 3, "calibration"),
        ("水准仪AB99 照片.jpg", None, "photo"),
        ("全站仪 LS15 AB99 发票.jpg", 5, "invoice"),
        ("全站仪TS09发票.jpg", None, "invoice"),
        ("7发票.jpg", None, "invoice"),
    ],
)
def test_an_instrument_is_found_by_serial_number_or_by_kind_and_model(
    filename: str, row: int | None, kind: str
) -> None:
    found = match("equipment", filename, INSTRUMENTS)

    assert (found.row, found.kind) == (row, kind)


@pytest.mark.parametrize(
    ("filename", "row", "kind"),
    [
        ("HT-2024-01合同.pdf", 1, "contract"),
        ("示例市地形图测绘验收.pdf", 1, "acceptance"),
        ("示例市地形图测绘二期合同.pdf", 2, "contract"),
        ("别的项目合同.pdf", None, "contract"),
    ],
)
def test_a_project_is_found_by_its_contract_or_its_name(
    filename: str, row: int | None, kind: str
) -> None:
    found = match("project", filename, PROJECTS)

    assert (found.row, found.kind) == (row, kind)


def test_two_people_of_one_name_are_told_and_not_guessed() -> None:
    assert "对应 2 行" in match("person", "张伟身份证.jpg", PEOPLE).reason
