// A step in the middle of a flow: what lies behind makes room; where that is no use, the nearest free place.
import { nearestFree } from './placing.js';
import { boxesBeside, middleOf, overlap, segmentsOf } from './space.js';

const ROOM = 60;
const isLevel = ([from, to]) => Math.abs(from.y - to.y) < 1;
const lengthOf = ([from, to]) => Math.abs(from.x - to.x);
const middle = ([from, to]) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
const levelOf = (flow) => segmentsOf(flow.waypoints).filter(isLevel).sort((one, other) => lengthOf(other) - lengthOf(one))[0];

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
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: missing, y: 0 }, 'e', start);
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
