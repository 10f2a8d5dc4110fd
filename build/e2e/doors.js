// The JavaScript halves of the core's adapters, as build/site.go puts them
// before the page's worker. To be required, in this order.

import { fileURLToPath } from 'node:url';

export const doors = ['wasm/internal/webcrypto/door.js', 'wasm/browser/door.js'].map((path) => fileURLToPath(new URL(`../../${path}`, import.meta.url)));
