// 文书文字: buttons that put a field or a pair of tags where the cursor is. Without them everything can be typed.
export function start() {
  const text = document.querySelector('.wording textarea');
  if (!text) return;
  document.querySelectorAll('[data-wording-tools]').forEach((tools) => (tools.hidden = false));
  document.querySelector('.wording').addEventListener('click', (event) => {
    const button = event.target.closest('[data-insert], [data-before]');
    if (!button) return;
    const { insert = '', before = '', after = '' } = button.dataset;
    put(text, before + insert, after);
  });
}

function put(text, before, after) {
  const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
  const end = text.selectionStart + before.length + chosen.length;
  text.setRangeText(before + chosen + after, text.selectionStart, text.selectionEnd, 'end');
  text.setSelectionRange(end, end);
  text.focus();
  text.dispatchEvent(new Event('input', { bubbles: true }));
}
