// Of forms that keep no drafts by themselves (drafts.js): says 已保存, 未保存 or 离线 beside the form, and asks before a page with unsaved words is left.
// The words come from the page: <span data-save-state data-unsaved="…" data-offline="…">.
const changed = new Set();
let leaving = false;

export function start() {
  document.addEventListener('input', note);
  document.addEventListener('submit', (event) => {
    const stays = event.defaultPrevented || event.submitter?.formTarget === '_blank';
    if (!stays) leaving = event.target.matches('form[data-unsaved]');
  });
  document.addEventListener('htmx:afterSwap', forget);
  document.addEventListener('htmx:confirm', askBeforeSwap);
  window.addEventListener('beforeunload', warn);
  window.addEventListener('offline', show);
  window.addEventListener('online', show);
  look();
}

function note(event) {
  const form = event.target.form;
  if (!form?.matches('form[data-unsaved]')) return;
  changed.add(form);
  show();
}

function forget() {
  leaving = false;
  [...changed].filter((form) => !form.isConnected).forEach((form) => changed.delete(form));
  look();
}

// A form that came back with errors was not saved either.
function look() {
  const refused = document.querySelectorAll('form[data-unsaved] .has-error');
  refused.forEach((field) => changed.add(field.closest('form')));
  show();
}

function warn(event) {
  if (leaving || !changed.size) return;
  event.preventDefault();
  event.returnValue = '';
}

// A partial update that swaps the form away leaves it as surely as a link does, and the browser
// would not ask. One that leaves the form where it is loses nothing.
function askBeforeSwap(event) {
  const { elt, target } = event.detail;
  const words = document.querySelector('form[data-unsaved] [data-save-state]')?.dataset.leave;
  if (!words || elt.matches('form[data-unsaved]')) return;
  if (![...changed].some((form) => target.contains(form))) return;
  event.preventDefault();
  if (!window.confirm(words)) return;
  changed.clear();
  event.detail.issueRequest(true);
}

function show() {
  const state = navigator.onLine ? (changed.size ? 'unsaved' : 'saved') : 'offline';
  document.querySelectorAll('form[data-unsaved] [data-save-state]').forEach((place) => {
    place.dataset.saved ??= place.textContent;
    place.dataset.state = state;
    const words = place.dataset[state] ?? '';
    if (place.textContent !== words) place.textContent = words;
  });
}
