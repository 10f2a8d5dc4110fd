// Who vouches for the issuer. Each positive scenario stands beside the same
// file under another list.
import {badge} from '../content.mjs';
import {ends, scenario} from '../registry.mjs';

const webEd = 'credentials/did-web-ed25519.jwt', badgeWeb = 'credentials/did-web-badge.json', path = 'credentials/did-web-path.jwt';
const https = 'credentials/https-controller.jwt', root = 'credentials/https-root.jwt', seal = 'credentials/edc-seal.jsonld';
const s = {proof: 'warn', schema: 'skipped'};

const under = (lists, more = {}) => ({network: 'web', trust: [lists].flat().map(name => `trust/${name}.json`), ...more});
const offline = (lists, more = {}) => ({trust: [lists].flat().map(name => `trust/${name}.json`), ...more});

scenario('list-none', 'no list is in use', webEd, ends.unlisted(['trust.not_configured'], {trust: 'none'}), under([]));
scenario('list-not-listed', 'a list is in use, and does not name the issuer', webEd, ends.unlisted(['trust.not_listed']), under('other'));
scenario('list-empty', 'a list that names nobody', webEd, ends.unlisted(['trust.not_listed']), under('nobody'));
scenario('list-second', 'the second of two lists names the issuer', webEd, ends.verified(['trust.listed']), under(['other', 'did']));
scenario('list-did', 'listed by its DID', webEd, ends.verified(['trust.listed']), under('did'));
scenario('list-did-not-path', 'listed by its DID: that is not the DID with a path', path, ends.unlisted(['trust.not_listed']), under('did'));
scenario('list-did-path', 'a DID with a path, listed as such', path, ends.verified(['trust.listed']), under('did-path'));
scenario('list-did-path-not-host', 'a DID with a path is listed: that is not the host', webEd, ends.unlisted(['trust.not_listed']), under('did-path'));
scenario('list-domain', 'listed by its domain', webEd, ends.verified(['trust.listed']), under('domain'));
scenario('list-domain-https', 'listed by its domain, https issuer', root, ends.verified(['trust.listed']), under('domain'));
scenario('list-domain-not-path', 'a domain is not a did:web path below it', path, ends.unlisted(['trust.not_listed']), under('domain'));
scenario('list-domain-not-page', 'a domain is not an https page below it', https, ends.unlisted(['trust.not_listed']), under('domain'));
scenario('list-domain-not-port', 'a domain is not another port', 'credentials/did-web-port.jwt', ends.unlisted(['trust.not_listed']), under('domain'));
scenario('list-prefix', 'an https page below a listed prefix', https, ends.verified(['trust.listed']), under('domain-prefix'));
scenario('list-prefix-not-root', 'a prefix is not the whole domain', root, ends.unlisted(['trust.not_listed']), under('domain-prefix'));
scenario('list-parent-domain', 'a parent or sister domain is not this domain', webEd, ends.unlisted(['trust.not_listed']), under('parent-domain'));

scenario('list-public-key', 'the seal certificate\'s own key is listed', seal, ends.verified(['trust.listed'], s), offline('public-key'));
scenario('list-public-key-other', 'another seal certificate than the one whose key is listed', 'credentials/seal-self-signed.jsonld', ends.unlisted(['trust.not_listed'], s), offline('public-key'));
scenario('list-organisation', 'the organisation is listed, and a listed authority signed the certificate', seal, ends.verified(['trust.listed'], s), offline('organisation'));
scenario('list-organisation-by-key', 'the authority is listed by its key; the certificate travels in x5c', 'credentials/edc-seal-chain.jsonld', ends.verified(['trust.listed'], s), offline('organisation-by-key'));
scenario('list-organisation-without-authority', 'the organisation is listed, but no authority: anybody can write a number into a certificate', seal, ends.only('unlisted', [], {...s, trust: 'warn', issuer: 'pass'}), offline('organisation-without-authority'));
scenario('list-organisation-self-signed', 'a self-made certificate with the listed organisation\'s number', 'credentials/seal-self-signed.jsonld', ends.only('unlisted', [], {...s, trust: 'warn'}), offline('organisation'));
// A certificate under a listed authority says who its subject is (design 2).
scenario('list-organisation-other', 'another organisation under the same authority: its certificate proves who it is', 'credentials/seal-of-company.jsonld', ends.verified(['trust.listed'], s), offline('organisation'));
scenario('list-authority', 'a list with nothing but the authority', seal, ends.verified(['trust.listed'], s), offline('authority'));
scenario('list-authority-self-signed', 'the same, and a self-made certificate', 'credentials/seal-self-signed.jsonld', ends.unlisted(['trust.not_listed'], s), offline('authority'));
scenario('list-authority-rogue', 'the same, and a certificate by an authority of the same name', 'credentials/seal-rogue-authority.jsonld', ends.unlisted(['trust.not_listed'], s), offline('authority'));
scenario('list-authority-by-leaf', 'the same, and a certificate signed by a leaf', 'credentials/seal-by-leaf.jsonld', ends.unlisted(['trust.not_listed'], s), offline('authority'));
scenario('list-authority-ended', 'the authority\'s entry ended before the seal', seal, ends.only('unlisted', [], {...s, trust: 'warn'}), offline('authority-ended'));

