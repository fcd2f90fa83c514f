// A step in the middle of a flow: what lies behind makes room; where that is no use, the nearest free place.
import { nearestFree } from './placing.js';
import { boxesBeside, middleOf, overlap, segmentsOf } from './space.js';

const ROOM = 60;
const isLevel = ([from, to]) => Math.abs(from.y - to.y) < 1;
const lengthOf = ([from, to]) => Math.abs(from.x - to.x);
const middle = ([from, to]) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
const levelOf = (flow) => segmentsOf(flow.waypoints).filter(isLevel).sort((one, other) => lengthOf(other) - lengthOf(one))[0];

const aside = (x, start, missing) => (x > start ? x + missing : x);

// One end moves and the other does not, each with the point at which the flow touches it.
function isTorn({ source, target, waypoints }, start, moving) {
  const ends = [[source, waypoints[0]], [target, waypoints[waypoints.length - 1]]];
  const moves = ends.map(([end]) => moving.includes(end));
  return moves[0] !== moves[1] && ends.every(([, { x }], at) => moves[at] === x > start);
}

function wayOf(flow, start, missing) {
  const { label, waypoints } = flow;
  return {
    flow,
    points: waypoints.map(({ x, y }) => ({ x: aside(x, start, missing), y })),
    words: label && { x: label.x + aside(middleOf(label).x, start, missing) - middleOf(label).x, y: label.y },
  };
}

// One step of the command stack, so that it is undone as one.
class InsertHandler {
  constructor(modeling, spaceTool, elementRegistry, canvas) {
    Object.assign(this, { modeling, spaceTool, registry: elementRegistry, canvas });
  }

  preExecute(context) {
    const { flow, shape } = context;
    this.#makeRoom(flow, shape);
    const place = this.#onFlow(flow, shape) ?? nearestFree(this, middle([flow.source, flow.target].map(middleOf)), shape, flow.source, flow);
    context.made = this.modeling.createShape(shape, place, flow);
  }

  #makeRoom(flow, shape) {
    const level = levelOf(flow);
    const missing = level ? shape.width + 2 * ROOM - lengthOf(level) : 0;
    if (missing <= 0) return;
    const drawn = this.registry.filter((one) => one.parent && this.canvas.findRoot(one) === this.canvas.findRoot(flow));
    const start = middle(level).x;
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(drawn, 'x', missing, start);
    const ways = drawn.filter((one) => one.waypoints && isTorn(one, start, movingShapes)).map((one) => wayOf(one, start, missing));
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: missing, y: 0 }, 'e', start);
    ways.forEach((way) => this.#keep(way));
  }

  // bpmn-js lays a flow out anew when one of its ends has moved away; here it keeps its way, only longer.
  #keep({ flow, points, words }) {
    this.modeling.updateWaypoints(flow, points, { labelChange: false });
    if (words) this.modeling.moveShape(flow.label, { x: words.x - flow.label.x, y: words.y - flow.label.y });
  }

  #onFlow(flow, shape) {
    const level = levelOf(flow);
    if (!level) return null;
    const { x, y } = middle(level);
    const box = { x: x - shape.width / 2, y: y - shape.height / 2, width: shape.width, height: shape.height };
    const isTaken = [...boxesBeside(this.registry, this.canvas, [flow]), flow.source, flow.target].some((one) => one.labelTarget !== flow && overlap(one, box, ROOM / 4));
    return isTaken ? null : { x, y };
  }

  execute() {
    return [];
  }

  revert() {
    return [];
  }
}
InsertHandler.$inject = ['modeling', 'spaceTool', 'elementRegistry', 'canvas'];

function Inserting(commandStack) {
  commandStack.registerHandler('studio.insert', InsertHandler);
  this.insert = (flow, shape) => {
    const context = { flow, shape };
    commandStack.execute('studio.insert', context);
    return context.made;
  };
}
Inserting.$inject = ['commandStack'];

export const inserting = { __init__: ['studioInserting'], studioInserting: ['type', Inserting] };
