// On the pages of a file: what is not saved yet, files on their way, the panel that stays open.
import { start as startDrafts } from './parts/drafts.js';
import { start as startEntry } from './parts/entry.js';
import { start as startBatches } from './parts/batches.js';
import { start as startFold } from './parts/fold.js';
import { start as startPanel } from './parts/panel.js';
import { start as startTicks } from './parts/ticks.js';
import { start as startUnsaved } from './parts/unsaved.js';
import { start as startUpload } from './parts/upload.js';
import { start as startWording } from './parts/wording.js';

startDrafts();
startEntry();
startTicks();
startUnsaved();
startUpload();
startPanel();
startBatches();
startFold();
startWording();
