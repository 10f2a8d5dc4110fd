// The page: takes files in, has them checked, shows what came out.

import { unpacked } from './archives.js';
import { Batch } from './batch.js';
import { cameraButton } from './camera.js';
import { element } from './dom.js';
import { chosen, given, written } from './intake.js';
import { bytesOf, judge, undecided } from './judge.js';
import { keyFile, lacksKeys } from './keys.js';
import { showLists } from './lists.js';
import { allow, consent } from './network.js';
import { keysOffer } from './panels.js';
import { announcement, choice, show } from './render.js';
import { loadSample, showSamples } from './samples.js';
import { asking, setAsking } from './settings.js';
import { lackingLists, listFile, mostLists } from './statuslists.js';
import { prepare } from './verify.js';
import { load, say, text, title } from './words.js';

const byId = (id) => document.getElementById(id);
const page = {
  ask: byId('ask'), file: byId('file'), folder: byId('folder'), paste: byId('paste'), text: byId('text'),
  busy: byId('busy'), batch: byId('batch'), result: byId('result'), live: byId('live'), trouble: byId('trouble'),
};

let work = new AbortController(); // on what was given last; what was given before is left
let batch; // the list, where several files were given
let shown; // {subject, report} of the full answer on the page

// begin leaves whatever was going on or shown before, a sample and its list
// included.
function begin() {
  work.abort(new Error('left'));
  work = new AbortController();
  batch = undefined;
  page.trouble.hidden = true;
  return work.signal;
}

// take has checked what a promise of {subjects, left} brings: one file, or
// many.
async function take(reading) {
  if (!reading) return;
  const signal = begin();
  busy(true);
  try {
    const intake = await unpacked(await reading, signal);
    if (signal.aborted) return;
    if (intake.subjects.length === 0) throw new Error(text('page.no_files'));
    if (intake.subjects.length === 1) await check(intake.subjects[0], signal);
    else checkAll(intake, signal);
  } catch (problem) {
    if (signal.aborted) return;
    busy(false);
    trouble('page.unread', problem);
  }
}

// check has one file checked and shows its answer.
async function check(subject, signal, complaint) {
  page.trouble.hidden = true;
  busy(true);
  try {
    const report = await judge(subject, signal, { looking });
    if (signal.aborted) return;
    if (undecided(subject)) {
      openChoice(subject);
      return;
    }
    const bytes = await bytesOf(subject);
    if (signal.aborted) return;
    if (subject.row) {
      subject.report = report;
      batch?.refresh(subject);
    }
    open(report, subject, bytes);
  } catch (problem) {
    if (!signal.aborted) trouble(complaint ?? (problem?.reason === 'stuck' ? 'page.stuck' : problem?.reason ? 'page.trouble' : 'page.unread'), problem);
  } finally {
    if (!signal.aborted) busy(false);
  }
}

function checkAll(intake, signal) {
  busy(false);
  const list = new Batch(page.batch, intake, {
    again,
    allow,
    agree: consent,
    hand: (files) => handAll(files.map((file) => ({ name: file.name, file }))),
    say: (words) => { page.live.textContent = words; },
    stop: () => work.abort(new Error('stopped')),
    async open(item) {
      if (undecided(item)) {
        openChoice(item);
        return;
      }
      const bytes = await bytesOf(item).catch((problem) => trouble('page.unread', problem));
      if (bytes && batch === list) open(item.report, item, bytes);
    },
  }, signal);
  batch = list;
  view('batch');
  enter('batch');
  document.title = `${byId('batch-title').textContent} – ${text('page.brand')}`;
  page.live.textContent = text('page.checking');
  byId('batch-title').focus({ preventScroll: true });
  scrollTo(0, 0);
  list.run();
}

// openChoice asks which of several codes is meant.
function openChoice(subject) {
  shown = undefined;
  choice(page.result, subject, { again: subject.row ? back : again, choose: choosing(subject) });
  enterResult(text('page.choose'));
}

// choosing gives what is done with the code that is chosen.
function choosing(subject) {
  return (content) => {
    subject.code = content;
    check(subject, live());
  };
}

