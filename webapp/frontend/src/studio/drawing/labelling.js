// Words beside flows, gateways and events: what is drawn over them sends them to the nearest free place.
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { boxOf, boxesBeside, linesBeside, middleOf, overlap, segmentsOf } from './space.js';

const FIRST = 5000;
const LAST = 100;
const GAP = 4;
const CLEAR = 2;
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8];

export const labelsOf = (registry) => registry.filter((one) => one.labelTarget && one.parent && !one.hidden);

// Whether a label would be covered there, by a line, a shape or other words; its own shape counts too.
export function isCovered(registry, canvas, label, box = label) {
  const boxes = boxesBeside(registry, canvas, [label]);
  const lines = linesBeside(registry, canvas, label).map(boxOf);
  return [...boxes, ...lines].some((one) => overlap(box, one, CLEAR));
}

class Labelling extends CommandInterceptor {
  #depth = 0;
  #covered = new Set();
  #isMoving = false;

  constructor(eventBus, modeling, elementRegistry, canvas) {
    super(eventBus);
    Object.assign(this, { modeling, registry: elementRegistry, canvas });
    this.preExecute(FIRST, () => this.#begin());
    this.postExecuted(LAST, ({ context }) => this.#end(context));
    eventBus.on('commandStack.changed', () => { this.#depth = 0; }); // even after a step that broke off
  }

  // What somebody lets lie over one another stays so.
  #begin() {
    if (!this.#depth) this.#covered = new Set(this.#isMoving ? [] : this.#all());
    this.#depth += 1;
  }

  #end({ shapes = [] }) {
    this.#depth -= 1;
    if (this.#depth || this.#isMoving) return;
    this.#isMoving = true;
    this.#all().filter((label) => !this.#covered.has(label) && !shapes.includes(label)).forEach((label) => this.#free(label));
    this.#isMoving = false;
  }

  #all() {
    return labelsOf(this.registry).filter((label) => isCovered(this.registry, this.canvas, label));
  }

  #free(label) {
    const from = middleOf(label);
    const cost = (place) => Math.abs(place.x - from.x) + Math.abs(place.y - from.y);
    const box = ({ x, y }) => ({ x: x - label.width / 2, y: y - label.height / 2, width: label.width, height: label.height });
    const place = places(label)
      .sort((one, other) => cost(one) - cost(other))
      .find((one) => !isCovered(this.registry, this.canvas, label, box(one)));
    if (place) this.modeling.moveShape(label, { x: place.x - from.x, y: place.y - from.y });
  }
}
Labelling.$inject = ['eventBus', 'modeling', 'elementRegistry', 'canvas'];

const places = (label) => (label.labelTarget.waypoints ? besideFlow(label) : besideShape(label));

// Above or below a level stretch of the flow, beside an upright one.
function besideFlow({ labelTarget, width, height }) {
  return segmentsOf(labelTarget.waypoints).flatMap(([from, to]) => ALONG.flatMap((share) => {
    const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
    const isLevel = Math.abs(to.x - from.x) > Math.abs(to.y - from.y);
    const [across, down] = isLevel ? [0, height / 2 + GAP] : [width / 2 + GAP, 0];
    return [{ x: x - across, y: y - down }, { x: x + across, y: y + down }];
  }));
}

// Below or above the middle, then at the four corners, where no flow leaves.
function besideShape({ labelTarget, width, height }) {
  const { x, y } = middleOf(labelTarget);
  const [across, down] = [width / 2 + GAP, labelTarget.height / 2 + height / 2 + GAP];
  return [0, -across, across].flatMap((aside) => [{ x: x + aside, y: y + down }, { x: x + aside, y: y - down }]);
}

export const labelling = { __init__: ['studioLabelling'], studioLabelling: ['type', Labelling] };
