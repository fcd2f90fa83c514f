// 办理结果: the flows behind a gateway are the buttons that people press and the ways a case goes.
import { propertiesOf } from '../extension.js';
import { coded, note, rows, section, text } from './inputs.js';
import { titleOf } from './kinds.js';
import { comparison, name, quoted } from './literals.js';

const isGateway = (owner) => owner?.$type === 'bpmn:ExclusiveGateway';

// The gateway whose flows these are: the element itself, or the one directly behind a task.
function gatewayOf(owner) {
  if (isGateway(owner)) return owner;
  const behind = (owner.get('outgoing') ?? []).map(({ targetRef }) => targetRef);
  return behind.length === 1 && isGateway(behind[0]) ? behind[0] : null;
}

const conditionOf = (flow) => flow.conditionExpression?.body ?? '';

export class Ways {
  constructor(sheet, gateway) {
    this.sheet = sheet;
    this.gateway = gateway;
    this.flows = gateway.get('outgoing') ?? [];
  }

  get variable() {
    return this.flows.map((flow) => comparison(conditionOf(flow))?.variable).find(Boolean) ?? '';
  }

  setCondition(flow, body) {
    const conditionExpression = body ? this.sheet.get('bpmnFactory').create('bpmn:FormalExpression', { body }) : undefined;
    this.sheet.get('modeling').updateProperties(this.sheet.find(flow.id), { conditionExpression });
  }

  setValue(flow, value) {
    this.setCondition(flow, value ? `${this.variable || this.suggested} == ${quoted(value)}` : '');
  }

  // Of a task that says which answer decides, that one; else a name of its own.
  get suggested() {
    const before = (this.gateway.get('incoming') ?? []).map(({ sourceRef }) => sourceRef);
    const said = before.map((node) => propertiesOf(node).outcome).find(Boolean);
    return said ?? `${this.gateway.id.toLowerCase()}_result`;
  }

  rename(variable) {
    this.flows.forEach((flow) => {
      const known = comparison(conditionOf(flow));
      if (known) this.setCondition(flow, `${variable} == ${quoted(known.value)}`);
    });
  }
}

export function outcomes({ owner, sheet, variables }) {
  const gateway = gatewayOf(owner);
  if (!gateway) {
    return owner.$type === 'bpmn:UserTask'
      ? section('办理结果', note('本环节后面没有排他网关：办完即走向下一步，只有一个“提交”按钮。需要几种结果的，在后面接一个排他网关，每种结果一条连线。'))
      : null;
  }
  const ways = new Ways(sheet, gateway);
  const label = (flow) => (value) => sheet.get('modeling').updateLabel(sheet.find(flow.id), value);
  const row = (flow) => {
    const known = comparison(conditionOf(flow));
    const leads = `走向“${flow.targetRef ? titleOf(flow.targetRef) : '未连接'}”`;
    return [
      note(gateway.default === flow ? `${leads}，其他情况都走这里。` : leads),
      text('名称', flow.name ?? '', label(flow)),
      known || !conditionOf(flow)
        ? text('值', known?.value ?? '', (value) => ways.setValue(flow, value))
        : text('条件', conditionOf(flow), (body) => ways.setCondition(flow, body)),
    ];
  };
  return section(
    '办理结果',
    note('每条连线是一种结果：名称是按钮上的字；值是系统记下的结果，各条不同即可，可以和名称一样。'),
    ...rows('结果', ways.flows, row, { empty: '网关后面还没有连线。', look: 'is-pair' }),
    ways.variable && coded(text('写入的变量', ways.variable, (variable) => ways.rename(variable), { check: name, options: variables })),
  );
}