function open(report, subject, bytes) {
  shown = { report, subject };
  show(page.result, report, { ...subject, bytes }, {
    again: subject.row ? back : again,
    finish(hosts) {
      allow(hosts);
      check(subject, live());
    },
    agree(addresses) {
      consent(addresses);
      check(subject, live());
    },
    hand: (files) => hand(files.map((file) => ({ name: file.name, file })), shown),
    give: async (file) => {
      const keys = new Uint8Array(await file.arrayBuffer());
      return check({ ...subject, given: [keys] }, live(), 'page.bad_keys');
    },
    choose: choosing(subject),
  });
  enterResult(text(title(report)), announcement(report, subject));
}

function enterResult(title, spoken = title) {
  view('result');
  enter('result');
  document.title = `${title} – ${text('page.brand')}`;
  page.live.textContent = spoken;
  // The heading is what one wants to hear and see first.
  byId('result-title').focus({ preventScroll: true });
  scrollTo(0, 0);
}

// hand takes files as the lists that an answer lacks. What is no list, or not
// one of those, is said and not used.
async function hand(subjects, { subject, report }) {
  const lists = await listsIn(subjects);
  if (!lists) return;
  subject.lists = [...(subject.lists ?? []), ...lists.map((list) => list.bytes)].slice(-mostLists);
  await check(subject, live());
  const before = lackingLists(report).length;
  if (shown && shown.report !== report && lackingLists(shown.report).length >= before) trouble('page.other_list');
}

// handAll does so for several files at once.
async function handAll(subjects) {
  const lists = await listsIn(subjects);
  if (lists && batch && !batch.take(lists)) trouble('page.other_list');
}

async function listsIn(subjects) {
  busy(true);
  try {
    const lists = [];
    for (const one of subjects) lists.push(await listFile(one));
    if (lists.every(Boolean)) return lists;
    page.live.textContent = '';
    trouble('page.no_list');
  } catch (problem) {
    trouble(problem?.reason ? 'page.trouble' : 'page.unread', problem);
  } finally {
    busy(false);
  }
  return undefined;
}

// live is the signal of the work at hand; that of a list that was stopped is
// over, and its files can still be looked at.
function live() {
  if (work.signal.aborted) work = new AbortController();
  return work.signal;
}

function view(name) {
  page.ask.hidden = name !== 'ask';
  page.batch.hidden = name !== 'batch';
  page.result.hidden = name !== 'result';
  if (name !== 'result') {
    page.result.replaceChildren();
    shown = undefined;
  }
}

// The browser's own way back leads from an answer to the list, and from there
// to the start, as the buttons do: five hundred answers are not lost by a
// habit. An entry of the history holds how deep it lies, and nothing of a file.
function enter(name) {
  const lies = { ask: 0, batch: 1, result: batch ? 2 : 1 }[name];
  const here = history.state?.depth ?? 0;
  if (here < lies) history.pushState({ depth: lies }, '');
}

addEventListener('popstate', () => {
  const here = history.state?.depth ?? 0;
  if (here === 1 && batch) {
    if (page.batch.hidden) back();
  } else if (here === 0 && page.ask.hidden) again();
});

// back leads from a file's answer to the list.
function back() {
  busy(false);
  page.trouble.hidden = true;
  view('batch');
  document.title = `${byId('batch-title').textContent} – ${text('page.brand')}`;
  batch.back();
}

function again() {
  begin();
  busy(false);
  document.body.removeAttribute('data-working');
  view('ask');
  page.batch.replaceChildren();
  page.file.value = '';
  page.folder.value = '';
  page.text.value = '';
  page.live.textContent = '';
  document.title = text('page.title');
  page.file.focus();
}

function busy(on) {
  page.busy.hidden = !on;
  document.body.toggleAttribute('data-busy', on);
  if (on) telling('page.checking');
}

// looking shows that a file is searched for codes, which can be stopped.
function looking(from, stop) {
  telling(`page.looking.${from}`, stop);
}

function telling(key, stop) {
  const [words, button] = page.busy.children;
  words.replaceChildren(...say(key));
  button.hidden = !stop;
  button.onclick = () => {
    stop();
    page.live.textContent = text('page.looking_stopped');
  };
  page.live.textContent = text(key);
}

