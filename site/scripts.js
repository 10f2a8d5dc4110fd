// The scripts that this page starts workers with.

import { reader, worker } from './artefacts.js';

// startWorker starts one of them: `worker`, in which the core runs, or
// `reader`, which reads codes.
export function startWorker(name) {
  return new Worker(trusted({ reader, worker }[name]));
}

// trusted makes the only script addresses that this page ever makes.
function trusted(address) {
  if (!globalThis.trustedTypes) return address;
  policy ??= globalThis.trustedTypes.createPolicy('sealcheck-worker', {
    createScriptURL(input) {
      if (input !== worker && input !== reader) throw new TypeError('not our worker');
      return input;
    },
  });
  return policy.createScriptURL(address);
}

let policy;
