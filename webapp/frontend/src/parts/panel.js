// After a row is saved the panel stays open: the cursor goes to its first field, or to what is wrong.
export function start() {
  document.addEventListener('htmx:afterSettle', (event) => {
    const place = event.target.isConnected ? event.target : document.getElementById(event.target.id);
    const panel = place?.querySelector?.('.grid-panel');
    const wrong = panel?.querySelector('.error-summary');
    const first = panel?.querySelector('input:not([type=hidden]):not([disabled]), select, textarea');
    (wrong ?? first)?.focus({ preventScroll: !wrong });
  });
}
