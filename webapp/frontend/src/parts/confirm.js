// Asks before a form with data-confirm is sent. Without this script the server asks on a page of its own.
export function start() {
  document.addEventListener('submit', ask, true);
}

function ask(event) {
  const form = event.target;
  const words = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!words || form.elements.confirmed || !window.HTMLDialogElement) return;
  event.preventDefault();
  event.stopPropagation();
  open(form, event.submitter, words);
}

function open(form, submitter, words) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm';
  const question = document.createElement('p');
  question.id = 'confirm-question';
  question.textContent = words;
  dialog.setAttribute('aria-labelledby', question.id);
  const source = submitter?.dataset.confirm ? submitter.dataset : form.dataset;
  const act = button(source.confirmAction ?? submitter?.textContent.trim(), 'btn btn-danger');
  const cancel = button(source.confirmCancel ?? '取消', 'btn btn-outline-secondary');
  const row = document.createElement('div');
  row.className = 'row-line';
  row.append(act, cancel);
  dialog.append(question, row);
  document.body.append(dialog);
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  act.addEventListener('click', () => {
    dialog.close();
    send(form, submitter);
  });
  dialog.showModal();
  cancel.focus();
}

function button(label, look) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = look;
  element.textContent = label;
  return element;
}

function send(form, submitter) {
  const mark = document.createElement('input');
  Object.assign(mark, { type: 'hidden', name: 'confirmed', value: 'yes' });
  form.append(mark);
  form.requestSubmit(submitter);
}
