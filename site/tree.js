// How the entries of a report hang together: what the answer is about, what
// stands in it, and what others say of it. Every entry keeps its own headline.

import { element } from './dom.js';
import { has, say } from './words.js';

// counting are the entries that the file's answer rests on: those that do not
// stand aside, or all where every one does.
export function counting(report) {
  const found = report.credentials.filter((credential) => !credential.aside);
  return found.length > 0 ? found : report.credentials;
}

// tree gives the outermost entries, each with those that stand in it.
export function tree(credentials) {
  const nodes = credentials.map((credential) => ({ credential, parts: [], endorsements: [] }));
  const place = (file = '', path) => `${file}\n${path}`; // each file in the file has its own paths
  const at = new Map(nodes.map((node) => [place(node.credential.file, node.credential.path), node]));
  return nodes.filter((node) => {
    const { role, file, path, of = '' } = node.credential;
    const around = path === '' ? undefined : at.get(place(file, of));
    if (!around || around === node) return true;
    (role === 'endorsement' ? around.endorsements : around.parts).push(node);
    return false;
  });
}

// worstOf says of how many credentials the file's sentence tells: of all that
// have the file's headline, or of the first of them, where the others have
// another signer or another reason.
export function worstOf(report) {
  const all = counting(report);
  const worst = all.filter(({ headline }) => headline === report.headline);
  if (all.length < 2 || worst.length === 0) return null;
  const alike = new Set(worst.map(({ saying }) => JSON.stringify(saying))).size === 1;
  return [alike ? 'several.alike' : 'several.first', { number: String(worst.length), all: String(all.length) }];
}

// entries shows nodes one below the other, what stands in one set off under it.
export function entries(nodes, show, level = 3) {
  return nodes.flatMap(({ credential, parts, endorsements }) => [
    show(credential, `h${Math.min(level, 6)}`, roleOf(credential)),
    parts.length > 0 && element('div', { class: 'held' }, entries(parts, show, level + 1)),
    said(endorsements, show, level + 1),
  ].filter(Boolean));
}

// said is what others say of a credential.
export function said(endorsements, show, level = 3) {
  if (endorsements.length === 0) return null;
  return element('section', { class: 'held said', 'data-said': '' },
    element(`h${Math.min(level, 6)}`, {}, say('page.said')),
    element('p', { class: 'hint' }, say('page.said_hint')),
    entries(endorsements, show, level + 1));
}

function roleOf({ role }) {
  return has(`page.role.${role}`) ? element('p', { class: 'role' }, say(`page.role.${role}`)) : null;
}

// endorses is the finding on what an endorsement is about.
export function endorses(credential) {
  return credential.checks.flatMap(({ findings = [] }) => findings).find(({ code }) => code.startsWith('credential.endorses_'));
}
