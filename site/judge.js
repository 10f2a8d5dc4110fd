// judge works out the report of one subject, by what this tab may ask and by
// the lists that count. In a picture that holds no credential, and in those of
// a document, it looks for a code that does.

import { codesIn } from './codes.js';
import { trustLists } from './lists.js';
import { allowedHosts, consentedAddresses, Network, wantedOf } from './network.js';
import { sizeOf } from './pictures.js';
import { asking } from './settings.js';
import { piecesOf, verifyFile } from './verify.js';

// More than the core reads, so that it is the core that says "too large".
const mostBytes = 64 << 20;

// More documents than a credential leads to.
const mostRounds = 8;

// A subject is what is checked:
//
//   name     of the file, as it is shown; may be missing
//   bytes    or file (a File), from which they are read each time
//   network  its Network, made here at the first time
//   given    keys that the person handed in for it
//   lists    status lists that were handed in beside it
//   sample, trust, at  of a sample: what makes it one, its lists, its instant
//   search   what the search for codes in it came to (codes.js), made here, and
//            `from` what: picture, pages (of a document) or camera
//   code     what was read from a code, a Uint8Array: that is judged, not the
//            file

// judge gives the report of a subject, or nothing where the person has to
// choose first: its codes hold different things. No host is asked that was not
// allowed; with ask: false none at all, and the report says what would have
// been asked. `looking` is told of a search, and gets a function to stop it.
export async function judge(subject, signal, { ask = true, looking } = {}) {
  if (undecided(subject)) return undefined;
  const report = await verify(subject, signal, ask);
  const from = subject.code || subject.search ? undefined : await searchable(subject, report);
  if (!from) return report;
  const stop = new AbortController();
  looking?.(from, () => stop.abort());
  const pictures = from === 'pages' ? await picturesOf(subject, signal) : [subject.file ?? new Blob([subject.bytes])];
  subject.search = { from, ...await codesIn(pictures, signal, stop.signal) };
  if (undecided(subject)) return undefined;
  [subject.code] = subject.search.contents;
  return subject.code ? verify(subject, signal, ask) : report;
}

// undecided subjects are those with several codes of which none is chosen, or
// where not all was looked through.
export function undecided({ code, search }) {
  return !code && search?.contents.length > (search?.end === 'found' ? 1 : 0);
}

// searchable says what of a file is searched for codes: a picture in which no
// credential is baked, the pages of a document to which none is attached. A
// file that is damaged, or holds something, is judged by that.
async function searchable(subject, { headline, credentials }) {
  if (headline !== 'unreadable') return undefined;
  const codes = credentials[0].checks.flatMap((check) => check.codes);
  if (codes.includes('envelope.in_pdf')) return 'pages'; // only links to where a credential may be
  if (credentials.length > 1) return undefined;
  if (['envelope.png', 'envelope.image', 'envelope.svg'].some((code) => codes.includes(code))) return 'picture';
  // A good camera makes pictures that are larger than any credential.
  if (codes.includes('envelope.too_large') && sizeOf((await bytesOf(subject)).subarray(0, 1 << 20))) return 'picture';
  return codes.includes('envelope.pdf') ? 'pages' : undefined;
}

// picturesOf gives the pictures on the pages of a document, as far as the core
// takes them out of it.
async function picturesOf(subject, signal) {
  const pieces = await piecesOf(await bytesOf(subject), 'pictures', signal);
  return pieces.map(({ name, bytes }) => new Blob([bytes], { type: name }));
}

async function verify(subject, signal, ask) {
  const bytes = await bytesOf(subject);
  subject.network ??= new Network();
  const hosts = ask ? allowedHosts() : [];
  for (let round = 0; ; round += 1) {
    const report = await verifyFile(bytes, {
      online: asking() !== 'never',
      hosts,
      consented: ask ? consentedAddresses() : [],
      network: subject.network,
      // A sample's list is for the sample alone, and nobody's own list is for it.
      trust: subject.sample ? subject.trust : trustLists(),
      given: subject.given,
      lists: subject.lists,
      at: subject.at,
      signal,
    });
    const wanted = wantedOf(report);
    if (!ask || asking() !== 'always' || wanted.length === 0 || round === mostRounds) return report;
    hosts.push(...wanted.map((entry) => entry.host));
  }
}

// bytesOf gives the bytes that are judged.
export async function bytesOf({ code, bytes, file }) {
  return code ?? bytes ?? new Uint8Array(await file.slice(0, mostBytes).arrayBuffer());
}
