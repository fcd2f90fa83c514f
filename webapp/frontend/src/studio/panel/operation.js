// 自动环节: the operation, its parameters, and the variables that it sets.
import { operationOf, propertiesOf } from '../extension.js';
import { choice, note, section, text } from './inputs.js';
import { quoted, unquoted } from './literals.js';

const isNumber = (source) => /^\s*-?\d+\s*$/.test(source);
const isFixed = (source, kind) => (kind === 'int' ? isNumber(source) || !source : !source || unquoted(source) !== null);

export function operation(context) {
  const { element, owner, catalogue, extension } = context;
  const now = operationOf(owner);
  const known = catalogue.operations.find(({ key }) => key === now.id);
  const write = (id, parameters) => extension.setOperation(element, owner, id, parameters);
  const choose = (id) => {
    const next = catalogue.operations.find(({ key }) => key === id);
    const kept = (next?.parameters ?? []).filter(({ name }) => now.parameters[name]);
    write(id, kept.map(({ name, kind }) => ({ id: name, type: kind, value: now.parameters[name] })));
    const sets = Object.keys(next?.sets ?? {}).join(' ');
    if (sets) extension.setProperties(element, owner, { sets });
  };
  const set = (name) => (value) => {
    const all = { ...operationOf(owner).parameters, [name]: value };
    const listed = known?.parameters ?? Object.keys(all).map((one) => ({ name: one, kind: 'str' }));
    write(now.id, listed.filter((one) => all[one.name]).map((one) => ({ id: one.name, type: one.kind, value: all[one.name] })));
  };
  const described = known?.parameters ?? Object.keys(now.parameters).map((one) => ({ name: one, label: one, kind: 'str' }));
  return [
    section(
      '操作',
      choice('操作', now.id, catalogue.operations.map(({ key, label }) => [key, label]), choose),
      ...described.flatMap((one) => parameter(one, now.parameters[one.name] ?? '', set(one.name), context)),
      known && !described.length && note('这个操作没有参数。'),
    ),
    section(
      '返回的变量',
      text('写入的变量', propertiesOf(owner).sets ?? '', (sets) => extension.setProperties(element, owner, { sets }), {
        hint: '操作返回的、后面的网关要用的变量，用空格分开。',
        check: (words) => (/^[a-z_0-9 ,]*$/.test(words) ? '' : '请用小写英文字母、数字和下划线，用空格分开。'),
      }),
    ),
  ];
}

function parameter(one, source, set, { variables }) {
  const label = one.required ? `${one.label}（必填）` : one.label;
  const fixed = isFixed(source, one.kind);
  const missing = (words) => (one.required && !words ? '必须填写。' : '');
  const way = choice(`${one.label}从哪里来`, fixed ? 'fixed' : 'variable', [['fixed', '固定的值'], ['variable', '变量或算式']], (next) => (
    next === 'variable' ? set(variables[0] ?? 'value') : set(defaultOf(one))
  ));
  if (!fixed) return [way, text(label, source, set, { check: missing, options: variables })];
  if (one.kind === 'int') {
    return [way, text(label, source, set, { mode: 'numeric', check: (words) => missing(words) || (!words || isNumber(words) ? '' : '请填写整数。') })];
  }
  const value = unquoted(source) ?? '';
  const write = (words) => set(words && quoted(words, "'"));
  return [way, one.choices
    ? choice(label, value, one.choices.map(({ key, label: words }) => [key, words]), write, { check: missing, empty: one.required ? undefined : '不填' })
    : text(label, value, write, { check: missing })];
}

const defaultOf = ({ kind, choices }) => (kind === 'int' ? '1' : choices?.length ? quoted(choices[0].key, "'") : quoted('待填写', "'"));
