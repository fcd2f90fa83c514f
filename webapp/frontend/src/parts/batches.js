// A form marked data-batches sends its many files a few at a time: what has arrived stays, whatever happens next.
const MOST = 12 * 1024 * 1024;

export function start() {
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-batches]');
    const batches = form ? cut([...form.querySelector('input[type=file]').files]) : [];
    if (batches.length < 2) return;
    event.preventDefault();
    send(form, batches);
  });
}

function cut(files) {
  const batches = [[]];
  let size = 0;
  for (const file of files) {
    if (size + file.size > MOST && batches.at(-1).length) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1).push(file);
    size += file.size;
  }
  return batches;
}

async function send(form, batches) {
  const bar = form.querySelector('progress');
  const told = form.querySelector('[data-told]');
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  bar.hidden = false;
  bar.max = batches.length;
  let refused = '';
  try {
    for (const [at, files] of batches.entries()) {
      told.textContent = form.dataset.batches.replace('{0}', at + 1).replace('{1}', batches.length);
      refused = (await post(form, files)) || refused;
      bar.value = at + 1;
    }
  } catch {
    told.textContent = form.dataset.stopped;
    button.disabled = false;
    bar.hidden = true;
    return;
  }
  if (refused) show(refused);
  else window.location.reload();
}

// The page that says which files were refused; nothing when all were kept.
async function post(form, files) {
  const body = new FormData();
  body.append('csrf_token', form.elements.csrf_token.value);
  for (const file of files) body.append(form.querySelector('input[type=file]').name, file);
  const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
  if (answer.ok) return '';
  if (answer.status !== 422) throw new Error(answer.status);
  return answer.text();
}

function show(page) {
  const fresh = new DOMParser().parseFromString(page, 'text/html');
  document.getElementById('page').replaceWith(fresh.getElementById('page'));
  document.querySelector('.error-summary')?.focus();
}
