// Files with an issuer's public keys, which people save when a website cannot
// be asked: a DID document, a key set, a PEM file. What is in them counts only
// after the person has said where they are from.

import { verifyFile } from './verify.js';

const mostBytes = 1 << 20;

// keyFile gives {name, bytes, of} of a file that holds keys, and nothing of
// any other. `of` is whose keys the file says they are, as far as it says so.
// That there are keys in it is for the core to know.
export async function keyFile({ name, file, bytes }) {
  const size = file?.size ?? bytes.length;
  if (size > mostBytes || size === 0) return undefined;
  const content = bytes ?? new Uint8Array(await file.arrayBuffer());
  const first = content.find((byte) => byte > 0x20);
  if (first !== 0x7b && first !== 0x2d) return undefined; // { or -
  const usable = await verifyFile(new Uint8Array(), { given: [content] }).then(() => true, (problem) => {
    if (problem?.reason === 'broken') return false;
    throw problem;
  });
  return usable ? { name, bytes: content, of: owner(content) } : undefined;
}

function owner(content) {
  try {
    const { id, kid } = JSON.parse(new TextDecoder().decode(content));
    return [id, kid].find((value) => typeof value === 'string')?.split('#')[0] ?? '';
  } catch {
    return '';
  }
}

// lacksKeys says whether a report would be more with the issuer's keys. Where a
// public register or a website says who the issuer is, no key does.
export function lacksKeys(report) {
  return report.credentials.some((credential) => credential.checks.some((check) => (check.name === 'key' || check.name === 'issuer') && check.outcome === 'unknown'
    && !(check.findings ?? []).some(({ code }) => code === 'issuer.on_chain' || code.startsWith('issuer.hosted_'))));
}
