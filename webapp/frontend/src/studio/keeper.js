// Unsaved work of one draft in this browser: it outlives a lost tab, a lost server, a lost session. In two places:
// local storage is written before a closing tab is gone, but reaches the disk seconds later only (seen in
// Chromium: a killed browser has lost it); IndexedDB is on the disk as soon as it says so.
const PREFIX = 'cartouche.studio.draft.';
const BASE = 'cartouche.studio';
const STORE = 'unsaved';
const PATIENCE_MS = 2000;
let base = null;

export class Keeper {
  constructor(draftId) {
    this.key = PREFIX + draftId;
  }

  // False when the browser has no room: the words on the page must not promise what is not kept.
  keep(changes) {
    const work = { ...changes, at: new Date().toISOString() };
    within('readwrite', (store) => store.put(work, this.key));
    try {
      localStorage.setItem(this.key, JSON.stringify(work));
      return true;
    } catch {
      return false;
    }
  }

  // The later of the two.
  async kept() {
    const found = [this.#local(), await within('readonly', (store) => store.get(this.key))];
    return found.filter(Boolean).sort((one, other) => one.at.localeCompare(other.at)).pop() ?? null;
  }

  drop() {
    localStorage.removeItem(this.key);
    return within('readwrite', (store) => store.delete(this.key));
  }

  #local() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }
}

const forget = () => { base = null; };

function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(BASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => {
      asked.result.onclose = forget;
      done(asked.result);
    };
    asked.onerror = () => fail(asked.error);
  });
}

// Undefined where the browser refuses or does not answer (a broken profile): local storage is there still. What is
// only late is done all the same, in the order it was asked for.
function within(mode, act) {
  const patience = new Promise((done) => { setTimeout(done, PATIENCE_MS); });
  return Promise.race([transact(mode, act), patience]);
}

// After a failure, the next attempt opens it anew.
async function transact(mode, act) {
  try {
    base ??= open();
    const transaction = (await base).transaction(STORE, mode, { durability: 'strict' });
    const asked = act(transaction.objectStore(STORE));
    transaction.commit?.();
    return await new Promise((done, fail) => {
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = () => fail(transaction.error);
    });
  } catch {
    forget();
    return undefined;
  }
}
