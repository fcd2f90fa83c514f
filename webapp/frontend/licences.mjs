// Collects the licence text of every package that really ends up in a bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packageOf = (path) => {
  const inside = path.split('node_modules/').pop();
  const parts = inside.split('/');
  return parts[0].startsWith('@') ? `${parts[0]}/${parts[1]}` : parts[0];
};

function licenceText(folder) {
  const name = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
  return name ? readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim() : '';
}

function notice(root, name) {
  const folder = join(root, 'node_modules', name);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const author = typeof about.author === 'string' ? about.author : about.author?.name;
  const text = licenceText(folder) || `Licence: ${about.license}. Author: ${author ?? 'not named'}.`;
  return `${name} ${about.version} (${about.license})\n${'-'.repeat(72)}\n${text}\n`;
}

export function licences(root, inputs) {
  const names = [...inputs].filter((path) => path.includes('node_modules/')).map(packageOf);
  const packages = [...new Set(names)].sort().filter((name) => existsSync(join(root, 'node_modules', name)));
  const head = 'Software of others in the files of this folder, with its licences.\n';
  return [head, ...packages.map((name) => notice(root, name))].join(`\n${'='.repeat(72)}\n`);
}
