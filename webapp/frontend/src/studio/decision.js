// A decision table's XML, changed in place: whatever this editor does not know stays as it was.
let made = 0;
const newId = (kind) => `${kind}_${Date.now().toString(36)}_${(made += 1)}`;

export class Decision {
  constructor(xml) {
    this.document = new DOMParser().parseFromString(xml, 'text/xml');
    this.root = this.document.documentElement;
    this.decision = this.#all(this.root, 'decision')[0];
    this.table = this.decision && this.#all(this.decision, 'decisionTable')[0];
  }

  get isReadable() {
    return Boolean(this.table);
  }

  get xml() {
    return new XMLSerializer().serializeToString(this.document);
  }

  get name() {
    return this.decision.getAttribute('name') ?? '';
  }

  set name(words) {
    this.decision.setAttribute('name', words);
  }

  get policy() {
    return this.table.getAttribute('hitPolicy') || 'UNIQUE';
  }

  set policy(policy) {
    this.table.setAttribute('hitPolicy', policy);
  }

  get inputs() {
    return this.#all(this.table, 'input').map((node) => ({
      node,
      label: node.getAttribute('label') ?? '',
      text: this.#text(this.#all(node, 'inputExpression')[0]),
      type: this.#all(node, 'inputExpression')[0]?.getAttribute('typeRef'),
    }));
  }

  get outputs() {
    return this.#all(this.table, 'output').map((node) => ({
      node,
      label: node.getAttribute('label') ?? '',
      text: node.getAttribute('name') ?? '',
      type: node.getAttribute('typeRef'),
    }));
  }

  get rules() {
    return this.#all(this.table, 'rule').map((node) => ({
      node,
      words: this.#all(node, 'description')[0]?.textContent ?? '',
      inputs: this.#all(node, 'inputEntry').map((cell) => ({ node: cell, text: this.#text(cell) })),
      outputs: this.#all(node, 'outputEntry').map((cell) => ({ node: cell, text: this.#text(cell) })),
    }));
  }

  describe(rule, words) {
    const found = this.#all(rule, 'description')[0] ?? rule.insertBefore(this.#element('description'), rule.firstChild);
    found.textContent = words;
  }

  setCell(cell, words) {
    const place = this.#all(cell, 'text')[0] ?? cell.appendChild(this.#element('text'));
    place.textContent = words;
  }

  setInput(node, { label, text }) {
    if (label !== undefined) node.setAttribute('label', label);
    if (text !== undefined) this.setCell(this.#all(node, 'inputExpression')[0], text);
  }

  setOutput(node, { label, text }) {
    if (label !== undefined) node.setAttribute('label', label);
    if (text !== undefined) node.setAttribute('name', text);
  }

  addRule() {
    const rule = this.#element('rule', { id: newId('rule') });
    this.inputs.forEach(() => rule.append(this.#cell('inputEntry', '')));
    this.outputs.forEach(() => rule.append(this.#cell('outputEntry', '""')));
    this.table.append(rule);
  }

  copyRule(rule) {
    const copy = rule.cloneNode(true);
    [copy, ...copy.querySelectorAll('[id]')].forEach((node) => node.setAttribute('id', newId('rule')));
    rule.after(copy);
  }

  moveRule(from, to) {
    moved(this.rules.map(({ node }) => node), from, to);
  }

  addColumn(kind) {
    const isInput = kind === 'input';
    const column = isInput
      ? this.#element('input', { id: newId('input'), label: '新条件' })
      : this.#element('output', { id: newId('output'), label: '新结果', name: 'result', typeRef: 'string' });
    if (isInput) column.append(this.#cell('inputExpression', 'level', { typeRef: 'string' }));
    this.#after(this.#all(this.table, kind), column, isInput ? this.table.firstChild : null);
    this.rules.forEach(({ node, inputs, outputs }) => {
      const cell = this.#cell(`${kind}Entry`, isInput ? '' : '""');
      this.#after((isInput ? inputs : outputs).map((one) => one.node), cell, isInput ? node.firstChild : null, node);
    });
  }

  removeColumn(kind, index) {
    this.#all(this.table, kind)[index].remove();
    this.rules.forEach(({ inputs, outputs }) => (kind === 'input' ? inputs : outputs)[index].node.remove());
  }

  moveColumn(kind, from, to) {
    const lists = [this.#all(this.table, kind), ...this.rules.map((rule) => (kind === 'input' ? rule.inputs : rule.outputs).map(({ node }) => node))];
    lists.forEach((nodes) => moved(nodes, from, to));
  }

  #after(others, node, otherwise, owner = this.table) {
    const last = others[others.length - 1];
    if (last) last.after(node);
    else owner.insertBefore(node, otherwise);
  }

  #cell(tag, words, attributes = {}) {
    const cell = this.#element(tag, { id: newId('cell'), ...attributes });
    this.setCell(cell, words);
    return cell;
  }

  #element(tag, attributes = {}) {
    const element = this.document.createElementNS(this.root.namespaceURI, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  }

  #all(parent, tag) {
    return [...parent.children].filter(({ localName }) => localName === tag);
  }

  #text(holder) {
    return holder ? (this.#all(holder, 'text')[0]?.textContent ?? '').trim() : '';
  }
}

function moved(nodes, from, to) {
  if (to > from) nodes[to].after(nodes[from]);
  else nodes[to].before(nodes[from]);
}
