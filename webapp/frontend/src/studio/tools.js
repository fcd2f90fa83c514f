// The buttons above the canvas: undo, zoom, trying out with tokens, taking in and giving out files.
import { offerFiles } from './exporting.js';

const STEP = 1.25;

export function startTools(studio, { bench, draft, files, replacing, saving, panel }, { take }) {
  const saved = async () => {
    panel.commit();
    await bench.flush();
    await saving.save();
  };
  const acts = {
    undo: (sheet) => replacing.undo(sheet),
    redo: (sheet) => sheet.redo(),
    in: (sheet) => sheet.zoom?.(STEP),
    out: (sheet) => sheet.zoom?.(1 / STEP),
    fit: (sheet) => sheet.fit?.(),
    simulate: (sheet) => {
      sheet.simulate(!sheet.isSimulating);
      showTools(studio, sheet);
    },
    export: () => saved().then(() => offerFiles(studio.dataset.export, files)),
    import: () => studio.querySelector('[data-part=import]').click(),
  };
  studio.querySelectorAll('[data-act]').forEach((button) => {
    button.addEventListener('click', () => bench.current && !bench.current.isBroken && acts[button.dataset.act]?.(bench.current));
  });
  studio.querySelector('[data-part=import]').addEventListener('change', ({ target }) => {
    if (target.files[0]) take(target.files[0]);
    target.value = '';
  });
  // Pages of what is drawn must not show what it was a second ago.
  studio.querySelectorAll('a[data-saved-first]').forEach((link) => link.addEventListener('click', async (event) => {
    panel.commit();
    await bench.flush();
    if (draft.isSaved) return;
    event.preventDefault();
    await saving.save();
    if (draft.isSaved) window.location.assign(link.href);
  }));
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    saved();
  });
  // Before the canvas undoes its last step: only when it has none left is it something else that is undone.
  bench.place.addEventListener('keydown', (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo || !bench.current?.modeler || bench.current.canUndo || bench.current.isSimulating) return;
    event.preventDefault();
    replacing.undo(bench.current);
  }, { capture: true });
}

const NEEDS = { undo: 'undo', redo: 'redo', in: 'zoom', out: 'zoom', fit: 'fit', simulate: 'simulate' };

// A table has no zoom and no tokens; while tokens run nothing is drawn, and so nothing undone.
export function showTools(studio, sheet) {
  Object.entries(NEEDS).forEach(([act, method]) => {
    const isPaused = sheet.isSimulating && ['undo', 'redo'].includes(act);
    studio.querySelector(`[data-act=${act}]`).disabled = sheet.isBroken || !sheet[method] || isPaused;
  });
  studio.querySelector('[data-act=simulate]').setAttribute('aria-pressed', String(Boolean(sheet.isSimulating)));
}
