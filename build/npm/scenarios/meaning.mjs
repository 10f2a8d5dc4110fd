// What contexts do to words (T8), and what is lost between the text and its
// meaning (T9). All these files are signed so that the mathematics holds over
// the meaning, or what is left of it, as a careless toolchain would have it;
// beside each stands the same file in good order.
import {OB, V1, V2, badge, plain1, plain2, profile} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {linked, linkedByHand} from '../linked.mjs';
import {careless, contexts, loader} from '../loader.mjs';
import {dataIntegrity} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const ed = 'university-ed25519', did = didKey(ed);
const TERMS = 'https://university.example/terms#', EVIL = 'https://attacker.example/alumniOf';
const OB1 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', PLUGFEST = 'https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json';
const DI2 = 'https://w3id.org/security/data-integrity/v2', ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const parse = path => JSON.parse(read(path));
const inline = {credential: 'warn'};
const verified = (codes = [], checks = {}) => ends.verified(codes, checks);
const refused = (code, checks = {}) => ends.refusedProof([code], checks);

// signed gives a file whose proof holds over another document: the one that a
// careless signer has understood. Where nothing else is said that is the
// document as jsonld.js reads it when it may drop things and knows of no
// protection of terms.
const signed = (name, shown, understood = shown) => file(`${name}.json`, async () => ({...shown, proof: await linkedByHand(understood, ed, {safe: false, documentLoader: careless})}));

