// Arrow keys walk the rows of a table marked data-rows; Enter follows the row's link as ever.
export function start() {
  document.addEventListener('keydown', move);
}

function move(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.target.closest?.('table[data-rows] tbody tr');
  if (!row || event.target.matches('input, select, textarea')) return;
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const link = next?.querySelector('a, button');
  if (!link) return;
  event.preventDefault();
  link.focus();
}
