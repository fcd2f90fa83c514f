"""The small signs inside tasks and events, each drawn around the origin."""

from collections.abc import Mapping

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"'

TASK_ICONS: Mapping[str, str] = {
    "userTask": f'<circle cx="0" cy="-3" r="3" {_LINE}/>'
    f'<path d="M-6 7C-6 2.5 -3.5 1 0 1S6 2.5 6 7Z" {_LINE}/>',
    "manualTask": f'<path d="M-6 2L-1 -4L1 -2L-1 0H6V3H-1V5H-4Z" {_LINE}/>',
    "serviceTask": f'<circle r="4.6" {_LINE}/><circle r="1.8" {_LINE}/>'
    '<path d="M0 -7V-4.6M0 7V4.6M-7 0H-4.6M7 0H4.6M-5 -5L-3.3 -3.3M5 5L3.3 3.3'
    f'M-5 5L-3.3 3.3M5 -5L3.3 -3.3" {_LINE}/>',
    "businessRuleTask": '<rect x="-7" y="-5" width="14" height="3.5" fill="currentColor"/>'
    f'<path d="M-7 -5H7V5H-7ZM-7 1.8H7M-2.5 -1.5V5" {_LINE}/>',
}

EVENT_ICONS: Mapping[str, str] = {
    "timer": f'<circle r="8.5" {_LINE}/><path d="M0 -5.5V0L3.5 2.5M0 -8.5V-7M0 8.5V7'
    f'M-8.5 0H-7M8.5 0H7" {_LINE}/>',
    "message": f'<path d="M-7.5 -5H7.5V5H-7.5ZM-7.5 -5L0 1L7.5 -5" {_LINE}/>',
    "signal": f'<path d="M0 -7L7 5H-7Z" {_LINE}/>',
    "error": f'<path d="M-6 6L-2 -5L2 2L6 -6L2 7L-2 0Z" {_LINE}/>',
    "terminate": '<circle r="9" fill="currentColor"/>',
}

GATEWAY_ICONS: Mapping[str, str] = {
    "exclusiveGateway": '<path d="M-6 -6L6 6M6 -6L-6 6" stroke="currentColor" stroke-width="2.6"/>',
    "parallelGateway": '<path d="M0 -9V9M-9 0H9" stroke="currentColor" stroke-width="2.6"/>',
    "inclusiveGateway": '<circle r="8" fill="none" stroke="currentColor" stroke-width="2.4"/>',
}

PLUS = f'<rect x="-7" y="-7" width="14" height="14" {_LINE}/><path d="M-4 0H4M0 -4V4" {_LINE}/>'


def icon(drawing: str, x: float, y: float, colour: str) -> str:
    return f'<g transform="translate({x:g} {y:g})" color="{colour}">{drawing}</g>'
