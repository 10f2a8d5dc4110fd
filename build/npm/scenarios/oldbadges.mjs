// Open Badges before 3.0. Most bear no signature: the issuer's website answers
// for them, and what it says now is what counts. A badge that is gone (410) or
// says so itself was withdrawn; one that is not found was not (asks 4).
import pngItxt from 'png-itxt';
import {UNIVERSITY} from '../content.mjs';
import {publicKey} from '../keys.mjs';
import {compact} from '../sign.mjs';
import {ends, file, network, NOW, scenario} from '../registry.mjs';
import {plain} from './pictures.mjs';

const U = 'https://university.example', OB2 = 'https://w3id.org/openbadges/v2', OB1 = 'https://w3id.org/openbadges/v1';
const hash = 'sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942';
const drop = value => JSON.parse(JSON.stringify(value));
const recipient = {type: 'email', hashed: true, salt: 'deadsea', identity: hash};

// The university's pieces. The list names what lies below /issuers/.
const issuer = (path = 'westerlund', more = {}) => drop({'@context': OB2, type: 'Profile', id: `${U}/issuers/${path}`, name: UNIVERSITY, url: U, email: 'badges@university.example', ...more});
const badgeClass = (id, more = {}) => drop({
  '@context': OB2, type: 'BadgeClass', id, name: 'Soil Data Analysis', description: 'Sampling and reading of soil data.', image: `${U}/badges/soil.png`,
  criteria: {narrative: 'Analyse three samples and defend the result.'}, tags: ['soil', 'data'], issuer: `${U}/issuers/westerlund`,
  'extensions:ECTSExtension': {'@context': 'https://openbadgespec.org/extensions/ECTSExtension/context.json', type: ['Extension', 'extensions:ECTSExtension'], ECTS: 2.5}, ...more,
});
const assertion = (id, more = {}) => drop({
  '@context': OB2, type: 'Assertion', id, recipient, badge: `${U}/badges/soil`, issuedOn: '2026-01-10T09:00:00+00:00',
  evidence: `${U}/work/7`, verification: {type: 'HostedBadge'}, ...more,
});

const answers = {
  [`${U}/issuers/westerlund`]: issuer(),
  [`${U}/badges/soil`]: badgeClass(`${U}/badges/soil`),
};
const asked = answer => ({...('body' in answer || 'status' in answer || 'error' in answer ? answer : {body: answer}), consent: true});
// kept has the website keep what a file says, or another answer, at its id.
const kept = (value, answer = value) => { answers[value.id ?? value.verify.url] = asked(answer); return value; };
const on = {network: 'badges'};
const web = {key: 'none', signature: 'none', status: 'pass'};
const none = {key: 'skipped', signature: 'skipped', issuer: 'skipped', validity: 'skipped', status: 'skipped', trust: 'skipped'};
const open = (code, checks = {}) => ends.incomplete([`proof.${code}`], {proof: 'unknown', ...none, ...checks});
const A = name => `${U}/assertions/${name}`;
const badge = (id, about, value, end, options = {}) => scenario(`old-badge-${id}`, about, file(`old-badge-${id}.json`, () => value), end, {...on, ...options});
const good = (codes = [], checks = {}) => ends.verified(['proof.hosted_match', 'signature.hosted', 'issuer.hosted', 'status.hosted_good', ...codes], {...web, ...checks});

// Hosted.
const usual = kept(assertion(A('usual')));
badge('hosted', 'a hosted badge that its issuer, whom a list names, still shows', usual, good(['credential.badge_2', 'holder.recipient_hashed', 'validity.no_end']));
badge('hosted-nobody', 'the same where no list names the issuer', usual, ends.unlisted(['proof.hosted_match', 'trust.not_listed'], web), {trust: ['trust/nobody.json']});
badge('hosted-domain', 'the same where a list names the website alone: what lies below it is not meant', usual, ends.unlisted(['trust.not_listed'], web), {trust: ['trust/domain.json']});
badge('hosted-prefix', 'the same where a list names the part of the website where its issuers are', usual, good(), {trust: ['trust/domain-prefix.json']});
badge('hosted-no-list', 'the same where no list is in use', usual, ends.unlisted(['trust.not_configured'], {...web, trust: 'none'}), {trust: []});
badge('hosted-withdrawn-issuer', 'the same where a list has withdrawn the issuer', usual, ends.delisted(['trust.withdrawn'], web), {trust: ['trust/withdrawn.json']});
badge('hosted-accepted', 'the same under a policy that takes what no list names', usual, ends.unlisted(['proof.hosted_match'], web, 'valid'), {trust: ['trust/nobody.json'], policy: 'accept-unlisted'});
badge('hosted-embedded', 'a file that holds all of it: every part is asked for all the same', {...usual, badge: {...answers[`${U}/badges/soil`], issuer: issuer()}}, good());
badge('hosted-text', 'a website that calls everything it serves a page', kept(assertion(A('text')), {body: assertion(A('text')), contentType: 'text/html'}), good());
badge('hosted-more', 'the website says more than the file does', kept(assertion(A('more')), {...assertion(A('more')), narrative: 'With distinction.', image: `${U}/badges/new.png`}), good());
badge('hosted-old-address', 'a badge that names its address as plain http: the same place is asked over https', kept({...assertion(A('plain')), id: A('plain')}, {...assertion(A('plain')), id: A('plain').replace('https', 'http')}) && {...assertion(A('plain')), id: A('plain').replace('https', 'http')},
  good(['credential.badge_old_address'], {credential: 'warn'}));
