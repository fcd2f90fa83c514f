// Texts of the expression language: 'decision' in the diagram is decision on the screen.
const QUOTED = /^\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")\s*$/;

// The text of a quoted literal; null for anything else.
export function unquoted(source) {
  const found = QUOTED.exec(source ?? '');
  if (!found) return null;
  return (found[1] ?? found[2]).replace(/\\(.)/g, '$1');
}

export function quoted(text, mark = '"') {
  const escaped = text.replace(/\\/g, '\\\\').replaceAll(mark, `\\${mark}`);
  return `${mark}${escaped}${mark}`;
}

const COMPARISON = /^\s*([A-Za-z]\w*)\s*==\s*(.+)$/;

// variable == "value"; null for any other condition.
export function comparison(condition) {
  const found = COMPARISON.exec(condition ?? '');
  const value = found && unquoted(found[2]);
  return value === null || !found ? null : { variable: found[1], value };
}

export const NAME = /^[a-z][a-z0-9_]{0,63}$/;
export const nameOrNothing = (text) => (
  !text || NAME.test(text) ? '' : '请用小写英文字母、数字和下划线，以字母开头。'
);
export const name = (text) => (text ? nameOrNothing(text) : '请填写变量名。');
export const wholeDays = (text) => (
  !text || (/^\d{1,3}$/.test(text) && Number(text) > 0) ? '' : '请填写 1 至 999 的整数。'
);
