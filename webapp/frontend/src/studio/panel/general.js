// What every element has: its name and its documentation.
import { note, section, text } from './inputs.js';

export function general({ element, owner, sheet }) {
  const modeling = sheet.get('modeling');
  const setName = (value) => modeling.updateLabel(element.labelTarget ?? element, value);
  const written = owner.get('documentation')?.[0]?.text ?? '';
  const setWords = (value) => modeling.updateProperties(element, {
    documentation: value ? [sheet.get('bpmnFactory').create('bpmn:Documentation', { text: value })] : [],
  });
  const isNote = owner.$type === 'bpmn:TextAnnotation';
  return section(
    '基本信息',
    text(isNote ? '文字' : '名称', (isNote ? owner.text : owner.name) ?? '', setName, { area: isNote }),
    !isNote && text('说明', written, setWords, { area: 3, hint: '办理的要求和依据的条款，经办人能看到。' }),
    note(`编号：${owner.id}`),
  );
}