badge('hosted-expired', 'a badge that has run out', kept(assertion(A('expired'), {expires: '2026-03-01T00:00:00Z'})), ends.expired(['validity.expired', 'proof.hosted_match'], web));
badge('hosted-expired-there', 'a file without an end, which the website has given one since', kept(assertion(A('ended')), assertion(A('ended'), {expires: '2026-03-01'})), ends.expired(['validity.expired', 'proof.hosted_match'], web));
badge('hosted-day', 'days without a time of day', kept(assertion(A('day'), {issuedOn: '2026-01-10', expires: '2026-06-15'})), good(['validity.whole_day'], {validity: 'warn'}));
badge('hosted-future', 'a badge that was given later than now', kept(assertion(A('future'), {issuedOn: '2027-01-01T00:00:00Z'})), ends.notYet(['validity.not_yet_valid'], web));
badge('hosted-plain-recipient', 'a badge whose recipient can be read', kept(assertion(A('readable'), {recipient: {type: 'email', hashed: false, identity: 'mara@mail.example'}})), good(['holder.not_bound']));

// What the website may answer.
const gone = (name, answer) => kept(assertion(A(name)), answer);
const withdrawn = ends.revoked(['proof.hosted_withdrawn', 'status.hosted_withdrawn', 'issuer.hosted'], {...web, proof: 'warn', status: 'fail'});
badge('gone', 'gone for good, without a word', gone('gone', {status: 410}), withdrawn);
badge('gone-reason', 'gone for good, with the reason', gone('gone-reason', {status: 410, body: {'@context': OB2, id: A('gone-reason'), type: 'Assertion', revoked: true, revocationReason: 'Given by mistake.'}}), withdrawn);
badge('gone-page', 'gone for good, with a page that says so', gone('gone-page', {status: 410, body: '<!DOCTYPE html><title>Gone</title>', contentType: 'text/html'}), withdrawn);
badge('gone-other', 'an answer that something else is gone for good', gone('gone-other', {status: 410, body: {id: A('another'), type: 'Assertion', revoked: true}}), ends.refusedProof(['proof.hosted_other']));
badge('revoked', 'the website says that it was withdrawn', gone('revoked', {'@context': OB2, id: A('revoked'), type: 'Assertion', revoked: true, revocationReason: 'Given by mistake.'}), withdrawn);
badge('revoked-whole', 'the same, and shows all of it', gone('revoked-whole', assertion(A('revoked-whole'), {revoked: true})), withdrawn);
badge('revoked-text', 'the word about withdrawal is a text', gone('revoked-text', assertion(A('revoked-text'), {revoked: 'True'})), withdrawn);
badge('revoked-number', 'a number that says no', gone('revoked-number', assertion(A('revoked-number'), {revoked: 0})), good());
badge('revoked-parts-gone', 'withdrawn, and what it stood for is gone as well', kept(assertion(A('revoked-parts-gone'), {badge: `${U}/badges/closed`}), {status: 410}),
  ends.revoked(['status.hosted_withdrawn', 'issuer.hosted_only'], {...web, proof: 'warn', issuer: 'warn', status: 'fail', trust: 'warn'}));
answers[`${U}/badges/closed`] = {status: 404};
badge('revoked-elsewhere', 'withdrawn by a website that is not the issuer\'s: nothing is known of the issuer\'s word', kept(assertion('https://attacker.example/a/revoked'), {status: 410}),
  ends.wrongKey(['issuer.hosted_elsewhere'], {...web, proof: 'warn', issuer: 'fail', status: 'skipped'}));
