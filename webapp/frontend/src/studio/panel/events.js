// Timers and messages.
import { textOf } from '../extension.js';
import { choice, note, section, text } from './inputs.js';
import { nameOrNothing, unquoted } from './literals.js';

const definitionOf = (owner) => (owner.get('eventDefinitions') ?? [])[0];
const DUE = /^due\(["']([a-z_]+)["']\)$/;
const DAYS = /^working_days\((.+)\)$/;

export function events(context) {
  const definition = definitionOf(context.owner);
  const drawn = {
    'bpmn:TimerEventDefinition': timer,
    'bpmn:MessageEventDefinition': message,
  }[definition?.$type];
  return drawn ? drawn(context, definition) : null;
}

function read(definition) {
  const date = (definition.timeDate?.body ?? '').trim();
  const duration = (definition.timeDuration?.body ?? '').trim();
  if (duration) return ['duration', unquoted(duration) ?? duration];
  if (DUE.test(date)) return ['due', DUE.exec(date)[1]];
  if (DAYS.test(date)) return ['days', DAYS.exec(date)[1]];
  return ['date', date];
}

function timer({ element, owner, sheet, catalogue, variables }, definition) {
  const [kind, value] = read(definition);
  const write = (name, body) => {
    const expression = body ? sheet.get('bpmnFactory').create('bpmn:FormalExpression', { body }) : undefined;
    if (expression) expression.$parent = definition;
    const changes = { timeDate: undefined, timeDuration: undefined, timeCycle: undefined, [name]: expression };
    sheet.get('modeling').updateModdleProperties(element, definition, changes);
  };
  const starts = {
    due: () => write('timeDate', `due("${catalogue.clocks[0]?.key ?? ''}")`),
    days: () => write('timeDate', 'working_days(5)'),
    duration: () => write('timeDuration', '"P5D"'),
    date: () => write('timeDate', variables[0] ?? 'expires_at'),
  };
  const inputs = {
    due: () => choice('哪个时限', value, catalogue.clocks.map(({ key, label }) => [key, label]), (clock) => write('timeDate', `due("${clock}")`), { hint: '时限中止、延长或者工作日历调整的，到期时刻随之调整。' }),
    days: () => text('工作日数', value, (days) => write('timeDate', `working_days(${days})`), { hint: '整数，或者一个变量。从走到这里的次日起算。', check: (words) => (/^\w+$/.test(words) ? '' : '请填写整数或者变量名。'), options: variables }),
    duration: () => text('时长', value, (words) => write('timeDuration', `"${words}"`), { hint: 'ISO 8601 时长，按自然日计，如 P5D 为五日，PT12H 为十二小时。', check: (words) => (/^P(?=.)(\d+[YMWD])*(T(\d+[HMS])+)?$/.test(words) ? '' : '请写成 P5D、PT12H 这样的形式。') }),
    date: () => text('变量', value, (words) => write('timeDate', words), { hint: '变量的值是到期的时刻。', options: variables }),
  };
  const fields = section(
    '到期时间',
    choice('怎样确定', kind, [['due', '到期于时限'], ['days', '若干个工作日后'], ['duration', '一段时长之后'], ['date', '变量给出的时刻']], (next) => starts[next]()),
    inputs[kind](),
  );
  return [fields, boundary(owner)];
}

function message({ element, owner, sheet, catalogue, extension }, definition) {
  const modeling = sheet.get('modeling');
  const definitions = sheet.modeler.getDefinitions();
  const messages = () => definitions.get('rootElements').filter(({ $type }) => $type === 'bpmn:Message');
  const named = (name) => {
    const found = messages().find((one) => one.name === name);
    if (found || !name) return found;
    const made = sheet.get('bpmnFactory').create('bpmn:Message', { id: freeId(name, messages()), name });
    made.$parent = definitions;
    modeling.updateModdleProperties(element, definitions, { rootElements: [made, ...definitions.get('rootElements')] });
    return made;
  };
  const setMessage = (name) => modeling.updateModdleProperties(element, definition, { messageRef: named(name) });
  const setVariable = (name) => extension.setText(element, definition, 'MessageVariable', name);
  const fields = section(
    '消息',
    choice('收到什么', definition.messageRef?.name ?? '', catalogue.messages.map(({ name, label }) => [name, label]), setMessage),
    text('写入的变量', textOf(definition, 'MessageVariable'), setVariable, { check: nameOrNothing, hint: '消息带来的值写入这个变量，后面的网关可以用。' }),
  );
  return [fields, boundary(owner)];
}

function freeId(name, messages) {
  const base = `message_${name}`;
  const taken = new Set(messages.map(({ id }) => id));
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}_${number}`;
  return id;
}

function boundary(owner) {
  if (owner.$type !== 'bpmn:BoundaryEvent') return null;
  const words = owner.cancelActivity === false
    ? '发生时原环节继续，另走一条路。用“更换类型”可以改为中断。'
    : '发生时原环节中断，改走这条路。用“更换类型”可以改为不中断。';
  return section('边界事件', note(words));
}

