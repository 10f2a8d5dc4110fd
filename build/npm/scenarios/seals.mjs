// The certificate behind a seal can be withdrawn as well: lists of revoked
// certificates (RFC 5280), at the address that the certificate names or
// carried in the seal.
import {edc} from '../content.mjs';
import {revocations, statement} from '../lists.mjs';
import {along, b64, seal} from '../sign.mjs';
import {ends, file, network, scenario, sealed} from '../registry.mjs';

const name = 'university-crl-https', address = 'https://crl.sealing-ca.example/seals.crl';
// The authority's certificate travels in the seal, as the Commission's issuer
// has it, or stands in the trust list alone.
const one = file('certificate-crl.jsonld', () => seal(edc(), name, {unprotected: along('ca')}));
const leaf = file('certificate-crl-leaf.jsonld', () => seal(edc(), name));
const served = make => ({name: 'seals.crl', make, contentType: 'application/pkix-crl'});
const open = code => ends.incomplete(['signature.verified', `status.certificate_${code}`], {...sealed, status: 'unknown'});
const good = () => ends.verified(['signature.verified', 'status.certificate_good'], {...sealed, status: 'pass'});
const revoked = () => ends.revoked(['status.certificate_revoked'], sealed);
const crl = (id, about, answer, expectation) => scenario(`certificate-crl-${id}`, about, one, expectation, {network: network(`crl-${id}`, {[address]: answer})});

const entry = (date, reason, whose = name) => [whose, date, reason];
crl('good', 'the list of the certificate\'s authority names others only', served(() => revocations('ca', [entry('2025-12-01', 'keyCompromise', 'university')])), good());
crl('nobody', 'the list of the certificate\'s authority names nobody', served(() => revocations('ca')), good());
crl('revoked', 'the certificate was withdrawn before it sealed', served(() => revocations('ca', [entry('2025-11-01', 'superseded', 'university'), entry('2025-12-01', 'keyCompromise')])), revoked());
crl('hold', 'the certificate is on hold', served(() => revocations('ca', [entry('2025-12-01', 'certificateHold')])), ends.suspended(['status.certificate_on_hold'], sealed));
crl('old', 'the list of revoked certificates is out of date', served(() => revocations('ca', [], {from: '2026-05-01', until: '2026-06-01'})), open('old'));
crl('other-authority', 'a list signed by another authority of the same name', served(() => revocations('rogue-ca', [entry('2025-12-01', 'keyCompromise')])), open('untrusted'));
crl('404', 'there is no list at its address', {status: 404}, open('unchecked'));
crl('down', 'the host of the list does not answer', {status: 0}, open('unchecked'));
crl('page', 'a web page instead of the list', {body: '<!DOCTYPE html>\n<html lang="en"><title>Moved</title><body><p>Moved.</p></body></html>\n', contentType: 'text/html'}, open('malformed'));
scenario('certificate-crl-anchor', 'the authority stands in the trust list, and not in the file', leaf, good(), {network: 'crl-good'});
scenario('certificate-crl-anchor-revoked', 'the same, withdrawn', leaf, revoked(), {network: 'crl-revoked'});
scenario('certificate-crl-offline', 'the list may not be asked for', one, open('unchecked'));
scenario('certificate-crl-optional', 'a policy without status does not overlook that the certificate was withdrawn', one, revoked(), {network: 'crl-revoked', policy: 'policies/no-status.json'});

// Carried in the seal, unsigned there: list and answer have their own
// signature.
const within = async (kind, made) => ({etsiU: [...along('ca').etsiU, b64(JSON.stringify({rVals: {[kind]: [{val: (await made).toString('base64')}]}}))]});
const carriedAs = (kind, word, whose) => (id, about, make, expectation) => scenario(`certificate-${word}-carried-${id}`, about, file(`certificate-${word}-carried-${id}.jsonld`, async () => seal(edc(), whose, {unprotected: await within(kind, make())})), expectation);
const carried = carriedAs('crlVals', 'crl', name);
carried('good', 'the seal carries the list: nobody need be asked', () => revocations('ca', [entry('2025-12-01', 'keyCompromise', 'university')]), good());
carried('revoked', 'the seal carries a list that names its own certificate', () => revocations('ca', [entry('2025-12-01', 'keyCompromise')]), revoked());
carried('forged', 'the seal carries a list by another authority of the same name', () => revocations('rogue-ca'), ends.incomplete(['signature.verified'], {...sealed, status: 'unknown'}));

// Answers about one certificate (RFC 6960).
const asked = 'university-ocsp';
const answered = carriedAs('ocspVals', 'ocsp', asked);
answered('good', 'the seal carries an answer about its certificate', () => statement('ca', asked), good());
answered('revoked', 'the answer says that it was withdrawn', () => statement('ca', asked, {revoked: ['2025-12-01', 'keyCompromise']}), revoked());
answered('hold', 'the answer says that it is on hold', () => statement('ca', asked, {revoked: ['2025-12-01', 'certificateHold']}), ends.suspended(['status.certificate_on_hold'], sealed));
answered('forged', 'the answer is by another authority of the same name', () => statement('rogue-ca', asked), ends.incomplete(['signature.verified'], {...sealed, status: 'unknown'}));
answered('other', 'the answer is about another certificate', () => statement('ca', 'university'), ends.incomplete(['signature.verified'], {...sealed, status: 'unknown'}));
answered('old', 'the answer was out of date before the seal was made', () => statement('ca', asked, {from: '2025-06-01', until: '2025-06-08'}), ends.incomplete(['signature.verified'], {...sealed, status: 'unknown'}));
scenario('certificate-ocsp-offline', 'the one who answers may not be asked', file('certificate-ocsp.jsonld', () => seal(edc(), asked, {unprotected: along('ca')})), open('unchecked'));
