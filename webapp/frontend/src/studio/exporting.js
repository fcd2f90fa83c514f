// 导出: each file by itself, as other tools read it, or all of them packed.
import { ask, h } from './dom.js';

export function offerFiles(address, files) {
  const entry = (name) => h('li', {}, h('a', { href: `${address}/${encodeURIComponent(name)}`, download: name }, `${files.about(name).title}（${name}）`));
  return ask('导出', [
    h('p', {}, '导出的是已保存的内容。单个文件可以用别的建模工具打开，改好后再导入。'),
    h('ul', {}, files.names().map(entry)),
    h('p', {}, h('a', { href: address, download: '' }, '全部文件（ZIP 压缩包）')),
  ], [['', '关闭', 'btn btn-outline-secondary']]);
}
