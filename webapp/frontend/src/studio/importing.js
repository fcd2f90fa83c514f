// Diagrams drawn elsewhere: taken in by the server, laid out here when they come without a drawing.
import { layoutProcess } from 'bpmn-auto-layout';
import { ask, button, h } from './dom.js';

// The files and what was changed in them; null when it was left.
export async function importFile(server, files, file) {
  const as = await roleOf(files, file);
  if (as === null) return null;
  const { files: taken, laid_out: isLaidOut, notes = [] } = await server.take(file, as);
  if (isLaidOut) return { files: taken, notes };
  const drawn = await Promise.all(Object.entries(taken).map(async ([name, xml]) => [name, await layoutProcess(xml)]));
  return { files: Object.fromEntries(drawn), notes: [...notes, '文件里没有图形，已自动排好位置。'] };
}

// A diagram that the draft knows takes its own place; of another one only a person knows what it is for.
async function roleOf(files, file) {
  if (!file.name.endsWith('.bpmn')) return '';
  const root = new DOMParser().parseFromString(await file.text(), 'text/xml');
  const ids = [...root.getElementsByTagNameNS('*', 'process')].map((process) => process.id);
  if (!ids.length || files.processes().some(({ id }) => ids.includes(id))) return '';
  const answer = await ask(`导入“${file.name}”`, ['草稿里没有流程调用这张图，它要怎样用？替换主流程的，草稿现在的主流程不再保留。'], [
    ['called', '作为被调用的流程', 'btn btn-primary'],
    ['main', '替换主流程', 'btn btn-outline-primary'],
    ['', '取消', 'btn btn-outline-secondary'],
  ]);
  return answer || null;
}

export function tellNotes(place, notes) {
  if (!notes.length) return;
  const bar = h('div', { class: 'studio-kept is-note', role: 'region', 'aria-label': '导入的说明' },
    h('ul', {}, notes.map((words) => h('li', {}, words))),
    button('知道了', () => bar.remove(), 'btn btn-sm btn-outline-secondary'));
  place.append(bar);
}

export function tellRefused({ message, body }, title = '没有导入') {
  const problems = body?.problems ?? [];
  return ask(title, [
    message,
    problems.length && h('ul', {}, problems.slice(0, 12).map((one) => h('li', {}, one.message))),
    problems.length > 12 && `另有 ${problems.length - 12} 个问题。`,
  ].filter(Boolean), [['', '知道了', 'btn btn-primary']]);
}
