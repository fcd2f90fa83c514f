// The small word under a step of the diagram, with the same shape as the chips of the page.
const SHAPES = {
  done: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10L3.8 7.800l1.2-1.200L7 8.600l4-4 1.2 1.200Z',
  current: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM6 4.5 11.5 8 6 11.500Z',
  returned: 'M6 2v3h4a4 4 0 0 1 0 8H4v-2h6a2 2 0 0 0 0-4H6v3L1.5 6Z',
  skipped: 'M2 7h12v2H2Z',
};

export function badge({ state, label, href }) {
  const element = document.createElement(href ? 'a' : 'span');
  element.className = `trace-badge is-${state}`;
  if (href) element.href = href;
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[state] ?? SHAPES.skipped);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  icon.append(path);
  element.append(icon, label);
  return element;
}
