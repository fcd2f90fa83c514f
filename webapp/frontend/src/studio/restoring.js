// Unsaved work that this browser still has from before: offered, never taken without being asked.
import { button, clockTime, h } from './dom.js';

export function offerKept({ kept, draft, keeper, place, restore, copy }) {
  if (!kept) return;
  const isSame = Object.entries(kept.files).every(([name, xml]) => draft.files.get(name) === xml)
    && kept.removed.every((name) => !draft.files.has(name));
  if (isSame) {
    keeper.drop();
    return;
  }
  const isCurrent = kept.revision === draft.revision;
  const words = isCurrent
    ? `本机有 ${clockTime(kept.at)} 没有保存完的修改。`
    : `本机有 ${clockTime(kept.at)} 没有保存完的修改；在那以后这份草稿又保存过，请另存为新草稿再比较。`;
  const done = (act) => async () => {
    if ((await act()) === false) return;
    bar.remove();
  };
  const bar = h('div', { class: 'studio-kept', role: 'region', 'aria-label': '未保存的修改' },
    h('p', {}, words),
    isCurrent
      ? button('恢复未保存的修改', done(restore), 'btn btn-primary')
      : button('另存为新草稿', done(copy), 'btn btn-primary'),
    button('放弃', done(() => keeper.drop()), 'btn btn-outline-secondary'));
  place.append(bar);
}
