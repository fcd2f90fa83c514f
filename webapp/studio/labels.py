"""What the office calls the names that diagrams use, for comparisons and tables on a page."""

from bpmn.casework.clock_words import CLOCKS
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.comparison import Labels
from bpmn.operations import DESCRIPTIONS
from forms import FORMS
from forms.drawn import PREFIX as DRAWN
from webapp.roles import ROLE_NAMES
from webapp.studio.parameters import parameter_words

LABELS = Labels(
    roles=ROLE_NAMES,
    forms={key: form.title for key, form in FORMS.items() if form.title},
    clocks=CLOCKS,
    operations={key: one.label for key, one in DESCRIPTIONS.items()},
    parameters={
        (key, part.name): parameter_words(key, part.name)
        for key, one in DESCRIPTIONS.items()
        for part in one.parameters
    },
    values=VOCABULARY.values,
    field_prefix=DRAWN,
)
