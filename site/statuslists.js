// Lists in which issuers mark what they have withdrawn, as files: which of them
// a report lacks, and whether a file is one.

import { bytesOf } from './judge.js';
import { verifyFile } from './verify.js';

const mostBytes = 12 << 20; // limits.ListBytes

// mostLists is how many lists the core takes beside a file (limits.ListsSupplied).
export const mostLists = 50;

// unread are the findings that a list from elsewhere could put right: it was
// not read at all, or too long ago.
const unread = new Set([
  'list_offline', 'list_not_allowed', 'would_identify', 'list_address', 'list_too_many', 'list_unreachable', 'list_timeout', 'list_name_unknown',
  'list_closed', 'list_not_found', 'list_forbidden', 'list_server_error', 'list_login', 'list_page', 'list_empty', 'list_old', 'list_expired',
].map((name) => `status.${name}`));

// lackingLists gives the lists that a report names and that were not read, as
// {address, host, code}, each once.
export function lackingLists(report) {
  const entries = (report?.credentials ?? []).flatMap((credential) => credential.standing ?? [])
    .filter(({ address, code }) => address && unread.has(code));
  return [...new Map(entries.map(({ address, code }) => [address, { address, code, host: hostOf(address) }])).values()];
}

// listFile gives {name, bytes} of a file that is such a list, and nothing of
// any other. The report on it spares the work where it is there already.
export async function listFile(subject, report) {
  const size = subject.file?.size ?? subject.bytes.length;
  if (size > mostBytes || size === 0) return undefined;
  if (report && !['status-list', 'unknown'].includes(report.credentials[0].format)) return undefined;
  const bytes = await bytesOf(subject);
  const { credentials } = report ?? await verifyFile(bytes);
  const is = credentials.length === 1 && (credentials[0].format === 'status-list' || isRevocationList(bytes));
  return is ? { name: subject.name, bytes } : undefined;
}

// isRevocationList tells a certificate authority's list by how it begins (RFC
// 5280 5.1: two sequences, version 2, the algorithm; RFC 7468 6): what is in it
// is for the core to read.
function isRevocationList(bytes) {
  if (new TextDecoder().decode(bytes.subarray(0, 24)) === '-----BEGIN X509 CRL-----') return true;
  let at = 0;
  for (let depth = 0; depth < 2; depth += 1) {
    if (bytes[at] !== 0x30) return false;
    at += bytes[at + 1] < 0x80 ? 2 : 2 + (bytes[at + 1] & 0x7f);
  }
  return [0x02, 0x01, 0x01, 0x30].every((byte, index) => bytes[at + index] === byte);
}

function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}