// Losses: the badge with something in it that RDF has no place for, and with
// the same thing said properly.
const loss = (name, about, {spoil, mend, code, drop, checks, end}) => {
  const bad = badge(did), good = badge(did), understood = badge(did);
  spoil(bad.credentialSubject.achievement, bad);
  mend(good.credentialSubject.achievement, good);
  (drop ?? spoil)(understood.credentialSubject.achievement, understood);
  scenario(`lost-${name}`, about, signed(`lost-${name}`, bad, understood), refused(code, {...checks, ...end}));
  scenario(`kept-${name}`, `the control of lost-${name}: the same, said so that nothing is lost`, signed(`kept-${name}`, good), verified(checks ? ['credential.context_inline'] : [], checks));
};
const nothing = () => {};
loss('term', 'a word that no context defines', {code: 'context.term_undefined', spoil: a => { a.honours = 'summa cum laude'; }, mend: a => { a[TERMS + 'honours'] = 'summa cum laude'; }});
loss('term-deep', 'an object under a word that no context defines', {code: 'context.term_undefined', spoil: a => { a.honours = {type: 'Achievement', name: 'Doctor of Soil Science'}; }, mend: a => { a.related = [{id: 'urn:uuid:2', type: ['Related'], inLanguage: 'en'}]; }});
loss('term-null', 'a word that the file\'s own context takes all meaning from', {code: 'context.term_undefined', checks: inline, spoil: (a, d) => { d['@context'].push({honours: null}); a.honours = 'summa cum laude'; }, mend: (a, d) => { d['@context'].push({honours: TERMS + 'honours'}); a.honours = 'summa cum laude'; }});
loss('type', 'a type that no context defines', {code: 'context.type_undefined', spoil: a => a.type.push('Doctorate'), mend: a => a.type.push(TERMS + 'Doctorate')});
loss('type-issuer', 'a type of the issuer that no context defines', {code: 'context.type_undefined', spoil: (a, d) => d.issuer.type.push('StateUniversity'), mend: (a, d) => d.issuer.type.push(TERMS + 'StateUniversity')});
loss('id-relative', 'an address without a scheme: everything said about it is dropped', {code: 'context.iri_relative', spoil: a => { a.id = '/achievements/soil-data'; }, mend: a => { a.id = 'https://university.example/achievements/soil-data'; }});
loss('id-empty', 'an empty address', {code: 'context.iri_relative', spoil: a => { a.id = ''; }, mend: a => { delete a.id; }});
loss('value-relative', 'a link without a scheme', {code: 'context.iri_relative', spoil: a => { a.image = 'badge.png'; }, mend: a => { a.image = 'https://university.example/badge.png'; }});
loss('id-space', 'an address with a space', {code: 'context.iri_malformed', spoil: a => { a.id = 'https://university.example/achievements/soil data'; }, mend: a => { a.id = 'https://university.example/achievements/soil%20data'; }});
loss('id-null', 'an address that is null', {code: 'context.id_null', spoil: a => { a.id = null; }, mend: a => { delete a.id; }, drop: a => { delete a.id; }});
loss('predicate-blank', 'a word that the file\'s own context calls a blank node', {code: 'context.predicate_blank', checks: inline, spoil: (a, d) => { d['@context'].push({remark: '_:remark'}); a.remark = 'with honours'; }, mend: (a, d) => { d['@context'].push({remark: TERMS + 'remark'}); a.remark = 'with honours'; }});
loss('predicate-blank-key', 'a blank node as a word', {code: 'context.predicate_blank', spoil: a => { a['_:remark'] = 'with honours'; }, mend: a => { a[TERMS + 'remark'] = 'with honours'; }});
loss('language', 'text in a language that cannot be one', {code: 'context.language_malformed', spoil: a => { a.fieldOfStudy = {'@value': 'Bodenkunde', '@language': 'no such language'}; }, mend: a => { a.fieldOfStudy = {'@value': 'Bodenkunde', '@language': 'de-CH'}; }, drop: nothing});
loss('direction', 'text with a direction, for which RDF has no place', {code: 'signature.direction_unsigned', end: {proof: 'pass', key: 'pass', signature: 'fail', issuer: 'pass'}, spoil: a => { a.fieldOfStudy = {'@value': 'علم التربة', '@language': 'ar', '@direction': 'rtl'}; }, mend: a => { a.fieldOfStudy = {'@value': 'علم التربة', '@language': 'ar'}; }});
{
  const directed = badge(did);
  directed.credentialSubject.achievement.fieldOfStudy = {'@value': 'علم التربة', '@language': 'ar', '@direction': 'rtl'};
  scenario('direction-signed', 'text with a direction, which the signature covers', file('direction-signed.json', async () => ({...directed, proof: await linkedByHand(directed, ed, {safe: true})})), verified());
}
{
  // jsonld.js sorts statements by UTF-16 units, so that these two stand in
  // another order than by code points: what is signed is the same.
  const mixed = badge(did);
  Object.assign(mixed.credentialSubject.achievement, {tag: ['\u{1f393} Abschluss', '\uff08土壤\uff09', '\uf8ff']});
  mixed.credentialSubject.achievement.criteria = {narrative: ['\u{1f331}', '\uff01']};
  scenario('order-by-units', 'texts whose order in UTF-16 is another than that of their characters', file('order-by-units.json', () => dataIntegrity(mixed, ed, {suite: 'eddsa-rdfc-2022'})), verified());
  scenario('order-by-units-altered', 'the same, changed afterwards', file('order-by-units-altered.json', () => {
    const changed = JSON.parse(read('credentials/order-by-units.json'));
    changed.credentialSubject.achievement.tag.push('\u{1f3c6}');
    return changed;
  }), ends.only('altered', ['signature.altered']));
}
loss('nest', 'members that were put into a nest', {code: 'context.nest_unexpected', spoil: a => { a['@nest'] = {humanCode: 'SOIL-3'}; }, mend: a => { a.humanCode = 'SOIL-3'; }});
loss('included', 'an object that is included and belongs to nothing', {code: 'context.included_unexpected', spoil: (a, d) => { d['@included'] = [{id: 'urn:uuid:9', type: ['Achievement'], name: 'Doctor of Soil Science'}]; }, mend: a => { a.related = [{id: 'urn:uuid:9', type: ['Related']}]; }});
loss('import', 'a context that imports another', {code: 'context.import', checks: inline, spoil: (a, d) => { d['@context'].push({'@import': DI2, honours: TERMS + 'honours'}); a.honours = 'summa cum laude'; }, mend: (a, d) => { d['@context'].push(DI2, {honours: TERMS + 'honours'}); a.honours = 'summa cum laude'; }});
loss('keyword', 'a word that looks like a keyword', {code: 'context.keyword_unknown', spoil: a => { a['@honours'] = 'summa cum laude'; }, mend: a => { a[TERMS + 'honours'] = 'summa cum laude'; }});
loss('keyword-type', 'a type that looks like a keyword', {code: 'context.keyword_unknown', spoil: a => a.type.push('@doctorate'), mend: a => a.type.push(TERMS + 'Doctorate'), drop: nothing});
loss('keyword-id', 'an address that looks like a keyword', {code: 'context.keyword_unknown', spoil: a => { a.id = '@soil'; }, mend: a => { delete a.id; }, drop: a => { delete a.id; }});
loss('value-floating', 'a text that belongs to nothing', {code: 'context.value_lost', spoil: (a, d) => { d['@graph'] = ['with honours']; }, mend: (a, d) => { d.description = 'with honours'; }});
loss('node-floating', 'an object with nothing but an address, that belongs to nothing', {code: 'context.value_lost', spoil: (a, d) => { d['@graph'] = [{id: 'urn:uuid:9'}]; }, mend: a => { a.related = [{id: 'urn:uuid:9', type: ['Related']}]; }});
loss('value-null', 'a value that is null, with a language', {code: 'context.value_lost', spoil: a => { a.fieldOfStudy = {'@value': null, '@language': 'de'}; }, mend: a => { a.fieldOfStudy = null; }});
loss('value-language-only', 'a language without a text', {code: 'context.value_lost', spoil: a => { a.fieldOfStudy = {'@language': 'de'}; }, mend: a => { a.fieldOfStudy = {'@value': '', '@language': 'de'}; }});
loss('datatype', 'a datatype that no context defines', {code: 'context.type_undefined', spoil: a => { a.fieldOfStudy = {'@value': 'Soil', '@type': 'Field'}; }, mend: a => { a.fieldOfStudy = {'@value': 'Soil', '@type': TERMS + 'Field'}; }, drop: nothing});
loss('value-object', 'a value with claims beside it', {code: 'context.document_invalid', spoil: a => { a.fieldOfStudy = {'@value': 'Soil', name: 'Medicine'}; }, mend: a => { a.fieldOfStudy = {'@value': 'Soil'}; }, drop: a => { a.fieldOfStudy = 'Soil'; }});
loss('id-twice', 'an object with id and @id', {code: 'context.document_invalid', spoil: a => { a['@id'] = 'urn:uuid:9'; }, mend: nothing, drop: nothing});
scenario('kept-prefix', 'a prefix that nobody has defined makes an address of its own: nothing is lost', signed('kept-prefix', badge(did, {'university:honours': 'summa cum laude'})), verified());
scenario('kept-null', 'members that are null or empty say nothing', signed('kept-null', badge(did, {description: null, evidence: [], endorsement: []})), verified());
scenario('lost-nothing-left', 'a credential of which no statement is left',
  file('lost-nothing-left.json', async () => {
    const document = {'@context': [V2], id: 'credentials/1', type: ['VerifiableCredential'], issuer: did, credentialSubject: {id: '#mara', name: 'Mara Lindqvist'}};
    return {...document, proof: await linkedByHand(document, ed, {safe: false})};
  }), ends.only('refused', ['context.iri_relative'], {proof: 'fail', signature: 'skipped', trust: 'skipped'}));

