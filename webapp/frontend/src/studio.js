// The page on which a draft of a diagram is drawn: everything that belongs to it, put together.
import { ask, h } from './studio/dom.js';
import { Draft, MAIN_FILE, isTable } from './studio/draft.js';
import { Files } from './studio/files.js';
import { importFile, tellNotes, tellRefused } from './studio/importing.js';
import { Keeper } from './studio/keeper.js';
import { markProblems } from './studio/marks.js';
import { Panel } from './studio/panel.js';
import { Player } from './studio/player.js';
import { Problems } from './studio/problems.js';
import { Replacing } from './studio/replacing.js';
import { offerKept } from './studio/restoring.js';
import { Saving } from './studio/saving.js';
import { Server } from './studio/server.js';
import { State, askConflict, askGone, askTitle, showEditors } from './studio/state.js';
import { HINTS } from './studio/table.js';
import { showTools, startTools } from './studio/tools.js';
import { Workbench } from './studio/workbench.js';

const PRESENCE_MS = 20_000;
const studio = document.getElementById('studio');
const part = (name) => studio.querySelector(`[data-part=${name}]`);

start().catch((error) => {
  part('state').className = 'studio-state is-failed';
  part('state').textContent = `没有打开：${error.message}`;
  console.error('studio', error);
});

async function start() {
  const server = new Server(studio.dataset);
  const keeper = new Keeper(studio.dataset.draft.split('/').pop());
  const [data, catalogue, kept] = await Promise.all([server.draft(), server.catalogue(), keeper.kept()]);
  const draft = new Draft(data);
  const files = new Files(draft);
  const page = { server, draft, keeper, files, catalogue };
  page.state = new State(part('state'));
  page.saving = new Saving(draft, server, keeper);
  page.panel = new Panel(part('panel'), {
    catalogue,
    files,
    openFile: (name) => page.bench.show(name),
    addCalled: (process, source, here) => addCalled(page, process, source, here),
  });
  page.bench = new Workbench({
    tabs: part('tabs'),
    files: part('files'),
    place: part('sheets'),
    draft,
    index: files,
    onSelect: (sheet) => page.panel.show(sheet),
    onShow: (sheet) => shown(page, sheet),
  });
  page.replacing = new Replacing({ draft, bench: page.bench, place: part('notices') });
  page.player = new Player(part('player'), { open: (name) => page.bench.show(name) });
  page.problems = new Problems(part('problems'), {
    reveal: (problem) => reveal(page, problem),
    play: (problem) => page.player.play(problem),
  });
  watch(page);
  await page.bench.show(MAIN_FILE);
  page.state.show({ state: 'saved', saved_at: data.saved_at });
  showEditors(part('editors'), data.editors);
  offer(page, kept);
  startTools(studio, page, { take: (file) => take(page, file) });
  ready();
  checkFirst(page, data.saved_at);
}

// What was wrong with the draft when it was opened; once something is saved, that answer counts.
async function checkFirst(page, at) {
  const { revision } = page.draft;
  const found = await page.server.problems().catch(() => null);
  if (!found || page.draft.revision !== revision) return;
  showProblems(page, found.problems, { at, milliseconds: found.checked_ms });
  chooseWanted(page);
}

// A link from another page names the element that it is about.
function chooseWanted(page) {
  const element = decodeURIComponent(window.location.hash.slice(1));
  const problem = element && page.problems.list.find((one) => one.element === element);
  if (!problem) return;
  page.problems.choose(problem);
  reveal(page, problem);
}

function ready() {
  performance.mark('studio-ready');
  studio.dataset.ready = 'yes';
}

