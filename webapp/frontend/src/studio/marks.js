// Problems as they show on a canvas: a red edge, and a small sign that leads to the list.
import { button } from './dom.js';

const OVERLAY = 'studio-problem';

export function markProblems(sheet, problems, choose) {
  const canvas = sheet.get('canvas');
  const overlays = sheet.get('overlays');
  overlays.remove({ type: OVERLAY });
  sheet.get('elementRegistry').forEach((element) => {
    canvas.removeMarker(element, 'has-problem');
    canvas.removeMarker(element, 'is-undecided');
  });
  groups(sheet, problems).forEach(([element, found]) => {
    canvas.addMarker(element, found.every(({ undecided }) => undecided) ? 'is-undecided' : 'has-problem');
    overlays.add(element, OVERLAY, { position: place(element), html: sign(found, choose), scale: { min: 0.8, max: 1.2 } });
  });
}

function groups(sheet, problems) {
  const found = new Map();
  problems.forEach((problem) => {
    const element = sheet.find(problem.element);
    if (element && element !== sheet.root) found.set(element, [...(found.get(element) ?? []), problem]);
  });
  return [...found];
}

// Overlays of a connection are placed from the corner of the box around it.
function place({ waypoints }) {
  if (!waypoints) return { top: -10, right: 10 };
  const corner = { x: Math.min(...waypoints.map(({ x }) => x)), y: Math.min(...waypoints.map(({ y }) => y)) };
  const [from, to] = waypoints;
  return { left: (from.x + to.x) / 2 - corner.x - 11, top: (from.y + to.y) / 2 - corner.y - 11 };
}

function sign(problems, choose) {
  const words = problems.map(({ message }) => message).join('；');
  return button(String(problems.length), () => choose(problems[0]), 'studio-sign', {
    title: words,
    'aria-label': `${problems.length} 个问题：${words}`,
  });
}