// Contexts.
const context = (name, about, document, end, options) => scenario(`context-${name}`, about, signed(`context-${name}`, document), end, options);
const three = [V2, OB, ED2020];
context('three', 'three known contexts', badge(did, {'@context': three}), verified());
scenario('context-swapped', 'the last two contexts changed places after signing: every word means what it meant',
  file('context-swapped.json', () => ({...parse('credentials/context-three.json'), '@context': [V2, ED2020, OB]})), verified());
scenario('context-swapped-base', 'the base context no longer comes first',
  file('context-swapped-base.json', () => ({...parse('credentials/context-three.json'), '@context': [OB, V2, ED2020]})), ends.only('refused', ['credential.context_order'], {credential: 'fail', trust: 'skipped'}));
// Two contexts that call the same words by other names.
const rivals = () => {
  const {validFrom, validUntil, ...rest} = badge(profile(did));
  const {inLanguage, creditsAvailable, ...achievement} = rest.credentialSubject.achievement;
  return {...rest, issuanceDate: validFrom, expirationDate: validUntil, credentialSubject: {...rest.credentialSubject, achievement}, '@context': [V1, PLUGFEST, OB1]};
};
scenario('context-rivals', 'two known contexts that define the same words: the later one counts', signed('context-rivals', rivals()), verified([], {credential: undefined}));
scenario('context-rivals-swapped', 'these two changed places after signing: the words mean something else', file('context-rivals-swapped.json', () => ({...parse('credentials/context-rivals.json'), '@context': [V1, OB1, PLUGFEST]})), ends.only('altered', ['signature.altered'], {signature: 'fail', trust: 'skipped'}));
// One address, two contents over the years: this file was signed over the
// earlier one.
const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context.json';
const earlier = async url => url === BADGES ? {...await loader(url), document: contexts.get(PLUGFEST)} : loader(url);
const older = file('context-earlier.json', async () => {
  const document = {...rivals(), '@context': [V1, BADGES]};
  return {...document, proof: await linkedByHand(document, ed, {documentLoader: earlier})};
});
scenario('context-earlier', 'signed while a context said something else, which is known', older, verified(['signature.context_version'], {credential: undefined, proof: undefined, signature: undefined}));
scenario('context-earlier-altered', 'the same, and a claim was changed: with no version of the context the signature holds', file('context-earlier-altered.json', () => ({...parse(older), expirationDate: '2099-01-01T00:00:00Z'})), ends.only('altered', ['signature.altered'], {signature: 'fail', trust: 'skipped'}));
scenario('context-current', 'signed over what the context says today', file('context-current.json', () => linked({...rivals(), '@context': [V1, BADGES]}, ed)), verified([], {credential: undefined}));
scenario('context-removed', 'a context was taken out after signing', file('context-removed.json', () => ({...parse('credentials/context-three.json'), '@context': [V2, ED2020]})), refused('context.type_undefined', {credential: undefined}));
// The signer knew what his context says.
const unheard = {...badge(did), honours: 'summa cum laude'};
scenario('context-unheard-of', 'a context that is not known', signed('context-unheard-of', {...unheard, '@context': [V2, OB, 'https://university.example/contexts/1']}, {...unheard, '@context': [V2, OB, {honours: TERMS + 'honours'}]}), ends.unknownProof(['context.unknown'], inline));
scenario('context-unheard-of-added', 'a context that is not known, added after signing: nothing can be said', file('context-unheard-of-added.json', () => ({...parse('credentials/context-three.json'), '@context': [...three, 'https://attacker.example/context']})), ends.unknownProof(['context.unknown'], inline));
scenario('context-unheard-of-nested', 'a context that is not known, inside the subject', file('context-unheard-of-nested.json', async () => {
  const signed = await dataIntegrity(badge(did), ed, {suite: 'eddsa-rdfc-2022'});
  signed.credentialSubject['@context'] = 'https://attacker.example/context';
  return signed;
}), ends.unknownProof(['context.unknown'], {credential: undefined}));
context('own', 'the file adds words of its own', {...badge(did, {'@context': [V2, OB, {honours: TERMS + 'honours'}]}), honours: 'summa cum laude'}, verified(['credential.context_inline'], inline));
scenario('context-own-altered', 'the file\'s own word was given another meaning after signing', file('context-own-altered.json', () => ({...parse('credentials/context-own.json'), '@context': [V2, OB, {honours: TERMS + 'crimes'}]})), ends.altered(inline));
scenario('context-own-renamed', 'the file\'s own word was called another name after signing, with the same meaning',
  file('context-own-renamed.json', () => {
    const {honours, ...rest} = parse('credentials/context-own.json');
    return {...rest, '@context': [V2, OB, {distinction: TERMS + 'honours'}], distinction: honours};
  }), verified(['credential.context_inline'], inline));
