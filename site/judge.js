// judge works out the report of one subject, by what this tab may ask and by
// the lists that count.

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

// judge gives the report of a subject. No host is asked that was not allowed;
// with ask: false none at all, and the report says what would have been asked.
export async function judge(subject, signal, { ask = true } = {}) {
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

export async function bytesOf({ bytes, file }) {
  return bytes ?? new Uint8Array(await file.slice(0, mostBytes).arrayBuffer());
}
