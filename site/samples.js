// Sample files, made by us. Each comes with the list that vouches for its
// issuer; that list is in use for the sample alone and is kept nowhere.

import { element } from './dom.js';
import { say } from './words.js';

const folder = 'samples/';

// showSamples fills the lists of buttons, one a group; pressing one hands the
// sample on as {name, bytes, trust, at, sample}.
export async function showSamples(section, open) {
  const index = await read('index.json');
  const { samples } = JSON.parse(new TextDecoder().decode(index));
  for (const list of section.querySelectorAll('[data-group]')) {
    list.append(...samples.filter(({ group }) => group === list.dataset.group).map((sample) => element('li', {},
      element('button', { type: 'button', 'data-sample': sample.id, onclick: () => open(sample) }, say(`page.sample.${sample.id}`)))));
  }
  section.hidden = false;
}

export async function loadSample(sample) {
  const lists = sample.trust ? [sample.trust].flat() : [];
  const [bytes, ...trust] = await Promise.all([
    read(sample.file),
    ...lists.map(async (name) => ({ name, text: new TextDecoder().decode(await read(name)) })),
  ]);
  return { name: sample.file, bytes, trust, at: sample.at, sample: sample.id };
}

async function read(name) {
  const answer = await fetch(folder + name);
  if (!answer.ok) throw new Error(`${folder}${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