context('vocab', 'the file gives every undefined word a meaning', {...badge(did, {'@context': [V2, OB, {'@vocab': TERMS}]}), honours: 'summa cum laude'}, verified(['credential.context_inline'], inline));
context('name', 'the file gives `name` another meaning, which the base context forbids', badge(did, {'@context': [V2, OB, {name: EVIL}]}), refused('context.term_protected', inline));
context('issuer', 'the file gives `issuer` another meaning', badge(did, {'@context': [V2, OB, {issuer: {'@id': 'https://attacker.example/reviewer', '@type': '@id'}}]}), refused('context.term_redefined', inline));
context('issuer-v1', 'the file gives `issuer` another meaning (data model 1.1)', plain1(did, {'@context': [V1, DI2, {issuer: {'@id': 'https://attacker.example/reviewer', '@type': '@id'}}], credentialSubject: {id: 'did:example:mara'}}), refused('context.term_redefined', inline));
context('issuer-other-word', 'a second issuer under a word of the file\'s own', {...badge(did, {'@context': [V2, OB, {accreditor: {'@id': 'https://www.w3.org/2018/credentials#issuer', '@type': '@id'}}]}), accreditor: 'did:web:famous.example'}, refused('context.term_redefined', inline));
context('end-other-word', 'an end under a word of the file\'s own', {...badge(did, {'@context': [V2, OB, {note: 'https://www.w3.org/2018/credentials#validUntil'}]}), note: '2099-01-01T00:00:00Z'}, refused('context.term_redefined', inline));
context('name-of-property', 'a word of the file\'s own with a context in which `name` means something else, which JSON-LD allows', {...badge(did, {'@context': [V2, OB, {award: {'@id': TERMS + 'award', '@context': {name: EVIL}}}]}), award: {name: 'Doctor of Soil Science'}}, refused('context.term_protected', inline));
context('name-of-type', 'a type of the file\'s own in which `name` means something else', badge(did, {'@context': [V2, OB, {Award: {'@id': TERMS + 'Award', '@context': {name: EVIL}}}], evidence: [{type: ['Award'], name: 'Doctor of Soil Science'}]}), refused('context.term_protected', inline));
context('word-unprotected', 'a word that an older context does not protect gets another meaning', {...rivals(), '@context': [V1, OB1, {Achievement: 'https://attacker.example/Crime'}]}, refused('context.term_redefined', {credential: undefined}));
context('name-new', 'data model 1.1 has no `name`: the file\'s own is signed, and means what it says it means', plain1(did, {'@context': [V1, DI2, {name: EVIL}], credentialSubject: {id: 'did:example:mara', name: 'Doctor of Soil Science'}}), verified(['credential.context_inline'], inline));
context('prefix-did', 'the file makes a prefix of `did`', badge(did, {'@context': [V2, OB, {did: 'https://attacker.example/did/'}]}), refused('context.term_redefined', inline));
context('nested', 'a context of its own inside the subject', badge(did, {credentialSubject: {'@context': {honours: TERMS + 'honours'}, ...badge(did).credentialSubject, honours: 'summa cum laude'}}), refused('context.nested', {credential: undefined}));
context('nested-name', 'a context inside the subject gives `name` another meaning', plain1(did, {'@context': [V1, DI2], credentialSubject: {'@context': {name: EVIL}, id: 'did:example:mara', name: 'Doctor of Soil Science'}}), refused('context.nested', {credential: undefined}));
context('nested-null', 'a context inside the subject takes all meaning away', plain1(did, {'@context': [V1, DI2], credentialSubject: {'@context': null, '@id': 'did:example:mara', [TERMS + 'a']: 'b'}}), refused('context.nested', {credential: undefined}));
context('nested-known', 'a known context inside an object', plain1(did, {'@context': [V1, DI2], credentialSubject: {id: 'did:example:mara', '@context': 'https://w3id.org/dcc/v1', name: 'Mara Lindqvist'}}), verified([], {credential: undefined}));
context('term-twice', 'the file gives a known word the meaning that it has', badge(did, {'@context': [V2, OB, {name: 'https://schema.org/name'}]}), verified(['credential.context_inline'], inline));
scenario('context-inline-added', 'words of its own were put into a file that was signed, and nothing uses them',
  file('context-inline-added.json', async () => ({...parse('credentials/eddsa-rdfc.json'), '@context': [V2, OB, {honours: TERMS + 'honours'}]})), verified(['credential.context_inline'], inline));
