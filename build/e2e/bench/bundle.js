// The peers in one file for each host, with the files that their packages name
// for it. jsonld-signatures is made of CommonJS, which no browser loads.

import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from '../browser.js';

const packages = join(root, 'build/npm');

// bundle writes the peers for a platform ("browser" or "node") and gives the
// file's path.
export async function bundle(platform) {
  const esbuild = createRequire(join(packages, 'package.json'))('esbuild');
  const outfile = join(root, '.cache/bench', `peers.${platform}.${platform === 'node' ? 'cjs' : 'js'}`);
  await esbuild.build({
    entryPoints: [join(root, 'build/e2e/bench/peers.js')],
    nodePaths: [join(packages, 'node_modules')],
    outfile,
    platform,
    bundle: true,
    // esbuild does not look up what "exports" gives in "browser".
    alias: platform === 'browser' ? { 'base64url-universal': join(packages, 'node_modules/base64url-universal/lib/browser.js') } : {},
    minify: platform === 'browser',
    format: platform === 'node' ? 'cjs' : 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  return outfile;
}
