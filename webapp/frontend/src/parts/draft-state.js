// How a form's words stand: saved, unsaved, kept as a draft, offline, expired or failed. Said beside
// 保存 and in the list of pages; the words come from the page.
export function show(form, state, at = '') {
  const place = form.querySelector('[data-save-state]');
  if (!place) return;
  place.dataset.state = state;
  const words = (place.dataset[state] ?? '').replace('{at}', at);
  if (place.textContent !== words) place.textContent = words;
  const link = form.querySelector('[data-sign-in]');
  if (link) link.hidden = state !== 'expired';
  document.querySelectorAll('[data-page-state]').forEach((chip) => {
    chip.hidden = (chip.dataset.pageState === 'saved') !== (state === 'saved');
  });
}
