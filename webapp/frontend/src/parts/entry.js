// Says what is wrong with a field as soon as it was left (R028): the server looks at what it keeps as
// a draft. The field that is being typed in is left alone.
const told = new Map();

export function start() {
  document.addEventListener('focusout', (event) => {
    const form = event.target.form;
    if (told.has(form)) setTimeout(() => tell(form, told.get(form)));
  });
}

export function tell(form, problems = {}) {
  told.set(form, problems);
  form.querySelectorAll('.field-error[data-entry]').forEach((note) => {
    if (problems[note.dataset.entry] !== note.textContent) forget(form, note);
  });
  Object.entries(problems).forEach(([name, words]) => say(form, name, words));
}

function say(form, name, words) {
  const box = form.elements[name];
  const known = document.getElementById(`${name}-error`) ?? document.getElementById(`${name}-entry`);
  if (!box?.matches || known || box === document.activeElement) return;
  const note = document.createElement('p');
  note.className = 'field-error';
  note.id = `${name}-entry`;
  note.dataset.entry = name;
  note.textContent = words;
  box.before(note);
  box.setAttribute('aria-invalid', 'true');
  box.setAttribute('aria-describedby', `${box.getAttribute('aria-describedby') ?? ''} ${note.id}`.trim());
}

function forget(form, note) {
  const box = form.elements[note.dataset.entry];
  const left = (box.getAttribute('aria-describedby') ?? '').replace(note.id, '').trim();
  if (left) box.setAttribute('aria-describedby', left);
  else box.removeAttribute('aria-describedby');
  box.removeAttribute('aria-invalid');
  note.remove();
}
