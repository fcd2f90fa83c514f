// The controls of the panel. Each writes when its value is left, or shortly after the last key.
import { button, h } from '../dom.js';

const PAUSE_MS = 250;
let count = 0;
let pending = null;
const numbered = () => `studio-field-${(count += 1)}`;

// Writes what is still being typed.
export const commitTyped = () => pending?.();

// The panel draws itself anew after each change: the same controls must get the same ids.
export function startOver() {
  count = 0;
}

export function section(title, ...fields) {
  const id = numbered();
  return h('section', { class: 'studio-group', 'aria-labelledby': id }, h('h3', { id }, title), ...fields);
}

// Open or folded as it was left, whatever is selected next.
const opened = new Set();
export function folded(title, ...fields) {
  const summary = h('summary', { id: numbered() }, title);
  const ontoggle = ({ target }) => (target.open ? opened.add(title) : opened.delete(title));
  return h('details', { class: 'studio-group', open: opened.has(title), ontoggle }, summary, ...fields);
}

// What only the system calls things by: made up for whoever draws, out of the way, and open to be set.
export function coded(...fields) {
  const made = folded('系统用的名称', ...fields);
  made.className = 'studio-codes';
  return made;
}

export const note = (words) => h('p', { class: 'hint' }, words);

function field(label, control, hint) {
  const { id } = control;
  const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert', hidden: true });
  const under = hint && h('p', { class: 'hint', id: `${id}-hint` }, hint);
  control.setAttribute('aria-describedby', `${hint ? `${id}-hint ` : ''}${id}-error`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), under, control, error);
}

// `check` answers with a sentence when the value cannot stay; it is then shown and not written.
function writing(control, value, write, check = () => '') {
  let timer = 0;
  let written = value;
  const commit = () => {
    clearTimeout(timer);
    const other = pending;
    pending = null;
    if (other !== commit) other?.();
    const text = control.value.trim();
    const wrong = check(text);
    complain(control, wrong);
    if (wrong || text === written) return;
    written = text;
    write(text);
  };
  control.addEventListener('input', () => {
    clearTimeout(timer);
    pending = commit;
    timer = setTimeout(commit, PAUSE_MS);
  });
  control.addEventListener('change', commit);
  complain(control, check(value), true);
}

function complain(control, words, isFirst = false) {
  const show = () => {
    const place = document.getElementById(`${control.id}-error`);
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
    control.toggleAttribute('aria-invalid', Boolean(words));
  };
  if (isFirst) queueMicrotask(show);
  else show();
}

export function text(label, value, write, { hint, check, area, options, mode } = {}) {
  const id = numbered();
  const list = options && h('datalist', { id: `${id}-list` }, options.map((one) => h('option', { value: one })));
  const control = area
    ? h('textarea', { id, class: 'form-control', rows: area === true ? 4 : area }, value)
    : h('input', { id, class: 'form-control', type: 'text', value, inputmode: mode, autocomplete: 'off', spellcheck: 'false', list: list && `${id}-list` });
  writing(control, value, write, check);
  const made = field(label, control, hint);
  if (list) made.append(list);
  return made;
}

// `options` are [value, words] pairs, or { label, options } groups of them.
export function choice(label, value, options, write, { hint, empty, check } = {}) {
  const id = numbered();
  const known = options.flatMap((one) => one.options ?? [one]);
  const all = [
    ...(empty === undefined ? [] : [['', empty]]),
    ...options,
    ...(value && !known.some(([key]) => key === value) ? [[value, `${value}（系统中没有）`]] : []),
  ];
  const entry = ([key, words]) => h('option', { value: key, selected: key === value }, words);
  const control = h('select', { id, class: 'form-select' }, all.map((one) => (
    one.options ? h('optgroup', { label: one.label }, one.options.map(entry)) : entry(one)
  )));
  if (empty === undefined && !value) control.prepend(h('option', { value: '', selected: true }, '请选择'));
  writing(control, value, write, check);
  return field(label, control, hint);
}

export function tick(label, value, write, hint) {
  const id = numbered();
  const control = h('input', { id, type: 'checkbox', class: 'form-check-input', checked: value });
  control.addEventListener('change', () => write(control.checked));
  return h('div', { class: 'field form-check' }, control, h('label', { for: id, class: 'form-check-label' }, label), hint && note(hint));
}

// A list to choose from that acts only when its button is pressed: going through it by arrow keys does nothing yet.
export function pick(label, options, words, act) {
  const id = numbered();
  const control = h('select', { id, class: 'form-select' }, options.map(([key, shown]) => h('option', { value: key }, shown)));
  return h('div', { class: 'field studio-pick' }, h('label', { for: id }, label), control,
    button(words, () => act(control.value), 'btn btn-sm btn-outline-primary', { id: `${id}-act`, 'aria-describedby': id }));
}

// Rows that can be added, removed and moved; `row(item, index)` gives the controls of one.
export function rows(legend, items, row, { add, onAdd, onRemove, onMove, empty, look = '' }) {
  const shown = items.map((item, index) => h(
    'fieldset',
    { class: `studio-row ${look}` },
    h('legend', {}, `${legend} ${index + 1}`),
    ...row(item, index),
    (onMove || onRemove) && h(
      'div',
      { class: 'studio-row-acts' },
      onMove && button('上移', () => onMove(index, index - 1), 'btn btn-sm btn-outline-secondary', { disabled: index === 0, 'aria-label': `上移${legend} ${index + 1}` }),
      onMove && button('下移', () => onMove(index, index + 1), 'btn btn-sm btn-outline-secondary', { disabled: index === items.length - 1, 'aria-label': `下移${legend} ${index + 1}` }),
      onRemove && button('移除', () => onRemove(index), 'btn btn-sm btn-outline-secondary', { 'aria-label': `移除${legend} ${index + 1}` }),
    ),
  ));
  return [
    ...(items.length ? shown : [empty && note(empty)]),
    onAdd && button(add, onAdd, 'btn btn-sm btn-outline-primary'),
  ];
}
