// A flow: behind an exclusive gateway it carries a variable and the value on which it is taken.
import { Ways } from './outcomes.js';
import { choice, coded, note, section, text } from './inputs.js';
import { titleOf } from './kinds.js';
import { comparison, name, quoted } from './literals.js';

export function flow({ owner, sheet, variables }) {
  const gateway = owner.sourceRef;
  if (gateway?.$type !== 'bpmn:ExclusiveGateway') return section('走向', note('只有排他网关之后的连线可以有条件。'));
  const ways = new Ways(sheet, gateway);
  const body = owner.conditionExpression?.body ?? '';
  const known = comparison(body);
  const isDefault = gateway.default === owner;
  const kind = isDefault ? 'default' : known || !body ? 'value' : 'expression';
  const modeling = sheet.get('modeling');
  const setKind = (next) => {
    if (next === 'default') {
      modeling.updateProperties(sheet.find(gateway.id), { default: owner });
      ways.setCondition(owner, '');
    } else if (isDefault) {
      modeling.updateProperties(sheet.find(gateway.id), { default: undefined });
    }
    if (next === 'expression' && known) ways.setCondition(owner, `(${body})`);
    if (next === 'value' && body && !known) ways.setCondition(owner, '');
  };
  const variable = known?.variable ?? ways.variable ?? '';
  return section(
    '走向',
    choice('什么时候走这条连线', kind, [['value', '结果等于下面的值'], ['default', '其他情况（默认连线）'], ['expression', '其他条件']], setKind),
    kind === 'value' && text('值', known?.value ?? '', (value) => ways.setValue(owner, value)),
    kind === 'value' && coded(text('变量', variable || ways.suggested, (next) => ways.setCondition(owner, `${next} == ${quoted(known?.value ?? '')}`), { check: name, options: variables })),
    kind === 'expression' && text('条件', body, (next) => ways.setCondition(owner, next), { area: true, hint: '例如 days > 5 and level == "city"。' }),
    note(`从“${titleOf(gateway)}”到“${owner.targetRef ? titleOf(owner.targetRef) : '未连接'}”。`),
  );
}
