// The page: takes a file in, has it checked, shows the report.

import { allow, allowedHosts, Network } from './network.js';
import { announcement, show } from './render.js';
import { loadSample, showSamples } from './samples.js';
import { prepare, verifyFile } from './verify.js';
import { load, say, text } from './words.js';

// More than the core reads, so that it is the core that says "too large".
const mostBytes = 64 << 20;

const byId = (id) => document.getElementById(id);
const page = {
  ask: byId('ask'), drop: byId('drop'), file: byId('file'), paste: byId('paste'), text: byId('text'),
  busy: byId('busy'), result: byId('result'), live: byId('live'), trouble: byId('trouble'),
};

let turn = 0; // of the file being looked at; an answer for an earlier one is dropped

// check verifies a subject {name, bytes, trust, at, sample, network} and shows
// the result. No host is asked unless it was allowed before in this tab.
async function check(subject, mine, complaint = 'page.trouble') {
  busy(true);
  try {
    subject.network ??= new Network();
    const report = await verifyFile(subject.bytes, {
      online: true, hosts: allowedHosts(), network: subject.network, trust: subject.trust, given: subject.given, at: subject.at,
    });
    if (mine !== turn) return;
    open(report, subject);
  } catch (problem) {
    if (mine === turn) trouble(complaint, problem);
  } finally {
    if (mine === turn) busy(false);
  }
}

// take starts a turn: whatever was shown before is over, a sample and its
// list included.
async function take(reading, complaint) {
  const mine = ++turn;
  page.trouble.hidden = true;
  busy(true);
  try {
    const subject = await reading;
    if (mine === turn) await check(subject, mine, complaint);
  } catch (problem) {
    if (mine === turn) {
      busy(false);
      trouble('page.unread', problem);
    }
  }
}

function open(report, subject) {
  show(page.result, report, subject, {
    again,
    finish(hosts) {
      allow(hosts);
      byId('finish')?.setAttribute('disabled', '');
      check(subject, turn);
    },
    give: (file) => take(readFile(file).then(({ bytes }) => ({ ...subject, given: [bytes] })), 'page.bad_keys'),
  });
  page.ask.hidden = true;
  page.result.hidden = false;
  document.title = `${text(`headline.${report.headline}.title`)} – ${text('page.brand')}`;
  page.live.textContent = announcement(report, subject);
  // The heading is what one wants to hear and see first.
  byId('result-title').focus({ preventScroll: true });
  scrollTo(0, 0);
}

function again() {
  turn += 1;
  page.result.hidden = true;
  page.result.replaceChildren();
  page.ask.hidden = false;
  page.file.value = '';
  page.text.value = '';
  page.live.textContent = '';
  document.title = text('page.title');
  page.file.focus();
}

function busy(on) {
  page.busy.hidden = !on;
  document.body.toggleAttribute('data-busy', on);
  if (on) page.live.textContent = text('page.checking');
}

function trouble(key, problem) {
  page.trouble.replaceChildren(...say(key), ' ', String(problem?.message ?? problem));
  page.trouble.hidden = false;
}

async function readFile(file) {
  return { name: file.name, bytes: new Uint8Array(await file.slice(0, mostBytes).arrayBuffer()) };
}

function readText(pasted) {
  return Promise.resolve({ bytes: new TextEncoder().encode(pasted) });
}

// receive takes what was dropped or pasted: a file if there is one, else text.
function receive(data) {
  const pasted = data.getData('text/plain');
  if (data.files.length > 0) take(readFile(data.files[0]));
  else if (pasted) take(readText(pasted));
  else return false;
  return true;
}

page.file.addEventListener('change', () => {
  if (page.file.files.length > 0) take(readFile(page.file.files[0]));
});

page.paste.addEventListener('submit', (event) => {
  event.preventDefault();
  if (page.text.value.trim()) take(readText(page.text.value));
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

try {
  await load();
  document.body.toggleAttribute('data-ready', true);
  await showSamples(byId('samples'), byId('sample-list'), (sample) => take(loadSample(sample))).catch(() => {});
  prepare().catch(() => {}); // a failure is told when a file is there to check
} catch (problem) {
  page.trouble.textContent = String(problem?.message ?? problem);
  page.trouble.hidden = false;
}
