// 新建工作: the kinds of certificate that the chosen matter cannot be begun for are not offered.
export function start() {
  const matters = document.querySelectorAll('input[name=matter][data-kinds]');
  matters.forEach((matter) => matter.addEventListener('change', () => offer(matter)));
  matters.forEach((matter) => matter.checked && offer(matter));
}

function offer(matter) {
  const free = matter.dataset.kinds.split(' ');
  const kinds = [...document.querySelectorAll('input[name=certificate_type]')];
  kinds.forEach((kind) => {
    kind.disabled = !free.includes(kind.value);
    if (kind.disabled) kind.checked = false;
  });
  const possible = kinds.filter((kind) => !kind.disabled);
  if (possible.length === 1) possible[0].checked = true;
}
