// Numbers, and how they are printed.

// columns are the peers' names in tables.
export const columns = { jose: 'jose', jsigs: 'jsigs', vc: 'vc', core: 'verifier-core' };

export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export const median = (values) => quantile(values, 0.5);

export const show = (milliseconds) => (milliseconds < 9.995 ? milliseconds.toFixed(2) : milliseconds.toFixed(milliseconds < 99.95 ? 1 : 0));

// say gives the median and the 90th percentile of what was measured, if
// anything was.
export const say = (values) => (values ? `${show(median(values))} (${show(quantile(values, 0.9))})` : '');

// print writes rows in columns, the first to the left, the others to the right.
export function print(title, head, rows) {
  const width = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(width[i]) : cell.padStart(width[i]))).join('  ').trimEnd();
  console.log(`\n${title}\n`);
  console.log(line(head));
  console.log(width.map((n) => '-'.repeat(n)).join('  '));
  for (const row of rows) console.log(line(row));
}
