// On every page: partial updates, questions before destructive acts, keys in the worklist.
// Everything here only adds to pages that work as plain links and form posts.
import { start as startConfirm } from './parts/confirm.js';
import { start as startHere } from './parts/here.js';
import { start as startOffers } from './parts/offers.js';
import { start as startPartial } from './parts/partial.js';
import { start as startRows } from './parts/rows.js';
import { start as startSubmit } from './parts/submit.js';

startPartial();
startConfirm();
startSubmit();
startRows();
startHere();
startOffers();
