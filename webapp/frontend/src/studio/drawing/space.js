// What lies where on a canvas: boxes and lines that something new must not cover.
const MARGIN = 15;

export const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
const lineage = (element) => (element ? [element, ...lineage(element.parent)] : []);
const isContainer = ({ type }) => ['bpmn:Lane', 'bpmn:Participant'].includes(type);
const drawnWith = (registry, canvas, element) => {
  const root = canvas.findRoot(element);
  return registry.filter((one) => one !== root && canvas.findRoot(one) === root);
};

// Boxes of what is drawn beside the given elements: neither they themselves nor what they lie in.
export function boxesBeside(registry, canvas, elements) {
  const spared = new Set(elements.flatMap(lineage));
  return drawnWith(registry, canvas, elements[0]).filter((one) => (
    !one.waypoints && !one.hidden && !isContainer(one) && !spared.has(one)
  ));
}

export const linesBeside = (registry, canvas, element) => (
  drawnWith(registry, canvas, element).filter((one) => one.waypoints && one !== element).flatMap(({ waypoints }) => segmentsOf(waypoints))
);

export const segmentsOf = (points) => points.slice(1).map((to, at) => [points[at], to]);

export const isInside = (box, { x, y }) => (
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
);

export const overlap = (one, other, margin = MARGIN) => (
  one.x < other.x + other.width + margin && other.x < one.x + one.width + margin
  && one.y < other.y + other.height + margin && other.y < one.y + one.height + margin
);

// Of a slanting line the box around it counts: such lines are rare, and a little too much room does no harm.
export function boxOf([from, to]) {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}
