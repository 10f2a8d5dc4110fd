// Does it still hold? Every kind of list that was ever in use, read to the
// bit, and every way in which a list can fail to answer: none of them is ever
// better than "it could not be found out" (asks 1 to 5, 17; T12, T14, T32).
import {V1, V2, WEB, UNIVERSITY, badge, company, edc, plain1, plain2, profile, university} from '../content.mjs';
import {didKey, didKeyMethod, publicJwk} from '../keys.mjs';
import {bareToken, bits, bitstringList, bitstringList1, CLEAR, cwtToken, dates, gzip, hmacToken, LENGTH, list2020, list2021, SET, sized, telling, token, u, url, USUAL, zlib} from '../lists.mjs';
import {byHand, compact, dataIntegrity, jcsByHand, jwt1, jwt2, jwtBadge, seal, signature2020} from '../sign.mjs';
import {document, ends, file, network, scenario, sealed} from '../registry.mjs';
import {universityDocument} from './networks.mjs';

const p256 = 'university-p256', ed = 'university-ed25519', K = didKey(p256), E = didKey(ed);
const attacker = 'attacker-p256', keeper = 'company-p256';
const web = {kid: `${WEB}#p256`}, webEd = {kid: `${WEB}#ed25519`};

// The folder `standing`: one university and its lists, each at its address.
const answers = {};
const S = name => `https://university.example/status/${name}`;
const put = (address, answer) => {
  // A file is called after its address, so that one more moves no other.
  const name = address.replace('https://', '').replace(/^university\.example\/(status\/)?/, '').replace(/[^a-z0-9.]+/gi, '-').replace(/\.json$/, '');
  const kind = answer.contentType?.includes('html') ? 'html' : 'json';
  answers[address] = {name: `${name}.${kind}`, ...answer};
  return address;
};
put('https://university.example/.well-known/did.json', {body: universityDocument()});
const kinds = {jwt: 'application/vc+jwt', json: 'application/vc+ld+json', token: 'application/statuslist+jwt', cwt: 'application/statuslist+cwt'};
const serve = (name, kind, make) => put(S(name), {name: `${name}.${kind === 'token' ? 'jwt' : kind}`, make, contentType: kinds[kind]});
const at = name => `network/standing/${name}`;

// list serves a BitstringStatusListCredential as vc+jwt, by the usual issuer.
const list = (name, options = {}, {key = p256, issuer = didKey(key), id = S(name), ...how} = {}) =>
  serve(name, 'jwt', async () => jwt2(await bitstringList(id, issuer, options), key, how));
const signedList = (name, key, suite, options = {}, how = {}) =>
  serve(name, 'json', async () => dataIntegrity(await bitstringList(S(name), how.issuer ?? didKey(key), options), key, {suite, created: dates.validFrom, ...how}));

