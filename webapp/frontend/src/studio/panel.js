// 属性: what is selected on the canvas, in the words of the office.
import { h } from './dom.js';
import { Extension } from './extension.js';
import { call, multiple, rule } from './panel/calls.js';
import { draw } from './panel/draw.js';
import { events } from './panel/events.js';
import { fields } from './panel/fields.js';
import { flow } from './panel/flow.js';
import { general } from './panel/general.js';
import { commitTyped, note, section, startOver } from './panel/inputs.js';
import { kindOf } from './panel/kinds.js';
import { operation } from './panel/operation.js';
import { outcomes } from './panel/outcomes.js';
import { Picker } from './panel/picker.js';
import { task } from './panel/task.js';

const GROUPS = {
  'bpmn:UserTask': [task, outcomes, fields, multiple],
  'bpmn:ServiceTask': [operation],
  'bpmn:BusinessRuleTask': [rule],
  'bpmn:CallActivity': [call],
  'bpmn:SequenceFlow': [flow],
  'bpmn:ExclusiveGateway': [outcomes],
  'bpmn:IntermediateCatchEvent': [events],
  'bpmn:BoundaryEvent': [events],
};

export class Panel {
  #shown = null;
  #pressed = false;
  #waiting = null;

  constructor(around, context) {
    const place = h('div', {});
    Object.assign(this, { place, context, picker: new Picker(), said: h('p', { class: 'visually-hidden', role: 'status' }) });
    around.replaceChildren(this.picker.element, this.said, place);
    this.around = around;
    // What is typed is written when a button is pressed: that must not take the button away from under it.
    place.addEventListener('pointerdown', ({ target }) => { this.#pressed = Boolean(target.closest('button, label, [type=checkbox]')); });
    ['pointerup', 'pointercancel'].forEach((name) => document.addEventListener(name, () => setTimeout(() => this.#release(), 0)));
  }

  #release() {
    this.#pressed = false;
    this.#drawWaiting();
  }

  // Draws the selected element of a sheet; what is being typed in keeps its place. A moment later, as what was typed
  // is written when somebody goes on to the next control: that one must have been reached before it is drawn anew.
  show(sheet) {
    this.#waiting = sheet;
    setTimeout(() => this.#drawWaiting(), 0);
  }

  #drawWaiting() {
    const sheet = this.#waiting;
    if (!sheet || this.#pressed) return;
    this.#waiting = null;
    this.#draw(sheet);
  }

  #draw(sheet) {
    const element = sheet.selected ?? sheet.root;
    const focus = this.#focus(element);
    if (element !== this.#shown) this.around.scrollTop = 0;
    this.#shown = element;
    startOver();
    this.picker.show(sheet, element);
    this.place.replaceChildren(...this.#content(sheet, element));
    if (this.isNameWanted) this.#goToName();
    if (!focus) return;
    const control = document.getElementById(focus.id);
    control?.focus({ preventScroll: true });
    if (focus.marked[0] !== null && control?.setSelectionRange) control.setSelectionRange(...focus.marked);
  }

  #goToName() {
    this.isNameWanted = false;
    this.place.querySelector('section input')?.focus({ preventScroll: true });
  }

  showTable(words) {
    this.picker.hide();
    this.#shown = null;
    this.#waiting = null;
    this.place.replaceChildren(h('h2', {}, '决策表'), ...words.map(note));
  }

  // Writes what is still being typed.
  commit() {
    commitTyped();
  }

  #focus(element) {
    const active = document.activeElement;
    if (element !== this.#shown || !this.place.contains(active) || !active.id) return null;
    return { id: active.id, marked: [active.selectionStart ?? null, active.selectionEnd ?? null] };
  }

  #content(sheet, element) {
    const chosen = sheet.get('selection').get();
    if (chosen.length > 1) return [h('h2', {}, `选中了 ${chosen.length} 个元素`), note('选中一个元素可以设置它。')];
    const owner = element.businessObject;
    if (sheet.isSimulating) return [h('h2', {}, kindOf(owner)), note('正在走一遍，不能修改。再按一次“走一遍”就回到编辑。')];
    const context = {
      ...this.context,
      sheet,
      element,
      owner,
      extension: new Extension(sheet.modeler),
      tasks: this.context.files.tasks(),
      variables: this.context.files.variables(),
      say: (words, isNew) => this.#say(words, isNew),
    };
    return [
      h('h2', {}, kindOf(owner)),
      owner.$type === 'bpmn:Collaboration' ? section('基本信息', note('选中泳池、环节或连线可以设置它。')) : general(context),
      draw(context),
      ...(GROUPS[owner.$type] ?? []).flatMap((group) => group(context)).filter(Boolean),
    ].filter(Boolean);
  }

  // What was drawn from here, said; of something new the name comes next.
  #say(words, isNew = false) {
    this.said.textContent = words;
    this.isNameWanted = isNew;
  }
}
