// htmx for partial updates, without eval, injected styles or copies of pages kept in the browser.
import htmx from 'htmx.org';

export function start() {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollIntoViewOnBoost: false,
    responseHandling: [
      { code: '204', swap: false },
      { code: '[23]..', swap: true },
      // A form with errors comes back whole with its messages.
      { code: '422', swap: true },
      { code: '...', swap: false, error: true },
    ],
  });
  document.addEventListener('htmx:responseError', showWholePage);
  document.addEventListener('htmx:sendError', tellOffline);
}

// Any other refusal is a page of its own with an explanation: show it instead of nothing.
function showWholePage(event) {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
  const main = page.querySelector('main');
  if (!main) return;
  document.title = page.title;
  document.querySelector('main').replaceWith(document.adoptNode(main));
  window.scrollTo(0, 0);
}

function tellOffline() {
  const place = document.getElementById('flashes');
  if (!place) return;
  const message = document.createElement('div');
  message.className = 'flash flash-error';
  message.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent = place.dataset.offline;
  message.append(words);
  place.replaceChildren(message);
  place.scrollIntoView({ block: 'nearest' });
}
