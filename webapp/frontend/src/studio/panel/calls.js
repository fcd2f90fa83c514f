// Steps that lead into another file: a called diagram, a decision table; and several people at once.
import { textOf } from '../extension.js';
import { button, h } from '../dom.js';
import { choice, section, text, tick } from './inputs.js';

export function call({ element, owner, sheet, catalogue, files, openFile, addCalled }) {
  const called = owner.calledElement ?? '';
  const inDraft = files.processes();
  const others = catalogue.called.filter(({ process }) => !inDraft.some(({ id }) => id === process));
  const set = async (process) => {
    const offered = others.find((one) => one.process === process);
    if (offered && !(await addCalled(process, offered.sources[0].source))) return;
    sheet.get('modeling').updateProperties(element, { calledElement: process });
  };
  const here = inDraft.find(({ id }) => id === called);
  const sources = catalogue.called.find(({ process }) => process === called)?.sources ?? [];
  return section(
    '调用的流程',
    choice('流程', called, [
      { label: '本草稿里的', options: inDraft.filter(({ isMain }) => !isMain).map(({ id, title }) => [id, title]) },
      { label: '可以加入本草稿的', options: others.map(({ process, name }) => [process, name]) },
    ], set),
    here && choice('版本', '', sources.map(({ source, label }) => [source, `换成：${label}`]), (source) => addCalled(called, source, here), { empty: '本草稿里的版本' }),
    here && h('p', {}, button(`打开“${here.title}”`, () => openFile(here.name))),
  );
}

export function rule({ element, owner, catalogue, extension, files, openFile, addCalled }) {
  const table = textOf(owner, 'CalledDecisionId');
  const inDraft = files.tables();
  const others = catalogue.tables.filter(({ id }) => !inDraft.some((one) => one.id === id));
  const set = async (id) => {
    const offered = others.find((one) => one.id === id);
    if (offered?.sources?.length && !(await addCalled(id, offered.sources[0].source))) return;
    extension.setText(element, owner, 'CalledDecisionId', id);
  };
  const here = inDraft.find(({ id }) => id === table);
  return section(
    '决策表',
    choice('查哪张表', table, [
      { label: '本草稿里的', options: inDraft.map(({ id, title }) => [id, title]) },
      { label: '可以加入本草稿的', options: others.map(({ id, name }) => [id, name]) },
    ], set),
    here && h('p', {}, button(`打开“${here.title}”`, () => openFile(here.name))),
  );
}

export function multiple({ element, owner, sheet, variables }) {
  const modeling = sheet.get('modeling');
  const loop = owner.loopCharacteristics;
  const isMultiple = loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics';
  const toggle = (on) => modeling.updateProperties(element, {
    loopCharacteristics: on ? sheet.get('bpmnFactory').create('bpmn:MultiInstanceLoopCharacteristics') : undefined,
  });
  const set = (name) => (body) => {
    const expression = body ? sheet.get('bpmnFactory').create('bpmn:FormalExpression', { body }) : undefined;
    if (expression) expression.$parent = loop;
    modeling.updateModdleProperties(element, loop, { [name]: expression });
  };
  return section(
    '多人同时办理',
    tick('由几个人同时办理', isMultiple, toggle, '每份由一个人办理。'),
    isMultiple && text('几份', loop.loopCardinality?.body ?? '', set('loopCardinality'), { options: variables, hint: '整数或者变量。', check: (words) => (words ? '' : '请填写整数或者变量。') }),
    isMultiple && text('提前结束的条件', loop.completionCondition?.body ?? '', set('completionCondition'), { hint: '满足时其余的不再办理；不填的，全部办完才往下走。' }),
  );
}
