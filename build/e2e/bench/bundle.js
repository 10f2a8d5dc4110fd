// The peers in one file each for each host, with the files that their packages
// name for it. Some are made of CommonJS, which no browser loads.

import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from '../browser.js';

const packages = join(root, 'build/npm');
const own = join(root, 'build/e2e/node_modules');

export const peers = ['jose', 'jsigs', 'vc', 'core'];

// bundle writes the peers for a platform ("browser" or "node") and gives the
// path of each.
export async function bundle(platform) {
  const esbuild = createRequire(join(packages, 'package.json'))('esbuild');
  const extension = platform === 'node' ? '.mjs' : '.js';
  const outdir = join(root, '.cache/bench', platform);
  await esbuild.build({
    entryPoints: peers.map((peer) => join(root, `build/e2e/bench/peers/${peer}.js`)),
    nodePaths: [join(packages, 'node_modules')],
    outdir,
    outExtension: { '.js': extension },
    platform,
    bundle: true,
    // esbuild does not look up what "exports" gives in "browser".
    alias: platform === 'browser' ? { 'base64url-universal': join(own, 'base64url-universal/lib/browser.js') } : {},
    minify: platform === 'browser',
    format: 'esm',
    // In node, what is CommonJS asks for node's own modules.
    banner: platform === 'node' ? { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } : {},
    target: 'es2022',
    logLevel: 'error',
  });
  return Object.fromEntries(peers.map((peer) => [peer, join(outdir, peer + extension)]));
}
