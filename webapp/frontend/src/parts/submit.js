// A slow answer must not make anybody press twice: a second post of the same form is held back.
export function start() {
  document.addEventListener('submit', hold);
  document.addEventListener('htmx:afterRequest', (event) => free(event.target));
  window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(free));
}

function hold(event) {
  const form = event.target;
  // What opens in a window of its own leaves this page, and its form, as they are.
  if (event.submitter?.formTarget === '_blank') return;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  form.setAttribute('aria-busy', 'true');
}

function free(element) {
  const form = element.closest?.('form') ?? element;
  if (!form.dataset) return;
  delete form.dataset.sent;
  form.removeAttribute?.('aria-busy');
}
