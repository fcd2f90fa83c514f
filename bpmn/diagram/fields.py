"""The fields that a diagram draws: what its user tasks ask for beside the fields of their forms."""

from collections.abc import Mapping

from bpmn.diagram.words import FormField

PROPERTY = "field."
"""A property `field.<name>` describes one field; they stand in the order of the form."""
KINDS = frozenset({"text", "long_text", "number", "date", "yes_no", "choice"})


def read_fields(properties: Mapping[str, str]) -> tuple[FormField, ...]:
    """The well-formed ones; the others are for the check of names to tell of."""
    read = (read_field(name, text) for name, text in properties.items())
    return tuple(one for one in read if one is not None)


def read_field(name: str, text: str) -> FormField | None:
    """A field of `kind;label;required;option/option`; None where that is not what stands there."""
    kind, label, required, options = [*(part.strip() for part in text.split(";")), "", "", ""][:4]
    key = name.removeprefix(PROPERTY)
    if not name.startswith(PROPERTY) or not key.isidentifier() or text.count(";") > 3:
        return None
    chosen = tuple(part.strip() for part in options.split("/") if part.strip())
    is_whole = kind in KINDS and label and required in ("required", "optional", "")
    if not is_whole or bool(chosen) != (kind == "choice"):
        return None
    return FormField(key, kind, label, required == "required", chosen)