scenario('list-issuing', 'the list also says that it may award', webEd, ends.verified(['trust.listed', 'trust.may_issue']), under('issuing'));
scenario('list-scope-in', 'an accreditation for badges, and a badge', badgeWeb, ends.verified(['trust.listed', 'trust.may_issue']), under('scope-badges'));
scenario('list-scope-out', 'an accreditation for records, and a badge', badgeWeb, ends.delisted(['trust.out_of_scope']), under('scope-clr'));
scenario('list-test', 'a list for trials proves nothing', webEd, ends.unlisted(['trust.test_list']), under('test'));
scenario('list-test-entry', 'an entry for trials proves nothing', webEd, ends.unlisted(['trust.test_list']), under('test-entry'));
scenario('list-test-and-real', 'a list for trials beside a real one', webEd, ends.verified(['trust.listed']), under(['test', 'main']));
scenario('list-stale', 'the list that names it is out of date', webEd, ends.incomplete(['trust.list_stale'], {trust: 'unknown'}), under('stale'));
scenario('list-stale-within-tolerance', 'the list ended three minutes ago: clocks differ', webEd, ends.verified(['trust.listed']), under('stale-minutes'));
scenario('list-stale-other', 'the only list is out of date and names somebody else: still not "nobody lists it"', webEd, ends.incomplete(['trust.list_stale'], {trust: 'unknown'}), under('stale-other'));
scenario('list-stale-and-fresh', 'a fresh list names it beside one that is out of date', webEd, ends.verified(['trust.listed']), under(['stale', 'main']));
scenario('list-broken', 'the list is no JSON', webEd, ends.incomplete(['trust.list_invalid'], {trust: 'unknown'}), under('broken'));
scenario('list-no-list', 'the file is no trust list', webEd, ends.incomplete(['trust.list_invalid'], {trust: 'unknown'}), under('no-list'));
scenario('list-future-version', 'a list in a form of the future', webEd, ends.incomplete(['trust.list_invalid'], {trust: 'unknown'}), under('version-2'));
scenario('list-broken-and-good', 'a good list names it beside a broken one, which might have withdrawn it', webEd, ends.incomplete(['trust.list_invalid'], {trust: 'unknown'}), under(['broken', 'main']));
scenario('list-withdrawn', 'the list withdrew the issuer', webEd, ends.delisted(['trust.withdrawn']), under('withdrawn'));
scenario('list-withdrawn-seal', 'the list withdrew the sealer', seal, ends.delisted(['trust.withdrawn'], s), offline('withdrawn'));
scenario('list-withdrawn-later', 'the withdrawal begins in three months', webEd, ends.verified(['trust.listed']), under('withdrawn-later'));
scenario('list-withdrawn-and-listed', 'one list withdrew it, another lists it', webEd, ends.delisted(['trust.withdrawn']), under(['main', 'withdrawn']));
scenario('list-ended', 'the entry is no longer in force', webEd, ends.unlisted(['trust.not_in_force']), under('ended'));
scenario('list-begins', 'the entry is not yet in force', webEd, ends.unlisted(['trust.not_in_force']), under('begins'));
scenario('list-in-force', 'the entry has dates and is in force', webEd, ends.verified(['trust.listed']), under('in-force'));
scenario('list-other-name', 'the list knows the issuer by another name', webEd, ends.verified(['trust.listed', 'trust.name_differs']), under('other-name'));

// Policies.
scenario('policy-accept-unlisted', 'a policy that takes unlisted issuers as valid', webEd, ends.unlisted(['trust.not_listed'], {}, 'valid'), under('other', {policy: 'accept-unlisted'}));
scenario('policy-accept-unlisted-no-list', 'the same with no list', webEd, ends.unlisted(['trust.not_configured'], {trust: 'none'}, 'valid'), under([], {policy: 'accept-unlisted'}));
scenario('policy-accept-unlisted-altered', 'no policy accepts a wrong signature', 'credentials/altered-payload.jwt', ends.altered(), {policy: 'accept-unlisted'});
scenario('policy-accept-unlisted-wrong-key', 'no policy accepts a wrong key', 'credentials/foreign-did-key.jwt', ends.wrongKey(['issuer.foreign_key']), under('main', {policy: 'accept-unlisted'}));
scenario('policy-accept-identified', 'a policy that takes identified sealers as valid', 'credentials/seal-awarder-unproven.jsonld', ends.identified(['trust.awarder_unproven'], s, 'valid'), {policy: 'accept-identified'});
scenario('policy-accept-identified-file', 'the same policy as a file', 'credentials/seal-awarder-unproven.jsonld', ends.identified(['trust.awarder_unproven'], s, 'valid'), {policy: 'policies/identified.json'});
scenario('policy-accept-identified-unlisted', 'to accept identified is not to accept unlisted', webEd, ends.unlisted(['trust.not_listed']), under('other', {policy: 'accept-identified'}));
scenario('policy-trust-optional', 'a policy that does without trust has not learnt who the issuer is', webEd, ends.unlisted(['trust.list_stale'], {trust: 'unknown'}), under('stale', {policy: 'policies/trust-optional.json'}));
scenario('policy-schema', 'a policy that demands the schema check, which is not made', seal, ends.incomplete([], {...s, schema: 'skipped'}), {policy: 'policies/schema.json'});
scenario('policy-holder', 'a policy that demands a holder, and none is bound', webEd, ends.incomplete(['holder.not_bound'], {holder: 'none'}), under('main', {policy: 'policies/holder.json'}));
