// The draft as this page has it: its files, and which of them are not on the server yet.
export class Draft extends EventTarget {
  constructor(data) {
    super();
    this.id = data.id;
    this.title = data.title;
    this.revision = data.revision;
    this.files = new Map(Object.entries(data.files));
    this.unsaved = new Set();
    this.removed = new Set();
  }

  get isSaved() {
    return !this.unsaved.size && !this.removed.size;
  }

  put(name, xml) {
    if (this.files.get(name) === xml) return;
    this.files.set(name, xml);
    this.unsaved.add(name);
    this.removed.delete(name);
    this.#tell();
  }

  remove(name) {
    this.files.delete(name);
    this.unsaved.delete(name);
    this.removed.add(name);
    this.#tell();
  }

  // What the next saving sends; `landed` gets it back once the server has it.
  changes() {
    const files = Object.fromEntries([...this.unsaved].map((name) => [name, this.files.get(name)]));
    return { revision: this.revision, files, removed: [...this.removed] };
  }

  landed(sent, revision) {
    this.revision = revision;
    Object.entries(sent.files).forEach(([name, xml]) => {
      if (this.files.get(name) === xml) this.unsaved.delete(name);
    });
    sent.removed.forEach((name) => this.removed.delete(name));
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

export const MAIN_FILE = 'diagram.bpmn';
export const isTable = (name) => name.endsWith('.dmn');
