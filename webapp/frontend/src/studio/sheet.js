// One diagram of the draft on its tab: a canvas that tells when its XML has changed.
import Modeler from 'bpmn-js/lib/Modeler';
import Simulation from 'bpmn-js-token-simulation';
import { inserting } from './drawing/inserting.js';
import { labelling } from './drawing/labelling.js';
import { placing } from './drawing/placing.js';
import { routing } from './drawing/routing.js';
import { touching } from './drawing/touching.js';
import { descriptor } from './extension.js';
import { h } from './dom.js';
import { offers } from './offers.js';
import { colourIn } from './simulation.js';
import { words } from './words.js';

const WRITE_MS = 100;
const PALETTE_WIDTH = 110;
const EDGE = 16;
const READABLE = 0.6;
const SMALLEST = 0.15;
const COLOURS = { defaultStrokeColor: '#33445a', defaultLabelColor: '#1a2433' };

export class Sheet {
  #timer = 0;

  constructor(name, { onXml, onSelect }) {
    this.name = name;
    Object.assign(this, { onXml, onSelect, isSimulating: false });
    this.element = h('div', { class: 'studio-canvas' });
    this.modeler = new Modeler({
      container: this.element,
      additionalModules: [words, offers, placing, inserting, routing, labelling, touching, Simulation],
      moddleExtensions: { spiffworkflow: descriptor },
      bpmnRenderer: COLOURS,
    });
    colourIn(this.element);
    this.watcher = new ResizeObserver(() => this.element.clientWidth && this.get('canvas').resized());
    this.watcher.observe(this.element);
    this.modeler.on('commandStack.changed', () => this.#changed());
    this.modeler.on(['selection.changed', 'elements.changed'], () => onSelect(this));
  }

  get(name) {
    return this.modeler.get(name);
  }

  async open(xml) {
    this.opened = xml;
    await this.modeler.importXML(xml);
    this.show();
  }

  // A whole diagram where it stays readable, else its beginning; never below the palette.
  show(least = READABLE) {
    const canvas = this.get('canvas');
    canvas.resized(); // or it remembers a size from before
    const { inner, outer } = canvas.viewbox();
    this.isPlaced = outer.width > 0; // not while another file was opened in front of it
    if (!this.isPlaced) return;
    const isEdited = this.element.querySelector('.djs-palette').offsetWidth > 0;
    const left = isEdited ? PALETTE_WIDTH : EDGE;
    const across = (outer.width - left - EDGE) / inner.width;
    const down = (outer.height - 2 * EDGE) / inner.height;
    const scale = Math.max(least, Math.min(1, across, down));
    const [width, height] = [outer.width / scale, outer.height / scale];
    const above = Math.max(EDGE / scale, (height - inner.height) / 2);
    canvas.viewbox({ x: inner.x - left / scale, y: inner.y - above, width, height });
  }

  fit() {
    this.show(SMALLEST);
  }

  zoom(factor) {
    const canvas = this.get('canvas');
    canvas.zoom(Math.min(3, Math.max(SMALLEST, canvas.zoom() * factor)));
  }

  find(id) {
    return this.get('elementRegistry').get(id);
  }

  get selected() {
    const chosen = this.get('selection').get();
    return chosen.length === 1 ? chosen[0] : null;
  }

  get root() {
    return this.get('canvas').getRootElement();
  }

  // Selects what an id names and brings it to the middle; false when it is not drawn here.
  reveal(id) {
    const element = this.find(id);
    if (!element || element === this.root) return false;
    this.get('selection').select(element);
    this.centre(element);
    return true;
  }

  centre(element) {
    const canvas = this.get('canvas');
    if (!canvas.viewbox().outer.width) return;
    canvas.setRootElement(canvas.findRoot(element));
    if (canvas.zoom() < READABLE) canvas.zoom(0.8);
    const box = element.waypoints ? middleOf(element.waypoints) : element;
    const view = canvas.viewbox();
    canvas.viewbox({
      x: box.x + (box.width ?? 0) / 2 - view.width / 2,
      y: box.y + (box.height ?? 0) / 2 - view.height / 2,
      width: view.width,
      height: view.height,
    });
  }

  get canUndo() {
    return this.get('commandStack').canUndo();
  }

  undo() {
    this.get('commandStack').undo();
  }

  redo() {
    this.get('commandStack').redo();
  }

  // While tokens run nothing can be drawn: the panel then only shows.
  simulate(active) {
    this.isSimulating = active;
    this.get('toggleMode').toggleMode(active);
    this.onSelect(this);
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(true), WRITE_MS);
  }

  async flush(isDue = Boolean(this.#timer)) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!isDue) return;
    // With every step undone the file is what it was, to the letter.
    const { xml } = this.canUndo ? await this.modeler.saveXML({ format: true }) : { xml: this.opened };
    this.onXml(this.name, xml);
  }

  // What was drawn must have been flushed: a destroyed canvas has no steps left.
  close() {
    clearTimeout(this.#timer);
    this.watcher.disconnect();
    this.modeler.destroy();
    this.element.remove();
  }
}

const middleOf = (points) => points[Math.floor(points.length / 2)];
