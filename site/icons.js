// One shape for each headline and for each outcome, so that they can be told
// apart without colour; headlines of one family share their outline.

import { drawing } from './dom.js';

const seal = 'M12 1.8 14.6 3.7 17.8 3.6 18.7 6.7 21.3 8.5 20.3 11.6 21.3 14.7 18.7 16.5 17.8 19.6 14.6 19.5 12 21.4 9.4 19.5 6.2 19.6 5.3 16.5 2.7 14.7 3.7 11.6 2.7 8.5 5.3 6.7 6.2 3.6 9.4 3.7z';
const octagon = 'M8 2h8l6 6v8l-6 6H8l-6-6V8z';
const circle = 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20z';
const page = 'M5 2h9.5L19 6.5V22H5z';
const cross = 'm8.3 8.3 7.4 7.4m0-7.4-7.4 7.4';
const query = 'M9.4 9.5a2.6 2.6 0 1 1 3.9 2.250c-.9.5-1.3 1-1.3 2.150m0 2.9v.01';

const families = {
  good: [['fill', seal], ['line', 'm8 11.8 2.9 2.9 5.3-5.7']],
  half: [['fill', 'M12 1.5 21 5v6.5c0 5.3-3.7 9.3-9 11-5.3-1.7-9-5.7-9-11V5z'], ['line', 'M12 6.8a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 1 0 0-4.8zM7.6 16.8c.8-2 2.4-2.9 4.4-2.9s3.6.9 4.4 2.9']],
  caution: [['fill', 'M12 1 23 12 12 23 1 12z'], ['line', query]],
  paused: [['fill', circle], ['line', 'M9.5 8.5v7m5-7v7']],
  open: [['dashed', circle], ['stroke', 'M7.5 12v.01m4.5 0v-.01m4.5 0v.01']],
  over: [['fill', circle], ['line', 'M12 6.5V12l3.8 2.4']],
  early: [['fill', 'M5 1.5h14v4.2L14 12l5 6.3v4.2H5v-4.2L10 12 5 5.7z'], ['line', 'M8.3 5h7.4M8.8 19.3h6.4']],
  bad: [['fill', octagon], ['line', cross]],
  unsigned: [['fill', page], ['line dash', 'M8 17h8'], ['line', 'M8 8.5h5M8 12h8']],
  unread: [['fill', page], ['line', query]],
};

const familyOf = {
  verified: 'good',
  identified: 'half',
  unlisted: 'caution',
  suspended: 'paused',
  incomplete: 'open',
  expired: 'over',
  not_yet_valid: 'early',
  not_signed: 'unsigned',
  unreadable: 'unread',
};

// family of a headline. One that this page does not know is bad, never good.
export function family(headline) {
  return Object.hasOwn(familyOf, headline) ? familyOf[headline] : 'bad';
}

// What stands in the octagon tells the bad ones apart.
const signs = {
  altered: cross,
  mismatch: 'M7.5 10h9m-9 4h9m-2.5-7.5-4 11',
  wrong_key: 'M8.7 9.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 1 0 0-4.8zM11.1 12h6.4m-2 0v2.6',
  refused: 'M7.2 12h9.6',
  revoked: 'M8.2 9.5h5.300a3.1 3.1 0 0 1 0 6.2H9.5M10.6 7 8.1 9.5l2.5 2.5',
  delisted: 'M7.5 8.5h9M7.5 12h4.5m-4.5 3.5h3.5m3-2.5 3.5 3.5m0-3.5-3.5 3.5',
};

export function headlineIcon(headline) {
  const kind = family(headline);
  return drawing(kind, Object.hasOwn(signs, headline) ? [families[kind][0], ['line', signs[headline]]] : families[kind]);
}

const outcomes = {
  pass: [['stroke', 'm5.5 12.5 4.3 4.3 8.7-9.3']],
  warn: [['fill', 'M12 2.5 23 21.5H1z'], ['line', 'M12 9.5v5m0 3.2v.01']],
  fail: [['fill', octagon], ['line', cross]],
  unknown: [['dashed', circle], ['stroke', query]],
  skipped: [['stroke', 'M6 6.5 11.5 12 6 17.5m7-11L18.5 12 13 17.5']],
  none: [['stroke', 'M7 12h10']],
};

export function outcomeIcon(outcome) {
  const kind = Object.hasOwn(outcomes, outcome) ? outcome : 'unknown';
  return drawing(kind, outcomes[kind]);
}

// What a file in a list can be besides a headline.
const others = {
  codes: [['stroke', 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z'], ['stroke', 'M14 14h2v2m4-2v.01M14 20v.01M17.500 20H20v-2']],
  waiting: [['dashed', circle]],
  failed: [['stroke', 'M4 4h16v16H4z'], ['stroke', 'M8 12h8']],
  list: [['stroke', 'M5 3h14v18H5z'], ['stroke', 'M8.5 8h.01m3 0h4m-7 4h.01m3 0h4m-7 4h.01m3 0h4']],
  keys: [['stroke', 'M8 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7zM11.5 12H21m-3 0v3.5']],
};

export function drawingOf(kind) {
  return drawing(kind, others[kind]);
}
