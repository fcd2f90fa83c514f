// 接着画: what the palette and the pad beside an element do, for the keyboard and for a screen reader.
import { button, h } from '../dom.js';
import { DRAWN } from '../offers.js';
import { Acts } from '../drawing/acts.js';
import { folded, pick } from './inputs.js';
import { inOrder, kindOf, placeOf, titleOf } from './kinds.js';

const PLAIN = DRAWN.map(([group, , words, attributes]) => ({ group, words: words.split('（放在')[0], attributes }))
  .filter(({ group, attributes }) => group !== 'artifact' && attributes.type !== 'bpmn:StartEvent');
const EDGE = [
  ['到期处理（中断）', 'Timer', true],
  ['到期处理（不中断）', 'Timer', false],
  ['中途收到消息（中断）', 'Message', true],
  ['中途收到消息（不中断）', 'Message', false],
].map(([words, kind, cancelActivity]) => ({ words, attributes: { eventDefinitionType: `bpmn:${kind}EventDefinition`, cancelActivity } }));
const options = (kinds) => kinds.map(({ words }, at) => [String(at), words]);

export function draw(context) {
  const { element, owner, sheet } = context;
  if (sheet.root === element || !element.parent) return null;
  const meant = element.labelTarget ?? element;
  const acts = new Acts(sheet);
  const parts = owner.$type === 'bpmn:SequenceFlow' ? ofFlow(acts, meant, context) : ofStep(acts, meant, context);
  return folded('接着画：添加、连线、更换、删除', ...parts, h('div', { class: 'studio-row-acts' }, ...changes(acts, meant, context)));
}

function ofFlow(acts, flow, { say }) {
  const kinds = PLAIN.filter(({ attributes }) => attributes.type !== 'bpmn:EndEvent');
  return [pick('在这条连线中间插入', options(kinds), '插入', (at) => {
    acts.insert(flow, kinds[at].attributes);
    say(`已插入${kinds[at].words}。`, true);
  })];
}

function ofStep(acts, step, { say }) {
  const isStep = Boolean(step.businessObject.get('outgoing'));
  if (!isStep || step.type === 'bpmn:EndEvent') return [];
  const isHost = /Task|CallActivity|SubProcess/.test(step.type);
  const targets = inOrder(acts.targetsOf(step)).map((target) => [target.id, placeOf(target.businessObject)]);
  return [
    pick('在此之后添加', options(PLAIN), '添加', (at) => {
      acts.append(step, PLAIN[at].attributes);
      say(`已添加${PLAIN[at].words}。`, true);
    }),
    isHost && pick('在边上添加', options(EDGE), '放上', (at) => {
      acts.attach(step, EDGE[at].attributes);
      say(`已放上“${EDGE[at].words}”。`, true);
    }),
    targets.length > 0 && pick('连到', targets, '连上', (id) => {
      acts.connect(step, acts.registry.get(id));
      say(`已连到“${targets.find(([one]) => one === id)[1]}”。`);
    }),
  ];
}

function changes(acts, element, { say }) {
  const menu = acts.get('popupMenu');
  const look = 'btn btn-sm btn-outline-secondary';
  const title = titleOf(element.businessObject);
  return [
    !menu.isEmpty(element, 'bpmn-replace') && button('更换类型…', ({ currentTarget }) => {
      const { left, bottom } = currentTarget.getBoundingClientRect();
      menu.open(element, 'bpmn-replace', { x: left, y: bottom, cursor: { x: left, y: bottom } }, { title: '更换类型', search: true });
    }, look),
    button('删除', () => {
      acts.remove(element);
      say(`已删除${kindOf(element.businessObject)}“${title}”。`);
    }, look),
  ];
}
