// 问题: everything the checks found, grouped by rule, like a compiler's list; each leads to its place.
import { button, clockTime, h } from './dom.js';

export class Problems {
  #chosen = null;

  constructor(place, { reveal, play }) {
    Object.assign(this, { place, reveal, play, list: [] });
    place.replaceChildren(h('p', { class: 'studio-checked', role: 'status' }, '正在检查…'));
  }

  show(list, { at, milliseconds } = {}) {
    this.list = list;
    this.at = at ?? this.at;
    this.milliseconds = milliseconds;
    this.#draw();
  }

  stale() {
    this.place.classList.add('is-stale');
  }

  choose(problem) {
    this.#chosen = this.list.indexOf(problem);
    this.#draw();
    const row = this.place.querySelector('.is-chosen');
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector('button')?.focus();
  }

  #draw() {
    this.place.classList.remove('is-stale');
    this.place.classList.toggle('is-clear', !this.list.length);
    const took = this.milliseconds === undefined ? '' : `，用时 ${this.milliseconds} 毫秒`;
    const checked = h('span', { class: 'studio-checked' }, this.at ? `${clockTime(this.at)} 检查${took}` : '');
    const groups = [...this.#groups()];
    this.place.replaceChildren(
      h('div', { class: 'studio-problems-head' }, h('h2', {}, '问题'), summary(this.list), checked),
      h('div', { class: 'studio-problems-list', tabindex: '0', role: 'region', 'aria-label': '问题列表' }, groups.map(([label, found]) => this.#group(label, found))),
    );
  }

  #groups() {
    const groups = new Map();
    this.list.forEach((problem) => groups.set(problem.rule_label, [...(groups.get(problem.rule_label) ?? []), problem]));
    return groups;
  }

  #group(label, found) {
    return h('section', { 'aria-label': label }, h('h3', {}, label, h('span', { class: 'count' }, String(found.length))), h('ul', {}, found.map((one) => this.#row(one))));
  }

  #row(problem) {
    const at = this.list.indexOf(problem);
    return h(
      'li',
      { class: `${at === this.#chosen ? 'is-chosen' : ''}${problem.undecided ? ' is-undecided' : ''}` },
      button([
        problem.place && h('strong', {}, problem.place),
        h('span', {}, problem.message),
      ], () => { this.choose(problem); this.reveal(problem); }, 'studio-problem'),
      problem.mend && h('p', { class: 'studio-mend' }, problem.mend),
      problem.run?.length ? button('演示', () => { this.choose(problem); this.play(problem); }, 'btn btn-sm btn-outline-primary', { 'aria-label': `演示：${problem.message}（${problem.place}）` }) : null,
    );
  }
}

function summary(list) {
  const open = list.filter(({ undecided }) => undecided).length;
  if (!list.length) return h('p', { class: 'studio-clear' }, '没有发现问题');
  const words = [list.length - open && `${list.length - open} 个问题，不能部署`, open && `${open} 项无法判定`];
  return h('p', { class: 'studio-count' }, words.filter(Boolean).join('；'));
}
