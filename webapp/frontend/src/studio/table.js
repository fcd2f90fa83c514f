// One decision table of the draft on its tab, in the words of the office; FIRST and UNIQUE only.
import { expressionOf, shown } from './cells.js';
import { Decision } from './decision.js';
import { button, h } from './dom.js';
import { name as variableName } from './panel/literals.js';

const POLICIES = [['FIRST', '取第一条符合的规则'], ['UNIQUE', '只能有一条规则符合']];
export const HINTS = [
  '从上到下看每条规则：条件都符合的，得出右边的结果。',
  '条件空白表示任何值。文字直接填写，例如 city。',
  '比较写成 >= 5 或者 in ("city", "province")；变量和算式以等号开头，例如 = level。',
];

export class Table {
  #undone = [];
  #done = [];
  problems = [];

  constructor(name, { onXml }) {
    Object.assign(this, { name, onXml });
    this.element = h('div', { class: 'studio-table', tabindex: '0', role: 'group', 'aria-label': '决策表' });
  }

  async open(xml) {
    this.opened = xml;
    this.decision = new Decision(xml);
    this.#draw();
  }

  reveal(id) {
    const place = this.element.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!place) return false;
    place.scrollIntoView({ block: 'center', inline: 'center' });
    (place.querySelector('input, select') ?? place).focus();
    return true;
  }

  // What is wrong, in words, at the cell, the rule or the column that it is about.
  mark(problems) {
    this.problems = problems.filter(({ file }) => file === this.name);
    this.element.querySelectorAll('.studio-cell-error').forEach((words) => words.remove());
    this.element.querySelectorAll('[data-id]').forEach((place) => {
      const found = this.problems.filter(({ element }) => element === place.dataset.id);
      place.classList.toggle('has-problem', found.length > 0);
      if (found.length) tell(place, found.map(({ message }) => message).join('；'));
    });
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  undo() {
    this.#step(this.#done, this.#undone);
  }

  redo() {
    this.#step(this.#undone, this.#done);
  }

  async flush() {
    if (this.element.contains(document.activeElement)) document.activeElement.dispatchEvent(new Event('change'));
  }

  close() {
    this.element.remove();
  }

  #step(from, to) {
    if (!from.length) return;
    to.push(this.decision.xml);
    this.decision = new Decision(from.pop());
    this.onXml(this.name, this.canUndo ? this.decision.xml : this.opened);
    this.#draw();
  }

  // Every change goes through here: it can be undone, and it is saved.
  #change(act, isRedrawn = true, goTo = null) {
    this.#done.push(this.decision.xml);
    this.#undone.length = 0;
    act(this.decision);
    this.onXml(this.name, this.decision.xml);
    if (isRedrawn) this.#draw(goTo);
  }

  // `goTo`: the name of the control that has the focus next, where it is not the same one as before.
  #draw(goTo) {
    const focused = goTo ?? document.activeElement?.getAttribute?.('aria-label');
    this.element.replaceChildren(...(this.decision.isReadable ? this.#parts() : [h('p', {}, '这个文件里没有决策表。')]));
    this.mark(this.problems);
    if (!focused) return;
    const named = [...this.element.querySelectorAll('[aria-label]')].filter((one) => !one.disabled && one.tagName !== 'TABLE');
    const found = named.find((one) => one.getAttribute('aria-label') === focused);
    (found ?? (document.activeElement === document.body ? this.element : null))?.focus();
  }

  #parts() {
    const { decision } = this;
    const policies = POLICIES.map(([key, words]) => h('option', { value: key, selected: key === decision.policy }, words));
    const policy = h('select', { class: 'form-select', id: 'table-policy', onchange: (event) => this.#change((one) => { one.policy = event.target.value; }, false) }, policies);
    if (!POLICIES.some(([key]) => key === decision.policy)) policy.prepend(h('option', { selected: true }, `${decision.policy}（不能使用）`));
    return [
      h('div', { class: 'studio-table-head' },
        h('label', { for: 'table-name' }, '表名', this.#box('表名', decision.name, (words) => { decision.name = words; }, { id: 'table-name' })),
        h('label', { for: 'table-policy' }, '有几条规则符合时', policy)),
      h('div', { class: 'studio-table-frame' }, h('table', {}, this.#head(), h('tbody', {}, decision.rules.map((rule, at) => this.#rule(rule, at))))),
      h('div', { class: 'row-line' },
        button('添加规则', () => this.#change((one) => one.addRule(), true, `规则 ${decision.rules.length + 1}，${decision.inputs[0]?.label ?? decision.outputs[0]?.label}`)),
        button('添加条件列', () => this.#change((one) => one.addColumn('input'), true, `条件 ${decision.inputs.length + 1} 的名称`), 'btn btn-outline-secondary'),
        button('添加结果列', () => this.#change((one) => one.addColumn('output'), true, `结果 ${decision.outputs.length + 1} 的名称`), 'btn btn-outline-secondary')),
    ];
  }

  #head() {
    const { inputs, outputs } = this.decision;
    const column = (kind, words, list, set) => (one, at) => h('th', { scope: 'col', class: `is-${kind}`, 'data-id': one.node.getAttribute('id') },
      h('span', { class: 'studio-column-kind' }, words, h('span', {}, list.length > 1 && this.#columnActs(kind, words, at, list.length))),
      this.#box(`${words} ${at + 1} 的名称`, one.label, (label) => set(one.node, { label })),
      this.#box(`${words} ${at + 1} 的变量`, one.text, (text) => set(one.node, { text }), { class: 'is-code', check: kind === 'output' ? variableName : undefined }));
    return h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, '序号'),
      inputs.map(column('input', '条件', inputs, (node, part) => this.decision.setInput(node, part))),
      outputs.map(column('output', '结果', outputs, (node, part) => this.decision.setOutput(node, part))),
      h('th', { scope: 'col' }, '说明'),
      h('th', { scope: 'col' }, '操作')));
  }

  #columnActs(kind, words, at, count) {
    const act = (word, run, isOff, to) => button(word, () => this.#change(run, true, `${words} ${to + 1} 的名称`), 'btn btn-link', { 'aria-label': `${word}${words}列 ${at + 1}`, disabled: isOff });
    return [
      act('左移', (table) => table.moveColumn(kind, at, at - 1), at === 0, at - 1),
      act('右移', (table) => table.moveColumn(kind, at, at + 1), at === count - 1, at + 1),
      act('移除', (table) => table.removeColumn(kind, at), false, Math.min(at, count - 2)),
    ];
  }

  #rule(rule, at) {
    const { inputs, outputs, rules } = this.decision;
    const cell = (kind, columns) => (one, index) => h('td', { class: `is-${kind}`, 'data-id': one.node.getAttribute('id') },
      this.#box(`规则 ${at + 1}，${columns[index]?.label ?? ''}`, shown(one.text), (words) => this.decision.setCell(one.node, expressionOf(words, columns[index]?.type)), { placeholder: kind === 'input' ? '任何值' : '' }));
    const act = (words, run, disabled, to) => button(words, () => this.#change(run, true, `规则 ${to + 1}，说明`), 'btn btn-link', { 'aria-label': `${words}规则 ${at + 1}`, disabled });
    return h('tr', { 'data-id': rule.node.getAttribute('id') },
      h('th', { scope: 'row' }, String(at + 1)),
      rule.inputs.map(cell('input', inputs)),
      rule.outputs.map(cell('output', outputs)),
      h('td', {}, this.#box(`规则 ${at + 1}，说明`, rule.words, (words) => this.decision.describe(rule.node, words), { area: true })),
      h('td', { class: 'studio-rule-acts' },
        act('上移', (one) => one.moveRule(at, at - 1), at === 0, at - 1),
        act('下移', (one) => one.moveRule(at, at + 1), at === rules.length - 1, at + 1),
        act('复制', (one) => one.copyRule(rule.node), false, at + 1),
        act('移除', () => rule.node.remove(), rules.length === 1, Math.min(at, rules.length - 2))));
  }

  #box(label, value, write, { check, area, class: look = '', ...more } = {}) {
    const attributes = { 'aria-label': label, class: `form-control ${look}`, autocomplete: 'off', spellcheck: 'false', ...more };
    const box = area ? h('textarea', { rows: 2, ...attributes }, value) : h('input', { type: 'text', value, ...attributes });
    let written = value;
    const commit = () => {
      const words = box.value.trim();
      const wrong = check?.(words) ?? '';
      box.setCustomValidity(wrong);
      box.title = wrong;
      box.toggleAttribute('aria-invalid', Boolean(wrong));
      if (wrong || words === written) return;
      written = words;
      this.#change(() => write(words), false);
    };
    let timer = 0;
    box.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(commit, 400);
    });
    box.addEventListener('change', commit);
    return box;
  }
}

// Of a whole rule it is told beside the rule's explanation.
function tell(place, words) {
  const id = `${place.dataset.id}-error`;
  const holder = place.tagName === 'TR' ? place.lastElementChild.previousElementSibling : place;
  holder.append(h('p', { class: 'studio-cell-error', id }, words));
  holder.querySelector('input, textarea')?.setAttribute('aria-describedby', id);
}