badge('not-found', 'not found: that says nothing about withdrawal', gone('not-found', {status: 404}), open('hosted_not_found'));
badge('forbidden', 'not for everybody', gone('forbidden', {status: 403}), open('hosted_forbidden'));
badge('server-error', 'a fault of the website', gone('server-error', {status: 500, body: '<html></html>', contentType: 'text/html'}), open('hosted_server_error'));
badge('page', 'a page for people in its place', gone('page', {body: '<!DOCTYPE html><title>Badge</title>', contentType: 'text/html'}), open('hosted_page'));
badge('login', 'a page to sign in, at another address', gone('login', {body: '<!DOCTYPE html><title>Sign in</title>', contentType: 'text/html', address: `${U}/login`}), open('hosted_login'));
badge('empty', 'an empty answer', gone('empty', {body: ' \n'}), open('hosted_empty'));
badge('unreadable', 'an answer that is broken off', gone('unreadable', {body: '{"@context": "https://w3id.org/openbadges/v2", "type":'}), open('hosted_unreadable'));
badge('array', 'an answer of another form', gone('array', {body: '["a"]'}), open('hosted_not_a_badge'));
badge('class-there', 'what a badge stands for, in the place of the badge', gone('class-there', badgeClass(A('class-there'))), open('hosted_not_a_badge'));
badge('signed-there', 'a badge that is confirmed by signature, without one', gone('signed-there', assertion(A('signed-there'), {verification: {type: 'SignedBadge', creator: `${U}/keys/1`}})), open('hosted_not_a_badge'));
badge('timeout', 'no answer in time', gone('timeout', {error: 'timeout'}), open('hosted_timeout'));
badge('name', 'a website that is no more', gone('name', {error: 'name'}), open('hosted_name_unknown'));
badge('closed', 'a website that keeps it from pages of others', gone('closed', {error: 'closed'}), open('hosted_closed'));
badge('silent', 'no answer', gone('silent', {status: 0}), open('hosted_unreachable'));
badge('large', 'more than any badge has', gone('large', assertion(A('large'), {narrative: 'a'.repeat(1 << 20)})), open('hosted_too_large'));
badge('offline', 'nothing may be asked', usual, open('hosted_would_identify'), {network: '', offline: true});
badge('not-agreed', 'nobody has agreed that the issuer learns of it', assertion(A('unasked')), open('hosted_would_identify'), {network: 'badges-unasked'});
network('badges-unasked', {[A('unasked')]: assertion(A('unasked'))});
badge('address', 'a badge at an address of one\'s own network', assertion('https://192.168.0.1/a/1'), open('hosted_address'));
badge('nowhere', 'a badge that names no address', assertion('urn:uuid:0c5e0d1c-1a4e-4d0e-8f63-1f0a1f3c9a55'), ends.notSigned(['proof.hosted_nowhere']));
badge('other-id', 'the website keeps a badge there that calls itself something that is no address', gone('other-id', assertion('urn:uuid:5b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11')), ends.refusedProof(['proof.hosted_other']));
badge('moved', 'a badge that has moved, and says so in both places: the newer one is asked', gone('moved-away', assertion(A('usual'))) && assertion(A('moved-away')), good(['credential.badge_moved'], {credential: 'warn'}));
badge('moved-circle', 'a badge that calls itself otherwise in both places', gone('circle', assertion(A('circle-2'))) && assertion(A('circle')), ends.refusedProof(['proof.hosted_other']));
answers[A('circle-2')] = asked(assertion(A('circle')));
badge('moved-nowhere', 'a badge that calls itself by an address where nothing is found', gone('moved-nowhere', assertion(A('not-found'))) && assertion(A('moved-nowhere')), open('hosted_not_found'));
badge('moved-stranger', 'a website that answers with somebody else\'s badge: that one is shown', kept(assertion('https://attacker.example/a/other'), assertion(A('readable'))),
  ends.incomplete(['proof.hosted_differs', 'credential.badge_moved'], {...web, credential: 'warn', proof: 'warn'}));

// A file that says something else than the website does is never told as what
// the file says.
const differs = (id, about, file, there, what) => badge(`differs-${id}`, about, file(A(`differs-${id}`)), ends.incomplete(['proof.hosted_differs', 'status.hosted_good'], {...web, proof: 'warn'})) ??
  (answers[A(`differs-${id}`)] = asked(there(A(`differs-${id}`))));
differs('recipient', 'the file names another recipient', id => assertion(id, {recipient: {...recipient, identity: hash.replace('ecf5', 'ecf6')}}), id => assertion(id));
differs('salt', 'the file names another salt', id => assertion(id, {recipient: {...recipient, salt: 'sea'}}), id => assertion(id));
differs('name', 'the file holds another name of what it stands for', id => assertion(id, {badge: {...answers[`${U}/badges/soil`], name: 'Doctor of Soil Science'}}), id => assertion(id));
differs('class', 'the file names another badge', id => assertion(id, {badge: `${U}/badges/doctor`}), id => assertion(id));
differs('issuer', 'the file names another issuer of what it stands for', id => assertion(id, {badge: badgeClass(`${U}/badges/soil`, {issuer: 'https://famous.example/issuers/1'})}), id => assertion(id));
differs('end', 'the file has a later end', id => assertion(id, {expires: '2036-01-01T00:00:00Z'}), id => assertion(id, {expires: '2027-01-01T00:00:00Z'}));
differs('narrative', 'the file has a word more', id => assertion(id, {narrative: 'With distinction.'}), id => assertion(id));
badge('differs-revoked', 'a file that differs, of a badge that was withdrawn', kept(assertion(A('differs-revoked'), {narrative: 'With distinction.'}), assertion(A('differs-revoked'), {revoked: true})), withdrawn);