scenario('context-inline-claim-added', 'a claim was put into a signed file together with the context that defines it',
  file('context-inline-claim-added.json', async () => ({...parse('credentials/eddsa-rdfc.json'), '@context': [V2, OB, {honours: TERMS + 'honours'}], honours: 'summa cum laude'})), ends.altered(inline));

// Presentations and endorsements bring documents with contexts of their own.
const vp = (name, about, credentials, end) => scenario(name, about, file(`${name}.json`, async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: credentials()};
  return {...document, proof: await linkedByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '7d1c', safe: false})};
}), end);
vp('vp-meaning-own', 'a presentation of a credential with words of its own', () => [parse('credentials/context-own.json')], ends.only('verified', [], {signature: 'pass'}));
vp('vp-meaning-lost', 'a presentation of a credential with a word that nobody defines', () => [parse('credentials/lost-term.json')], ends.only('refused', ['context.term_undefined']));
scenario('badge-endorsed', 'a badge with an endorsement, which is a credential of its own',
  file('badge-endorsed.json', async () => {
    const endorsement = await linked({...plain2(didKey('company-ed25519'), {name: 'Endorsement', '@context': [V2, OB], type: ['VerifiableCredential', 'EndorsementCredential'], credentialSubject: {id: did, type: ['EndorsementSubject'], endorsementComment: 'We work with them.'}})}, 'company-ed25519');
    return dataIntegrity(badge(did, {endorsement: [endorsement]}), ed, {suite: 'eddsa-rdfc-2022'});
  }), verified());
