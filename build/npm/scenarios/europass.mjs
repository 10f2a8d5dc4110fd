// European Digital Credentials in the older form: XML with a XAdES seal.
import {C14N, EXC, ancestors, canonicalOf, canonicalPart, canonicalWithout, listed, byXadesjs, byXmlCrypto, carriedBy, credential, enveloped, head, place, presentation, sealed as seal, signature, transform} from '../europass.mjs';
import {constants} from 'node:crypto';
import {revocations, statement} from '../lists.mjs';
import {ends, file, scenario} from '../registry.mjs';

const s = {proof: 'warn'}; // the time is only claimed; an older one names no schema
const good = (codes = [], checks = {}) => ends.verified(['envelope.xml_credential', 'credential.europass_xml', 'proof.xades', 'signature.verified', 'trust.listed', ...codes], {...s, ...checks});
const xml = (id, about, make, expectation, options) => scenario(`xml-${id}`, about, file(`xml-${id}.xml`, make), expectation, options);
const refused = (...codes) => ends.refusedProof(codes);
const text = credential();

// Whole.
xml('seal', 'sealed as the Commission\'s issuer writes it', () => seal(text), good());
xml('seal-enveloped', 'with the transform that XML signatures have for it', () => seal(text, 'university', {removes: enveloped}), good());
xml('seal-xpath', 'with the older expression for it', () => seal(text, 'university', {removes: ancestors}), good());
xml('seal-inclusive', 'the document in the inclusive form', () => seal(text, 'university', {form: C14N}), good());
xml('seal-sha512', 'with longer digests', () => seal(text, 'university', {digest: 'sha512', method: 'sha512', boundBy: 'sha384'}), good());
xml('seal-ecdsa', 'with an elliptic key', () => seal(text, 'university-p256'), good());
xml('seal-ecdsa-sha512', 'with another digest than its curve suggests', () => seal(text, 'university-p256', {method: 'sha512'}), good());
xml('seal-by-id', 'the document by its id', () => { const named = credential({attributes: ' id="c1"'}); return seal(named, 'university', {uri: '#c1'}); }, good());
xml('seal-xadesjs', 'sealed by xadesjs', () => byXadesjs(text), good());
xml('seal-xadesjs-ecdsa', 'sealed by xadesjs with an elliptic key', () => byXadesjs(text, 'university-p256'), good());
xml('seal-xml-crypto', 'sealed by xml-crypto', () => byXmlCrypto(text), good());
xml('seal-xml-crypto-inclusive', 'sealed by xml-crypto, all in the inclusive form', () => byXmlCrypto(text, 'university', C14N), good());
xml('seal-carrying', 'the seal carries its authority and an answer about its certificate', async () => seal(text, 'university-ocsp', {unsigned: carriedBy({certificates: ['ca'], ocsps: [await statement('ca', 'university-ocsp')]})}), good(['status.certificate_good'], {status: 'pass'}));
xml('seal-carrying-revoked', 'the list in the seal names its certificate', async () => seal(text, 'university-crl-https', {unsigned: carriedBy({certificates: ['ca'], crls: [await revocations('ca', [['university-crl-https', '2025-12-01', 'keyCompromise']])]})}), ends.revoked(['status.certificate_revoked'], s));
xml('seal-certificate-sha1', 'the certificate is named by an old digest', () => seal(text, 'university', {boundBy: 'sha1'}), good(['proof.seal_certificate_digest_weak']));
xml('seal-policy', 'the seal names rules of its own', () => seal(text, 'university', {policy: '<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId><xades:Identifier>urn:oid:1.2.3</xades:Identifier></xades:SigPolicyId></xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>'}), good(['proof.seal_policy_unsupported']));
xml('seal-time-without-zone', 'the time of sealing without a zone', () => seal(text, 'university', {time: '2026-01-10T09:00:00'}), good());
xml('seal-no-end', 'without an end', () => seal(credential({until: ''})), good(['validity.no_end']));
xml('seal-windows', 'another kind of line ends since: to XML the same', () => seal(text).replaceAll('\n', '\r\n'), good());
xml('seal-comment', 'a comment put into a name since: no seal covers comments, and the name is read whole', () => seal(text).replace('Mara Lindqvist', 'Mara<!-- x --> Lindqvist'), good());
xml('seal-written-otherwise', 'letters written as references since, attributes in another order', () => seal(text).replace('Mara Lindqvist', 'M&#97;ra <![CDATA[Lindqvist]]>').replace('content-type="text/plain" lang="en"', 'lang=\'en\'  content-type=\'text/plain\''), good());