function trouble(key, problem) {
  page.trouble.replaceChildren(...say(key), ' ', problem ? element('span', { class: 'faint' }, String(problem.message ?? problem)) : '');
  page.trouble.hidden = false;
  page.trouble.scrollIntoView({ block: 'nearest' });
}

// receive takes what was dropped or pasted. Keys that are given while an
// answer lacks them are offered for it, and lists are used for it; neither is
// checked as a file then.
function receive(data) {
  const reading = given(data);
  if (!reading) return false;
  const now = shown ?? batch;
  const keyless = shown && !shown.subject.sample && lacksKeys(shown.report);
  const listless = shown ? !shown.subject.sample && lackingLists(shown.report).length > 0 : batch?.lacks;
  if (!keyless && !listless) {
    take(reading);
    return true;
  }
  busy(true);
  reading.then(async ({ subjects, left }) => {
    const same = () => (shown ?? batch) === now;
    const keys = keyless && subjects.length === 1 ? await keyFile(subjects[0]) : undefined;
    const lists = listless && !keys && subjects.length <= mostLists && await allLists(subjects);
    if (!same() || !(keys || lists)) return take(Promise.resolve({ subjects, left }));
    busy(false);
    if (keys) return offer(keys, now.subject);
    return shown ? hand(subjects, now) : handAll(subjects);
  }).catch((problem) => {
    busy(false);
    trouble('page.unread', problem);
  });
  return true;
}

async function allLists(subjects) {
  for (const subject of subjects) {
    if (!await listFile(subject)) return false;
  }
  return subjects.length > 0;
}

function offer(keys, subject) {
  page.result.querySelector('.offer')?.remove();
  page.result.querySelector('.card').before(keysOffer([keys], 1, () => check({ ...subject, given: [keys.bytes] }, live(), 'page.bad_keys')));
  byId('use-keys').focus();
}

for (const input of [page.file, page.folder]) {
  input.addEventListener('change', () => {
    if (input.files.length > 0) take(Promise.resolve(chosen(input)));
  });
}

page.paste.addEventListener('submit', (event) => {
  event.preventDefault();
  if (page.text.value.trim()) take(Promise.resolve(written(page.text.value)));
  else page.text.focus();
});

// The whole page is a place to drop: nobody should lose the page by missing
// a box.
let over = 0;
addEventListener('dragenter', () => { over += 1; document.body.toggleAttribute('data-over', true); });
addEventListener('dragleave', () => { over -= 1; document.body.toggleAttribute('data-over', over > 0); });
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  over = 0;
  document.body.toggleAttribute('data-over', false);
  receive(event.dataTransfer);
});

addEventListener('paste', (event) => {
  if (event.target instanceof HTMLTextAreaElement && event.clipboardData.files.length === 0) return;
  if (receive(event.clipboardData)) event.preventDefault();
});

// On paper every answer is open.
addEventListener('beforeprint', () => {
  for (const details of page.result.querySelectorAll('details:not(.raw)')) details.open = true;
});

cameraButton(byId('scan'), byId('camera'), (contents) => {
  const search = { from: 'camera', end: 'found', contents };
  const subject = { search, code: contents.length === 1 ? contents[0] : undefined };
  check(subject, begin());
});

const nobody = byId('nobody');
const choices = [...document.getElementsByName('asking')];

// What is chosen is shown as it is: who may be asked is of no matter while
// nobody is.
function drawAsking() {
  nobody.checked = asking() === 'never';
  byId('asking-how').disabled = nobody.checked;
  for (const choice of choices) choice.checked = choice.value === (nobody.checked ? 'ask' : asking());
}

nobody.addEventListener('change', () => {
  setAsking(nobody.checked ? 'never' : 'ask');
  drawAsking();
});
for (const choice of choices) choice.addEventListener('change', () => setAsking(choice.value));
drawAsking();

try {
  await load();
  document.body.toggleAttribute('data-ready', true);
  showLists(byId('rely'));
  await showSamples(byId('samples'), (sample) => take(loadSample(sample).then((subject) => ({ subjects: [subject], left: 0 })))).catch(() => {});
  prepare().catch(() => {}); // a failure is told when a file is there to check
} catch (problem) {
  page.trouble.textContent = String(problem?.message ?? problem);
  page.trouble.hidden = false;
}
