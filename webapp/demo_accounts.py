"""The demo's people and their password, as the login page lists them in demo mode."""

from dataclasses import dataclass
from gettext import gettext as _

DEMO_PASSWORD = "Demo-2026!"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    role: str


_OFFICES = (("city", _("市级机关")), ("province", _("省级机关")), ("ministry", _("部级机关")))
_ROLES = (
    ("window", _("受理窗口"), _("初步核查，受理或退回补齐材料")),
    ("reviewer", _("经办"), _("审查，处理异议")),
    ("checker", _("复核"), _("复核审查意见")),
    ("approver", _("签发"), _("作出决定")),
)
DEMO_ACCOUNTS = (
    DemoAccount("unit_new", _("新单位"), _("只有账号，先办理新单位注册")),
    DemoAccount("unit_ready", _("已注册单位"), _("已通过新单位注册，可申请乙级")),
    DemoAccount("unit_old", _("旧系统单位"), _("旧系统中有乙级资质，办理复审换证")),
    DemoAccount("unit_expiring", _("到期单位"), _("乙级证书临近到期，办理延续")),
    DemoAccount("unit_b", _("乙级单位"), _("持有乙级工程测量满两年，可申请甲级")),
    DemoAccount("unit_a", _("甲级单位"), _("持有甲级资质")),
    DemoAccount("unit_two", _("双证单位"), _("持有甲级和乙级资质，可办理基本信息变更")),
    DemoAccount("unit_nav", _("导航单位"), _("申请导航电子地图制作甲级")),
    *(
        DemoAccount(f"{level}_{role}", f"{organ}·{name}", does)
        for level, organ in _OFFICES
        for role, name, does in _ROLES
    ),
    DemoAccount("city_callback", _("市级机关·回访"), _("受理窗口的另一人，核实差评")),
    DemoAccount("expert_1", _("专家一"), _("外部专家")),
    DemoAccount("expert_2", _("专家二"), _("外部专家")),
    DemoAccount("admin", _("管理员"), _("机关、用户、流程图、标准、日历、旧系统数据")),
    DemoAccount("admin_2", _("管理员二"), _("管理员的另一人，同意部署流程图")),
    DemoAccount("auditor", _("审计员"), _("查看审计记录，不能修改")),
)
