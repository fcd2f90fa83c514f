// Our own extension in a diagram: reading and writing what bpmn/diagram/reading.py reads.
export const descriptor = {
  name: 'SpiffWorkflow',
  uri: 'http://spiffworkflow.org/bpmn/schema/1.0/core',
  prefix: 'spiffworkflow',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Properties', superClass: ['Element'], properties: [{ name: 'properties', type: 'Property', isMany: true }] },
    { name: 'Property', superClass: ['Element'], properties: attributes('name', 'value') },
    {
      name: 'ServiceTaskOperator',
      superClass: ['Element'],
      properties: [...attributes('id', 'resultVariable'), { name: 'parameterList', type: 'Parameters' }],
    },
    { name: 'Parameters', superClass: ['Element'], properties: [{ name: 'parameters', type: 'Parameter', isMany: true }] },
    { name: 'Parameter', superClass: ['Element'], properties: attributes('id', 'type', 'value') },
    { name: 'CalledDecisionId', superClass: ['Element'], properties: [body()] },
    { name: 'MessageVariable', superClass: ['Element'], properties: [body()] },
    { name: 'InstructionsForEndUser', superClass: ['Element'], properties: [body()] },
  ],
};

function attributes(...names) {
  return names.map((name) => ({ name, isAttr: true, type: 'String' }));
}

function body() {
  return { name: 'value', isBody: true, type: 'String' };
}

const valuesOf = (owner) => owner.extensionElements?.get('values') ?? [];
const first = (owner, type) => valuesOf(owner).find(({ $type }) => $type === `spiffworkflow:${type}`);

export function propertiesOf(owner) {
  const list = first(owner, 'Properties')?.get('properties') ?? [];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

export const textOf = (owner, type) => (first(owner, type)?.value ?? '').trim();

export function operationOf(owner) {
  const operator = first(owner, 'ServiceTaskOperator');
  const list = operator?.parameterList?.get('parameters') ?? [];
  return { id: operator?.id ?? '', parameters: Object.fromEntries(list.map(({ id, value }) => [id, value])) };
}

// Writers: each is one step that can be undone. `owner` is the element's own or its event's object.
export class Extension {
  constructor(modeler) {
    this.modeling = modeler.get('modeling');
    this.moddle = modeler.get('moddle');
    this.factory = modeler.get('bpmnFactory');
  }

  // Empty and undefined take a property away; the order of the others stays.
  setProperties(element, owner, changes) {
    const merged = Object.entries({ ...propertiesOf(owner), ...changes });
    this.replaceProperties(element, owner, merged.filter(([, value]) => value !== '' && value !== undefined));
  }

  replaceProperties(element, owner, pairs) {
    const properties = pairs.map(([name, value]) => this.#create('Property', { name, value }));
    const list = properties.length ? this.#nest('Properties', 'properties', properties) : null;
    this.#replace(element, owner, 'Properties', list);
  }

  setText(element, owner, type, value) {
    this.#replace(element, owner, type, value ? this.#create(type, { value }) : null);
  }

  setOperation(element, owner, id, parameters) {
    const list = parameters.map((one) => this.#create('Parameter', one));
    const parameterList = this.#nest('Parameters', 'parameters', list);
    const operator = this.#create('ServiceTaskOperator', { id, parameterList });
    parameterList.$parent = operator;
    this.#replace(element, owner, 'ServiceTaskOperator', id ? operator : null);
  }

  #replace(element, owner, type, made) {
    const others = valuesOf(owner).filter(({ $type }) => $type !== `spiffworkflow:${type}`);
    const values = made ? [...others, made] : others;
    const extensionElements = values.length ? this.factory.create('bpmn:ExtensionElements', { values }) : undefined;
    if (extensionElements) extensionElements.$parent = owner;
    values.forEach((value) => { value.$parent = extensionElements; });
    this.modeling.updateModdleProperties(element, owner, { extensionElements });
  }

  #nest(type, name, children) {
    const owner = this.#create(type, { [name]: children });
    children.forEach((child) => { child.$parent = owner; });
    return owner;
  }

  #create(type, values) {
    return this.moddle.create(`spiffworkflow:${type}`, values);
  }
}
