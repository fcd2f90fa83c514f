// How a flow runs: as bpmn-js lays it out, unless that leads through a shape; then around it.
import BpmnLayouter from 'bpmn-js/lib/features/modeling/BpmnLayouter';
import { boxOf, boxesBeside, isInside, linesBeside, middleOf, overlap, segmentsOf } from './space.js';

const GAP = 20;
const REACH = 40;
const CLEAR = 10;
const BESIDE = 8;
const OUTSIDE = 10_000;
const COVERED = 100_000;

class Layouter extends BpmnLayouter {
  constructor(elementRegistry, canvas) {
    super(elementRegistry);
    Object.assign(this, { registry: elementRegistry, canvas });
  }

  layoutConnection(connection, hints = {}) {
    const drawn = super.layoutConnection(connection, hints);
    const [source, target] = [hints.source ?? connection.source, hints.target ?? connection.target];
    if (connection.type !== 'bpmn:SequenceFlow' || !source?.parent || !target?.parent || source === target) return drawn;
    const boxes = boxesBeside(this.registry, this.canvas, [source, target]).filter(({ labelTarget }) => !labelTarget);
    if (isClear(drawn, boxes)) return drawn;
    const lines = linesBeside(this.registry, this.canvas, connection.parent ? connection : source).map(boxOf);
    return around(source, target, boxes, lines) ?? drawn;
  }
}
Layouter.$inject = ['elementRegistry', 'canvas'];

const isClear = (points, boxes) => !segmentsOf(points).some((one) => boxes.some((box) => overlap(boxOf(one), box, CLEAR)));

// The shortest way over two corners, left or right, above or below; on or close beside another line only if it must be.
function around(source, target, boxes, lines) {
  const frame = source.parent.width ? source.parent : null;
  const cost = (points) => length(points)
    + (frame && !points.every((point) => isInside(frame, point)) ? OUTSIDE : 0)
    + (isCovering(points, lines) ? COVERED : 0);
  return ways(source, target)
    .filter((points) => isClear(points, boxes))
    .sort((one, other) => cost(one) - cost(other))[0];
}

function ways(source, target) {
  const [from, to] = [middleOf(source), middleOf(target)];
  const sides = [source, target];
  const [left, top] = [Math.min(...sides.map(({ x }) => x)), Math.min(...sides.map(({ y }) => y))];
  const right = Math.max(...sides.map(({ x, width }) => x + width));
  const bottom = Math.max(...sides.map(({ y, height }) => y + height));
  const over = (y) => [from, { x: from.x, y }, { x: to.x, y }, to];
  const beside = (x) => [from, { x, y: from.y }, { x, y: to.y }, to];
  return Array.from({ length: REACH }, (_one, at) => (at + 1) * GAP).flatMap((far) => [
    over(bottom + far), over(top - far), beside(right + far), beside(left - far),
  ]);
}

const length = (points) => segmentsOf(points).reduce((sum, [a, b]) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);

// Lines may cross; on or close beside one another nobody can tell them apart.
function isCovering(points, lines) {
  return segmentsOf(points).map(boxOf).some((one) => lines.some((other) => (
    overlap(one, other, BESIDE) && (one.width < 1) === (other.width < 1) && (one.height < 1) === (other.height < 1)
  )));
}

export const routing = { layouter: ['type', Layouter] };
