// 表单字段: fields that the diagram itself draws, as property field.<name> = kind;label;required;options.
import { propertiesOf } from '../extension.js';
import { choice, coded, rows, section, text, tick } from './inputs.js';
import { NAME } from './literals.js';

const PREFIX = 'field.';
const noSeparator = (words) => (words.includes(';') ? '不能含有分号。' : '');

function read(properties) {
  return Object.entries(properties)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => {
      const [kind, label, required, options = ''] = value.split(';');
      return { name: name.slice(PREFIX.length), kind, label, isRequired: required === 'required', options };
    });
}

const written = ({ name, kind, label, isRequired, options }) => [
  PREFIX + name,
  [kind, label, isRequired ? 'required' : 'optional', ...(kind === 'choice' ? [options] : [])].join(';'),
];

export function fields({ element, owner, catalogue, extension }) {
  const now = () => read(propertiesOf(owner));
  const list = now();
  const write = (next) => extension.replaceProperties(element, owner, [
    ...Object.entries(propertiesOf(owner)).filter(([name]) => !name.startsWith(PREFIX)),
    ...next.map(written),
  ]);
  const change = (index, part) => write(now().map((one, at) => (at === index ? { ...one, ...part } : one)));
  const named = (index) => (value) => {
    if (!NAME.test(value)) return '请用小写英文字母、数字和下划线，以字母开头。';
    return list.some((one, at) => at !== index && one.name === value) ? '已有同名的字段。' : '';
  };
  const row = (one, index) => [
    text('字段名称', one.label, (label) => change(index, { label }), { check: (words) => (words ? noSeparator(words) : '请填写经办人看到的名称。') }),
    choice('类型', one.kind, catalogue.field_kinds.map(({ key, label }) => [key, label]), (kind) => change(index, { kind })),
    one.kind === 'choice' && text('选项', one.options.split('/').join('\n'), (words) => change(index, { options: words.split('\n').map((line) => line.trim()).filter(Boolean).join('/') }), {
      area: true,
      hint: '一行一个选项。',
      check: (words) => (words ? noSeparator(words) || (words.includes('/') ? '选项不能含有斜线。' : '') : '请至少填写一个选项。'),
    }),
    tick('必填', one.isRequired, (isRequired) => change(index, { isRequired })),
    coded(text('变量名', one.name, (name) => change(index, { name }), { check: named(index) })),
  ].filter(Boolean);
  return section('表单字段', ...rows('字段', list, row, {
    add: '添加字段',
    empty: '流程图没有另加字段，只用表单自己的。',
    onAdd: () => write([...now(), { name: freeName(list), kind: 'text', label: `字段 ${list.length + 1}`, isRequired: false, options: '' }]),
    onRemove: (index) => write(now().filter((one, at) => at !== index)),
    onMove: (from, to) => write(moved(now(), from, to)),
  }));
}

function freeName(list) {
  const taken = new Set(list.map(({ name }) => name));
  let number = 1;
  while (taken.has(`item_${number}`)) number += 1;
  return `item_${number}`;
}

function moved(list, from, to) {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
