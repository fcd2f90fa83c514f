// The tabs of a draft: each file that is open has a canvas or a table; one of them is shown.
import { button, h } from './dom.js';
import { MAIN_FILE, isTable } from './draft.js';
import { Sheet } from './sheet.js';
import { Table } from './table.js';

export class Workbench {
  #open = new Map();

  constructor({ tabs, files, place, draft, index, onSelect, onShow }) {
    Object.assign(this, { tabs, filesMenu: files, place, draft, index, onSelect, onShow, current: null });
    this.#offerFiles(files);
    tabs.addEventListener('keydown', (event) => this.#walk(event));
  }

  // Arrow keys in a closed list change it at every press: they look, Enter opens.
  #offerFiles(files) {
    let isWalking = false;
    const open = () => {
      const name = files.value;
      files.value = '';
      if (name) this.show(name);
    };
    files.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') open();
      isWalking = key.startsWith('Arrow') || key === 'Home' || key === 'End';
    });
    files.addEventListener('change', () => isWalking || open());
  }

  get opened() {
    return [...this.#open.values()];
  }

  opener(name) {
    return this.#open.get(name);
  }

  // The sheet of a file, opened when need be; null for a file that the draft does not have.
  async show(name) {
    if (!this.draft.files.has(name)) return null;
    if (!this.#open.has(name)) await this.#openFile(name);
    this.current = this.#open.get(name);
    this.opened.forEach((sheet) => { sheet.holder.hidden = sheet !== this.current; });
    if (this.current.isPlaced === false && !this.current.isBroken) this.current.show();
    this.draw();
    this.onShow(this.current);
    return this.current;
  }

  async #openFile(name) {
    const onXml = (file, xml) => this.draft.put(file, xml);
    const sheet = isTable(name)
      ? new Table(name, { onXml })
      : new Sheet(name, { onXml, onSelect: (from) => from === this.current && this.onSelect(from) });
    sheet.holder = h('div', { class: 'studio-sheet', role: 'tabpanel', id: panelId(name), 'aria-labelledby': tabId(name) }, sheet.element);
    this.place.append(sheet.holder);
    this.opened.forEach((one) => { one.holder.hidden = true; });
    try {
      await sheet.open(this.draft.files.get(name));
    } catch (error) {
      sheet.holder.replaceChildren(h('p', { class: 'studio-unreadable' }, `这个文件画不出来：${error.message}`));
      sheet.isBroken = true;
    }
    this.#open.set(name, sheet);
  }

  // What came from elsewhere (an import, another's version) takes the place of what was open.
  async renew(name) {
    const isShown = this.current?.name === name;
    const wasOpen = this.#open.has(name);
    this.#forget(name);
    if (isShown) await this.show(name);
    else if (wasOpen) this.draw();
  }

  async close(name) {
    await this.flush();
    this.#forget(name);
    return this.show(MAIN_FILE);
  }

  #forget(name) {
    const sheet = this.#open.get(name);
    if (!sheet) return;
    this.#open.delete(name);
    sheet.close();
    sheet.holder.remove();
  }

  async flush() {
    await Promise.all(this.opened.filter(({ isBroken }) => !isBroken).map((sheet) => sheet.flush()));
  }

  draw(problems = this.problems ?? []) {
    this.problems = problems;
    const focused = document.activeElement?.id;
    this.tabs.replaceChildren(...[...this.#open.keys()].map((name) => this.#tab(name)));
    this.#menu();
    if (focused && this.tabs.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused).focus();
  }

  #count(name) {
    return this.problems.filter(({ file }) => file === name).length;
  }

  #tab(name) {
    const isShown = this.current?.name === name;
    const { title } = this.index.about(name);
    const count = this.#count(name);
    const tab = button(
      [title, count ? h('span', { class: 'count', title: `${count} 个问题` }, String(count)) : null],
      () => this.show(name),
      `studio-tab${isShown ? ' is-shown' : ''}${isTable(name) ? ' is-table' : ''}`,
      { role: 'tab', id: tabId(name), 'aria-selected': String(isShown), 'aria-controls': panelId(name), tabindex: isShown ? '0' : '-1' },
    );
    if (name === MAIN_FILE) return tab;
    // A list of tabs holds tabs and nothing else: for the keyboard and a screen reader it is Delete that closes.
    const close = button('×', () => this.close(name), 'studio-tab-close', { 'aria-hidden': 'true', tabindex: '-1', title: `关闭“${title}”` });
    tab.setAttribute('aria-keyshortcuts', 'Delete');
    tab.title = '按 Delete 键关闭';
    return h('span', { class: 'studio-tab-pair', role: 'presentation' }, tab, close);
  }

  #menu() {
    const looked = document.activeElement === this.filesMenu ? this.filesMenu.value : '';
    const option = (name) => h('option', { value: name }, `${this.index.about(name).title}${this.#count(name) ? `（${this.#count(name)} 个问题）` : ''}`);
    const names = this.index.names();
    const group = (label, list) => (list.length ? h('optgroup', { label }, list.map(option)) : null);
    this.filesMenu.replaceChildren(
      h('option', { value: '' }, `全部文件（${names.length}）`),
      ...[group('流程图', names.filter((name) => !isTable(name))), group('决策表', names.filter(isTable))].filter(Boolean),
    );
    this.filesMenu.value = looked;
  }

  #walk(event) {
    if (event.key === 'Delete' && this.current?.name !== MAIN_FILE) {
      this.close(this.current.name).then(() => this.#focus());
      return;
    }
    const names = [...this.#open.keys()];
    const at = names.indexOf(this.current?.name);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.show(names[(next + names.length) % names.length]).then(() => this.#focus());
  }

  #focus() {
    this.tabs.querySelector('[aria-selected=true]').focus();
  }
}

const plain = (name) => name.replace(/[^A-Za-z0-9]/g, '-');
const tabId = (name) => `studio-tab-${plain(name)}`;
const panelId = (name) => `studio-sheet-${plain(name)}`;
