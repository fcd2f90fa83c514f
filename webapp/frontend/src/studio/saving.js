// Saving by itself: kept in the browser at once, sent to the server a second after the last change, and every few
// seconds while somebody goes on and on.
import { Faulty, Refused, SignedOut } from './server.js';

const QUIET_MS = 1000;
const LONGEST_MS = 5000;
const RETRY_MS = 8000;
// What passes by is tried again; where somebody else saved first or gave the draft up, it is no use.
const PASSING = new Map([[SignedOut, 'signed-out'], [Faulty, 'faulty']]);
const STOPPING = { 404: 'gone', 409: 'conflict' };

export class Saving extends EventTarget {
  #timer = 0;
  #sending = null;

  constructor(draft, server, keeper) {
    super();
    Object.assign(this, { draft, server, keeper, stopped: false });
    draft.addEventListener('change', () => this.#changed());
    window.addEventListener('online', () => this.save());
  }

  #changed() {
    this.isKept = this.keeper.keep(this.draft.changes());
    if (this.stopped) return;
    this.#say('waiting');
    this.since ??= Date.now();
    this.#later(Math.max(0, Math.min(QUIET_MS, this.since + LONGEST_MS - Date.now())));
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), milliseconds);
  }

  // One saving at a time: what changes meanwhile goes with the next one.
  async save({ keepalive = false } = {}) {
    while (this.#sending) await this.#sending;
    if (this.stopped || this.draft.isSaved) return;
    clearTimeout(this.#timer);
    this.since = null;
    this.#sending = this.#send(this.draft.changes(), keepalive).finally(() => { this.#sending = null; });
    await this.#sending;
  }

  async #send(changes, keepalive) {
    this.#say('saving');
    try {
      this.#landed(changes, await this.server.save(changes, keepalive));
    } catch (error) {
      const landed = error.status === 409 && await this.#landedBefore(changes);
      if (landed) this.#landed(changes, landed);
      else this.#failed(error);
    }
  }

  // Of a saving whose answer was lost the server says "somebody saved": it was this page.
  async #landedBefore(changes) {
    const now = await this.server.draft().catch(() => null);
    const isOurs = now && Object.entries(changes.files).every(([name, xml]) => now.files[name] === xml)
      && changes.removed.every((name) => !(name in now.files));
    return isOurs ? now : null;
  }

  #landed(changes, answer) {
    this.draft.landed(changes, answer.revision);
    if (this.draft.isSaved) this.keeper.drop();
    else this.isKept = this.keeper.keep(this.draft.changes());
    this.#say(this.draft.isSaved ? 'saved' : 'waiting', answer);
  }

  #failed(error) {
    this.isKept = this.keeper.keep(this.draft.changes());
    if (error instanceof Refused && STOPPING[error.status]) {
      this.stopped = true;
      this.#say(STOPPING[error.status], error.body);
    } else if (error instanceof Refused) {
      this.#say('refused', { message: error.message });
    } else {
      this.#say(PASSING.get(error.constructor) ?? 'unreachable', { message: error.message });
      this.#later(RETRY_MS);
    }
  }

  #say(state, detail = {}) {
    this.dispatchEvent(new CustomEvent('state', { detail: { state, ...detail } }));
  }
}
