// One finger moves the canvas: bpmn-js itself knows the mouse only.
function Touching(eventBus, canvas) {
  let last = null;
  const start = ({ pointerType, isPrimary, clientX: x, clientY: y }) => {
    if (isPrimary) last = pointerType === 'touch' ? { x, y } : null;
  };
  const move = ({ isPrimary, clientX: x, clientY: y }) => {
    if (!last || !isPrimary) return;
    canvas.scroll({ dx: x - last.x, dy: y - last.y });
    last = { x, y };
  };
  const end = () => { last = null; };
  eventBus.on('canvas.init', ({ svg }) => Object.entries({ pointerdown: start, pointermove: move, pointerup: end, pointercancel: end })
    .forEach(([name, act]) => svg.addEventListener(name, act)));
}
Touching.$inject = ['eventBus', 'canvas'];

export const touching = { __init__: ['studioTouching'], studioTouching: ['type', Touching] };
