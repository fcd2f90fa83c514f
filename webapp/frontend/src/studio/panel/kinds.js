// What the elements of a diagram are called, and how one of them is told from the others in a list.
export const NAMES = {
  'bpmn:UserTask': '人工环节',
  'bpmn:ServiceTask': '自动环节',
  'bpmn:BusinessRuleTask': '规则环节',
  'bpmn:CallActivity': '调用环节',
  'bpmn:SequenceFlow': '连线',
  'bpmn:ExclusiveGateway': '排他网关（择一）',
  'bpmn:ParallelGateway': '并行网关（同时）',
  'bpmn:IntermediateCatchEvent': '中间事件',
  'bpmn:BoundaryEvent': '边界事件',
  'bpmn:StartEvent': '开始事件',
  'bpmn:EndEvent': '结束事件',
  'bpmn:SubProcess': '子流程',
  'bpmn:Process': '流程',
  'bpmn:Participant': '泳池',
  'bpmn:Lane': '泳道',
  'bpmn:TextAnnotation': '批注',
  'bpmn:Collaboration': '流程',
};

export const kindOf = ({ $type }) => NAMES[$type] ?? `不能使用的元素（${$type.replace('bpmn:', '')}）`;

export function titleOf(owner) {
  if (owner.$type !== 'bpmn:SequenceFlow') return owner.name || owner.text || unnamed(owner);
  const way = [owner.sourceRef, owner.targetRef].map((node) => (node ? titleOf(node) : '未连接')).join(' → ');
  return owner.name ? `${way}（${owner.name}）` : way;
}

// As in bpmn/diagram/titles.py: told by what is beside it, by its id only for want of that.
function unnamed(owner) {
  const words = `未命名的${kindOf(owner)}`;
  const before = owner.incoming?.[0]?.sourceRef?.name;
  const after = owner.outgoing?.[0]?.targetRef?.name;
  if (owner.attachedToRef?.name) return `${words}（在‘${owner.attachedToRef.name}’的边上）`;
  if (before) return `${words}（在‘${before}’之后）`;
  return after ? `${words}（在‘${after}’之前）` : `${words}（编号 ${owner.id}）`;
}

// The same step often stands in several lanes.
export const lanesOf = ({ $type, lanes }) => ($type === 'bpmn:Lane' ? [] : (lanes ?? []).slice(-1).map(titleOf));
export const placeOf = (owner) => [titleOf(owner), ...lanesOf(owner)].join(' · ');

// In reading order: along the flow from left to right.
export const inOrder = (elements) => [...elements].sort((one, other) => one.x - other.x || one.y - other.y);