// Whose it is.
xml('seal-of-other-body', 'sealed by another body than it names', () => seal(text, 'company'), ends.wrongKey(['issuer.foreign_certificate'], s));
xml('seal-awarder-unproven', 'the company seals, another body awards', () => seal(credential({issuer: 'company', awarder: 'famous'}), 'company'), ends.identified(['trust.awarder_unproven'], s));
xml('seal-self-signed', 'a certificate that nobody vouches for', () => seal(text, 'university-self'), ends.unlisted(['trust.path_broken'], s));
xml('seal-unlisted', 'no list vouches for its authority', () => seal(text, 'university'), ends.unlisted(['trust.not_configured'], {...s, trust: 'none'}), {trust: []});
xml('expired', 'expired', () => seal(credential({until: '2026-03-01T00:00:00+01:00'})), ends.expired(['validity.expired'], s));
xml('certificate-not-valid-then', 'the certificate had ended when the seal says that it was made', () => seal(text, 'university-expired', {time: '2026-02-01T09:00:00Z'}), ends.badKey('refused', ['key.certificate_not_valid_then'], s));
xml('weak-key', 'an RSA key of 1024 bits', () => seal(text, 'university-weak'), ends.badKey('refused', ['key.weak'], s));

// Presentations.
const within = credential({issuer: 'famous', within: true, proof: ''});
xml('mandated', 'a presentation that the company sealed on the behalf of another body', () => seal(presentation(within, {sealer: 'company'}), 'company'), ends.identified(['envelope.xml_presentation', 'trust.awarder_unproven'], s));
xml('mandated-own', 'a presentation that the company sealed for itself', () => seal(presentation(credential({issuer: 'company', within: true, proof: ''}), {sealer: 'company'}), 'company'), good(['envelope.xml_presentation']));
const shared = () => presentation(seal(text).replace(head, ''));
xml('shared', 'a sealed credential in a presentation of its holder', shared, good(['envelope.xml_presentation']));
xml('shared-altered', 'the same, changed', () => shared().replace('Mara Lindqvist', 'Bert Anders'), ends.altered({...s}));
xml('shared-inclusive', 'a credential in a presentation whose seal depends on what stood around it', () => presentation(byXmlCrypto(text, 'university', C14N).replace(head, '')), ends.unknownProof(['proof.suite_unsupported']));
xml('shared-sealed-again', 'the presentation was sealed as well, by somebody else: the credential\'s own seal counts', () => place(shared(), signature(shared(), 'company', {id: 'id-77'})), good(['envelope.xml_presentation']));
// Several in one presentation: each is judged by itself.
const bare = (...args) => seal(...args).replace(head, '');
const place1 = '/verifiablePresentation/europassCredential';
const second = credential({learner: 'Bert Anders', id: 'urn:credential:2'});
const many = (headline, ...entries) => ends.only(headline, [], {}, undefined, entries);
const sharedMore = other => presentation(`${bare(text)}\n${other}`);
xml('shared-two', 'two credentials in one presentation, nothing sealed', () => head + presentation(within + '\n' + credential({issuer: 'company', within: true, proof: ''})), many('not_signed', ': wrapper aside not_signed envelope.xml_parts credential.check_results', `${place1}: part not_signed proof.none`, `${place1}[2]: part not_signed`));
xml('shared-more', 'two sealed credentials in one presentation of their holder', () => head + sharedMore(bare(second, 'university', {id: 'id-2', removes: enveloped})), many('verified', ': wrapper aside not_signed', `${place1}: part verified envelope.xml_presentation`, `${place1}[2]: part verified`));
xml('shared-more-altered', 'the same, one of them changed', () => head + sharedMore(bare(second, 'university', {id: 'id-2'}).replace('Bert', 'Berta')), many('altered', ': wrapper aside not_signed', `${place1}: part verified`, `${place1}[2]: part altered`));
xml('shared-more-unsealed', 'the same, one of them without its seal', () => head + sharedMore(second), many('not_signed', ': wrapper aside not_signed', `${place1}: part verified`, `${place1}[2]: part not_signed proof.none`));
xml('shared-more-twice', 'the same credential twice', () => head + sharedMore(bare(text)), many('verified', ': wrapper aside not_signed', `${place1}: part verified`, `${place1}[2]: part verified credential.twice`));
xml('shared-more-sealed', 'somebody has sealed the presentation as well', () => { const pack = sharedMore(bare(second, 'university', {id: 'id-2'})); return place(pack, signature(pack, 'company', {id: 'id-77', covered: canonicalWithout(pack)})); }, many('verified', ': presentation aside unlisted issuer.no_holder_named', `${place1}: part verified holder.presented`, `${place1}[2]: part verified`));
const company = (more = {}) => credential({issuer: 'company', within: true, proof: '', ...more});
const mandatedMore = presentation(`${company()}\n${credential({issuer: 'famous', id: 'urn:credential:2', within: true, proof: ''})}`, {sealer: 'company'});
xml('mandated-more', 'two credentials that the company sealed together, one of them for another body', () => seal(mandatedMore, 'company'), many('identified', ': presentation aside verified', `${place1}: part verified proof.xades`, `${place1}[2]: part identified trust.awarder_unproven`));
xml('mandated-more-altered', 'the same, one of them changed', () => seal(mandatedMore, 'company').replace('urn:credential:2', 'urn:credential:3'), many('altered', ': presentation altered', `${place1}: part altered`, `${place1}[2]: part altered`));
xml('mandated-more-of-other', 'the same, sealed by somebody else', () => seal(mandatedMore, 'university'), many('wrong_key', ': presentation wrong_key', `${place1}: part wrong_key`, `${place1}[2]: part wrong_key`));
xml('shared-none', 'a presentation with nothing in it', () => head + presentation(''), ends.unreadable('envelope.xml_several'));

