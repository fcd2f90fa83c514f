// On a telephone a row of links may be wider than the screen: it begins where one is.
export function start() {
  show();
  document.addEventListener('htmx:afterSettle', show);
}

function show() {
  document.querySelectorAll('.tabs a[aria-current], .site-nav a[aria-current]').forEach((link) => {
    const row = link.closest('ul');
    const before = link.getBoundingClientRect().left - row.getBoundingClientRect().left;
    const room = row.clientWidth - link.offsetWidth;
    if (before < 0 || before > room) row.scrollLeft += before - room / 2;
  });
}
