// The line that says whether the work is saved, and what is asked when it cannot be.
import { ask, clockTime, h } from './dom.js';

const WORDS = {
  waiting: () => '有未保存的修改',
  saving: () => '正在保存…',
  saved: ({ saved_at: at }) => `已保存 ${clockTime(at)}`,
  refused: ({ message }, kept) => `未能保存，${kept}：${message}`,
  unreachable: (detail, kept) => `连不上服务器，${kept}，连上后自动保存`,
  faulty: ({ message }, kept) => `未能保存，${kept}，稍后自动再试：${message}`,
  'signed-out': (detail, kept) => `登录已失效，${kept}`,
  conflict: (detail, kept) => `未能保存，${kept}`,
  gone: (detail, kept) => `未能保存，${kept}`,
};
const CALM = new Set(['saved', 'saving', 'waiting']);

export class State {
  constructor(place) {
    this.place = place;
  }

  show({ state, ...detail }, isKept) {
    const kept = isKept === false ? '请不要关闭本页' : '已留在本机';
    this.place.className = `studio-state is-${CALM.has(state) ? state : 'failed'}`;
    const words = h('span', {}, WORDS[state](detail, kept));
    const parts = [words];
    if (state === 'signed-out') parts.push(h('a', { href: '/login', target: '_blank', rel: 'noopener' }, '在新页登录'), '后会继续保存');
    this.place.replaceChildren(...parts);
  }
}

// Somebody else saved first: both versions can go on living.
export function askConflict({ message, saved_by: who, saved_at: at }) {
  const when = at ? ` ${clockTime(at)}` : '';
  return ask('这份草稿已被别人保存', [
    message ?? `${who ?? '另一位管理员'}${when} 保存了这份草稿，和您手里的不是同一版。`,
    '您的修改没有丢失，仍留在本机。',
  ], [
    ['copy', '另存为新草稿', 'btn btn-primary'],
    ['theirs', '载入对方的版本', 'btn btn-outline-primary'],
    ['', '先不处理', 'btn btn-outline-secondary'],
  ]);
}

// Somebody gave the draft up: what is drawn here can still become another one.
export function askGone({ message }) {
  return ask('这份草稿已不在', [message ?? '没有这份草稿，或者它已被放弃。', '您画的内容没有丢失，仍留在本机。'], [
    ['copy', '另存为新草稿', 'btn btn-primary'],
    ['', '先不处理', 'btn btn-outline-secondary'],
  ]);
}

export function askTitle(title) {
  const input = h('input', { id: 'studio-copy-title', class: 'form-control', value: title, maxlength: 80 });
  const field = h('div', { class: 'field' }, h('label', { for: 'studio-copy-title' }, '新草稿的名称'), input);
  return ask('另存为新草稿', [field], [
    ['copy', '另存', 'btn btn-primary'],
    ['', '取消', 'btn btn-outline-secondary'],
  ]).then((answer) => (answer ? input.value.trim() || title : ''));
}

export function showEditors(place, editors) {
  const others = editors.filter(({ me }) => !me);
  place.replaceChildren(...others.map(({ name }) => h('li', { class: 'studio-editor' }, `${name} 也在编辑`)));
  place.hidden = !others.length;
}
