// Building pieces of the page: h('p', { class: 'hint' }, 'words', child).
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  });
  element.append(...children.flat(2).filter((child) => child || child === 0));
  return element;
}

export function button(words, act, look = 'btn btn-outline-primary', more = {}) {
  return h('button', { type: 'button', class: look, onclick: act, ...more }, words);
}

// Asks in a dialog; answers with the value of the button that was pressed, '' when it was left.
export function ask(title, words, choices) {
  const dialog = h('dialog', { class: 'confirm studio-ask', 'aria-labelledby': 'studio-ask-title' });
  const buttons = choices.map(([value, label, look]) => button(label, () => dialog.close(value), look));
  dialog.append(
    h('h2', { id: 'studio-ask-title' }, title),
    ...[words].flat().map((line) => (typeof line === 'string' ? h('p', {}, line) : line)),
    h('div', { class: 'row-line' }, buttons),
  );
  document.body.append(dialog);
  return new Promise((answer) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(dialog.returnValue);
    });
    dialog.showModal();
  });
}

// The office's time, wherever the browser stands.
const OFFICE_TIME = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

export const clockTime = (iso) => OFFICE_TIME.format(new Date(iso));
