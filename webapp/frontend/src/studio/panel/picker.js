// 选中的元素: everything on the canvas in a list, so that it can be reached without a mouse.
import { h } from '../dom.js';
import { inOrder, kindOf, lanesOf, titleOf } from './kinds.js';

const WHOLE = '';

export class Picker {
  constructor() {
    this.select = h('select', { id: 'studio-picker', class: 'form-select', onchange: () => this.#go() });
    this.element = h('div', { class: 'field studio-picker' }, h('label', { for: 'studio-picker' }, '选中的元素'), this.select);
  }

  show(sheet, element) {
    this.sheet = sheet;
    this.element.hidden = false;
    const drawn = sheet.get('elementRegistry').filter((one) => one !== sheet.root && one.parent && !one.labelTarget && one.businessObject?.$instanceOf('bpmn:BaseElement'));
    const group = (label, list) => list.length > 0 && h('optgroup', { label }, list.map((one) => h('option', { value: one.id }, words(one))));
    this.select.replaceChildren(...[
      h('option', { value: WHOLE }, '整个流程'),
      group('环节、网关和事件', inOrder(drawn.filter(({ waypoints, type }) => !waypoints && !isFrame(type)))),
      group('连线', inOrder(drawn.filter(({ waypoints }) => waypoints).map(({ id, businessObject, waypoints }) => ({ id, businessObject, waypoints, ...waypoints[0] })))),
      group('泳池和泳道', drawn.filter(({ type }) => isFrame(type))),
    ].filter(Boolean));
    this.select.value = (element.labelTarget ?? element).id;
    if (this.select.selectedIndex < 0) this.select.value = WHOLE;
  }

  hide() {
    this.element.hidden = true;
  }

  #go() {
    if (this.select.value === WHOLE) this.sheet.get('selection').select([]);
    else this.sheet.reveal(this.select.value);
  }
}

const isFrame = (type) => ['bpmn:Participant', 'bpmn:Lane'].includes(type);
const words = ({ businessObject, waypoints }) => (waypoints ? titleOf(businessObject) : [titleOf(businessObject), kindOf(businessObject), ...lanesOf(businessObject)].join(' · '));
