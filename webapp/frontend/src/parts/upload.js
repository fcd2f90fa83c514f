// Forms marked data-upload: size checked before sending, progress shown while sending, a way to stop.
export function start() {
  document.addEventListener('change', check);
  document.addEventListener('htmx:xhr:progress', progress);
  document.addEventListener('htmx:beforeRequest', begin);
  document.addEventListener('htmx:afterRequest', finish);
}

function check(event) {
  const input = event.target;
  const most = Number(input.dataset?.maxBytes);
  if (input.type !== 'file' || !most) return;
  const tooLarge = [...input.files].some((file) => file.size > most);
  input.setCustomValidity(tooLarge ? input.dataset.tooLarge : '');
  input.reportValidity();
}

const barOf = (event) => event.target.closest?.('form[data-upload]')?.querySelector('progress');

function begin(event) {
  const bar = barOf(event);
  if (!bar) return;
  bar.hidden = false;
  bar.removeAttribute('value');
}

function progress(event) {
  const bar = barOf(event);
  if (!bar || !event.detail.lengthComputable) return;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
}

function finish(event) {
  const bar = barOf(event);
  if (bar) bar.hidden = true;
}