const contained = credential({issuer: 'famous', id: 'urn:credential:2', within: true, proof: ''});
xml('contained-sealed', 'a credential with a seal of its own is contained in it', () => { const whole = credential({more: `<contains>${bare(credential({issuer: 'company', id: 'urn:credential:2'}), 'company', {id: 'id-2'})}</contains>`}); return seal(whole, 'university', {covered: canonicalWithout(whole)}); }, many('identified', ': record identified trust.awarder_unproven', '/europassCredential/contains/europassCredential: part verified'));
xml('contained', 'another body\'s credential is contained in it, with ids of its own', () => seal(credential({more: `<contains>${contained.replaceAll('urn:epass:org:11112222', 'urn:epass:org:12345678')}</contains>`})), ends.identified(['trust.awarder_unproven'], s));

// Changed.
xml('altered-text', 'the learner\'s name was changed', () => seal(text).replace('Mara Lindqvist', 'Bert Anders'), ends.altered(s));
xml('altered-grade', 'the grade was changed', () => seal(text).replace('<grade>B<', '<grade>A<'), ends.altered(s));
xml('altered-attribute', 'an attribute was changed', () => seal(text).replace('snb/eqf/6"', 'snb/eqf/7"'), ends.altered(s));
xml('altered-reference', 'another body was put in by reference', () => seal(credential({issuer: 'university', awarder: 'company'})).replace('<awardingBody idref="urn:epass:org:87654321"/>', '<awardingBody idref="urn:epass:org:12345678"/>'), ends.altered(s));
xml('altered-namespace', 'a prefix was made to stand for something else', () => seal(text).replace('xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#"', 'xmlns:cred="http://data.europa.eu/other#"'), ends.altered(s));
xml('altered-added', 'an element was put in', () => seal(text).replace('<primaryLanguage>', '<cred:validUntil>2040-01-01T00:00:00Z</cred:validUntil><primaryLanguage>'), ends.altered(s));
xml('altered-time', 'the time in the seal was changed', () => seal(text).replace('<xades:SigningTime>2026-01-10', '<xades:SigningTime>2025-01-10'), ends.altered(s));
xml('altered-value', 'the seal of another credential was put in', () => place(text, signature(credential({learner: 'Bert Anders'}), 'university')), ends.altered(s));
xml('altered-digest', 'the digest was made to fit a changed name', () => { const other = credential({learner: 'Bert Anders'}); return seal(text).replace('Mara Lindqvist', 'Bert Anders').replace(/<ds:DigestValue>[^<]*/, signature(other, 'university').match(/<ds:DigestValue>[^<]*/)[0]); }, ends.altered(s));
xml('altered-space', 'a program has indented it anew', () => seal(text).replace('<identifier>', '   <identifier>'), ends.altered(s));

