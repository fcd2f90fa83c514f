// “全选本页”: shown only where it works; ticks every box of its form, and follows them.
export function start() {
  document.querySelectorAll('[data-tick-all]').forEach((place) => {
    const all = place.querySelector('input');
    const boxes = [...place.closest('form').querySelectorAll('tbody input[type="checkbox"]')];
    place.hidden = !boxes.length;
    all.addEventListener('change', () => boxes.forEach((box) => { box.checked = all.checked; }));
    boxes.forEach((box) => box.addEventListener('change', () => { all.checked = boxes.every((one) => one.checked); }));
  });
}