function watch(page) {
  const { saving, panel, bench, server, draft } = page;
  saving.addEventListener('state', ({ detail }) => {
    page.state.show(detail, saving.isKept);
    if (detail.problems) showProblems(page, detail.problems, { at: detail.saved_at, milliseconds: detail.checked_ms });
    if (detail.state === 'conflict' || detail.state === 'gone') settle(page, detail);
  });
  draft.addEventListener('change', () => page.problems.stale());
  const leave = async () => {
    panel.commit();
    await bench.flush();
    await saving.save({ keepalive: true });
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.hidden && leave());
  window.addEventListener('blur', () => bench.flush().then(() => saving.save()));
  const here = () => server.presence().then(({ editors }) => showEditors(part('editors'), editors), () => {});
  here();
  setInterval(here, PRESENCE_MS);
}

function shown(page, sheet) {
  showTools(studio, sheet);
  if (sheet.isBroken) return;
  if (isTable(sheet.name)) page.panel.showTable(HINTS);
  else page.panel.show(sheet);
  if (page.problems) mark(page, sheet);
}

function showProblems(page, problems, about) {
  page.problems.show(problems, about);
  page.bench.draw(problems);
  page.bench.opened.forEach((sheet) => mark(page, sheet));
}

function mark(page, sheet) {
  if (sheet.isBroken) return;
  if (sheet.modeler) markProblems(sheet, page.problems.list, (problem) => page.problems.choose(problem));
  else sheet.mark(page.problems.list);
}

async function reveal(page, { file, element }) {
  const sheet = await page.bench.show(file || MAIN_FILE);
  if (element) sheet?.reveal?.(element);
}

async function addCalled(page, process, source, here) {
  const meant = here && await ask('换成另一个版本', `草稿里“${here.title}”现在的内容会被所选的版本换掉；换了以后可以撤销。`, [
    ['yes', '换成这个版本', 'btn btn-danger'],
    ['', '取消', 'btn btn-outline-secondary'],
  ]);
  if (here && !meant) return false;
  try {
    const { files } = await page.server.called({ process, source });
    const fresh = Object.entries(files).filter(([name]) => here?.name === name || !page.draft.files.has(name));
    const step = await page.replacing.adopt(Object.fromEntries(fresh));
    if (here) page.replacing.tell(step, `“${here.title}”已换成所选的版本。`);
    return true;
  } catch (error) {
    await tellRefused(error);
    return false;
  }
}

async function take(page, file) {
  try {
    const brought = await importFile(page.server, page.files, file);
    if (!brought) return;
    await page.replacing.adopt(brought.files);
    await page.bench.show(Object.keys(brought.files)[0]);
    tellNotes(part('notices'), brought.notes);
  } catch (error) {
    await tellRefused(error);
  }
}

function offer(page, kept) {
  offerKept({
    kept,
    draft: page.draft,
    keeper: page.keeper,
    place: part('notices'),
    restore: async () => {
      page.replacing.tell(await page.replacing.adopt(kept.files, kept.removed), '已恢复未保存的修改。');
    },
    copy: () => saveAs(page, kept),
  });
}

async function saveAs(page, { files, removed }) {
  const title = await askTitle(`${page.draft.title}（另存）`);
  if (!title) return false;
  try {
    const { address } = await page.server.copy({ title, files, removed });
    await page.keeper.drop();
    window.location.assign(address);
    return true;
  } catch (error) {
    await tellRefused(error, '没有另存');
    return false;
  }
}

// What cannot be saved any more: until it has found its place, a bar offers it again.
async function settle(page, refused) {
  const isGone = refused.state === 'gone';
  const answer = await (isGone ? askGone : askConflict)(refused);
  if (answer === 'copy' && await saveAs(page, page.draft.changes())) return;
  if (answer === 'theirs') {
    await page.keeper.drop();
    page.draft.unsaved.clear();
    page.draft.removed.clear();
    window.location.reload();
    return;
  }
  const words = isGone ? '这份草稿已被放弃，您的修改只在本机。' : '这份草稿已被别人保存，您的修改只在本机。';
  part('notices').replaceChildren(h('div', { class: 'studio-kept' }, h('p', {}, words),
    h('button', { type: 'button', class: 'btn btn-primary', onclick: () => settle(page, refused) }, '现在处理')));
}
