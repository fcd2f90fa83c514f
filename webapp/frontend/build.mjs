// Builds webapp/static from src/: one bundle per page, hashed names, manifest and licences.
// `node build.mjs` writes; `node build.mjs --check` only says whether the committed files are current.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licences } from './licences.mjs';
import { simulationWords } from './simulation-words.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'static');
const entries = [
  'app.css', 'app.js', 'dossier.js', 'offline.css', 'offline.js', 'studio.css', 'studio.js', 'trace.css', 'trace.js',
];
const copied = ['seal.svg'];
const owned = /^(?:[a-z]+-[0-9a-f]{10}\.(?:css|js|svg)|[a-z]+-[0-9A-Z]{8}\.woff2|manifest\.json|THIRD-PARTY-LICENSES\.txt)$/;

const hashed = (name, bytes) => {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${digest}${extname(name)}`;
};

async function bundle(entry) {
  return build({
    absWorkingDir: here,
    entryPoints: [`src/${entry}`],
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    // 360 and other domestic browsers stand on Chromium 86 and later.
    target: ['chrome86'],
    legalComments: 'none',
    // Fonts stay files of their own: the content security policy takes none from data addresses.
    loader: { '.svg': 'dataurl', '.woff2': 'file' },
    plugins: [simulationWords],
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'warning',
  });
}

async function produce() {
  const files = new Map();
  const manifest = {};
  const inputs = new Set();
  const add = (name, bytes) => {
    manifest[name] = hashed(name, bytes);
    files.set(manifest[name], Buffer.from(bytes));
  };
  for (const entry of entries) {
    const result = await bundle(entry);
    result.outputFiles.forEach(({ path, contents }) => {
      if (path.endsWith('.woff2')) files.set(basename(path), Buffer.from(contents));
      else add(entry, contents);
    });
    Object.keys(result.metafile.inputs).forEach((path) => inputs.add(path));
  }
  copied.forEach((name) => add(name, readFileSync(join(here, 'src', name))));
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  files.set('THIRD-PARTY-LICENSES.txt', Buffer.from(licences(here, inputs)));
  return files;
}

function differences(files) {
  const present = new Set(readdirSync(target).filter((name) => owned.test(name)));
  const missing = [...files.keys()].filter((name) => !present.has(name));
  const left = [...present].filter((name) => !files.has(name));
  const changed = [...files].filter(
    ([name, bytes]) => present.has(name) && !readFileSync(join(target, name)).equals(bytes),
  );
  return [...missing, ...left, ...changed.map(([name]) => name)];
}

function write(files) {
  readdirSync(target)
    .filter((name) => owned.test(name))
    .forEach((name) => rmSync(join(target, name)));
  files.forEach((bytes, name) => writeFileSync(join(target, name), bytes));
}

mkdirSync(target, { recursive: true });
const files = await produce();
if (process.argv.includes('--check')) {
  const stale = differences(files);
  if (stale.length) {
    console.error(`webapp/static is out of date: ${stale.join(', ')}\nRun: node build.mjs`);
    process.exit(1);
  }
  console.log('webapp/static is up to date');
} else {
  write(files);
  files.forEach((bytes, name) => console.log(`${name}  ${(bytes.length / 1024).toFixed(1)} KiB`));
}
