"""Comparing two versions of a diagram, thing by thing and attribute by attribute."""

from collections.abc import Mapping

from bpmn.comparison.matching import renamed_ids
from bpmn.comparison.pairs import Pair
from bpmn.comparison.values import Comparison
from bpmn.comparison.versions import Group, Version, pairs_of, read_version
from bpmn.comparison.words import Speech
from bpmn.diagram.labels import Labels

Files = Mapping[str, bytes]


def compare_versions(old: Files, new: Files, labels: Labels | None = None) -> Comparison:
    """What the new files mean otherwise than the old ones; both must be readable as XML.

    Files that are the same in both are not read.
    """
    same = {name for name in old if old[name] == new.get(name)}
    before, after = (read_version(files, same, labels or Labels()) for files in (old, new))
    pairs = _pairs(before, after)
    changes = tuple(change for pair in pairs for change in pair.changes())
    return Comparison(changes, sum(pair.moved() for pair in pairs))


def _pairs(before: Version, after: Version) -> list[Pair]:
    met = list(pairs_of(before, after))
    renamed: dict[str, str] = {}
    for old, new in met:
        if old and new:
            renamed |= {old[0].element: new[0].element, **renamed_ids(old, new)}
    return [
        Pair(_said(before, old, after), _said(after, new, before), old, new, renamed)
        for old, new in met
    ]


def _said(version: Version, group: Group, other: Version) -> Speech:
    speech = version.speech.in_file(group[0].holds["file"]) if group else version.speech
    return speech.helped_by(other.speech)
