"""What differs between two versions of a diagram, in meaning and not in XML.

Nodes, flows, conditions, timers, people, forms, limits and the cells of decision tables; what is
only drawn elsewhere is counted. It needs no engine.
"""

from bpmn.comparison.comparing import compare_versions
from bpmn.comparison.values import Change, Comparison
from bpmn.comparison.versions import speech_of
from bpmn.comparison.words import Speech
from bpmn.diagram.labels import Labels

__all__ = ["Change", "Comparison", "Labels", "Speech", "compare_versions", "speech_of"]
