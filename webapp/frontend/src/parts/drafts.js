// Keeps what is typed into <form data-draft="address"> as a draft on the server: after a short pause,
// before the page is turned or sent, and when it is left. Only 保存 makes it part of the file.
import { tell } from './entry.js';
import { refreshToken } from './token.js';
import { show } from './draft-state.js';

const PAUSE = 800;
const changed = new Set(); // typed since it was last kept
const lost = new Set(); // could not be kept: tried again later
const timers = new Map();
const sending = new Map();

export function start() {
  document.addEventListener('input', note);
  document.addEventListener('submit', keepBeforeSending, true);
  document.addEventListener('click', keepBeforeTurning);
  document.addEventListener('htmx:confirm', keepBeforeSwap);
  document.addEventListener('htmx:afterSwap', forgetGone);
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : retry()));
  window.addEventListener('pagehide', leave);
  window.addEventListener('beforeunload', warn);
  window.addEventListener('offline', () => changed.forEach((form) => show(form, 'offline')));
  ['online', 'focus'].forEach((name) => window.addEventListener(name, retry));
}

const chosenFiles = (form) => [...form.elements].some((one) => one.type === 'file' && one.files.length);

function note(event) {
  const form = event.target.form;
  if (!form?.dataset.draft || event.target.matches('[data-switch]')) return;
  show(form, navigator.onLine ? 'unsaved' : 'offline');
  if (event.target.type === 'file') return;
  changed.add(form);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), PAUSE));
}

// Waits its turn: what was sent first must not arrive last.
async function keep(form) {
  clearTimeout(timers.get(form));
  await sending.get(form);
  if (!changed.delete(form)) return;
  const sent = send(form).catch(() => ({ state: 'offline' }));
  sending.set(form, sent);
  const { state, at } = await sent;
  sending.delete(form);
  const failed = !['kept', 'saved'].includes(state);
  if (failed) changed.add(form);
  lost[failed ? 'add' : 'delete'](form);
  show(form, !failed && chosenFiles(form) ? 'unsaved' : state, at);
}

async function send(form, keepalive = false) {
  const post = () =>
    fetch(form.dataset.draft, {
      method: 'POST',
      body: wordsOf(form),
      keepalive,
      headers: { Accept: 'application/json' },
    });
  let answer = await post();
  if (!keepalive && [400, 401].includes(answer.status)) {
    if (!(await refreshToken())) return { state: 'expired' };
    answer = await post();
  }
  if (!answer.ok) return { state: 'failed' };
  const { at, problems } = await answer.json();
  if (!keepalive) tell(form, problems);
  return { state: at ? 'kept' : 'saved', at };
}

function wordsOf(form) {
  if (form.elements.step) form.elements.step.value = Number(form.elements.step.value) + 1;
  const body = new FormData(form);
  [...body].forEach(([name, value]) => value instanceof File && body.delete(name));
  ['go', 'held'].forEach((name) => body.delete(name));
  return body;
}

// 保存 itself may fail or find nobody logged in: the words are safe before it is tried. A server
// that does not answer is no reason to give the page up for an error.
function keepBeforeSending(event) {
  const form = event.target;
  if (!form.dataset?.draft) return;
  const turns = event.submitter?.matches('[data-turn]');
  if (!turns && !changed.has(form) && !sending.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  flush(form).then(() => {
    if (form.querySelector('[data-save-state]')?.dataset.state === 'offline') return;
    changed.delete(form);
    if (turns) turn(form);
    else form.requestSubmit(submitter);
  });
}

function turn(form) {
  const choice = [...form.elements].find((one) => one.matches('[data-switch]'));
  window.location.assign(choice.selectedOptions[0].dataset.url);
}

// The next page shows which ones are unsaved: it is asked for when they are.
function keepBeforeTurning(event) {
  const link = event.target.closest?.('#dossier-pages a[href]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !pending()) return;
  event.preventDefault();
  flushAll().then(() => window.location.assign(link.href));
}

function keepBeforeSwap(event) {
  const { elt, target } = event.detail;
  const going = [...document.querySelectorAll('form[data-draft]')].filter((form) => target.contains(form));
  if (elt.matches('form[data-draft]') || !going.length) return;
  const words = going.find(chosenFiles)?.querySelector('[data-save-state]')?.dataset.files;
  event.preventDefault();
  if (words && !window.confirm(words)) return;
  flushAll().then(() => event.detail.issueRequest(true));
}

const pending = () => changed.size + sending.size > 0;

async function flush(form) {
  await keep(form);
  await sending.get(form);
}

const flushAll = () => Promise.all([...new Set([...changed, ...sending.keys()])].map(flush));

// The tab is closed or hidden: there is no answer to wait for.
function leave() {
  changed.forEach((form) => {
    if (form.isConnected) send(form, true).then(() => changed.delete(form), () => {});
  });
}

function retry() {
  lost.forEach((form) => keep(form));
}

function warn(event) {
  const forms = [...document.querySelectorAll('form[data-draft]:not([data-sent])')];
  if (!forms.some((form) => lost.has(form) || chosenFiles(form))) return;
  event.preventDefault();
  event.returnValue = '';
}

function forgetGone() {
  [changed, lost].forEach((forms) => {
    [...forms].filter((form) => !form.isConnected).forEach((form) => forms.delete(form));
  });
}
