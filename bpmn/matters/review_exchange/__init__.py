"""复审换证: a unit of the old regime exchanges its qualification for a new certificate.

All is entered again by the new standard; the way it goes is in diagram.bpmn.
"""

from gettext import gettext as _

from bpmn.casework.conditions import (
    equipment_meets_standard,
    names_are_free,
    staff_meets_standard,
)
from bpmn.casework.former import class_a_first, former_level_fits, of_old_regime
from bpmn.casework.prerequisites import lacks_certificate
from bpmn.casework.revocations import not_barred
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

MATTER = Matter(
    key="review_exchange",
    name=_("复审换证"),
    order=30,
    audience="unit",
    pages=(
        "application",
        "profile",
        "unit_basics",
        "leaders",
        "staff",
        "equipment",
        "projects",
        "security",
        "quality",
        "archives",
    ),
    starts_empty=True,
    offers_former_staff=True,
    prerequisites=(not_barred, of_old_regime, lacks_certificate, former_level_fits, class_a_first),
    checks=(names_are_free, staff_meets_standard, equipment_meets_standard),
    kinds=every_kind(
        _("原甲级资质含导航电子地图制作的单位换领，由自然资源部审批。"),
        _("原甲级单位换领，由省级自然资源主管部门审批；不符合甲级标准的可以改办乙级。"),
        _("原乙、丙、丁级单位换领，由设区的市级自然资源主管部门审批。"),
    ),
    guide=Guide(
        basis=(
            _("《中华人民共和国测绘法》"),
            _("《中华人民共和国行政许可法》"),
            _("《测绘资质管理办法》《测绘资质分类分级标准》（自然资办发〔2021〕43号）"),
            _("自然资办发〔2021〕46号（复审换证安排）"),
        ),
        conditions=(
            _("2021年7月1日前取得测绘资质"),
            _("有法人资格"),
            _("有与从事的测绘活动相适应的测绘专业技术人员和测绘相关专业技术人员"),
            _("有与从事的测绘活动相适应的技术装备和设施"),
            _(
                "有健全的技术和质量保证体系、安全保障措施、信息安全保密管理制度以及成果和资料档案管理制度"
            ),
        ),
        materials=(
            Material(
                _("测绘资质申请书"),
                _("选择等级和专业类别，可以增减专业，法定代表人签字。"),
                "application",
            ),
            Material(_("单位简介"), _("单位沿革、机构设置和主要业务。"), "profile"),
            Material(_("单位基本信息"), _("统一社会信用代码、住所、注册资金等。"), "unit_basics"),
            Material(_("法定代表人及分管负责人信息"), _("身份证件、任职文件。"), "leaders"),
            Material(
                _("专业技术人员材料"), _("身份证、社保缴纳证明、职称证书或者学历证书。"), "staff"
            ),
            Material(_("技术装备材料"), _("所有权证明、照片、出厂编号。"), "equipment"),
            Material(
                _("测绘业绩材料"), _("晋升甲级的，近两年相应专业的项目合同和验收材料。"), "projects"
            ),
            Material(_("安全保障和保密管理制度"), _("机构文件、人员和制度文本。"), "security"),
            Material(_("技术和质量保证体系"), _("机构文件、人员和制度文本。"), "quality"),
            Material(_("成果和资料档案管理制度"), _("制度文本和保管条件说明。"), "archives"),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审查"), _("审批机关经办、复核"), _("计入决定时限")),
            GuideStep(_("公示"), _("审批机关"), _("五个工作日（各省可以另定）")),
            GuideStep(_("决定"), _("审批机关负责人"), _("自受理之日起十五个工作日")),
            GuideStep(_("发证"), _("审批机关"), _("自决定之日起十个工作日")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("测绘资质证书（正本、副本，有效期五年）"),
    ),
)
