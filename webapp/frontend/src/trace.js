// Makes the server's picture of a diagram live: zoom, drag, states by shape and word.
// A figure that cannot be brought to life keeps the picture it came with.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { badge } from './parts/badge.js';
import { addTools, showFirst } from './parts/zoom.js';

document.querySelectorAll('figure.trace-diagram').forEach((figure) => {
  enliven(figure).catch((problem) => {
    figure.classList.remove('is-live');
    console.error('trace', problem);
  });
});

async function enliven(figure) {
  const trace = await readTrace(figure);
  if (!trace) return;
  const container = figure.querySelector('.trace-canvas');
  container.style.height = `${heightFor(figure)}px`;
  figure.classList.add('is-live');
  const viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
  await viewer.importXML(trace.xml);
  trace.marks.forEach((mark) => paint(viewer, mark));
  (trace.flows ?? []).forEach((id) => addMarker(viewer, id, 'done'));
  addTools(figure, viewer, trace.marks);
  showFirst(viewer, trace.marks);
}

// As high as the picture it replaces needs, and never higher than most of the window.
function heightFor(figure) {
  const picture = figure.querySelector('.trace-static svg');
  const most = 0.7 * window.innerHeight;
  if (!picture) return most;
  const { width, height } = picture.viewBox.baseVal;
  return Math.max(180, Math.min(most, 48 + height * Math.min(1, figure.clientWidth / width)));
}

async function readTrace(figure) {
  const { trace, traceUrl } = figure.dataset;
  if (trace) return JSON.parse(document.getElementById(trace).textContent);
  if (!traceUrl) return null;
  const answer = await fetch(traceUrl, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${traceUrl}: ${answer.status}`);
  return answer.json();
}

function addMarker(viewer, id, state) {
  const element = viewer.get('elementRegistry').get(id);
  if (element) viewer.get('canvas').addMarker(element, `is-${state}`);
  return element;
}

function paint(viewer, mark) {
  const element = addMarker(viewer, mark.element, mark.state);
  if (!element || !mark.label) return;
  // The names of events and gateways stand below them: their badge goes above.
  const small = element.width < 80;
  const position = small ? { top: -22, left: -4 } : { bottom: -3, left: 0 };
  viewer.get('overlays').add(element, { position, html: badge(mark), scale: { min: 0.55, max: 1.1 } });
}
