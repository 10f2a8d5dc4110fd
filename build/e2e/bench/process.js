// Hosts that are programs of their own: node, and the core compiled for this
// machine. Every host has the same shape:
//
//	took   what starting it took, in milliseconds: {compile?, start?}
//	times(which, count, most)  verifies a file so often, or for so many
//	       milliseconds; the milliseconds of each
//	close()

import { execFileSync, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { root } from '../browser.js';

// startNode starts one of child.js's hosts.
export async function startNode(begin, files) {
  const child = fork(fileURLToPath(new URL('child.js', import.meta.url)), { serialization: 'advanced' });
  let settle; // of the one question under way
  child.on('message', (answer) => settle(answer));
  child.on('exit', (code) => settle?.({ problem: `node ended with ${code}` }));
  const ask = async (message) => {
    const answered = new Promise((resolve) => { settle = resolve; });
    child.send(message);
    const answer = await answered;
    if (answer.problem) throw new Error(answer.problem);
    return answer;
  };
  const { took } = await ask({ begin });
  return {
    took,
    times: async (which, count, most) => {
      const { bytes, headlines } = files[which];
      return (await ask({ which, file: { bytes, headlines }, count, most })).taken;
    },
    close: () => child.kill(),
  };
}

// buildNative compiles the program of ./native.
export function buildNative() {
  const program = join(root, '.cache/bench/native');
  execFileSync('go', ['build', '-trimpath', '-o', program, './build/e2e/bench/native'], { cwd: root, stdio: 'inherit' });
  return program;
}

// startNative starts that program, which does what `who` does; see there.
export async function startNative(program, description, who) {
  const child = spawn(program, [description], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    took: {},
    async times(which, count, most = 0) {
      child.stdin.write(`${who} ${which} ${count} ${most}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the native program ended');
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}
