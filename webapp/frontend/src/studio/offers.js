// Which elements can be drawn: the tested set of bpmn/engine/grammar.py and nothing else.
const REPLACEMENTS = new Set([
  'replace-with-none-start',
  'replace-with-none-end',
  'replace-with-user-task',
  'replace-with-service-task',
  'replace-with-rule-task',
  'replace-with-call-activity',
  'replace-with-expanded-subprocess',
  'replace-with-subprocess',
  'replace-with-exclusive-gateway',
  'replace-with-parallel-gateway',
  'replace-with-timer-intermediate-catch',
  'replace-with-message-intermediate-catch',
  'replace-with-timer-boundary',
  'replace-with-message-boundary',
  'replace-with-non-interrupting-timer-boundary',
  'replace-with-non-interrupting-message-boundary',
  'replace-with-sequence-flow',
  'replace-with-default-flow',
]);
const TIMER = { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' };
const MESSAGE = { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' };
// A step as the shipped diagrams draw it.
const STEP = { width: 110, height: 64 };
export const DRAWN = [
  ['event', 'bpmn-icon-start-event-none', '开始事件', { type: 'bpmn:StartEvent' }],
  ['event', 'bpmn-icon-end-event-none', '结束事件', { type: 'bpmn:EndEvent' }],
  ['event', 'bpmn-icon-intermediate-event-catch-timer', '定时事件（放在环节边上即为到期处理）', TIMER],
  ['event', 'bpmn-icon-intermediate-event-catch-message', '消息事件（放在环节边上即为中途收到）', MESSAGE],
  ['activity', 'bpmn-icon-user-task', '人工环节', { type: 'bpmn:UserTask', ...STEP }],
  ['activity', 'bpmn-icon-service-task', '自动环节（系统操作）', { type: 'bpmn:ServiceTask', ...STEP }],
  ['activity', 'bpmn-icon-business-rule-task', '规则环节（查决策表）', { type: 'bpmn:BusinessRuleTask', ...STEP }],
  ['activity', 'bpmn-icon-call-activity', '调用环节（调用流程）', { type: 'bpmn:CallActivity', ...STEP }],
  ['gateway', 'bpmn-icon-gateway-xor', '排他网关（择一）', { type: 'bpmn:ExclusiveGateway' }],
  ['gateway', 'bpmn-icon-gateway-parallel', '并行网关（同时）', { type: 'bpmn:ParallelGateway' }],
  ['artifact', 'bpmn-icon-text-annotation', '批注', { type: 'bpmn:TextAnnotation' }],
];
const TOOLS = ['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator'];

function Palette(palette, create, elementFactory) {
  const entry = ([group, className, title, attributes]) => {
    const start = (event) => create.start(event, elementFactory.createShape({ ...attributes }));
    return { group, className, title, action: { click: start, dragstart: start } };
  };
  const kept = (entries) => Object.entries(entries).filter(([name]) => TOOLS.includes(name));
  palette.registerProvider(500, {
    getPaletteEntries: () => (entries) => Object.fromEntries([
      ...kept(entries),
      ...DRAWN.slice(0, 8).map((drawn) => [`draw.${drawn[2]}`, entry(drawn)]),
      ['create.subprocess-expanded', { ...entries['create.subprocess-expanded'], title: '子流程' }],
      ...DRAWN.slice(8).map((drawn) => [`draw.${drawn[2]}`, entry(drawn)]),
    ]),
  });
}
Palette.$inject = ['palette', 'create', 'elementFactory'];

function ContextPad(contextPad, create, elementFactory, autoPlace, modeling) {
  const append = (group, className, title, attributes) => {
    const shape = () => elementFactory.createShape({ ...attributes });
    return {
      group,
      className,
      title,
      action: {
        click: (event, source) => autoPlace.append(source, shape()),
        dragstart: (event, source) => create.start(event, shape(), { source }),
      },
    };
  };
  const ours = {
    'append.append-task': append('model', 'bpmn-icon-user-task', '接人工环节', { type: 'bpmn:UserTask', ...STEP }),
    'append.intermediate-event': append('model', 'bpmn-icon-intermediate-event-catch-timer', '接定时事件', TIMER),
  };
  // The words beside a line stand in its way: what is done to them is meant for the line.
  const remove = (entry, { labelTarget }) => (
    labelTarget ? { ...entry, action: { click: () => modeling.removeElements([labelTarget]) } } : entry
  );
  const refused = /^append\.(receive|message|timer|condition|signal|compensation)/;
  contextPad.registerProvider(500, {
    getContextPadEntries: (element) => (entries) => Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => !refused.test(name))
        .map(([name, one]) => [name, name === 'delete' ? remove(one, element) : ours[name] ?? one]),
    ),
  });
}
ContextPad.$inject = ['contextPad', 'create', 'elementFactory', 'autoPlace', 'modeling'];

function ReplaceMenu(popupMenu) {
  const only = (entries, keep) => Object.fromEntries(Object.entries(entries).filter(([name]) => keep(name)));
  popupMenu.registerProvider('bpmn-replace', 500, {
    getPopupMenuEntries: () => (entries) => only(entries, (name) => REPLACEMENTS.has(name)),
    getPopupMenuHeaderEntries: (element) => (entries) => only(entries, (name) => (
      name === 'toggle-non-interrupting' || (name === 'toggle-parallel-mi' && element.type === 'bpmn:UserTask')
    )),
  });
}
ReplaceMenu.$inject = ['popupMenu'];

// The Delete key does what the bin does: with the words of a line, the line goes.
function Removal(eventBus, selection, rules, modeling) {
  const remove = () => {
    const meant = [...new Set(selection.get().map((element) => element.labelTarget ?? element))];
    const allowed = meant.length ? rules.allowed('elements.delete', { elements: meant }) : false;
    const gone = Array.isArray(allowed) ? allowed : meant;
    if (allowed !== false && gone.length) modeling.removeElements(gone);
  };
  eventBus.on('editorActions.init', ({ editorActions }) => {
    editorActions.unregister('removeSelection');
    editorActions.register('removeSelection', remove);
  });
}
Removal.$inject = ['eventBus', 'selection', 'rules', 'modeling'];

export const offers = {
  __init__: ['studioPalette', 'studioContextPad', 'studioReplaceMenu', 'studioRemoval'],
  studioRemoval: ['type', Removal],
  studioPalette: ['type', Palette],
  studioContextPad: ['type', ContextPad],
  studioReplaceMenu: ['type', ReplaceMenu],
};
