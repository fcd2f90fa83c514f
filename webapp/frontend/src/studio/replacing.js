// What comes from elsewhere (another version, an import, kept work) takes the place of what is there. It is a step
// like any other: the newest first, once what was drawn since is undone; sooner only when somebody says so.
import { ask, button, h } from './dom.js';

export class Replacing {
  #steps = [];

  constructor({ draft, bench, place }) {
    Object.assign(this, { draft, bench, place });
  }

  // The step, for `tell` and `back`.
  async adopt(files, removed = []) {
    await this.bench.flush();
    const afterwards = [...Object.entries(files), ...removed.map((name) => [name, undefined])];
    const step = afterwards
      .map(([name, after]) => ({ name, before: this.draft.files.get(name), after }))
      .filter(({ before, after }) => before !== after);
    this.#steps.push(step);
    for (const { name, after } of step) await this.#put(name, after);
    this.bench.draw();
    return step;
  }

  // Undoes the last step on the canvas, or else what took its place; the file is then as it was before.
  undo(sheet) {
    if (sheet.canUndo) sheet.undo();
    else this.back(this.#lastOf(sheet.name));
  }

  async back(step) {
    await this.bench.flush();
    if (!(await this.#isMeant(step)) || !this.#steps.includes(step)) return;
    this.#steps.splice(this.#steps.indexOf(step), 1);
    step.bar?.remove();
    for (const { name, before } of step) await this.#put(name, before);
    this.bench.draw();
  }

  // Says what was put in its place, and that there is a way back.
  tell(step, words) {
    this.place.querySelector('.is-replaced')?.remove();
    step.bar = h('div', { class: 'studio-kept is-note is-replaced', role: 'region', 'aria-label': '换下来的内容' },
      h('p', {}, words),
      button('换回来', () => this.back(step), 'btn btn-sm btn-primary'),
      button('知道了', () => step.bar.remove(), 'btn btn-sm btn-outline-secondary'));
    this.place.append(step.bar);
  }

  async #isMeant(step) {
    if (!this.#steps.includes(step)) return false;
    const later = this.#steps.slice(this.#steps.indexOf(step) + 1).flat().map(({ name }) => name);
    const again = step.filter(({ name }) => later.includes(name));
    if (again.length) {
      await ask('还不能换回来', `在这以后，${this.#titles(again)}又换过一次。请先打开那个文件，撤销后一次。`, [['', '知道了', 'btn btn-primary']]);
      return false;
    }
    const changed = step.filter(({ name, after }) => this.draft.files.get(name) !== after);
    return !changed.length || Boolean(await ask('后来的修改会丢失', `换了以后，${this.#titles(changed)}又修改过。现在换回来，这些修改就没有了。`, [
      ['', '保留修改', 'btn btn-primary'],
      ['yes', '仍然换回来', 'btn btn-danger'],
    ]));
  }

  async #put(name, xml) {
    if (xml !== undefined) this.draft.put(name, xml);
    else if (this.draft.files.has(name)) await this.#takeAway(name);
    await this.bench.renew(name);
  }

  async #takeAway(name) {
    if (this.bench.opener(name)) await this.bench.close(name);
    this.draft.remove(name);
  }

  #titles(changed) {
    return changed.map(({ name }) => `“${this.bench.index.about(name).title || name}”`).join('');
  }

  #lastOf(name) {
    return [...this.#steps].reverse().find((step) => step.some((one) => one.name === name && one.before !== undefined));
  }
}
