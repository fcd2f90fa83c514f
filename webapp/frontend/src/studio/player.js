// Plays the run that shows a problem, step by step on the canvas: where the tokens stand, which way was taken.
import { button, h } from './dom.js';

const STEP_MS = 1600;
const OVERLAY = 'studio-token';

export class Player {
  #timer = 0;

  constructor(place, { open }) {
    Object.assign(this, { place, open, problem: null, at: 0, painted: null });
    place.addEventListener('keydown', (event) => this.#key(event));
  }

  play(problem) {
    this.problem = problem;
    this.#toggleStage(true);
    this.#draw();
    this.#go(0);
    this.place.querySelector('[data-act=next]').focus({ preventScroll: true });
    this.place.parentElement.scrollIntoView({ block: 'nearest' });
  }

  stop() {
    this.#pause();
    if (this.painted) wipe(this.painted);
    this.painted = null;
    this.problem = null;
    this.#toggleStage(false);
  }

  // While a run is played the list makes room for the canvas.
  #toggleStage(isPlaying) {
    this.place.hidden = !isPlaying;
    this.place.closest('.studio').classList.toggle('is-playing', isPlaying);
  }

  #draw() {
    const { problem } = this;
    this.caption = h('p', { class: 'studio-play-words', 'aria-live': 'polite' });
    this.count = h('span', { class: 'studio-play-count' });
    const act = (name, words, run) => button(words, run, 'btn btn-sm btn-outline-primary', { 'data-act': name });
    this.place.replaceChildren(
      h('p', { class: 'studio-play-problem' }, h('strong', {}, '演示'), ' ', problem.message),
      this.caption,
      h('div', { class: 'studio-play-acts' },
        act('previous', '上一步', () => this.#step(-1)),
        act('play', '播放', () => this.#toggle()),
        act('next', '下一步', () => this.#step(1)),
        act('last', '到出错处', () => this.#step(this.problem.run.length)),
        this.count,
        act('stop', '结束演示', () => this.stop())),
    );
  }

  #step(by) {
    this.#pause();
    this.#go(this.at + by);
  }

  #toggle() {
    if (this.#timer) {
      this.#pause();
      return;
    }
    if (this.at === this.problem.run.length - 1) this.#go(0);
    this.#timer = setInterval(() => {
      if (this.at < this.problem.run.length - 1) this.#go(this.at + 1);
      else this.#pause();
    }, STEP_MS);
    this.place.querySelector('[data-act=play]').textContent = '暂停';
  }

  #pause() {
    clearInterval(this.#timer);
    this.#timer = 0;
    const toggle = this.place.querySelector('[data-act=play]');
    if (toggle) toggle.textContent = '播放';
  }

  async #go(at) {
    const { problem } = this;
    const { run } = problem;
    this.at = Math.max(0, Math.min(run.length - 1, at));
    const move = run[this.at];
    this.caption.textContent = move.words;
    this.count.textContent = `第 ${this.at + 1} / ${run.length} 步`;
    // Not `disabled`: that would take the focus, and with it the arrow keys, from whoever pressed it.
    const spent = (act, isSpent) => this.place.querySelector(`[data-act=${act}]`).setAttribute('aria-disabled', String(isSpent));
    spent('previous', this.at === 0);
    spent('next', this.at === run.length - 1);
    spent('last', this.at === run.length - 1);
    const sheet = await this.open(move.file);
    if (this.problem !== problem || run[this.at] !== move) return;
    if (this.painted) wipe(this.painted);
    this.painted = sheet;
    sheet?.get?.('selection').select([]);
    if (sheet?.modeler) paint(sheet, run.slice(0, this.at + 1));
  }

  #key(event) {
    const act = { ArrowLeft: () => this.#step(-1), ArrowRight: () => this.#step(1), Escape: () => this.stop() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

const MARKERS = ['was-taken', 'is-taken', 'is-here', 'has-token'];

function wipe(sheet) {
  if (!sheet.modeler) return;
  const canvas = sheet.get('canvas');
  sheet.get('overlays').remove({ type: OVERLAY });
  sheet.get('elementRegistry').forEach((element) => MARKERS.forEach((marker) => canvas.removeMarker(element, marker)));
}

function paint(sheet, moves) {
  const canvas = sheet.get('canvas');
  const mark = (id, marker) => {
    const element = id && sheet.find(id);
    if (element) canvas.addMarker(element, marker);
    return element;
  };
  const now = moves[moves.length - 1];
  moves.slice(0, -1).forEach(({ flow, element }) => [flow, element].forEach((id) => mark(id, 'was-taken')));
  mark(now.flow, 'is-taken');
  const here = mark(now.element, 'is-here');
  counted(now.tokens).forEach(([id, count]) => {
    const element = mark(id, 'has-token');
    if (element) sheet.get('overlays').add(element, OVERLAY, { position: { bottom: 12, left: -12 }, html: token(count) });
  });
  if (here) sheet.centre(here);
}

function counted(tokens) {
  const counts = new Map();
  tokens.forEach((id) => counts.set(id, (counts.get(id) ?? 0) + 1));
  return [...counts];
}

const token = (count) => h('span', { class: 'studio-token', title: '办件在这里' }, count > 1 ? String(count) : '');
