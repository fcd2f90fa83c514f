// What is drawn without a mouse: the next step, a step on a flow, an event on a step's edge, a flow.

const EVENT = 36;
const APART = 44;

export class Acts {
  constructor(sheet) {
    const get = (name) => sheet.get(name);
    Object.assign(this, {
      get,
      modeling: get('modeling'),
      registry: get('elementRegistry'),
      select: (element) => { get('selection').select(element); get('canvas').scrollToElement(element, 60); },
    });
  }

  append(source, attributes) {
    const made = this.get('autoPlace').append(source, this.#shape(attributes));
    this.select(made);
  }

  insert(flow, attributes) {
    this.select(this.get('studioInserting').insert(flow, this.#shape(attributes)));
  }

  attach(host, attributes) {
    const taken = host.attachers?.length ?? 0;
    const place = { x: host.x + host.width - EVENT / 2 - (taken * APART) % host.width, y: host.y + host.height };
    this.select(this.modeling.createShape(this.#shape({ ...attributes, type: 'bpmn:BoundaryEvent' }), place, host, { attach: true }));
  }

  connect(source, target) {
    this.modeling.connect(source, target);
  }

  // What a flow may lead to from here, in reading order.
  targetsOf(source) {
    const rules = this.get('rules');
    const known = new Set(source.outgoing.map(({ target }) => target));
    return this.registry.filter((target) => (
      !target.waypoints && !target.labelTarget && target !== source && !known.has(target)
      && target.parent === source.parent && rules.allowed('connection.create', { source, target })?.type === 'bpmn:SequenceFlow'
    ));
  }

  remove(element) {
    this.get('selection').select(element);
    this.get('editorActions').trigger('removeSelection');
  }

  #shape(attributes) {
    return this.get('elementFactory').createShape({ ...attributes });
  }
}
