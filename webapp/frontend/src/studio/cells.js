// Cells of a decision table: "city" in the file is city on the screen; what is worked out begins with =.
import { quoted, unquoted } from './panel/literals.js';

const OPERATOR = /^(==|!=|<=|>=|<|>|not in\b|in\b)|\?/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const WORD = /^(True|False|None)$/;
const isBare = (words) => NUMBER.test(words) || WORD.test(words) || OPERATOR.test(words);

// What stands in the box for an expression of the file.
export function shown(expression) {
  if (expression === '' || expression === '-') return '';
  return unquoted(expression) ?? (isBare(expression) ? expression : `= ${expression}`);
}

// The expression for what stands in the box; in a column of texts a number is a text too.
export function expressionOf(words, type) {
  if (!words) return '';
  if (OPERATOR.test(words)) return words;
  if (words.startsWith('=')) return words.slice(1).trim();
  const isText = type === 'string' || !isBare(words);
  return isText ? quoted(words) : words;
}
