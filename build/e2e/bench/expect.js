// expect throws unless our report is what it must be: a run that came to
// another result is no measurement.
export function expect({ credentials }, headlines) {
  const found = credentials.map(({ headline }) => headline);
  if (found.length === headlines.length && found.every((headline, i) => headline === headlines[i])) return;
  const wrong = found.findIndex((headline, i) => headline !== headlines[i]);
  const codes = (credentials[wrong]?.checks ?? []).filter(({ outcome }) => ['fail', 'unknown'].includes(outcome)).flatMap(({ findings = [] }) => findings.map(({ code }) => code));
  throw new Error(`${found.length} of ${headlines.length} results; number ${wrong + 1} is ${found[wrong]} instead of ${headlines[wrong]}: ${codes.join(', ')}`);
}
