// judge works out the report of one subject, by what this tab may ask and by
// the lists that count. In a picture that holds no credential it looks for a
// code that does.

import { codesIn } from './codes.js';
import { trustLists } from './lists.js';
import { allowedHosts, consentedAddresses, Network, wantedOf } from './network.js';
import { asking } from './settings.js';
import { verifyFile } from './verify.js';

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
//   search   what the search for codes in it came to (codes.js), made here
//   code     what was read from a code, a Uint8Array: that is judged, not the
//            picture
//   camera   whether that code was before the camera

// judge gives the report of a subject, or nothing where the person has to
// choose first: its codes hold different things. No host is asked that was not
// allowed; with ask: false none at all, and the report says what would have
// been asked. `looking` is told of a search, and gets a function to stop it.
export async function judge(subject, signal, { ask = true, looking } = {}) {
  if (undecided(subject)) return undefined;
  const report = await verify(subject, signal, ask);
  if (subject.code || subject.search || !isPicture(report)) return report;
  const stop = new AbortController();
  looking?.(() => stop.abort());
  subject.search = await codesIn(subject.file ?? new Blob([subject.bytes]), signal, stop.signal);
  if (subject.search.contents.length === 1) [subject.code] = subject.search.contents;
  if (undecided(subject)) return undefined;
  return subject.code ? verify(subject, signal, ask) : report;
}

// undecided subjects are those with several codes of which none is chosen.
export function undecided({ code, search }) {
  return !code && search?.contents.length > 1;
}

// isPicture says whether a report is on a picture in which no credential is
// baked. One that is damaged, or holds something, is judged by that.
function isPicture({ headline, credentials }) {
  return headline === 'unreadable' && credentials[0].checks.some(({ codes }) => codes.includes('envelope.png') || codes.includes('envelope.image'));
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