// T17: what is signed is somewhere else than what is read.
const forged = credential({learner: 'Bert Anders', grade: 'A'});
const signedById = credential({attributes: ' id="c1"', proof: ''});
const byId = options => signature(signedById, 'university', {uri: '#c1', ...options});
xml('wrapped-object', 'the sealed original stands in the seal, a forged one around it', () => place(forged, byId().replace('</ds:Signature>', `<ds:Object>${signedById}</ds:Object></ds:Signature>`)), refused('proof.xml_reference'));
xml('wrapped-sibling', 'the sealed original stands beside the proof of a forged one', () => place(credential({learner: 'Bert Anders', more: signedById}), byId()), refused('proof.xml_reference'));
xml('wrapped-same-id', 'both have the same id', () => place(credential({learner: 'Bert Anders', attributes: ' id="c1"', more: signedById}), byId()), refused('proof.xml_id_twice'));
xml('wrapped-other-id', 'both have the same id, spelt otherwise', () => place(credential({learner: 'Bert Anders', attributes: ' ID="c1"', more: signedById}), byId()), refused('proof.xml_id_twice'));
xml('wrapped-presentation', 'the sealed original inside, a forged one read first', () => head + presentation(forged + '\n' + seal(text).replace(head, '')), many('not_signed', ': wrapper aside not_signed', `${place1}: part not_signed proof.none`, `${place1}[2]: part verified`));
xml('wrapped-properties', 'the signed properties stand elsewhere, others in their place', () => { const whole = seal(text); const properties = whole.match(/<xades:SignedProperties [^]*<\/xades:SignedProperties>/)[0]; return whole.replace(properties, properties.replace('Id="xades-id-5f1c"', 'Id="x"').replace('2026-01-10T09', '2025-12-10T09')).replace('</ds:Signature>', `<ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#other">${properties}</xades:QualifyingProperties></ds:Object></ds:Signature>`); }, refused('proof.xml_reference'));
xml('root-swapped', 'the root was renamed around the sealed content', () => head + `<europassCredential xmlns="http://data.europa.eu/snb">${seal(text).replace(head, '')}</europassCredential>`, many('not_signed', ': record not_signed proof.none credential.issuer_missing', '/europassCredential/europassCredential: part verified'));

