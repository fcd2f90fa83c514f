// What the files of a draft hold, read from their XML: for tabs and for choices.
import { MAIN_FILE, isTable } from './draft.js';
import { comparison } from './panel/literals.js';

const all = (root, tag) => [...root.getElementsByTagNameNS('*', tag)];
const NO_FILE = { ids: [], tasks: [], variables: [], title: '' };

function read(name, xml) {
  const root = new DOMParser().parseFromString(xml, 'text/xml');
  const holders = all(root, isTable(name) ? 'decision' : 'process');
  const conditions = all(root, 'conditionExpression').map(({ textContent }) => comparison(textContent)?.variable);
  const outputs = all(root, 'output').map((output) => output.getAttribute('name'));
  return {
    ids: holders.map((holder) => holder.getAttribute('id')),
    title: holders[0]?.getAttribute('name') || name,
    tasks: all(root, 'userTask').map((task) => [task.getAttribute('id'), task.getAttribute('name') || task.getAttribute('id')]),
    variables: [...conditions, ...outputs].filter(Boolean),
  };
}

export class Files {
  #known = new Map();

  constructor(draft) {
    this.draft = draft;
  }

  about(name) {
    const xml = this.draft.files.get(name);
    if (xml === undefined) return NO_FILE;
    const known = this.#known.get(name);
    if (known?.xml === xml) return known.about;
    const about = read(name, xml);
    this.#known.set(name, { xml, about });
    return about;
  }

  // The top level first, then called diagrams, then tables.
  names() {
    const rank = (name) => (name === MAIN_FILE ? 0 : isTable(name) ? 2 : 1);
    return [...this.draft.files.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  }

  processes() {
    return this.#held(false).map((one) => ({ ...one, isMain: one.name === MAIN_FILE }));
  }

  tables() {
    return this.#held(true);
  }

  tasks() {
    return this.names().flatMap((name) => this.about(name).tasks);
  }

  variables() {
    return [...new Set(this.names().flatMap((name) => this.about(name).variables))].sort();
  }

  #held(wanted) {
    return this.names()
      .filter((name) => isTable(name) === wanted)
      .flatMap((name) => this.about(name).ids.map((id) => ({ id, name, title: this.about(name).title })));
  }
}
