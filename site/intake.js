// What a person gives: files chosen, dropped or pasted, folders, or text.

// most is how many files are checked in one go.
export const most = 500;

// chosen takes the files of an input element.
export function chosen(input) {
  const files = [...input.files];
  const inFolder = files.some((file) => file.webkitRelativePath);
  return limit(files.filter((file) => !inFolder || !hidden(file.name)).map((file) => ({ name: file.webkitRelativePath || file.name, file })));
}

// given takes what was dropped or pasted: a promise of {subjects, left}, or
// nothing where there is nothing in it. Folders have to be asked for at once,
// before the event is over.
export function given(data) {
  const items = [...data.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.some((entry) => entry.isDirectory)) return gather(entries);
  if (data.files.length > 0) return Promise.resolve(limit([...data.files].map((file) => ({ name: file.name, file }))));
  const text = data.getData('text/plain');
  return text ? Promise.resolve(written(text)) : undefined;
}

// written takes a text.
export function written(text) {
  return { subjects: [{ bytes: new TextEncoder().encode(text) }], left: 0 };
}

function limit(subjects) {
  return { subjects: subjects.slice(0, most), left: Math.max(0, subjects.length - most) };
}

// gather reads folders, and theirs. It looks no further than the limit and
// one more, so that a whole disk is not read through.
async function gather(entries) {
  const found = [];
  const open = [...entries];
  while (open.length > 0 && found.length <= most) {
    const entry = open.shift();
    if (entry.isDirectory) open.push(...await inside(entry));
    else if (!hidden(entry.name)) found.push(entry);
  }
  const subjects = await Promise.all(found.slice(0, most).map(async (entry) => ({ name: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) })));
  return { subjects: subjects.sort((a, b) => (a.name < b.name ? -1 : 1)), left: found.length > most ? 1 : 0 };
}

// inside lists a folder; a browser gives it in pieces.
async function inside(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const piece = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (piece.length === 0 || all.length > 10_000) return all;
    all.push(...piece);
  }
}

function fileOf(entry) {
  return new Promise((resolve, reject) => { entry.file(resolve, reject); });
}

// hidden files are the computer's own, not the person's.
function hidden(name) {
  return name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini';
}
