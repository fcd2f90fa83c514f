// What can be folded stays as it was left when the table around it is renewed; on a telephone it
// begins folded, so that the table is in sight.
let folded = window.matchMedia('(max-width: 640px)').matches;

export function start() {
  show();
  document.addEventListener('htmx:afterSettle', show);
  document.addEventListener('click', (event) => {
    const fold = event.target.closest?.('summary')?.closest('details[data-fold]');
    if (fold) folded = fold.open; // it is turned after this
  });
}

function show() {
  document.querySelectorAll('details[data-fold]').forEach((fold) => {
    fold.open = !folded;
  });
}
