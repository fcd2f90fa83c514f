"""What the office calls the names that diagrams use, in problems, comparisons and tables."""

from collections.abc import Mapping
from gettext import gettext as _

from bpmn.casework.clock_words import CLOCKS
from bpmn.casework.parameter_words import parameter_words
from bpmn.casework.role_words import ROLES
from bpmn.diagram.labels import Labels
from bpmn.matter import CERTIFICATES
from bpmn.operations import DESCRIPTIONS
from forms import FORMS
from forms.drawn import PREFIX as DRAWN

MESSAGES: Mapping[str, str] = {"stop": _("撤回或终止"), "objection": _("提出异议")}
LABELS = Labels(
    roles=ROLES,
    forms={key: form.title for key, form in FORMS.items() if form.title},
    clocks=CLOCKS,
    operations={key: one.label for key, one in DESCRIPTIONS.items()},
    parameters={
        (key, part.name): parameter_words(key, part.name)
        for key, one in DESCRIPTIONS.items()
        for part in one.parameters
    },
    messages=MESSAGES,
    variables={
        "case_id": _("办件"),
        "matter": _("事项"),
        "certificate_type": _("证书类型"),
        "province": _("省级代码"),
        "city": _("市级代码"),
    },
    values={"certificate_type": CERTIFICATES},
    field_prefix=DRAWN,
)
