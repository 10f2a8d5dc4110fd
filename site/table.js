// A batch to take away: as a table for a spreadsheet, or as the reports.

import { summary } from './awarded.js';
import { element, named } from './dom.js';
import { text, title } from './words.js';

const columns = ['file', 'headline', 'verdict', 'meaning', 'title', 'learner', 'issuer_proven', 'issuer_id', 'issued', 'until', 'standing', 'list_date', 'codes', 'judged_at', 'sha256', 'read_from', 'role', 'path', 'stands_in', 'file_within'];

export function saveTable(items) {
  save('sealcheck.csv', 'text/csv;charset=utf-8', table(items));
}

export function saveReports(items) {
  const files = items.map(({ name, report, problem, state, code }) => (report
    ? { file: name, ...(code ? { read_from: 'code' } : {}), report }
    : { file: name, problem: state === 'codes' ? 'several_codes' : problem?.reason ?? (problem ? 'unread' : 'not_checked') }));
  save('sealcheck-reports.json', 'application/json', JSON.stringify({ files }, null, 1));
}

// table is a batch as CSV (RFC 4180), one line for each credential. The mark
// at its beginning tells spreadsheets that it is UTF-8.
export function table(items) {
  return '\ufeff' + [columns, ...items.flatMap(lines)].map((cells) => cells.map(cell).join(',') + '\r\n').join('');
}

function lines({ name, report, problem, state, code }) {
  if (!report) return [[name ?? '', '', '', text(problem ? `page.failed.${problem.reason ?? 'unread'}` : state === 'codes' ? 'page.group.codes' : 'page.group.waiting')]];
  return report.credentials.map((credential) => {
    const { what, who, by } = summary(credential);
    const file = credential.description ?? {};
    return [
      name ?? '', credential.headline, credential.verdict, text(title(credential)), what, who, by, file.issuerId,
      file.issued?.[0]?.value, file.until?.[0]?.value, standing(credential), credential.standing?.map((entry) => entry.issued).filter(Boolean).sort()[0],
      credential.checks.flatMap((check) => check.codes).join(' '), report.at, report.sha256, code ? 'code' : 'file',
      credential.role, credential.path, credential.path && (credential.of ?? ''), credential.file,
    ];
  });
}

// standing is the check of that name in a word.
function standing(credential) {
  const check = credential.checks.find(({ name }) => name === 'status');
  return check && text(`outcome.${check.outcome}`);
}

// cell writes one value. A spreadsheet takes some beginnings for a formula
// and runs it, invisible characters before them or not: an apostrophe makes
// them text. What turns the direction of a name is told by its number.
export function cell(value = '') {
  const plain = String(value);
  const safe = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u.test(plain) || /^[\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return `"${named(safe).replaceAll('"', '""')}"`;
}

// save hands a text to the browser as a file.
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
