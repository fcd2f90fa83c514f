// Where a new step goes: beside its source as bpmn-js would have it, or to the nearest place that is free.
import { getNewShapePosition } from 'bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil';
import { boxOf, boxesBeside, isInside, linesBeside, middleOf, overlap } from './space.js';

const STEP = 30;
const FAR = 40;
const OUTSIDE = 10_000;

// `flow`: the one that is going to run through the new shape, and so may be covered by it.
export function nearestFree({ registry, canvas }, wanted, shape, near, flow = near) {
  const taken = [...boxesBeside(registry, canvas, [near]), near, ...linesBeside(registry, canvas, flow).map(boxOf)];
  const lane = registry.find((one) => one.type === 'bpmn:Lane' && !one.children.some(({ type }) => type === 'bpmn:Lane') && isInside(one, middleOf(near)));
  const box = ({ x, y }) => ({ x: x - shape.width / 2, y: y - shape.height / 2, width: shape.width, height: shape.height });
  const cost = ({ x, y }) => Math.abs(x - wanted.x) + Math.abs(y - wanted.y) + (lane && !isInside(lane, { x: lane.x, y }) ? OUTSIDE : 0);
  const isFree = (place) => !taken.some((one) => overlap(box(place), one));
  return candidates(wanted).sort((one, other) => cost(one) - cost(other)).find(isFree) ?? wanted;
}

function candidates({ x, y }) {
  const places = [];
  for (let across = 0; across <= FAR; across += 1) {
    for (let down = -FAR / 2; down <= FAR / 2; down += 1) places.push({ x: x + across * STEP, y: y + down * STEP });
  }
  return places;
}

// Before grid snapping, which bpmn-js answers with at 2000.
const FIRST = 3000;

function Placing(eventBus, elementRegistry, canvas) {
  eventBus.on('autoPlace', FIRST, ({ source, shape }) => {
    const wanted = getNewShapePosition(source, shape, elementRegistry);
    return wanted && nearestFree({ registry: elementRegistry, canvas }, wanted, shape, source);
  });
}
Placing.$inject = ['eventBus', 'elementRegistry', 'canvas'];

export const placing = { __init__: ['studioPlacing'], studioPlacing: ['type', Placing] };