// More than one seal: each counts, that of the issuer decides.
const two = (one, other) => place(text, one + other);
const also = options => signature(text, 'company', {id: 'id-2', ...options});
xml('two-seals', 'another body has sealed it as well', () => two(signature(text, 'university'), also()), good(['proof.seal_also']));
xml('two-seals-turned', 'the other one first', () => two(also({removes: ancestors}), signature(text, 'university')), good(['proof.seal_also']));
xml('two-seals-joined', 'another body has sealed it later without regard to the first seal', () => { const first = signature(text, 'university', {removes: enveloped}); const before = place(text, first).replace(head, ''); return two(first, also({removes: enveloped, covered: canonicalOf(before)})); }, good(['proof.seal_also', 'proof.seal_joined']));
xml('two-seals-broken', 'the other one is not of this document', () => two(signature(text, 'university'), signature(second, 'company', {id: 'id-2'})), ends.only('refused', ['proof.set_member_failed'], {proof: 'fail'}));
xml('two-seals-own-broken', 'the other one holds, the issuer\'s does not', () => two(signature(second, 'university'), also()), ends.altered(s));
xml('two-seals-altered', 'changed under both', () => two(signature(text, 'university'), also()).replace('Mara', 'Maria'), ends.altered(s));
xml('two-seals-of-others', 'two seals, none of them the issuer\'s', () => two(also(), signature(text, 'company', {id: 'id-3'})), ends.wrongKey(['issuer.foreign_certificate'], s));
xml('two-seals-part', 'the other one covers only a part', () => two(signature(text, 'university'), also({uri: '#urn:epass:learningAchievement:1', covered: 'x'})), good(['proof.set_member_unknown']));
xml('two-seals-malformed', 'the other one is damaged', () => two(signature(text, 'university'), also().replace(/<ds:SignatureValue [^]*<\/ds:SignatureValue>/, '')), refused('proof.xml_malformed'));
xml('eleven-seals', 'more seals than are looked at', () => two(signature(text, 'university'), Array.from({length: 10}, (_, i) => also({id: `id-${i}`})).join('')), refused('proof.xml_several'));
xml('seal-key-info', 'it covers its own certificates as well', () => seal(text, 'university', {keyInfo: true}), good());
xml('seal-key-info-altered', 'the same, another certificate was put in', () => seal(text, 'university', {keyInfo: true}).replace('<ds:X509Data>', `<ds:X509Data>${signature(text, 'company').match(/<ds:X509Certificate>[^<]*<\/ds:X509Certificate>/)[0]}`), ends.altered(s));
xml('seal-manifest', 'it covers a list of things elsewhere as well', () => seal(text, 'university', {objects: '<ds:Object Id="list"><ds:Manifest/></ds:Object>', references: listed('#list')}), ends.unknownProof(['proof.suite_unsupported']));
xml('seal-part-twice', 'it refers to a part of the document as well', () => seal(text, 'university', {references: listed('#urn:epass:qualification:1', canonicalPart(text, "qualification"))}), good());
xml('seal-stamped', 'with a time-stamp, and confirmed by somebody', () => seal(text, 'university', {unsigned: `<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp><xades:EncapsulatedTimeStamp>AAAA</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp><xades:CounterSignature>${also({id: 'id-9'})}</xades:CounterSignature></xades:UnsignedSignatureProperties></xades:UnsignedProperties>`}), good(['proof.seal_time_stamps', 'proof.seal_countersigned']));
const pss = method => ({method, algorithm: `http://www.w3.org/2007/05/xmldsig-more#${method}-rsa-MGF1`, sign: {padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST}});
xml('seal-pss', 'by RSASSA-PSS', () => seal(text, 'university', pss('sha256')), good());
xml('seal-pss-sha512', 'by RSASSA-PSS with longer digests', () => seal(text, 'university', pss('sha512')), good());
xml('seal-pss-plain', 'by RSASSA-PSS under its other name', () => seal(text, 'university', {...pss('sha256'), algorithm: 'http://www.w3.org/2007/05/xmldsig-more#rsa-pss'}), good());
xml('seal-ecdsa-sha384', 'with a digest longer than the curve', () => seal(text, 'university-p256', {method: 'sha384'}), good());
xml('seal-method-unknown', 'by a method that is not known', () => seal(text, 'university', {algorithm: 'http://www.w3.org/2007/05/xmldsig-more#sha3-256-rsa-MGF1'}), ends.unknownProof(['proof.suite_unsupported']));
xml('seal-c14n11', 'the document in the newer inclusive form', () => seal(text, 'university', {form: 'http://www.w3.org/2006/12/xml-c14n11', covered: canonicalOf(text, C14N)}), good());
xml('seal-misplaced', 'the seal stands in the learner\'s name', () => head + text.replace('<dateOfBirth>', `${signature(text, 'university')}<dateOfBirth>`), refused('proof.xml_place'));
xml('reference-more', 'a third reference', () => seal(text, 'university', {references: `<ds:Reference URI="https://example.com/"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>`}), refused('proof.xml_reference'));
xml('reference-elsewhere', 'the reference is to an address', () => seal(text, 'university', {uri: 'https://example.com/credential.xml'}), refused('proof.xml_reference'));
xml('reference-xpointer', 'the reference is an expression', () => seal(text, 'university', {uri: '#xpointer(/)'}), refused('proof.xml_reference'));
xml('properties-unsigned', 'the signed properties are not referred to', () => seal(text, 'university', {withProperties: false}), refused('proof.xml_reference'));
xml('properties-untyped', 'the reference to them does not say what it is to', () => seal(text, 'university', {propertiesType: ''}), refused('proof.xml_reference'));
xml('transform-xpath', 'an expression that leaves the grade out', () => seal(text, 'university', {removes: transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>not(ancestor-or-self::ds:Signature) and not(self::text()[parent::*[local-name()="grade"]])</ds:XPath>')}), refused('proof.xml_transform'));
xml('transform-filter', 'a filter that keeps one part only', () => seal(text, 'university', {removes: transform('http://www.w3.org/2002/06/xmldsig-filter2', '<dsig-filter2:XPath xmlns:dsig-filter2="http://www.w3.org/2002/06/xmldsig-filter2" Filter="intersect">/descendant::ds:Signature</dsig-filter2:XPath>')}), refused('proof.xml_transform'));
xml('transform-other-prefix', 'the usual expression with a prefix that stands for something else', () => seal(text, 'university', {removes: transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath xmlns:o="http://data.europa.eu/snb">not(ancestor-or-self::o:Signature)</ds:XPath>')}), refused('proof.xml_transform'));
xml('transform-xslt', 'a style sheet', () => seal(text, 'university', {removes: enveloped + transform('http://www.w3.org/TR/1999/REC-xslt-19991116', '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>')}), refused('proof.xml_transform'));
xml('transform-base64', 'base64', () => seal(text, 'university', {form: 'http://www.w3.org/2000/09/xmldsig#base64', covered: 'x'}), refused('proof.xml_transform'));
xml('transform-none', 'nothing takes the signature out', () => seal(text, 'university', {removes: ''}), refused('proof.xml_transform'));
xml('digest-comment', 'a comment in the digest, by which some readers see only a part of it', () => seal(text, 'university', {comment: '<!-- x -->'}), refused('proof.xml_malformed'));
xml('sha1', 'a digest by SHA-1', () => seal(text, 'university', {digest: 'sha1'}), refused('proof.xml_digest_weak'));
xml('rsa-sha1', 'a signature by SHA-1', () => seal(text, 'university', {method: 'sha1'}), refused('proof.xml_digest_weak'));
xml('certificate-other', 'the seal names the certificate of somebody else', () => seal(text, 'university', {bound: 'company'}), refused('proof.seal_certificate_reference'));
xml('certificate-missing', 'the certificate is not in it', () => seal(text, 'university', {carried: []}), ends.unknownProof(['proof.seal_certificate_missing']));
xml('time-in-words', 'a time in words', () => seal(text, 'university', {time: 'yesterday'}), refused('proof.seal_time_malformed'));
xml('time-missing', 'without a time', () => seal(text, 'university', {time: ''}), refused('proof.seal_time_missing'));

// Not sealed, or nothing that could be read.
xml('not-signed', 'not sealed', () => head + text, ends.notSigned(['proof.none']));
xml('not-signed-presentation', 'a presentation in which nothing is sealed', () => head + presentation(credential({within: true})), ends.notSigned(['proof.none']));
xml('doctype', 'with a DOCTYPE', () => seal(text).replace('<europassCredential', '<!DOCTYPE europassCredential>\n<europassCredential'), ends.unreadable('envelope.xml_definitions'));
xml('entity', 'with a word of its own', () => seal(text).replace('<europassCredential', '<!DOCTYPE europassCredential [<!ENTITY who "Bert Anders">]>\n<europassCredential').replace('Mara Lindqvist', '&who;'), ends.unreadable('envelope.xml_definitions'));
xml('laughs', 'with words that grow a billionfold', () => '<?xml version="1.0"?>\n<!DOCTYPE europassCredential [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>\n' + text.replace('Mara Lindqvist', '&d;'), ends.unreadable('envelope.xml_definitions'));
xml('truncated', 'the second half is missing', () => seal(text).slice(0, 3000), ends.unreadable('envelope.xml_malformed'));
xml('deep', 'parts in parts in parts', () => head + '<europassCredential xmlns="http://data.europa.eu/snb">' + '<hasPart>'.repeat(20000), ends.unreadable('envelope.xml_malformed'));
xml('laughs-by-reference', 'parts that refer to parts, each twice', () => seal(credential({more: `<learningSpecificationReferences>${Array.from({length: 20}, (_, i) => `<qualification id="q${i}"><specifiedBy idref="q${i + 1}"/><specifiedBy idref="q${i + 1}"/></qualification>`).join('')}</learningSpecificationReferences>`}).replace('<specifiedBy idref="urn:epass:qualification:1"/>', '<specifiedBy idref="q0"/>')), ends.refusedCredential(['credential.xml_too_much'], s));