const entry = (address, more = {}) => JSON.parse(JSON.stringify({id: `${address}#${CLEAR}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: CLEAR, statusListCredential: address, ...more}));
const set = (address, more = {}) => entry(address, {id: `${address}#${SET}`, statusListIndex: SET, ...more});

// How it ends. A list that answers is `good`, with remarks `warned`; one that
// does not leaves it `open`.
const good = (...codes) => ends.verified(['signature.verified', 'status.good', ...codes], {status: 'pass'});
const warned = (...codes) => ends.verified(['signature.verified', ...codes], {status: 'warn'});
const revoked = (...codes) => ends.revoked(['signature.verified', 'status.revoked', ...codes]);
const suspended = (...codes) => ends.suspended(['signature.verified', 'status.suspended', ...codes]);
const open = (...codes) => ends.incomplete(['signature.verified', ...codes.map(code => `status.${code}`)], {status: 'unknown'});

const on = {network: 'standing'};
// standing is one scenario: a plain credential of data model 2.0 as vc+jwt.
const standing = (id, about, credentialStatus, expectation, options = {}) =>
  scenario(`standing-${id}`, about, file(`standing-${id}.jwt`, () => jwt2(plain2(K, {credentialStatus}), p256)), expectation, {...on, ...options});

// Bitstring Status List.
const revocation = list('revocation'), suspension = list('suspension', {purpose: 'suspension'}), refresh = list('refresh', {purpose: 'refresh'});
standing('good', 'the list says that it stands', entry(revocation), good());
standing('revoked', 'the list says that it was withdrawn', set(revocation), revoked());
standing('suspension-clear', 'a list of suspensions, and it is in none', entry(suspension, {statusPurpose: 'suspension'}), good());
standing('suspended', 'the list says that it is suspended', set(suspension, {statusPurpose: 'suspension'}), suspended());
standing('refresh', 'the list says that there is a newer version', set(refresh, {statusPurpose: 'refresh'}), warned('status.refresh_set'));
standing('refresh-clear', 'there could be a newer version, and is none', entry(refresh, {statusPurpose: 'refresh'}), good());
standing('without-id', 'an entry without an id', entry(revocation, {id: undefined}), good());
standing('reference', 'an entry that points to words about its values', entry(revocation, {statusReference: 'https://university.example/about-status'}), good());
standing('fragment', 'an address that names a part of the list', set(revocation, {statusListCredential: `${revocation}#list`}), revoked());
standing('size-one', 'an entry that says that it has one bit', entry(revocation, {statusSize: 1}), good());
standing('index-first', 'the first entry of a list', entry(revocation, {statusListIndex: '0'}), good());
standing('index-last', 'the last entry of a list', entry(revocation, {statusListIndex: String(LENGTH - 1)}), good());
standing('index-number', 'an index as a number, as many write it', set(revocation, {statusListIndex: Number(SET)}), revoked());
list('ends', {set: [0, LENGTH - 1]});
standing('index-first-set', 'the first entry, withdrawn', entry(S('ends'), {statusListIndex: '0'}), revoked());
standing('index-last-set', 'the last entry, withdrawn', entry(S('ends'), {statusListIndex: String(LENGTH - 1)}), revoked());
list('purposes', {purpose: ['revocation', 'suspension']});
standing('purposes', 'a list for two purposes', entry(S('purposes')), good());
standing('purposes-set', 'the same, withdrawn', set(S('purposes')), revoked());
standing('purposes-second', 'the same, suspended', set(S('purposes'), {statusPurpose: 'suspension'}), suspended());
list('issuer-object', {}, {issuer: {id: K, name: UNIVERSITY}});
standing('issuer-object', 'the list names its issuer with a name', entry(S('issuer-object')), good());
list('ttl', {subject: {ttl: 300000}});
standing('ttl', 'a list that is to be asked for again every five minutes', entry(S('ttl')), good());
list('no-end', {validUntil: undefined});
standing('list-no-end', 'a list without an end, fresh from its address', entry(S('no-end')), good());
list('no-dates', {validFrom: undefined, validUntil: undefined});
standing('list-no-dates', 'a list without any date, fresh from its address', entry(S('no-dates')), good());
list('no-id', {}, {id: S('no-id')});
answers[S('no-id')].make = async () => { const {id, ...rest} = await bitstringList(S('no-id'), K); return jwt2(rest, p256); };
standing('list-no-id', 'a list that does not say which one it is', entry(S('no-id')), warned('status.good', 'status.list_id_missing'));
serve('model-1', 'jwt', async () => jwt1(await bitstringList1(S('model-1'), K), p256));
standing('list-model-1', 'a list on data model 1.1 as VC-JWT', set(S('model-1')), revoked());
scenario('standing-model-1', 'a credential on data model 1.1 with an entry of the later kind',
  file('standing-model-1.jwt', () => jwt1(plain1(K, {'@context': [V1, 'https://www.w3.org/ns/credentials/status/v1'], credentialStatus: entry(S('model-1'))}), p256)), good(), on);
// 134 million entries: as large as a list may become.
const largest = 16 * 1024 * 1024 * 8;
serve('largest', 'jwt', async () => jwt2(await bitstringList(S('largest'), K, {encoded: u(gzip(bits([largest - 1], largest)))}), p256));
standing('largest', 'the last entry of the largest list that is read', set(S('largest'), {statusListIndex: String(largest - 1)}), revoked());
standing('largest-clear', 'the entry before it', entry(S('largest'), {statusListIndex: String(largest - 2)}), good());

// Entries of several bits with words.
const words = [{status: '0x0', message: 'in good standing'}, {status: '0x1', message: 'under review'}, {status: '0x2', message: 'grade was corrected'}, {status: '0x3', message: 'paper copy replaced'}];
const message = (address, index, more = {}) => entry(address, {statusPurpose: 'message', statusListIndex: index, statusSize: 2, statusMessage: words, ...more});
list('message', {purpose: 'message', encoded: u(gzip(sized(2, LENGTH, {10: 2, 11: 1, 13: 3})))});
standing('message', 'a message: the second of two bits is clear', message(S('message'), '10'), warned('status.message_set'));
standing('message-other', 'a message: the first of two bits is clear', message(S('message'), '11'), warned('status.message_set'));
// A message says something for 0 as well ("pending review" in the text's own
// example).
standing('message-clear', 'a message: no bit is set, and the entries around it have some', message(S('message'), '12'), warned('status.message_set'));
list('two-bits', {encoded: u(gzip(sized(2, LENGTH, {10: 2, 11: 1, 13: 3})))});
standing('two-bits-clear', 'two bits about withdrawal, both clear', message(S('two-bits'), '12', {statusPurpose: 'revocation'}), good());
standing('two-bits-first', 'two bits about withdrawal, the first set', message(S('two-bits'), '10', {statusPurpose: 'revocation'}), revoked());
standing('two-bits-second', 'two bits about withdrawal, the second set', message(S('two-bits'), '11', {statusPurpose: 'revocation'}), revoked());
standing('message-none', 'two bits, and nothing says what they mean', message(S('message'), '12', {statusMessage: undefined}), open('message_malformed'));
standing('message-few', 'two bits, words for three values only, and the one that is read has some', message(S('message'), '10', {statusMessage: words.slice(0, 3)}), warned('status.message_set'));
standing('message-few-none', 'the same, and the one that is read has none', message(S('message'), '13', {statusMessage: words.slice(0, 3)}), open('value_unknown'));
list('sized', {purpose: 'message', encoded: u(gzip(sized(2, LENGTH, {10: 2}))), subject: {statusSize: 2}});
standing('size-agreed', 'the list says as well that an entry has two bits', message(S('sized'), '10'), warned('status.message_set'));
list('size-one-list', {purpose: 'message', encoded: u(gzip(sized(2, LENGTH, {}))), subject: {statusSize: 1}});
standing('size-mismatch', 'two bits in the file, one in the list', message(S('size-one-list'), '12'), open('size_mismatch'));
standing('size-zero', 'entries of no bits', message(S('message'), '12', {statusSize: 0}), open('size_malformed'));
standing('size-negative', 'entries of minus two bits', message(S('message'), '12', {statusSize: -2}), open('size_malformed'));
standing('size-word', 'a size in words', message(S('message'), '12', {statusSize: 'two'}), open('size_malformed'));
standing('size-short', 'two bits in a list that has room for one', message(S('short-message'), '12'), open('list_too_short'));
list('short-message', {purpose: 'message', encoded: u(gzip(sized(2, LENGTH / 2, {})))});

// Several entries: each is read, the worst counts.
const two = (a, b) => [a, b];
standing('second-revoked', 'two entries, the second withdrawn', two(entry(suspension, {statusPurpose: 'suspension'}), set(revocation)), revoked('status.good'));
standing('second-suspended', 'two entries, the second suspended', two(entry(revocation), set(suspension, {statusPurpose: 'suspension'})), suspended('status.good'));
standing('both', 'two entries, suspended and withdrawn', two(set(suspension, {statusPurpose: 'suspension'}), set(revocation)), revoked('status.suspended'));
standing('both-good', 'two entries, and it stands by both', two(entry(revocation), entry(suspension, {statusPurpose: 'suspension'})), good());
standing('second-open', 'the second of two lists does not answer', two(entry(revocation), entry(S('down'))), open('good', 'list_unreachable'));
standing('first-open-second-revoked', 'the first of two lists does not answer, the second has withdrawn it', two(entry(S('down')), set(revocation)), revoked('status.list_unreachable'));
standing('second-unknown-type', 'a good entry beside one of a kind that nobody knows', two(entry(revocation), {id: 'https://university.example/standing/1', type: 'StandingByPigeon2026'}), open('good', 'unsupported'));
standing('unknown-type-revoked', 'an entry that says withdrawn beside one of a kind that nobody knows', two({id: 'https://university.example/standing/1', type: 'StandingByPigeon2026'}, set(revocation)), revoked('status.unsupported'));
standing('many', '50 entries of one list, the last withdrawn', [...Array.from({length: 49}, (_, i) => entry(revocation, {id: undefined, statusListIndex: String(i)})), set(revocation)], revoked());
scenario('standing-many-addresses', 'more addresses than one file may make us ask for',
  file('standing-many-addresses.jwt', () => jwt2(plain2(WEB, {credentialStatus: Array.from({length: 50}, (_, i) => entry(S(`gone-${i}`), {id: undefined}))}), p256, web)), open('list_not_found', 'list_too_many'), on);
for (let i = 0; i < 50; i++) put(S(`gone-${i}`), {status: 404});

// What else the file says goes before or after.
scenario('standing-claim', 'the claim `credentialStatus` stands beside the credential of a VC-JWT 1.1',
  file('standing-claim.jwt', () => jwt1(plain1(K), p256, {claims: {credentialStatus: set(S('model-1'))}})), revoked(), on);
scenario('standing-claim-beside', 'the credential has a good entry, and the claim beside it another',
  file('standing-claim-beside.jwt', () => jwt1(plain1(K, {credentialStatus: entry(S('model-1'))}), p256, {claims: {credentialStatus: set(S('model-1'))}})), revoked('status.good'), on);
const renewal = {refreshService: {id: 'https://university.example/refresh', type: 'VerifiableCredentialRefreshService2021'}};
scenario('standing-refresh-offered', 'a newer version may be had, and is not asked for',
  file('standing-refresh-offered.jwt', () => jwt2(plain2(K, renewal), p256)), ends.verified(['status.none_published', 'status.refresh_offered'], {status: 'none'}), on);
scenario('standing-refresh-offered-revoked', 'the same, and it was withdrawn',
  file('standing-refresh-offered-revoked.jwt', () => jwt2(plain2(K, {...renewal, credentialStatus: set(revocation)}), p256)), revoked('status.refresh_offered'), on);
standing('revoked-optional', 'no policy overlooks a withdrawal', set(revocation), revoked(), {policy: 'policies/no-status.json'});
scenario('standing-revoked-unlisted', 'withdrawn by an issuer that nobody lists', 'credentials/standing-revoked.jwt', ends.revoked(['status.revoked', 'trust.not_listed'], {trust: 'warn'}), {...on, trust: ['trust/other.json']});
scenario('standing-good-unlisted', 'in good standing with an issuer that nobody lists', 'credentials/standing-good.jwt', ends.unlisted(['status.good', 'trust.not_listed'], {status: 'pass'}), {...on, trust: ['trust/other.json']});
scenario('standing-revoked-expired', 'withdrawn, and ended as well',
  file('standing-revoked-expired.jwt', () => jwt2(plain2(K, {credentialStatus: set(revocation), validUntil: '2026-03-01T00:00:00Z'}), p256)), ends.revoked(['status.revoked', 'validity.expired'], {validity: 'fail'}), on);
scenario('standing-suspended-expired', 'suspended, and ended as well',
  file('standing-suspended-expired.jwt', () => jwt2(plain2(K, {credentialStatus: set(suspension, {statusPurpose: 'suspension'}), validUntil: '2026-03-01T00:00:00Z'}), p256)), ends.expired(['status.suspended', 'validity.expired'], {status: 'fail'}), on);
scenario('standing-good-expired', 'ended, and not withdrawn',
  file('standing-good-expired.jwt', () => jwt2(plain2(K, {credentialStatus: entry(revocation), validUntil: '2026-03-01T00:00:00Z'}), p256)), ends.expired(['status.good', 'validity.expired'], {status: 'pass'}), on);
scenario('standing-offline', 'the list may not be asked for', 'credentials/standing-good.jwt', open('list_offline'));
scenario('standing-offline-revoked', 'the same, and it says withdrawn: nobody knows', 'credentials/standing-revoked.jwt', open('list_offline'));

// How the list is signed.
signedList('eddsa-rdfc', ed, 'eddsa-rdfc-2022');
signedList('eddsa-jcs', ed, 'eddsa-jcs-2022');
signedList('ecdsa-rdfc', p256, 'ecdsa-rdfc-2019');
signedList('ecdsa-jcs', p256, 'ecdsa-jcs-2019');
for (const [name, key] of [['eddsa-rdfc', ed], ['eddsa-jcs', ed], ['ecdsa-rdfc', p256], ['ecdsa-jcs', p256]]) {
  const by = (credentialStatus) => dataIntegrity(badge(didKey(key), {credentialStatus}), key);
  scenario(`standing-${name}`, `a badge and its list, which is signed with ${name}`, file(`standing-${name}.json`, () => by(entry(S(name)))), good(), on);
  scenario(`standing-${name}-revoked`, `the same, withdrawn`, file(`standing-${name}-revoked.json`, () => by(set(S(name)))), revoked(), on);
}
list('web', {}, {issuer: WEB, ...web});
list('web-ed25519', {}, {key: ed, issuer: WEB, ...webEd});
signedList('web-json', ed, 'eddsa-rdfc-2022', {}, {issuer: WEB, method: `${WEB}#ed25519`});
const byWeb = (id, about, credentialStatus, expectation, options = {}) =>
  scenario(`standing-${id}`, about, file(`standing-${id}.jwt`, () => jwt2(plain2({id: WEB, name: UNIVERSITY}, {credentialStatus}), p256, web)), expectation, {...on, ...options});
byWeb('web', 'issuer and list have one did:web', entry(S('web')), good());
byWeb('web-revoked', 'the same, withdrawn', set(S('web')), revoked());
byWeb('web-other-key', 'the list is signed with another key of the same did:web', entry(S('web-ed25519')), good());
byWeb('web-other-key-revoked', 'the same, withdrawn', set(S('web-ed25519')), revoked());
byWeb('web-json', 'the list has a proof by another key of the same did:web', set(S('web-json')), revoked());
list('path', {}, {key: 'attacker-ed25519', issuer: 'did:web:university.example:people:mara', kid: 'did:web:university.example:people:mara#key-1'});
put('https://university.example/people/mara/did.json', {body: {'@context': ['https://www.w3.org/ns/did/v1'], ...controller('did:web:university.example:people:mara', 'attacker-ed25519')}});
byWeb('web-path', 'the list is by a member\'s page on the issuer\'s own host', entry(S('path')), open('list_other_signer'));

// Keys of the issuer's own document that may not sign lists.
list('by-login', {}, {key: 'login-ed25519', issuer: WEB, kid: `${WEB}#login`});
byWeb('web-login-key', 'the list is signed with a key that the issuer has for signing in', entry(S('by-login')), open());
list('by-revoked', {}, {key: 'revoked-ed25519', issuer: WEB, kid: `${WEB}#revoked`});
byWeb('web-revoked-key', 'the list is signed with a key that the issuer has given up', entry(S('by-revoked')), open());
// An issuer at an https address, whose document lists its keys.
const https = 'https://university.example/issuers/1';
put(https, {body: {'@context': ['https://www.w3.org/ns/cid/v1'], ...controller(https, p256)}});
const inHeader = key => ({kid: null, header: {jwk: publicJwk(key)}});
list('https', {}, {issuer: https, ...inHeader(p256)});
list('https-forged', {}, {key: attacker, issuer: https, ...inHeader(attacker)});
const byHttps = (id, what, credentialStatus, expectation) =>
  scenario(`standing-${id}`, what, file(`standing-${id}.jwt`, () => jwt2(plain2({id: https, name: UNIVERSITY}, {credentialStatus}), p256, inHeader(p256))), expectation, on);
byHttps('https', 'issuer and list have one https address', entry(S('https')), good());
byHttps('https-revoked', 'the same, withdrawn', set(S('https')), revoked());
byHttps('https-forged', 'the list brings an attacker\'s key in the issuer\'s name', entry(S('https-forged')), open('list_wrong_key'));
// How it travels.
answers[S('plain')] = {...answers[serve('plain', 'json', async () => dataIntegrity(await bitstringList(S('plain'), K), p256))], contentType: 'text/plain; charset=utf-8'};
standing('text-plain', 'the host calls the list plain text', set(S('plain')), revoked());
serve('newline', 'jwt', async () => await jwt2(await bitstringList(S('newline'), K), p256) + '\n');
standing('newline', 'the list ends with a new line', set(S('newline')), revoked());
serve('enveloped', 'json', async () => ({'@context': V2, id: `data:application/vc+jwt,${await jwt2(await bitstringList(S('enveloped'), K), p256)}`, type: 'EnvelopedVerifiableCredential'}));
standing('enveloped', 'the list in an envelope of JSON', set(S('enveloped')), revoked());

// No answer, or none that is a list.
const html = (title, body) => `<!DOCTYPE html>\n<html lang="en"><title>${title}</title><body>${body}</body></html>\n`;
const page = {body: html('Welcome', '<p>Welcome to our new site.</p>'), contentType: 'text/html; charset=utf-8'};
const signIn = {body: html('Sign in', '<form method="post" action="/login"><input name="user"><input type="password" name="password"></form>'), contentType: 'text/html; charset=utf-8'};
for (const [name, about, answer, code] of [
  ['down', 'the host of the list does not answer', {status: 0}, 'list_unreachable'],
  ['timeout', 'the host of the list does not answer in time', {error: 'timeout'}, 'list_timeout'],
  ['name', 'the host of the list does not exist', {error: 'name'}, 'list_name_unknown'],
  ['404', 'there is no list at its address', {status: 404, body: '{"message": "Not Found"}'}, 'list_not_found'],
  ['404-page', 'there is no list at its address: a page says so', {status: 404, body: html('Not found', '<p>Not found</p>'), contentType: 'text/html'}, 'list_not_found'],
  ['410', 'the list was taken away', {status: 410}, 'list_gone'],
  ['401', 'the list is for those who sign in', {status: 401}, 'list_forbidden'],
  ['403', 'the list is for those who may', {status: 403, body: html('Forbidden', '<p>Forbidden</p>'), contentType: 'text/html'}, 'list_forbidden'],
  ['500', 'the host of the list has a failure', {status: 500, body: '{"error": "internal"}'}, 'list_server_error'],
  ['503', 'the host of the list is under repair', {status: 503, body: html('Maintenance', '<p>Back soon.</p>'), contentType: 'text/html'}, 'list_server_error'],
  ['page', 'a web page instead of the list', page, 'list_page'],
  ['page-as-json', 'a web page that calls itself JSON', {...page, contentType: 'application/json'}, 'list_page'],
  ['login', 'the address leads to a page to sign in', {...signIn, address: 'https://login.university.example/signin'}, 'list_login'],
  ['empty', 'an answer with nothing in it', {body: '', contentType: 'application/json'}, 'list_empty'],
  ['empty-204', 'an answer that says that there is nothing', {status: 204}, 'list_empty'],
  ['words', 'words instead of a list', {body: 'This list has moved.\n', contentType: 'text/plain'}, 'list_unreadable'],
  ['json', 'some other JSON', {body: '{"status": "ok"}\n'}, 'list_unreadable'],
]) {
  const host = name === 'name' ? 'https://no-such-host.example/status/1' : S(name);
  put(host, answer);
  standing(name, about, entry(host), open(code));
}
put('https://login.university.example/signin', signIn);
serve('closed', 'jwt', async () => jwt2(await bitstringList(S('closed'), K), p256));
answers[S('closed')].error = 'closed';
standing('closed', 'the host has the list, and does not let pages of others read it', entry(S('closed')), open('list_closed'));
serve('moved', 'jwt', async () => jwt2(await bitstringList(S('moved'), K), p256));
answers[S('moved')].address = 'https://cdn.university.example/lists/moved';
put('https://cdn.university.example/lists/moved', {name: 'moved-there.jwt', make: async () => jwt2(await bitstringList(S('moved'), K), p256), contentType: kinds.jwt});
standing('moved', 'the address leads to another host, which has the list: its signature counts', set(S('moved')), revoked());
serve('cut', 'json', async () => JSON.stringify(await dataIntegrity(await bitstringList(S('cut'), E), ed)).slice(0, 400));
standing('cut', 'the list breaks off in the middle of its JSON', entry(S('cut')), open('list_unreadable'));
serve('cut-jwt', 'jwt', async () => (await jwt2(await bitstringList(S('cut-jwt'), K), p256)).slice(0, -20));
standing('cut-jwt', 'the list breaks off in the middle of its signature', entry(S('cut-jwt')), open());

// Addresses that are never asked.
for (const [name, about, address] of [
  ['address-http', 'a list at an address without protection', 'http://university.example/status/3'],
  ['address-number', 'a list at a number instead of a name', 'https://93.184.216.34/status/3'],
  ['address-local', 'a list on the asker\'s own machine', 'https://localhost/status/3'],
  ['address-user', 'a list at an address with a name and a password', 'https://user:secret@university.example/status/3'],
]) standing(name, about, entry(address, {id: undefined}), open('list_address'));
standing('address-none', 'an entry that names no list', entry(revocation, {statusListCredential: undefined}), open('malformed'));

// Whose list is it?
serve('unsigned', 'json', () => bitstringList(S('unsigned'), K));
standing('unsigned', 'nobody signed the list', entry(S('unsigned')), open('list_unsigned'));
standing('unsigned-set', 'nobody signed the list that says withdrawn', set(S('unsigned')), open('list_unsigned'));
list('elsewhere', {}, {id: S('revocation')});
standing('elsewhere', 'at the address lies the list of another address', entry(S('elsewhere')), open('list_other_address'));
standing('elsewhere-set', 'the same, and that list says withdrawn', set(S('elsewhere')), open('list_other_address'));
list('keeper', {}, {key: keeper});
standing('other-signer', 'the list is signed by somebody else, who says so', entry(S('keeper')), open('list_other_signer'));
standing('other-signer-set', 'the same, and it says withdrawn', set(S('keeper')), open('list_other_signer'));
const kept = {...on, trust: ['trust/services.json']};
scenario('standing-delegated', 'the same where a trust list names the signer as keeper of the issuer\'s lists', 'credentials/standing-other-signer.jwt', good('status.list_delegated'), kept);
scenario('standing-delegated-revoked', 'the same, withdrawn', 'credentials/standing-other-signer-set.jwt', revoked('status.list_delegated'), kept);
scenario('standing-delegated-by-other', 'a trust list names the signer as keeper of the lists of another issuer', 'credentials/standing-other-signer.jwt', open('list_other_signer'), {...on, trust: ['trust/services-other.json']});
list('stranger', {}, {key: attacker});
scenario('standing-stranger', 'the list is by a stranger, beside a keeper that a trust list names', file('standing-stranger.jwt', () => jwt2(plain2(K, {credentialStatus: entry(S('stranger'))}), p256)), open('list_other_signer'), kept);
list('forged', {}, {key: attacker, issuer: K});
standing('forged', 'the list names the issuer, and is signed by an attacker', entry(S('forged')), open('list_wrong_key'));
standing('forged-set', 'the same, and it says withdrawn', set(S('forged')), open('list_wrong_key'));
list('forged-keeper', {}, {key: attacker, issuer: didKey(keeper)});
scenario('standing-forged-keeper', 'the list names a keeper, and is signed by an attacker', file('standing-forged-keeper.jwt', () => jwt2(plain2(K, {credentialStatus: entry(S('forged-keeper'))}), p256)), open('list_wrong_key'), kept);
const alter = (jwt, change) => { const [h, p, s] = jwt.split('.'); return [h, url(JSON.stringify(change(JSON.parse(Buffer.from(p, 'base64url'))))), s].join('.'); };
const emptied = list => ({...list, credentialSubject: {...list.credentialSubject, encodedList: u(gzip(bits([])))}});
serve('altered', 'jwt', async () => alter(await jwt2(await bitstringList(S('altered'), K), p256), emptied));
standing('altered', 'the list was emptied after it was signed', set(S('altered')), open('list_altered'));
serve('altered-json', 'json', async () => emptied(await dataIntegrity(await bitstringList(S('altered-json'), E), ed)));
standing('altered-json', 'the same with a proof', set(S('altered-json')), open('list_altered'));
serve('altered-web', 'jwt', async () => alter(await jwt2(await bitstringList(S('altered-web'), WEB), p256, web), emptied));
byWeb('altered-web', 'the same, and its key was looked up', set(S('altered-web')), open('list_altered'));
list('keeper-down', {}, {key: keeper, issuer: 'did:web:lists.example', kid: 'did:web:lists.example#key-1'});
put('https://lists.example/.well-known/did.json', {status: 0});
scenario('standing-unchecked', 'the list is by a keeper that a trust list names, and whose key cannot be had', file('standing-unchecked.jwt', () => jwt2(plain2(K, {credentialStatus: entry(S('keeper-down'))}), p256)), open('list_unchecked'), kept);
serve('suite', 'json', async () => { const made = await bitstringList(S('suite'), E); return {...made, proof: {...jcsByHand(made, ed, {}), cryptosuite: 'falcon-jcs-2031'}}; });
standing('unchecked-suite', 'the list is signed in a way that is not read', entry(S('suite')), open('list_unchecked'));
serve('purpose-of-proof', 'json', async () => { const made = await bitstringList(S('purpose-of-proof'), E); return {...made, proof: jcsByHand(made, ed, {proofPurpose: 'authentication'})}; });
standing('refused-purpose', 'the list has a proof for signing in', entry(S('purpose-of-proof')), open('list_refused'));
serve('critical', 'jwt', async () => byHand({alg: 'ES256', typ: 'vc+jwt', kid: didKeyMethod(p256), crit: ['urn:later'], 'urn:later': true}, await bitstringList(S('critical'), K), p256));
standing('refused-critical', 'the list demands what is not known', entry(S('critical')), open('list_refused'));

// Until when does it hold?
list('expired', {validUntil: '2026-06-01T00:00:00Z', validFrom: '2026-05-01T00:00:00Z'});
standing('expired', 'the list has ended', entry(S('expired')), open('list_expired'));
standing('expired-set', 'the list that says withdrawn has ended', set(S('expired')), open('list_expired'));
list('expired-minutes', {validUntil: '2026-06-15T11:57:00Z'});
standing('expired-minutes', 'the list ended three minutes ago: clocks differ', entry(S('expired-minutes')), good());
list('begins', {validFrom: '2035-01-01T00:00:00Z'});
standing('begins', 'the list does not hold yet', entry(S('begins')), open('list_not_yet_valid'));
list('date-in-words', {validUntil: 'next summer'});
standing('date-in-words', 'the list holds until nobody knows when', entry(S('date-in-words')), open());
serve('proof-ended', 'json', async () => { const made = await bitstringList(S('proof-ended'), E); return {...made, proof: jcsByHand(made, ed, {created: '2026-05-01T00:00:00Z', expires: '2026-06-01T00:00:00Z'})}; });
standing('proof-ended', 'the proof of the list has ended', entry(S('proof-ended')), open());
list('own-status', {credentialStatus: entry(revocation)});
standing('own-status', 'the list can itself be withdrawn', entry(S('own-status')), open('list_own_status'));

// Is it such a list?
serve('credential', 'jwt', () => jwt2(plain2(K), p256));
standing('wrong-type', 'some other credential at the list\'s address', entry(S('credential')), open('list_wrong_type'));
serve('badge', 'json', () => dataIntegrity(badge(E), ed));
standing('wrong-type-badge', 'a badge at the list\'s address', entry(S('badge')), open('list_wrong_type'));
serve('presentation', 'jwt', () => compact({alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: didKeyMethod(p256)}, {'@context': [V2], type: ['VerifiablePresentation'], holder: K, verifiableCredential: []}, p256));
standing('wrong-type-presentation', 'a presentation at the list\'s address', entry(S('presentation')), open('list_wrong_type'));
list('subject-other', {subject: {type: 'StatusList2021'}});
standing('wrong-type-subject', 'a list of another kind inside', entry(S('subject-other')), open('list_wrong_type'));
standing('wrong-type-2021', 'an entry for the one kind of list and a list of another', entry(S('2021')), open('list_wrong_type'));
standing('wrong-type-token', 'an entry for a list of bits, and a token list', entry(S('token-1')), open('list_wrong_type'));
list('without-bits', {subject: {encodedList: undefined}});
standing('list-without-bits', 'a list without a list', entry(S('without-bits')), open('list_malformed'));
list('number', {subject: {encodedList: 7}});
standing('list-number', 'a number where the list should stand', entry(S('number')), open('list_malformed'));

list('two-subjects');
answers[S('two-subjects')].make = async () => {
  const first = await bitstringList(S('two-subjects'), K, {set: []}), {credentialSubject} = await bitstringList(S('two-subjects'), K);
  return jwt2({...first, credentialSubject: [first.credentialSubject, credentialSubject]}, p256);
};
standing('list-two-subjects', 'two lists in one, which do not say the same', set(S('two-subjects')), open());

// Place and purpose.
for (const [name, about, index, code] of [
  ['index-nan', 'an index that is no number', 'NaN', 'index_malformed'],
  ['index-negative', 'an index before the list', '-1', 'index_negative'],
  ['index-past', 'an index just behind the list', String(LENGTH), 'index_out_of_range'],
  ['index-far', 'an index that no computer can count to', '9'.repeat(40), 'index_out_of_range'],
  ['index-wrapped', 'an index that wraps around in 32 bits', String(2 ** 32 + Number(CLEAR)), 'index_out_of_range'],
  ['index-fraction', 'an index between two', '1.5', 'index_malformed'],
  ['index-hex', 'an index in another notation', '0x10', 'index_malformed'],
  ['index-space', 'an index with a space', ' 94567', 'index_malformed'],
  ['index-exponent', 'an index with an exponent', '1e3', 'index_malformed'],
  ['index-empty', 'an index without a figure', '', 'index_malformed'],
  ['index-none', 'no index', undefined, 'index_malformed'],
  ['index-array', 'two indexes', ['94567', '94568'], 'index_malformed'],
  ['index-number-negative', 'a negative number', -1, 'index_negative'],
  ['index-number-fraction', 'a number between two', 1.5, 'index_malformed'],
]) standing(name, about, entry(revocation, {statusListIndex: index}), open(code));
standing('purpose-mismatch', 'a list about something else', entry(revocation, {statusPurpose: 'suspension'}), open('purpose_mismatch'));
standing('purpose-mismatch-set', 'the same, with a mark', set(revocation, {statusPurpose: 'suspension'}), open('purpose_mismatch'));
standing('purpose-missing', 'an entry that does not say what it is about', entry(revocation, {statusPurpose: undefined}), open('purpose_missing'));
list('lending', {purpose: 'lent'});
standing('purpose-unknown', 'a mark whose meaning nobody knows', set(S('lending'), {statusPurpose: 'lent'}), open('purpose_unknown'));
standing('purpose-unknown-clear', 'no mark, whatever it would mean', entry(S('lending'), {statusPurpose: 'lent'}), good());

// How the list is written.
const packed = (name, encoded) => serve(name, 'jwt', async () => jwt2(await bitstringList(S(name), K, {encoded: encoded()}), p256));
const usual = () => gzip(bits());
packed('multibase-none', () => url(usual()));
standing('encoding-multibase', 'a list without the sign for its alphabet', set(S('multibase-none')), revoked('status.list_multibase_missing'));
standing('encoding-multibase-clear', 'the same, and it stands', entry(S('multibase-none')), warned('status.good', 'status.list_multibase_missing'));
packed('padded', () => 'u' + telling().toString('base64').replaceAll('+', '-').replaceAll('/', '_'));
standing('encoding-padded', 'a list with filling signs', entry(S('padded')), warned('status.good', 'status.list_padded'));
packed('standard', () => 'u' + telling().toString('base64').replaceAll('=', ''));
standing('encoding-standard', 'a list in the usual alphabet of base64', entry(S('standard')), warned('status.good', 'status.list_base64_standard'));
packed('standard-all', () => telling().toString('base64'));
standing('encoding-all', 'all three at once', set(S('standard-all')), revoked('status.list_multibase_missing', 'status.list_base64_standard', 'status.list_padded'));
packed('zlib', () => u(zlib(bits())));
standing('encoding-zlib', 'a list packed in another way', set(S('zlib')), revoked('status.list_compression_other'));
standing('encoding-zlib-clear', 'the same, and it stands', entry(S('zlib')), warned('status.good', 'status.list_compression_other'));
packed('named', () => { const bytes = usual(); bytes[3] |= 8; return u(Buffer.concat([bytes.subarray(0, 10), Buffer.from('list.bin\0'), bytes.subarray(10)])); });
standing('encoding-named', 'packed bits with the name of a file', set(S('named')), revoked());
standing('encoding-named-clear', 'the same, and it stands', entry(S('named')), good());
packed('not-packed', () => u(bits()));
standing('encoding-not-packed', 'a list that is not packed at all', entry(S('not-packed')), open('list_malformed'));
packed('other-signs', () => 'u' + '§'.repeat(40));
standing('encoding-other-signs', 'a list in signs that no alphabet has', entry(S('other-signs')), open('list_malformed'));
packed('truncated', () => u(telling().subarray(0, telling().length >> 1)));
standing('truncated', 'a signed list whose packed bits break off', entry(S('truncated')), open('list_truncated'));
packed('truncated-end', () => u(usual().subarray(0, -3)));
standing('truncated-end', 'the last bytes of the packed bits are missing', entry(S('truncated-end')), open('list_truncated'));
packed('checksum', () => { const bytes = Buffer.from(usual()); bytes[bytes.length - 6] ^= 1; return u(bytes); });
standing('checksum', 'the sum at the end of the packed bits is wrong', entry(S('checksum')), open('list_malformed'));
packed('trailing', () => u(Buffer.concat([usual(), Buffer.from('and more')])));
standing('trailing', 'something stands behind the packed bits', entry(S('trailing')), open('list_malformed'));
packed('members', () => u(Buffer.concat([gzip(bits([], LENGTH)), gzip(bits())])));
standing('members', 'two packed lists behind one another', entry(S('members')), open('list_malformed'));
packed('bomb', () => u(gzip(Buffer.alloc(17 * 1024 * 1024))));
standing('bomb', 'a list that grows to 17 MiB', entry(S('bomb')), open('list_expands_too_far'));
standing('bomb-behind', 'the same, and the entry stands behind what is unpacked', entry(S('bomb'), {statusListIndex: String(16.5 * 1024 * 1024 * 8)}), open('list_expands_too_far'));
list('short', {set: [7], length: LENGTH / 2});
standing('short', 'a list so short that it hides nobody', entry(S('short'), {statusListIndex: '9'}), open('list_too_short'));
packed('empty-list', () => u(gzip(Buffer.alloc(0))));
standing('list-empty', 'a list without entries', entry(S('empty-list'), {statusListIndex: '0'}), open('list_too_short'));

// StatusList2021 and RevocationList2020: there is software that counts the
// bits of a byte from the left, and software that counts from the right.
const entry2021 = (address, index, more = {}) => ({id: `${address}#${index}`, type: 'StatusList2021Entry', statusPurpose: 'revocation', statusListIndex: index, statusListCredential: address, ...more});
const earlier = (id, about, credentialStatus, expectation, options = {}) =>
  scenario(`standing-${id}`, about, file(`standing-${id}.jwt`, () => jwt1(plain1(K, {credentialStatus}), p256)), expectation, {...on, ...options});
// Entries 94560 to 94567 are one byte: 94560 and 94567 change places when it
// is read from the other end.
const LEFT = '94560', RIGHT = '94567', BOTH = '52311';
serve('2021', 'jwt', async () => jwt1(await list2021(S('2021'), K, {set: [94560, 52311, 52304]}), p256));
serve('2021-right', 'jwt', async () => jwt1(await list2021(S('2021-right'), K, {set: [94560, 52311, 52304], right: true}), p256));
serve('2021-json', 'json', async () => dataIntegrity(await list2021(S('2021-json'), E, {set: [52311, 52304]}), ed, {suite: 'eddsa-rdfc-2022', created: dates.validFrom}));
serve('2021-suspension', 'jwt', async () => jwt1(await list2021(S('2021-suspension'), K, {purpose: 'suspension', set: [52311, 52304]}), p256));
earlier('2021-good', 'StatusList2021, clear from either end', entry2021(S('2021'), '12'), good());
earlier('2021-revoked', 'StatusList2021, set from either end', entry2021(S('2021'), BOTH), revoked());
earlier('2021-suspended', 'StatusList2021, suspended', entry2021(S('2021-suspension'), BOTH, {statusPurpose: 'suspension'}), suspended());
earlier('2021-order', 'set from the left, clear from the right', entry2021(S('2021'), LEFT), open('bit_order'));
earlier('2021-order-other', 'clear from the left, set from the right', entry2021(S('2021'), RIGHT), open('bit_order'));
earlier('2021-right', 'a list counted from the right', entry2021(S('2021-right'), LEFT), open('bit_order'));
const order = (id, about, of, expectation, side) => scenario(`standing-${id}`, about, `credentials/standing-${of}.jwt`, expectation, {...on, trust: [`trust/${side}.json`]});
order('2021-order-left', 'set from the left, and a trust list says that this issuer counts so', '2021-order', revoked(), 'left');
order('2021-order-right', 'the same where the trust list says the opposite', '2021-order', good(), 'right');
order('2021-order-other-left', 'set from the right only, and this issuer counts from the left', '2021-order-other', good(), 'left');
order('2021-order-other-right', 'the same where it counts from the right', '2021-order-other', revoked(), 'right');
order('2021-right-right', 'a list counted from the right by an issuer that counts so', '2021-right', revoked(), 'right');
earlier('2021-mismatch', 'StatusList2021, a list about something else', entry2021(S('2021'), '12', {statusPurpose: 'suspension'}), open('purpose_mismatch'));
earlier('2021-past', 'StatusList2021, an index behind the list', entry2021(S('2021'), String(LENGTH)), open('index_out_of_range'));
serve('2021-small', 'jwt', async () => jwt1(await list2021(S('2021-small'), K, {length: 1024}), p256));
earlier('2021-small', 'StatusList2021, a list shorter than recommended', entry2021(S('2021-small'), '12'), warned('status.good', 'status.list_small'));
serve('2021-forged', 'jwt', async () => jwt1(await list2021(S('2021-forged'), K, {}), attacker));
earlier('2021-forged', 'StatusList2021, signed by an attacker in the issuer\'s name', entry2021(S('2021-forged'), '12'), open('list_wrong_key'));
serve('2021-keeper', 'jwt', async () => jwt1(await list2021(S('2021-keeper'), didKey(keeper), {}), keeper));
earlier('2021-other-signer', 'StatusList2021, signed by somebody else', entry2021(S('2021-keeper'), '12'), open('list_other_signer'));
serve('2021-unsigned', 'json', () => list2021(S('2021-unsigned'), K, {}));
earlier('2021-unsigned', 'StatusList2021, signed by nobody', entry2021(S('2021-unsigned'), '12'), open('list_unsigned'));
serve('2021-expired', 'jwt', async () => jwt1(await list2021(S('2021-expired'), K, {issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2026-06-01T00:00:00Z'}), p256));
earlier('2021-expired', 'StatusList2021, ended', entry2021(S('2021-expired'), '12'), open('list_expired'));
serve('2021-ed25519', 'json', async () => signature2020(await list2021(S('2021-ed25519'), E, {set: [52311, 52304]}), ed));
scenario('standing-2021-ed25519', 'StatusList2021, signed with Ed25519Signature2020, as campuses have it',
  file('standing-2021-ed25519.jwt', () => jwt1(plain1(E, {credentialStatus: entry2021(S('2021-ed25519'), '12')}), ed)), good(), on);
scenario('standing-2021-ed25519-revoked', 'the same, withdrawn',
  file('standing-2021-ed25519-revoked.jwt', () => jwt1(plain1(E, {credentialStatus: entry2021(S('2021-ed25519'), BOTH)}), ed)), revoked(), on);
const SL2021 = 'https://w3id.org/vc/status-list/2021/v1', RL2020 = 'https://w3id.org/vc-revocation-list-2020/v1';
scenario('standing-2021-json', 'StatusList2021 with proofs over linked data',
  file('standing-2021-json.json', () => dataIntegrity(plain1(E, {'@context': [V1, SL2021], credentialSubject: {id: 'did:example:mara'}, credentialStatus: entry2021(S('2021-json'), BOTH)}), ed, {suite: 'eddsa-rdfc-2022'})), revoked(), on);

const entry2020 = (address, index) => ({id: `${address}#${index}`, type: 'RevocationList2020Status', revocationListIndex: index, revocationListCredential: address});
serve('2020', 'jwt', async () => jwt1(await list2020(S('2020'), K, {set: [94560, 52311, 52304]}), p256));
serve('2020-zlib', 'jwt', async () => jwt1(await list2020(S('2020-zlib'), K, {encoded: url(zlib(bits([52311, 52304])))}), p256));
serve('2020-json', 'json', async () => dataIntegrity(await list2020(S('2020-json'), E, {set: [52311, 52304]}), ed, {suite: 'eddsa-rdfc-2022', created: dates.validFrom}));
earlier('2020-good', 'RevocationList2020, clear from either end', entry2020(S('2020'), '12'), good());
earlier('2020-revoked', 'RevocationList2020, set from either end', entry2020(S('2020'), BOTH), revoked());
earlier('2020-order', 'RevocationList2020, set from the left only', entry2020(S('2020'), LEFT), open('bit_order'));
order('2020-order-left', 'the same by an issuer that counts from the left', '2020-order', revoked(), 'left');
earlier('2020-zlib-good', 'RevocationList2020 packed as its text asks', entry2020(S('2020-zlib'), '12'), good());
earlier('2020-zlib-revoked', 'the same, withdrawn', entry2020(S('2020-zlib'), BOTH), revoked());
serve('2020-keeper', 'jwt', async () => jwt1(await list2020(S('2020-keeper'), didKey(keeper), {}), keeper));
earlier('2020-other-signer', 'RevocationList2020, signed by somebody else', entry2020(S('2020-keeper'), '12'), open('list_other_signer'));
earlier('2020-wrong-type', 'an entry of 2020 and a list of 2021', entry2020(S('2021'), '12'), open('list_wrong_type'));
earlier('2020-index', 'RevocationList2020, an index before the list', entry2020(S('2020'), '-3'), open('index_negative'));
const suspension2020 = async address => { const made = await list2020(address, K, {set: [94560, 52311, 52304]}); return {...made, type: ['VerifiableCredential', 'SuspensionList2020Credential'], credentialSubject: {...made.credentialSubject, type: 'SuspensionList2020'}}; };
const entrySuspension = (address, index) => ({id: `${address}#${index}`, type: 'SuspensionList2020Status', suspensionListIndex: index, suspensionListCredential: address});
serve('2020-suspension', 'jwt', async () => jwt1(await suspension2020(S('2020-suspension')), p256));
earlier('2020-suspended', 'SuspensionList2020, set from either end', entrySuspension(S('2020-suspension'), BOTH), suspended());
earlier('2020-suspension-good', 'SuspensionList2020, clear from either end', entrySuspension(S('2020-suspension'), '12'), good());
scenario('standing-2020-json', 'RevocationList2020 with proofs over linked data',
  file('standing-2020-json.json', () => dataIntegrity(plain1(E, {'@context': [V1, RL2020], credentialSubject: {id: 'did:example:mara'}, credentialStatus: entry2020(S('2020-json'), '12')}), ed, {suite: 'eddsa-rdfc-2022'})), good(), on);

// Token Status List.
const T = name => S(`token-${name}`);
const reference = (name, idx) => ({status: {status_list: {idx, uri: name.includes(':') ? name : T(name)}}});
const tokenList = (name, options = {}, {key = p256, sub = T(name)} = {}) => serve(`token-${name}`, 'token', () => token(sub, key, options));
const byToken = (id, about, name, idx, expectation, options = {}) =>
  scenario(`standing-token-${id}`, about, file(`standing-token-${id}.jwt`, () => jwt2(plain2(K), p256, {claims: reference(name, idx)})), expectation, {...on, ...options});
for (const size of [1, 2, 4, 8]) {
  tokenList(String(size), {size});
  byToken(`${size}-valid`, `a token list with ${size} bits for an entry: valid`, String(size), 1000, good());
  byToken(`${size}-invalid`, `${size} bits: invalid`, String(size), 1001, revoked());
  if (size > 1) byToken(`${size}-suspended`, `${size} bits: suspended`, String(size), 1002, suspended());
  if (size > 1) byToken(`${size}-application`, `${size} bits: a value that only its application knows`, String(size), 1003, open('value_unknown'));
  if (size > 2) byToken(`${size}-reserved`, `${size} bits: a value that is kept for later`, String(size), 1004, open('value_unknown'));
  if (size > 2) byToken(`${size}-application-high`, `${size} bits: another value that only its application knows`, String(size), 1005, open('value_unknown'));
}
byToken('past', 'an index behind the token list', '1', LENGTH, open('index_out_of_range'));
byToken('negative', 'an index before it', '1', -1, open('index_negative'));
byToken('text', 'an index as text', '1', '1000', open('index_malformed'));
byToken('fraction', 'an index between two', '1', 1.5, open('index_malformed'));
byToken('without-index', 'no index', '1', undefined, open('index_malformed'));
byToken('address', 'a token list at an address without protection', 'http://university.example/status/token-1', 1000, open('list_address'));
scenario('standing-token-claim', 'the claim `status` of a VC-JWT 1.1: valid', file('standing-token-claim.jwt', () => jwt1(plain1(K), p256, {claims: reference('1', 1000)})), good(), on);
scenario('standing-token-claim-invalid', 'the same, invalid', file('standing-token-claim-invalid.jwt', () => jwt1(plain1(K), p256, {claims: reference('1', 1001)})), revoked(), on);
scenario('standing-token-beside', 'a list of bits says that it stands, a token list that it does not', file('standing-token-beside.jwt', () => jwt2(plain2(K, {credentialStatus: entry(revocation)}), p256, {claims: reference('1', 1001)})), revoked('status.good'), on);
const otherMechanism = {identifier_list: {id: 'c2VyaWFs', uri: 'https://university.example/identifiers'}};
scenario('standing-token-mechanisms', 'a token list says valid, beside a mechanism that nobody knows', file('standing-token-mechanisms.jwt', () => jwt2(plain2(K), p256, {claims: {status: {...reference('1', 1000).status, ...otherMechanism}}})), open(), on);
scenario('standing-token-mechanism', 'nothing but a mechanism that nobody knows', file('standing-token-mechanism.jwt', () => jwt2(plain2(K), p256, {claims: {status: otherMechanism}})), open(), on);
scenario('standing-token-offline', 'a token list that may not be asked for', 'credentials/standing-token-1-valid.jwt', open('list_offline'));
tokenList('iss', {claims: {iss: K}});
byToken('iss', 'a token list that names its issuer', 'iss', 1001, revoked());
tokenList('sub', {}, {sub: T('1')});
byToken('sub', 'at the address lies the token list of another address', 'sub', 1000, open('list_other_address'));
tokenList('no-sub', {claims: {sub: null}});
byToken('no-sub', 'a token list that does not say which one it is', 'no-sub', 1000, open());
tokenList('typ', {header: {typ: 'JWT'}});
byToken('typ', 'a token list that calls itself something else', 'typ', 1000, open('list_refused'));
tokenList('no-typ', {header: {typ: null}});
byToken('no-typ', 'a token list that does not say what it is', 'no-typ', 1000, open('list_refused'));
serve('token-hmac', 'token', () => hmacToken(T('hmac'), p256));
byToken('hmac', 'a token list signed with a secret that anybody knows', 'hmac', 1000, open('list_refused'));
serve('token-none', 'token', () => bareToken(T('none'), p256));
byToken('none', 'a token list that says that nobody signed it', 'none', 1000, open('list_refused'));
tokenList('expired', {claims: {exp: Date.parse('2026-06-01T00:00:00Z') / 1000, iat: Date.parse('2026-05-01T00:00:00Z') / 1000}});
byToken('expired', 'a token list that has ended', 'expired', 1000, open('list_expired'));
byToken('expired-invalid', 'the same, invalid', 'expired', 1001, open('list_expired'));
tokenList('begins', {claims: {iat: Date.parse('2035-01-01T00:00:00Z') / 1000}});
byToken('begins', 'a token list from the future', 'begins', 1000, open('list_not_yet_valid'));
tokenList('no-iat', {claims: {iat: null}});
byToken('no-iat', 'a token list that does not say from when it is', 'no-iat', 1000, open());
tokenList('no-exp', {claims: {exp: null, ttl: null}});
byToken('no-exp', 'a token list without an end, fresh from its address', 'no-exp', 1000, good());
tokenList('ttl', {claims: {exp: null, ttl: 60}});
byToken('ttl', 'a token list that is to be asked for again every minute', 'ttl', 1000, good());
tokenList('bits', {list: {bits: 3}});
byToken('bits', 'three bits for an entry, which no list has', 'bits', 1000, open('list_malformed'));
tokenList('garbage', {list: {lst: url(Buffer.from('not packed at all'))}});
byToken('garbage', 'a token list with something else inside', 'garbage', 1000, open('list_malformed'));
tokenList('truncated', {list: {lst: url(zlib(bits()).subarray(0, 30))}});
byToken('truncated', 'a token list whose packed bits break off', 'truncated', 1000, open('list_truncated'));
tokenList('bomb', {list: {lst: url(zlib(Buffer.alloc(17 * 1024 * 1024)))}});
byToken('bomb', 'a token list that grows to 17 MiB', 'bomb', 1000, open('list_expands_too_far'));
tokenList('keeper', {}, {key: keeper});
byToken('other-signer', 'a token list by somebody else, who names nobody', 'keeper', 1000, open('list_other_signer'));
scenario('standing-token-delegated', 'the same where a trust list names the signer as keeper', 'credentials/standing-token-other-signer.jwt', good('status.list_delegated'), kept);
tokenList('keeper-iss', {claims: {iss: didKey(keeper)}}, {key: keeper});
byToken('other-signer-named', 'a token list by somebody else, who says so', 'keeper-iss', 1001, open('list_other_signer'));
tokenList('forged', {claims: {iss: K}}, {key: attacker});
byToken('forged', 'a token list in the issuer\'s name by an attacker', 'forged', 1000, open('list_wrong_key'));
serve('token-altered', 'token', async () => alter(await token(T('altered'), p256), claims => ({...claims, status_list: {bits: 1, lst: url(zlib(bits([])))}})));
byToken('altered', 'a token list that was emptied after it was signed', 'altered', 1001, open('list_altered'));
byToken('wrong-type', 'a list of bits where a token list should be', S('revocation'), 1000, open('list_wrong_type'));
byToken('credential', 'a credential where a token list should be', S('credential'), 1000, open('list_wrong_type'));
tokenList('web', {header: web, claims: {iss: WEB}});
scenario('standing-token-web', 'credential and token list by one did:web', file('standing-token-web.jwt', () => jwt2(plain2(WEB), p256, {...web, claims: reference('web', 1001)})), revoked(), on);
// As CWT.
const cwt = (name, options, {key = p256, sub = T(name)} = {}) => serve(`token-${name}`, 'cwt', () => cwtToken(sub, key, options));
cwt('cwt', {});
cwt('cwt-2', {size: 2}, {key: p256});
byToken('cwt-valid', 'a token list as CWT: valid', 'cwt', 1000, good());
byToken('cwt-invalid', 'a token list as CWT: invalid', 'cwt', 1001, revoked());
byToken('cwt-suspended', 'a token list as CWT: suspended', 'cwt-2', 1002, suspended());
cwt('cwt-sub', {}, {sub: T('cwt')});
byToken('cwt-sub', 'a CWT of another address', 'cwt-sub', 1000, open('list_other_address'));
cwt('cwt-type', {type: 'application/cwt'});
byToken('cwt-type', 'a CWT that calls itself something else', 'cwt-type', 1000, open());
cwt('cwt-altered', {change: bytes => { const at = bytes.indexOf('lst') + 6; bytes[at + 12] ^= 1; return bytes; }});
byToken('cwt-altered', 'a CWT that was changed after it was signed', 'cwt-altered', 1001, open('list_altered'));
cwt('cwt-expired', {claims: [[4, Date.parse('2026-06-01T00:00:00Z') / 1000]]});
byToken('cwt-expired', 'a CWT that has ended', 'cwt-expired', 1000, open('list_expired'));
cwt('cwt-no-kid', {kid: null});
byToken('cwt-no-kid', 'a CWT that does not say whose key signed it: the issuer\'s fits', 'cwt-no-kid', 1001, revoked());
cwt('cwt-no-kid-keeper', {kid: null}, {key: keeper});
byToken('cwt-no-kid-other', 'the same, and the issuer\'s does not fit', 'cwt-no-kid-keeper', 1000, open());
cwt('cwt-keeper', {}, {key: keeper});
byToken('cwt-other-signer', 'a CWT by somebody else', 'cwt-keeper', 1000, open('list_other_signer'));
cwt('cwt-forged', {kid: didKeyMethod(p256)}, {key: attacker});
byToken('cwt-forged', 'a CWT that names the issuer\'s key, signed with another', 'cwt-forged', 1000, open('list_altered'));

// 1EdTechRevocationList: not signed; the issuer's own host says so.
const onHost = (name, revokedCredential, {address = `https://university.example/revoked/${name}.json`, issuer = WEB, ...more} = {}) =>
  put(address, {body: JSON.stringify({id: address, issuer, revokedCredential, ...more}, null, 1) + '\n', name: `revoked-${name}.json`});
const listed = address => ({id: address, type: '1EdTechRevocationList'});
const mine = badge(WEB).id;
const by1EdTech = (id, about, address, expectation, more = {}, options = {}) =>
  scenario(`standing-1edtech-${id}`, about, file(`standing-1edtech-${id}.jwt`, () => jwtBadge(badge(profile(WEB), {credentialStatus: listed(address), ...more}), p256, web)), expectation, {...on, ...options});
const hostOnly = () => warned('status.good', 'status.list_host_only');
const others = [{id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6fffff', revoked: true, revocationReason: 'Issued twice'}, {id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6ffffe'}];
by1EdTech('absent', 'the list names others', onHost('others', others), hostOnly());
by1EdTech('empty', 'the list names nobody', onHost('nobody', []), hostOnly());
by1EdTech('revoked', 'the list names it', onHost('mine', [...others, {id: mine, revoked: true, revocationReason: 'Awarded by mistake'}]), revoked());
by1EdTech('revoked-short', 'the list names it and says no more', onHost('mine-short', [{id: mine}]), revoked());
by1EdTech('restored', 'the list names it, and says that it is not withdrawn', onHost('restored', [{id: mine, revoked: false, statusInfo: 'Checked again'}]), hostOnly());
by1EdTech('subdomain', 'the list is on a host below the issuer\'s', onHost('below', [{id: mine}], {address: 'https://badges.university.example/revoked.json'}), revoked());
by1EdTech('subdomain-absent', 'the same, and it names others', onHost('below-others', others, {address: 'https://badges.university.example/others.json'}), hostOnly());
by1EdTech('other-host', 'the list is on somebody else\'s host', onHost('attacker', others, {address: 'https://attacker.example/revoked.json'}), open('list_other_host'));
by1EdTech('other-host-revoked', 'the same, and it names it', onHost('attacker-mine', [{id: mine}], {address: 'https://attacker.example/mine.json'}), open('list_other_host'));
by1EdTech('other-host-suffix', 'a host whose name only ends like the issuer\'s', onHost('suffix', others, {address: 'https://notuniversity.example/revoked.json'}), open('list_other_host'));
by1EdTech('other-issuer', 'the list is the one of another issuer', onHost('company', others, {issuer: 'did:web:brightwork.example'}), open('list_other_signer'));
by1EdTech('without-id', 'a credential without an id: the list could not name it', onHost('for-all', others), open('malformed'), {id: undefined});
by1EdTech('malformed', 'text where the list should stand', onHost('text', 'none'), open('list_malformed'));
by1EdTech('single', 'the list is the one entry alone', onHost('single', {id: mine, revoked: true}), revoked());
by1EdTech('strings', 'the list has ids alone', onHost('strings', [others[0].id, mine]), revoked());
by1EdTech('unnamed', 'an entry of the list names no credential', onHost('unnamed', [{revoked: true}]), open('list_malformed'));
by1EdTech('moved', 'the address leads to somebody else\'s host', put('https://university.example/revoked/away.json', {...answers['https://attacker.example/revoked.json'], name: 'revoked-away.json', address: 'https://attacker.example/revoked.json'}), open('list_other_host'));
by1EdTech('other-json', 'some other JSON', put('https://university.example/revoked/maintenance.json', {body: '{"error": "maintenance"}\n', name: 'revoked-maintenance.json'}), open('list_wrong_type'));
by1EdTech('page', 'a web page', put('https://university.example/revoked/page.json', page), open('list_page'));
by1EdTech('404', 'nothing at its address', put('https://university.example/revoked/404.json', {status: 404}), open('list_not_found'));
by1EdTech('other-address', 'the list of another address', onHost('moved', others, {id: 'https://university.example/revoked/others.json'}), open('list_other_address'));
const nowhere = onHost('did-key', others, {issuer: K});
scenario('standing-1edtech-did-key', 'an issuer that has no host, so that no host is its own',
  file('standing-1edtech-did-key.jwt', () => jwtBadge(badge(profile(K), {credentialStatus: listed(nowhere)}), p256)), open('list_other_host'), on);

// What an address would tell its host (T32).
const rooms = 'https://university.example/standing/';
const uuid = plain2(K).id.slice('urn:uuid:'.length);
const asking = {};
const telltale = (id, what, address, index = '12') => {
  const name = `${id}.jwt`;
  const make = async () => jwt2(await bitstringList(address, K, {set: [52311]}), p256);
  put(address, {name: `identifies-${name}`, make, contentType: kinds.jwt});
  asking[address] = {name, make, contentType: kinds.jwt, consent: true};
  standing(`identifies-${id}`, `the list's address has ${what}`, entry(address, {id: undefined, statusListIndex: index}), open('would_identify'));
  scenario(`standing-identifies-${id}-agreed`, `the same, and somebody agreed to ask`, `credentials/standing-identifies-${id}.jwt`, good(), {network: 'standing-consent'});
};
telltale('credential', 'the credential\'s own id', `${rooms}${uuid}`);
telltale('query', 'something behind a question mark', `${rooms}list?credential=7f31c0`);
telltale('index', 'the place in the list', `${rooms}3/94567`, '94567');
telltale('path', 'a long part that nobody could guess', `${rooms}9f2c61d0b7e84a53a1c4e0d7936bf815`);
telltale('host', 'a name of the host that nobody could guess', 'https://9f2c61d0b7e84a53a1c4e0d7936bf816.lists.university.example/1');
telltale('subject', 'the learner\'s identifier', `${rooms}did%3Aexample%3Amara`);
const short = 'https://credentials.university.example/credential-status/XA5AAK1PV4';
put(short, {name: 'short-name.jwt', make: async () => jwt2(await bitstringList(short, K), p256), contentType: kinds.jwt});
standing('short-name', 'the list\'s address has a short name of ten signs, as a campus has', entry(short), good());
const personal = onHost('personal', others, {address: `https://university.example/revoked.json?credential=${uuid}`});
asking[personal] = {...answers[personal], consent: true};
asking['https://university.example/.well-known/did.json'] = universityDocument();
by1EdTech('identifies', 'a list that is asked for by credential', personal, open('would_identify'));
scenario('standing-1edtech-identifies-agreed', 'the same, and somebody agreed to ask', 'credentials/standing-1edtech-identifies.jwt', hostOnly(), {network: 'standing-consent'});

// European Digital Credentials, with entries under `status` as VeloCert has
// them, at an address that nobody could guess.
const velo = 'https://status.university.example/status/2b7c1d90-5e1f-4f0a-9a64-6f3e8d1c7b52';
const velos = {sealed: velo, web: `${velo.slice(0, -2)}53`, company: `${velo.slice(0, -2)}54`};
const edcList = (address, issuer) => list2021(address, issuer, {set: [52311, 52304]});
const sealedKind = 'application/jose+json';
asking[velos.sealed] = {name: 'edc-sealed.json', make: async () => seal(await edcList(velos.sealed, university), 'university', {time: dates.validFrom}), contentType: sealedKind, consent: true};
asking[velos.web] = {name: 'edc-web.jwt', make: async () => jwt1(await edcList(velos.web, WEB), p256, web), contentType: kinds.jwt, consent: true};
asking[velos.company] = {name: 'edc-company.json', make: async () => seal(await edcList(velos.company, company), 'company', {time: dates.validFrom}), contentType: sealedKind, consent: true};
put(velos.sealed, {status: 500});
const s = sealed;
const open1 = (...codes) => ends.incomplete(['signature.verified', ...codes.map(code => `status.${code}`)], {...s, status: 'unknown'});
const edcFile = (id, address, index, member = 'status') => file(`standing-edc-${id}.jsonld`, () => seal(edc(undefined, undefined, {[member]: member === 'status' ? [entry2021(address, index)] : entry2021(address, index)}), 'university'));
const agreed = {network: 'standing-consent'};
scenario('standing-edc-identifies', 'a sealed credential whose list has an address that nobody could guess', edcFile('sealed', velos.sealed, '194'), open1('would_identify'), on);
scenario('standing-edc-good', 'the same, and somebody agreed to ask: the list has the same seal', 'credentials/standing-edc-sealed.jsonld', ends.verified(['status.good'], {...s, status: 'pass'}), agreed);
scenario('standing-edc-revoked', 'the same, withdrawn', edcFile('revoked', velos.sealed, BOTH), ends.revoked(['status.revoked'], s), agreed);
scenario('standing-edc-revoked-member', 'the same under credentialStatus', edcFile('member', velos.sealed, BOTH, 'credentialStatus'), ends.revoked(['status.revoked'], s), agreed);
scenario('standing-edc-delegated', 'the list of a sealed credential is signed by a did:web, which a trust list names as keeper', edcFile('web', velos.web, '194'), ends.verified(['status.good', 'status.list_delegated'], {...s, status: 'pass'}), {...agreed, trust: ['trust/services.json']});
scenario('standing-edc-other-signer', 'the list of a sealed credential has the seal of another body', edcFile('company', velos.company, '194'), open1('list_other_signer'), agreed);

// As EBSI has it: the list behind a proxy of the registry, as VC-JWT 1.1.
const ebsi = 'https://registry.example/trusted-issuers-registry/v5/issuers/did:web:university.example/proxies/0x5f3c1a9be27d4408c6f1d2e35a7b90c84d6e1f20a3b4c5d6e7f8091a2b3c4d5e/status/1';
asking[ebsi] = {name: 'ebsi.jwt', make: async () => jwt1(await list2021(ebsi, WEB, {set: [52311, 52304]}), p256, web), contentType: 'application/jwt', consent: true};
const byEbsi = (id, what, index, expectation) => scenario(`standing-ebsi-${id}`, what, file(`standing-ebsi-${id}.jwt`, () => jwt1(plain1(WEB, {credentialStatus: entry2021(ebsi, index, {id: `${ebsi}#list`})}), p256, web)), expectation, agreed);
byEbsi('good', 'a list behind a registry\'s proxy', '12', good());
byEbsi('revoked', 'the same, withdrawn', BOTH, revoked());

network('standing', answers);
network('standing-consent', asking);

// Lists that come with the file.
const holder = 'holder-ed25519';
const presented = (...credentials) => {
  const made = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: credentials};
  return {...made, proof: jcsByHand(made, holder, {proofPurpose: 'authentication', challenge: '7d1c', domain: 'jobs.example'})};
};
// A list that comes with the file must be of today.
const lasting = {validFrom: '2026-06-15T06:00:00Z', validUntil: '2026-07-10T00:00:00Z'};
const carried = (index, options = {}, key = ed) => dataIntegrity(badge(E, {credentialStatus: entry(S('eddsa-jcs'), {statusListIndex: index})}), ed)
  .then(async credential => presented(credential, await dataIntegrity(await bitstringList(S('eddsa-jcs'), E, {...lasting, ...options}), key, {suite: 'eddsa-jcs-2022', created: options.validFrom ?? dates.validFrom})));
// Nobody lists the holder, so that the presentation is never better than
// unlisted.
scenario('vp-list', 'a presentation with a badge and its list: nobody need be asked', file('vp-list.json', () => carried(CLEAR)), ends.only('verified', []));
scenario('vp-list-revoked', 'the same, withdrawn', file('vp-list-revoked.json', () => carried(SET)), ends.revoked(['status.revoked'], {holder: 'warn'}));
scenario('vp-list-none', 'the same without the list', file('vp-list-none.json', async () => presented(await dataIntegrity(badge(E, {credentialStatus: entry(S('eddsa-jcs'))}), ed))), ends.incomplete(['status.list_offline'], {status: 'unknown', holder: 'warn'}));
scenario('vp-list-old', 'a presentation with a list from months ago that does not say how long it holds', file('vp-list-old.json', () => carried(CLEAR, {validFrom: '2026-02-01T00:00:00Z', validUntil: undefined})), ends.incomplete(['status.list_old'], {status: 'unknown', holder: 'warn'}));
scenario('vp-list-fresh', 'a list from this morning that does not say how long it holds', file('vp-list-fresh.json', () => carried(CLEAR, {validFrom: '2026-06-15T06:00:00Z', validUntil: undefined})), ends.only('verified', []));
scenario('vp-list-forged', 'a presentation with a forged list, and the real one says withdrawn', file('vp-list-forged.json', () => carried(SET, {set: []}, 'attacker-ed25519')), ends.revoked(['status.revoked'], {holder: 'warn'}), on);
scenario('vp-list-forged-offline', 'the same, and nobody may be asked', 'credentials/vp-list-forged.json', ends.only('incomplete', [], {signature: 'pass', issuer: 'pass', status: 'unknown'}));
scenario('vp-list-long', 'a presentation with a list from spring that is to hold for ten years, and the one of today says withdrawn', file('vp-list-long.json', () => carried(SET, {set: [], validFrom: '2026-03-01T00:00:00Z', validUntil: '2036-03-01T00:00:00Z'})), ends.revoked(['status.revoked'], {holder: 'warn'}), on);
scenario('vp-list-long-offline', 'the same, and nobody may be asked', 'credentials/vp-list-long.json', ends.incomplete(['status.list_old'], {status: 'unknown', holder: 'warn'}));
scenario('vp-list-expired', 'a presentation with a list that has ended, and the one of today says withdrawn', file('vp-list-expired.json', () => carried(SET, {set: [], validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-05-01T00:00:00Z'})), ends.revoked(['status.revoked'], {holder: 'warn'}), on);
scenario('vp-list-expired-offline', 'the same, and nobody may be asked', 'credentials/vp-list-expired.json', ends.incomplete(['status.list_expired'], {status: 'unknown', holder: 'warn'}));
// Whoever presents chooses the order.
scenario('vp-list-two', 'a presentation with an older list, which says that it stands, before a later one, which does not', file('vp-list-two.json', async () => {
  const listed = async options => dataIntegrity(await bitstringList(S('eddsa-jcs'), E, options), ed, {created: options.validFrom});
  return presented(await dataIntegrity(badge(E, {credentialStatus: set(S('eddsa-jcs'))}), ed), await listed({set: [], validFrom: '2026-03-01T00:00:00Z'}), await listed({validFrom: dates.validFrom}));
}), ends.revoked(['status.revoked'], {holder: 'warn'}));
scenario('vp-list-other', 'a presentation with a list of another address', file('vp-list-other.json', async () => presented(await dataIntegrity(badge(E, {credentialStatus: entry(S('eddsa-jcs'))}), ed), await dataIntegrity(await bitstringList(S('eddsa-rdfc'), E), ed))), ends.incomplete(['status.list_offline'], {status: 'unknown', holder: 'warn'}));
const enveloped = jwt => ({'@context': V2, id: `data:application/vc+jwt,${jwt}`, type: 'EnvelopedVerifiableCredential'});
const vpJwt = async index => compact({alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: didKeyMethod('holder-p256')}, {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-p256'),
  verifiableCredential: [enveloped(await jwt2(plain2(K, {credentialStatus: entry(revocation, {statusListIndex: index})}), p256)), enveloped(await jwt2(await bitstringList(revocation, K, lasting), p256))]}, 'holder-p256');
scenario('vp-list-jwt', 'vp+jwt with a credential and its list', file('vp-list-jwt.jwt', () => vpJwt(CLEAR)), ends.only('verified', []));
scenario('vp-list-jwt-revoked', 'the same, withdrawn', file('vp-list-jwt-revoked.jwt', () => vpJwt(SET)), ends.revoked(['status.revoked'], {holder: 'warn'}));

// Lists that are handed in beside the file.
const handed = (...names) => ({lists: names.map(at)});
scenario('lists-good', 'the list is handed in beside the file', 'credentials/standing-good.jwt', good(), {lists: [file('list-current.jwt', async () => jwt2(await bitstringList(revocation, K, lasting), p256))]});
scenario('lists-long', 'a list that is to hold for ten years is handed in, and is from yesterday', 'credentials/standing-good.jwt', open('list_old'), {...handed('revocation.jwt'), at: '2026-08-15T12:00:00Z'});
scenario('lists-revoked', 'the same, withdrawn', 'credentials/standing-revoked.jwt', revoked(), handed('suspension.jwt', 'revocation.jwt'));
scenario('lists-other', 'another list is handed in', 'credentials/standing-good.jwt', open('list_offline'), handed('suspension.jwt'));
scenario('lists-forged', 'a forged list is handed in', 'credentials/standing-good.jwt', open(), {lists: [file('list-forged.jwt', async () => jwt2(await bitstringList(revocation, K), attacker))]});

// A list is no credential of a person.
for (const [id, about, path] of [
  ['list-alone', 'a status list by itself', at('eddsa-jcs.json')],
  ['list-alone-jwt', 'a status list as vc+jwt by itself', at('revocation.jwt')],
  ['list-alone-2021', 'a list of 2021 by itself', at('2021.jwt')],
  ['list-alone-2020', 'a list of 2020 by itself', at('2020-json.json')],
  ['list-alone-token', 'a token list by itself', at('token-1.jwt')],
  ['list-alone-forged', 'a forged status list by itself', at('forged.jwt')],
]) scenario(id, about, path, ends.only('unreadable', ['credential.status_list'], {credential: 'fail'}));

function controller(id, key) {
  const method = {id: `${id}#key-1`, type: 'Multikey', controller: id, publicKeyMultibase: didKey(key).slice('did:key:'.length)};
  return {id, verificationMethod: [method], assertionMethod: [method.id]};
}