// Where the issuer says that its badges are.
const E = 'https://badges.example', X = 'https://attacker.example';
let n = 0;
// place is an award and what it stands for at places of somebody, by an issuer
// that says something about places.
const place = (id, about, verification, where, end, {classAt = where, profile = {}} = {}) => {
  const path = `place-${++n}`, address = `${U}/issuers/${path}`;
  answers[address] = issuer(path, {verification, ...profile});
  answers[`${classAt}/class/${path}`] = {body: badgeClass(`${classAt}/class/${path}`, {issuer: address}), ...(classAt === where ? {} : {})};
  badge(`place-${id}`, about, kept(assertion(`${where}/award/${n}`, {badge: `${classAt}/class/${path}`})), end);
};
const elsewhere = ends.wrongKey(['issuer.hosted_elsewhere', 'proof.hosted_match'], {key: 'none', signature: 'none'});
place('foreign', 'a badge at a website that its issuer does not name', undefined, X, elsewhere);
place('foreign-class', 'what it stands for is at a website that its issuer does not name', undefined, U, elsewhere, {classAt: X});
place('foreign-award', 'the award alone is at a website that its issuer does not name', undefined, X, elsewhere, {classAt: U});
place('starts', 'its addresses begin as the issuer says', {startsWith: `${U}/`}, U, good());
place('starts-list', 'they begin in one of several ways', {startsWith: [`${X}/no/`, `${E}/`]}, E, good());
place('starts-path', 'a beginning with a path', {startsWith: `${E}/award`}, E, elsewhere);
place('starts-not', 'they begin otherwise', {startsWith: `${U}/other/`}, U, elsewhere);
place('starts-host', 'a beginning without a stroke at its end', {startsWith: E}, E, good());
place('starts-lookalike', 'a website whose name begins like the issuer\'s', {startsWith: E}, 'https://badges.example.attacker.example', elsewhere);
place('starts-part', 'a beginning that ends in the midst of a name', {startsWith: 'https://badges.ex'}, E, elsewhere);
place('starts-scheme', 'a beginning that every address has', {startsWith: 'https://'}, X, elsewhere);
place('starts-none', 'a beginning that is no text', {startsWith: 7}, U, elsewhere);
place('origins', 'its host is one that the issuer names', {allowedOrigins: ['badges.example', 'university.example']}, E, good());
place('origins-not', 'its host is none that the issuer names', {allowedOrigins: ['badges.example']}, U, elsewhere);
place('origins-parent', 'its host lies below one that the issuer names', {allowedOrigins: 'example'}, X, elsewhere);
place('origins-below', 'a host below one that the issuer names', {allowedOrigins: 'badges.example'}, 'https://a.badges.example', elsewhere);
place('both', 'both are stated, and one does not hold', {startsWith: `${E}/`, allowedOrigins: ['university.example']}, E, elsewhere);

