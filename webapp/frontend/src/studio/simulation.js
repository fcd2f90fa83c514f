// Colours of the token simulation: its markup asks for style attributes, which the page's content
// security policy refuses. The build renames them (simulation-words.mjs); here they are applied.
export function colourIn(container) {
  const paint = (element) => {
    element.style.cssText = element.dataset.style;
    element.removeAttribute('data-style');
  };
  new MutationObserver(() => container.querySelectorAll('[data-style]').forEach(paint))
    .observe(container, { childList: true, subtree: true });
}
