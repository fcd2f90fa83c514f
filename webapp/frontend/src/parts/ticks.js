// “全选本页”: shown only where it works; ticks every box of its form, and follows them.
export function start() {
  reveal();
  document.addEventListener('htmx:afterSettle', reveal);
  document.addEventListener('change', (event) => {
    const all = event.target.form?.querySelector('[data-tick-all] input');
    if (!all || event.target.type !== 'checkbox') return;
    const boxes = boxesOf(all);
    if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
    else all.checked = boxes.every((box) => box.checked);
  });
}

const boxesOf = (all) => [...all.form.elements].filter((box) => box.type === 'checkbox' && box !== all);

function reveal() {
  for (const place of document.querySelectorAll('[data-tick-all]')) place.hidden = !boxesOf(place.querySelector('input')).length;
}
