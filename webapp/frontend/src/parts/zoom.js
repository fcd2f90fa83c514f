// Buttons with words: 放大, 缩小, 看全图, 看当前环节 (the page brings the buttons, data-zoom says which).
const STEP = 1.25;
const EDGE = 20;

export function showFirst(viewer, marks) {
  const canvas = viewer.get('canvas');
  const scale = canvas.zoom('fit-viewport', 'auto');
  // A whole diagram too small to read helps nobody: begin where the case stands.
  if (scale < 0.55) showCurrent(viewer, marks);
}

export function addTools(figure, viewer, marks) {
  const canvas = viewer.get('canvas');
  const acts = {
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    current: () => showCurrent(viewer, marks),
  };
  figure.querySelectorAll('[data-zoom]').forEach((button) => {
    button.addEventListener('click', () => acts[button.dataset.zoom]?.());
  });
}

function showCurrent(viewer, marks) {
  const registry = viewer.get('elementRegistry');
  // Marks come in the order of the way that was gone; what was never reached stands behind it.
  const walked = marks.filter(({ state }) => state !== 'skipped');
  const last = walked[walked.length - 1];
  const mark = marks.find(({ state }) => state === 'current') ?? last;
  const element = mark && registry.get(mark.element);
  if (!element) return;
  const canvas = viewer.get('canvas');
  canvas.zoom(0.85);
  const view = canvas.viewbox();
  const x = within(element.x + element.width / 2, view.width, view.inner.x, view.inner.width);
  const y = within(element.y + element.height / 2, view.height, view.inner.y, view.inner.height);
  canvas.viewbox({ x, y, width: view.width, height: view.height });
}

// Where a view of that length begins that has the middle in its own, but shows no empty paper
// beyond the drawing.
function within(middle, length, start, whole) {
  const last = start + whole + EDGE - length;
  return Math.max(start - EDGE, Math.min(middle - length / 2, last));
}