// Parts that are something else, or cannot be had.
const part = (id, about, more, end, options) => badge(`part-${id}`, about, kept(assertion(A(`part-${id}`), more)), end, options);
const unread = ends.incomplete(['issuer.hosted_unread', 'proof.hosted_match'], {key: 'none', signature: 'none', issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'});
const another = ends.only('refused', ['issuer.hosted_other'], {proof: 'pass', issuer: 'fail', trust: 'skipped'});
part('class-not-found', 'what it stands for is not found', {badge: `${U}/badges/closed`}, unread);
part('issuer-error', 'its issuer\'s page has a fault', {badge: `${U}/badges/of-error`}, unread);
answers[`${U}/badges/of-error`] = badgeClass(`${U}/badges/of-error`, {issuer: `${U}/issuers/error`});
answers[`${U}/issuers/error`] = {status: 503};
part('class-other', 'what it stands for calls itself something that is not there', {badge: `${U}/badges/alias`}, unread);
answers[`${U}/badges/alias`] = badgeClass(`${U}/badges/closed`);
part('class-moved', 'what it stands for has moved, and says so in both places', {badge: `${U}/badges/moved`}, good(['credential.badge_moved'], {credential: 'warn'}));
answers[`${U}/badges/moved`] = badgeClass(`${U}/badges/soil`);
part('class-circle', 'what it stands for calls itself otherwise in both places', {badge: `${U}/badges/circle`}, another);
answers[`${U}/badges/circle`] = badgeClass(`${U}/badges/circle-2`);
answers[`${U}/badges/circle-2`] = badgeClass(`${U}/badges/circle`);
part('issuer-other', 'its issuer\'s page calls itself a name that leads nowhere', {badge: `${U}/badges/of-urn`}, another);
answers[`${U}/badges/of-urn`] = badgeClass(`${U}/badges/of-urn`, {issuer: `${U}/issuers/urn`});
answers[`${U}/issuers/urn`] = issuer('urn', {id: 'urn:uuid:2d391246-6e0d-4dab-906c-b29770bd7aa6'});
part('issuer-famous', 'a badge that names an issuer of another website', {badge: `${U}/badges/of-famous`}, elsewhere);
answers[`${U}/badges/of-famous`] = badgeClass(`${U}/badges/of-famous`, {issuer: 'https://famous.example/issuers/1'});
answers['https://famous.example/issuers/1'] = {...issuer(), id: 'https://famous.example/issuers/1', name: 'Harrowgate University'};
part('issuer-inside', 'an issuer that only stands in the badge: it could call itself anything', {badge: badgeClass(undefined, {issuer: {type: 'Profile', name: UNIVERSITY, url: U}})},
  ends.unlisted(['issuer.hosted_only', 'trust.not_listed'], {...web, issuer: 'warn'}));
const led = ends.incomplete(['issuer.hosted_led', 'proof.hosted_match'], {key: 'none', signature: 'none', issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'});
part('issuer-redirected', 'its issuer\'s address leads to another website: that may be a new name or anybody\'s', {badge: `${U}/badges/of-redirected`}, led);
answers[`${U}/badges/of-redirected`] = badgeClass(`${U}/badges/of-redirected`, {issuer: `${U}/issuers/redirected`});
answers[`${U}/issuers/redirected`] = {body: issuer('redirected'), address: `${X}/issuers/redirected`};
badge('redirected', 'an award whose address leads to another website', kept(assertion(A('redirected')), {body: assertion(A('redirected')), address: `${X}/a`}), led);
part('class-redirected', 'what it stands for has an address that leads to another website', {badge: `${U}/badges/redirected`}, led);
answers[`${U}/badges/redirected`] = {body: badgeClass(`${U}/badges/redirected`), address: `${X}/c`};
badge('part-class-inside-unread', 'a file that holds what it stands for, which cannot be had: the website has not said it', kept({...assertion(A('class-inside')), badge: {...answers[`${U}/badges/soil`], id: `${U}/badges/closed`, name: 'Doctor of Soil Science', issuer: issuer()}}, assertion(A('class-inside'), {badge: `${U}/badges/closed`})), unread);
badge('part-issuer-inside-unread', 'a file that holds its issuer, whose page has a fault: nothing differs', kept({...assertion(A('inside-unread')), badge: {...answers[`${U}/badges/of-error`], issuer: issuer('error')}}, assertion(A('inside-unread'), {badge: `${U}/badges/of-error`})), unread);
badge('hosted-date-spelling', 'the same instant, written otherwise', kept(assertion(A('spelling'), {issuedOn: '2026-01-10T10:00:00.000+01:00'}), assertion(A('spelling'))), good());
badge('redirected-home', 'an award that is kept at another place of the same website', kept(assertion(A('moved')), {body: assertion(A('moved')), address: `${U}/awards/moved`}), good());

// The older versions.
const plainClass = {name: 'Soil Data Analysis', description: 'Sampling and reading of soil data.', image: `${U}/badges/soil.png`, criteria: `${U}/badges/soil.html`, issuer: `${U}/issuers/first`};
answers[`${U}/badges/first`] = plainClass;
answers[`${U}/issuers/first`] = {name: UNIVERSITY, url: U};
badge('1.1', 'a badge of version 1.1', kept({'@context': OB1, type: 'Assertion', id: A('one-one'), uid: '7a', recipient, badge: `${U}/badges/first`, issuedOn: '2026-01-10', verify: {type: 'hosted', url: A('one-one')}}),
  good(['credential.badge_1', 'validity.whole_day'], {validity: 'warn'}));
badge('1.0', 'a badge of version 1.0, with a date in seconds', kept({uid: '7b', recipient, badge: `${U}/badges/first`, issuedOn: 1768035600, verify: {type: 'hosted', url: A('one')}}), good(['credential.badge_1']));
const zero = {recipient: hash, salt: 'deadsea', issued_on: '2011-12-31', badge: {version: '0.5.0', name: 'Soil Data Analysis', image: '/badges/soil.png', description: 'Soil.', criteria: '/soil.html', issuer: {origin: U, name: UNIVERSITY}}};
badge('0.5', 'a badge of version 0.5 does not say where it is kept', zero, ends.notSigned(['credential.badge_0_5', 'proof.hosted_nowhere']));

// Only the address, in a picture.
const bake = (data, type = 'tEXt') => new Promise((done, failed) => {
  const parts = [], baker = pngItxt.set({type, keyword: 'openbadges', value: data});
  baker.on('data', part => parts.push(part));
  baker.on('end', () => done(Buffer.concat(parts)));
  baker.on('error', failed);
  baker.end(plain);
});
const picture = (id, about, data, end, options = {}) => scenario(`old-badge-picture-${id}`, about, file(`old-badge-picture-${id}.png`, () => bake(data)), end, {...on, ...options});
picture('address', 'a picture that holds the address of a badge', A('usual'), good(['envelope.baked_address'], {envelope: 'warn'}));
picture('address-not-agreed', 'the same, and nobody has agreed to ask', A('unasked'), open('hosted_would_identify', {envelope: 'warn'}), {network: 'badges-unasked'});
picture('address-gone', 'the same, and it is gone for good', A('gone'), ends.revoked(['status.hosted_withdrawn'], {...web, envelope: 'warn', validity: 'none', proof: 'warn', issuer: 'warn', status: 'fail', trust: 'warn'}));
picture('address-other', 'the address of a credential of another kind', A('credential'), open('hosted_not_a_badge', {envelope: 'warn'}));
answers[A('credential')] = asked({'@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'], issuer: U, credentialSubject: {id: 'urn:x:1'}});
picture('0.5', 'a picture that holds the address of a badge of version 0.5: only the website is known', A('zero'),
  ends.unlisted(['credential.badge_0_5', 'issuer.hosted_only'], {...web, envelope: 'warn', issuer: 'warn', validity: 'warn', trust: 'warn'}));
answers[A('zero')] = asked(zero);
picture('0.5-elsewhere', 'one that says it is of another website', A('zero-famous'),
  ends.wrongKey(['issuer.hosted_elsewhere'], {envelope: 'warn', key: 'none', signature: 'none'}));
answers[A('zero-famous')] = asked({...zero, badge: {...zero.badge, issuer: {origin: 'https://famous.example', name: 'Harrowgate University'}}});
// The same, pasted as a link.
const pasted = (id, about, text, end, options = {}) => scenario(`old-badge-link-${id}`, about, file(`old-badge-link-${id}.txt`, () => text), end, {...on, ...options});
pasted('address', 'a link to where a badge is kept', A('usual'), good(['envelope.badge_address']));
pasted('not-agreed', 'the same, and nobody has agreed to ask', A('unasked'), open('hosted_would_identify'), {network: 'web'});
pasted('gone', 'the same, and it is gone for good', A('gone'), ends.revoked(['status.hosted_withdrawn'], {...web, validity: 'none', proof: 'warn', issuer: 'warn', status: 'fail', trust: 'warn'}));
pasted('other', 'a link to a credential of another kind', A('credential'), open('hosted_not_a_badge'));

scenario('old-badge-picture-json', 'a picture that holds the badge itself, which is asked for all the same', file('old-badge-picture-json.png', () => bake(JSON.stringify(usual), 'iTXt')), good([], {envelope: 'warn'}), on);
// What was added to the specification, by its own rules or by others.
const example = exampleProperty => ({'@context': 'https://w3id.org/openbadges/extensions/exampleExtension/context.json', type: ['Extension', 'extensions:ExampleExtension'], exampleProperty});
badge('hosted-extension', 'a badge with an addition of the specification\'s own', kept(assertion(A('extension'), {'extensions:exampleExtension': example('short and sweet')})), good());
badge('hosted-extension-wrong', 'an addition that is not written as its own rules ask', kept(assertion(A('extension-wrong'), {'extensions:exampleExtension': example(1337)})),
  ends.only('refused', ['credential.extension_malformed'], {credential: 'fail', trust: 'skipped'}));
badge('hosted-extension-unknown', 'an addition by rules that are not known here', kept(assertion(A('extension-unknown'), {'extensions:soil': {type: ['Extension', 'extensions:Soil'], depth: 2}})), good(['schema.extension_not_checked'], {schema: 'skipped'}));
network('badges', answers);

// Signed.
const rsa = 'university-rsa';
const pem = name => publicKey(name).export({type: 'spki', format: 'pem'});
const keyAt = (path, more = {}, name = rsa) => drop({'@context': OB2, type: 'CryptographicKey', id: `${U}/keys/${path}`, owner: `${U}/issuers/westerlund`, publicKeyPem: pem(name), ...more});
const signedAnswers = {
  [`${U}/issuers/westerlund`]: issuer('westerlund', {publicKey: [`${U}/keys/1`, `${U}/keys/ownerless`, `${U}/keys/lent`], revocationList: `${U}/revoked.json`}),
  [`${U}/badges/soil`]: badgeClass(`${U}/badges/soil`),
  [`${U}/keys/1`]: keyAt('1'),
  [`${U}/keys/ownerless`]: keyAt('ownerless', {owner: undefined}),
  [`${U}/keys/lent`]: keyAt('lent', {owner: `${U}/issuers/other`}),
  [`${U}/keys/unlisted`]: keyAt('unlisted', {}, 'attacker-rsa'),
  [`${U}/keys/other`]: keyAt('other', {owner: `${U}/issuers/other`}, 'attacker-rsa'),
  [`${X}/keys/1`]: {...keyAt('1', {}, 'attacker-rsa'), id: `${X}/keys/1`},
  [`${U}/issuers/other`]: issuer('other', {name: 'Somebody Else', publicKey: `${U}/keys/other`}),
  [`${U}/keys/error`]: {status: 500},
  [`${U}/revoked.json`]: {'@context': OB2, id: `${U}/revoked.json`, type: 'RevocationList', issuer: `${U}/issuers/westerlund`,
    revokedAssertions: [{id: 'urn:uuid:11111111-aaaa-4aaa-8aaa-000000000001', revocationReason: 'Given by mistake.'}, {uid: 'mara-7'}, 'urn:uuid:11111111-aaaa-4aaa-8aaa-000000000003']},
};
const uuid = n => `urn:uuid:11111111-aaaa-4aaa-8aaa-00000000000${n}`;
const award = (more = {}) => assertion(uuid(9), {verification: {type: 'SignedBadge', creator: `${U}/keys/1`}, ...more});
const signed = (id, about, payload, end, {key = rsa, header = {}, ...options} = {}) => scenario(`old-badge-signed-${id}`, about,
  file(`old-badge-signed-${id}.jwt`, () => compact({alg: 'RS256', ...header}, payload, key)), end, {network: 'badges-signed', ...options});
const holds = (codes = [], checks = {}) => ends.verified(['signature.verified', 'issuer.lists_key', 'credential.badge_parts_hosted', ...codes], {credential: 'warn', key: 'pass', status: 'warn', ...checks});
const creator = path => ({verification: {type: 'SignedBadge', creator: `${U}/keys/${path}`}});
signed('good', 'a signed badge with a key that its issuer lists', award(), holds(['proof.jws', 'status.good', 'status.list_host_only']));
signed('typ', 'the same with a type in its header', award(), holds(), {header: {typ: 'JWT'}});
signed('nobody', 'the same where no list names the issuer', award(), ends.unlisted(['signature.verified'], {credential: 'warn', status: 'warn'}), {trust: ['trust/nobody.json']});
signed('mutated', 'a signed badge with the key of somebody else', award(), ends.mismatch({credential: 'warn'}), {key: 'attacker-rsa'});
signed('header-key', 'a key in the header counts for nothing', award(), ends.mismatch({credential: 'warn'}), {key: 'attacker-rsa', header: {jwk: publicKey('attacker-rsa').export({format: 'jwk'})}});
signed('header-kid', 'nor does an address in the header', award(), ends.mismatch({credential: 'warn'}), {key: 'attacker-rsa', header: {kid: `${X}/keys/1`}});
signed('ownerless', 'a key that does not say whose it is, listed by the issuer', award(creator('ownerless')), holds(['key.owner_missing'], {key: 'warn'}));
signed('lent', 'a key that says it is somebody else\'s, listed by the issuer', award(creator('lent')), ends.badKey('refused', ['key.controller_mismatch'], {credential: 'warn'}));
signed('not-listed', 'a key on the issuer\'s website that its page does not list', award(creator('unlisted')), ends.incomplete(['signature.verified', 'issuer.key_not_listed'], {credential: 'warn', issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'}), {key: 'attacker-rsa'});
signed('other-owner', 'a key of somebody else on the same website', award(creator('other')), ends.wrongKey(['issuer.foreign_key'], {credential: 'warn'}), {key: 'attacker-rsa'});
signed('foreign-host', 'a key on another website', award({verification: {type: 'signed', creator: `${X}/keys/1`}}), ends.wrongKey(['issuer.foreign_host'], {credential: 'warn'}), {key: 'attacker-rsa'});
signed('key-error', 'a key that cannot be had', award(creator('error')), ends.unknownKey(['key.unreachable'], {credential: 'warn'}));
signed('revoked', 'a badge that stands in the issuer\'s list', award({id: uuid(1)}), ends.revoked(['status.revoked', 'signature.verified'], {credential: 'warn'}));
signed('revoked-uid', 'one that stands there by another name', award({id: uuid(2), uid: 'mara-7'}), ends.revoked(['status.revoked'], {credential: 'warn'}));
signed('revoked-bare', 'one that stands there as a bare name', award({id: uuid(3)}), ends.revoked(['status.revoked'], {credential: 'warn'}));
signed('revoked-spelling', 'one that stands there in other letters', award({id: uuid(1).toUpperCase()}), ends.incomplete(['status.list_malformed'], {credential: 'warn', status: 'unknown'}));
signed('expired', 'a signed badge that has run out', award({expires: '2026-03-01'}), ends.expired(['validity.expired'], {credential: 'warn', status: 'warn'}));
signed('hosted-word', 'a signed badge that says it is hosted: the signature is checked, with the one key that the issuer lists', award({badge: `${U}/badges/of-one`, verification: {type: 'hosted'}}), ends.verified(['signature.verified'], {credential: 'warn', key: 'warn', status: 'none'}));
signedAnswers[`${U}/badges/of-one`] = badgeClass(`${U}/badges/of-one`, {issuer: `${U}/issuers/one`});
signedAnswers[`${U}/issuers/one`] = issuer('one', {publicKey: `${U}/keys/one`});
signedAnswers[`${U}/keys/one`] = keyAt('one', {owner: undefined});
const listed = (id, about, revocationList, answer, end) => {
  signedAnswers[`${U}/badges/of-${id}`] = badgeClass(`${U}/badges/of-${id}`, {issuer: `${U}/issuers/${id}`});
  signedAnswers[`${U}/issuers/${id}`] = issuer(id, {publicKey: `${U}/keys/${id}`, revocationList});
  signedAnswers[`${U}/keys/${id}`] = keyAt(id, {owner: `${U}/issuers/${id}`});
  if (answer) signedAnswers[revocationList] = answer;
  signed(id, about, award({badge: `${U}/badges/of-${id}`, ...creator(id)}), end);
};
const unknown = code => ends.incomplete(['signature.verified', `status.${code}`], {credential: 'warn', status: 'unknown'});
listed('list-silent', 'the list cannot be had', `${U}/lists/silent`, {status: 0}, unknown('list_unreachable'));
listed('list-error', 'the list\'s website has a fault', `${U}/lists/error`, {status: 500}, unknown('list_server_error'));
listed('list-elsewhere', 'the list is on another website', `${X}/lists/1`, null, unknown('list_other_host'));
listed('list-other', 'the list calls itself another one', `${U}/lists/other`, {'@context': OB2, id: `${U}/lists/9`, type: 'RevocationList', revokedAssertions: []}, unknown('list_other_address'));
listed('list-of-other', 'the list is somebody else\'s', `${U}/lists/of-other`, {'@context': OB2, id: `${U}/lists/of-other`, type: 'RevocationList', issuer: `${U}/issuers/other`, revokedAssertions: []}, unknown('list_other_signer'));
listed('list-none', 'a document that lists nothing', `${U}/lists/none`, {'@context': OB2, id: `${U}/lists/none`}, unknown('list_malformed'));
listed('no-list', 'an issuer without a list', undefined, null, ends.verified(['status.none_published'], {credential: 'warn'}));
const unsignedClass = {badge: `${U}/badges/gone`};
signedAnswers[`${U}/badges/gone`] = {status: 404};
signed('class-not-found', 'what it stands for is not found', award(unsignedClass), ends.incomplete(['issuer.hosted_unread'], {issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'}));
signed('class-elsewhere', 'what it stands for is at another website', award({badge: `${X}/badges/1`}), ends.wrongKey(['issuer.hosted_elsewhere'], {credential: 'warn'}));
signedAnswers[`${X}/badges/1`] = badgeClass(`${X}/badges/1`);
scenario('old-badge-signed-without', 'a badge that says it is signed, without its signature', file('old-badge-signed-without.json', () => award()), ends.notSigned(['proof.none']), {network: 'badges-signed'});
// Version 1: the key stands at an address as PEM alone, and its issuer names
// none: the website is known, and no more.
signedAnswers[`${U}/keys/first.pem`] = {body: pem(rsa), contentType: 'text/plain'};
signedAnswers[`${U}/badges/first`] = plainClass;
signedAnswers[`${U}/issuers/first`] = {name: UNIVERSITY, url: U, revocationList: `${U}/revoked-1.json`};
signedAnswers[`${U}/revoked-1.json`] = {'7d': 'Given by mistake.'};
const first = (uid, more = {}) => ({uid, recipient, badge: `${U}/badges/first`, issuedOn: 1768035600, verify: {type: 'signed', url: `${U}/keys/first.pem`}, ...more});
signed('1.0', 'a signed badge of version 1.0', first('7c'), ends.unlisted(['issuer.host_only', 'status.good'], {credential: 'warn', issuer: 'warn', status: 'warn', trust: undefined}));
signed('1.0-revoked', 'one that stands in the list', first('7d'), ends.revoked(['status.revoked'], {credential: 'warn', issuer: 'warn', trust: undefined}));
network('badges-signed', signedAnswers);
