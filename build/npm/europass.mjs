// European Digital Credentials in the older form (ELM v2, XML), and seals for
// them: by xadesjs and by xml-crypto as they make them, and put together here, on
// xml-crypto's canonical forms, the way the Commission's issuer (DSS) writes
// them, so that any part can be made wrong.
import * as crypto from 'node:crypto';
import {DOMParser, XMLSerializer} from '@xmldom/xmldom';
import * as xadesjs from 'xadesjs';
import {C14nCanonicalization, ExclusiveCanonicalization, SignedXml} from 'xml-crypto';
import {base64, certificate, der, sealKey} from './certificates.mjs';
import {COMPANY, FAMOUS, UNIVERSITY} from './content.mjs';
import {jwk} from './keys.mjs';

xadesjs.Application.setEngine('NodeJS', crypto.webcrypto);
xadesjs.setNodeDependencies({DOMParser, XMLSerializer});

export const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#', XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#', ENC = 'http://www.w3.org/2001/04/xmlenc#';
const FILTER = 'http://www.w3.org/2002/06/xmldsig-filter2';

const words = (name, text) => `<${name}>\n<text content-type="text/plain" lang="en">${text}</text>\n</${name}>`;
export const organisation = (name, number, element = 'organization', id = `urn:epass:org:${number.slice(-8)}`) => `<${element} id="${id}">
<registration spatialID="XX">${number}</registration>
${words('prefLabel', name)}
<hasLocation><id>urn:epass:location:1</id><hasAddress><country targetFrameworkUrl="http://publications.europa.eu/resource/authority/country" uri="http://publications.europa.eu/resource/authority/country/XXX">${words('targetName', 'Exampleland')}</country></hasAddress></hasLocation>
</${element}>`;
const bodies = {university: [UNIVERSITY, 'NTRXX-12345678'], company: [COMPANY, 'NTRXX-87654321'], famous: [FAMOUS, 'NTRXX-11112222']};
const reference = who => `urn:epass:org:${bodies[who][1].slice(-8)}`;

const spaces = 'xmlns="http://data.europa.eu/snb" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

// credential is one with every part that is read; `within` leaves out what the
// root of a file declares.
export const credential = ({issuer = 'university', awarder = issuer, until = '2031-01-10T10:00:00+01:00', learner = 'Mara Lindqvist', id = 'urn:credential:6f2d3c1e-0a57-4d0c-8a3f-4b1f6f0c2b10', grade = 'B', more = '', attributes = '', within = false, proof = '<proof></proof>'} = {}) => `<europassCredential ${within ? '' : spaces + ' '}xsdVersion="0.10.0" cred:id="${id}"${attributes}>
<identifier>SOIL-2026-17</identifier>
<type targetFrameworkUrl="http://data.europa.eu/snb/credential/25831c2" uri="http://data.europa.eu/snb/credential/e34929035b">${words('targetName', 'Generic')}</type>
<primaryLanguage>en</primaryLanguage>
<cred:validFrom>2026-01-10T10:00:00+01:00</cred:validFrom>
<cred:issued>2026-01-10T10:00:00+01:00</cred:issued>
${until ? `<cred:validUntil>${until}</cred:validUntil>` : ''}
<cred:issuer idref="${reference(issuer)}"/>
${words('title', 'Reading Soil Data')}
<credentialSubject id="urn:epass:person:1">
${words('fullName', learner)}
<dateOfBirth>2001-04-05</dateOfBirth>
<achievements><learningAchievement id="urn:epass:learningAchievement:1">
${words('title', 'Reading Soil Data')}
<wasDerivedFrom id="urn:epass:assessment:1">${words('title', 'Written examination')}<grade>${grade}</grade></wasDerivedFrom>
<wasAwardedBy idref="urn:epass:awardingProcess:1"/>
<specifiedBy idref="urn:epass:qualification:1"/>
</learningAchievement></achievements>
</credentialSubject>
<learningSpecificationReferences><qualification id="urn:epass:qualification:1">
${words('title', 'Reading Soil Data')}
<volumeOfLearning>PT75H</volumeOfLearning>
<hasECTSCreditPoints>3</hasECTSCreditPoints>
<eqfLevel targetFrameworkUrl="http://data.europa.eu/snb/eqf/25831c2" uri="http://data.europa.eu/snb/eqf/6">${words('targetName', 'Level 6')}</eqfLevel>
<learningOutcomes><learningOutcome idref="urn:epass:outcome:1"/></learningOutcomes>
</qualification></learningSpecificationReferences>
<learningOutcomeReferences><learningOutcome id="urn:epass:outcome:1">${words('prefLabel', 'Reads field measurements of soils')}</learningOutcome></learningOutcomeReferences>
<agentReferences>${[...new Set([issuer, awarder])].map(who => organisation(...bodies[who])).join('\n')}</agentReferences>
<awardingProcessReferences><awardingProcess id="urn:epass:awardingProcess:1"><awardingBody idref="${reference(awarder)}"/><date>2026-01-09T00:00:00Z</date></awardingProcess></awardingProcessReferences>
${more}${proof}
</europassCredential>`;

export const head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n';

// presentation is one by which somebody seals on another's behalf, or in which a
// holder shares what was sealed before.
export const presentation = (inner, {sealer, proof = '<vp:proof></vp:proof>'} = {}) => `<vp:verifiablePresentation ${spaces} xmlns:vp="http://data.europa.eu/snb/vp" id="urn:verifiable:131af3e6-cbe3-493e-ab09-a32c5b5a3466">
<vp:type uri="http://data.europa.eu/snb/verifiable-presentation/c_825cddc0">${words('targetName', 'Mandated Issue')}</vp:type>
<vp:verificationChecks><vp:verificationCheck><vp:status uri="http://data.europa.eu/snb/verification-status/9895008394">${words('targetName', 'green')}</vp:status></vp:verificationCheck></vp:verificationChecks>
${sealer ? organisation(...bodies[sealer], 'vp:issuer', 'urn:epass:org:vp:1') : ''}
${inner}
${proof}
</vp:verifiablePresentation>`;

const parse = text => new DOMParser().parseFromString(text, 'text/xml');
const secret = name => crypto.createPrivateKey({key: jwk(sealKey(name)), format: 'jwk'});
const elements = (node, name, space) => [...Array.from(node.getElementsByTagNameNS(space, name))];
const hash = (name, data) => crypto.createHash(name).update(data).digest('base64');
const digests = {sha1: `${DSIG}sha1`, sha256: `${ENC}sha256`, sha384: `${MORE}sha384`, sha512: `${ENC}sha512`};
const canonical = (node, form = EXC) => (form === EXC ? new ExclusiveCanonicalization() : new C14nCanonicalization()).process(node, {});

// canonicalOf is the canonical form of a document, canonicalWithout that without
// its seals, canonicalPart that of its first element of a name.
export const canonicalOf = (text, form = EXC) => canonical(parse(text).documentElement, form);
export const canonicalWithout = text => canonicalOf(text.replace(/<ds:Signature [^]*?<\/ds:Signature>/g, ''));
export const canonicalPart = (text, name) => canonical(Array.from(parse(text).getElementsByTagNameNS('*', name))[0]);
// listed is a reference to something else.
export const listed = (uri, content = '') => `<ds:Reference URI="${uri}"><ds:Transforms>${transform(EXC)}</ds:Transforms><ds:DigestMethod Algorithm="${digests.sha256}"/><ds:DigestValue>${hash('sha256', content)}</ds:DigestValue></ds:Reference>`;

export const transform = (algorithm, inner = '') => `<ds:Transform Algorithm="${algorithm}">${inner}</ds:Transform>`;
export const enveloped = transform(`${DSIG}enveloped-signature`);
export const subtract = transform(FILTER, `<dsig-filter2:XPath xmlns:dsig-filter2="${FILTER}" Filter="subtract">/descendant::ds:Signature</dsig-filter2:XPath>`);
export const ancestors = transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>');

// signature is a seal of the document `text`, as DSS writes it. `removes` is the
// transform that takes the signature out; what the digest is of can be given.
export function signature(text, name, {removes = subtract, form = EXC, digest = 'sha256', method = 'sha256', time = '2026-01-10T09:00:00Z', uri = '', covered, propertiesType = 'http://uri.etsi.org/01903#SignedProperties', references = '', withProperties = true, bound = name, boundBy = 'sha256', carried = [name], unsigned = '', policy = '', id = 'id-5f1c', comment = '', key = secret(name), keyInfo = false, objects = '', algorithm: stated, sign = {}} = {}) {
  const rsa = key.asymmetricKeyType === 'rsa';
  const algorithm = stated ?? (method === 'sha1' ? `${DSIG}rsa-sha1` : `${MORE}${rsa ? 'rsa' : 'ecdsa'}-${method}`);
  const content = covered ?? canonical(parse(text).documentElement, form);
  const properties = `<xades:SignedProperties Id="xades-${id}"><xades:SignedSignatureProperties><xades:SigningTime>${time}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="${digests[boundBy]}"/><ds:DigestValue>${hash(boundBy, der(bound))}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>${policy}</xades:SignedSignatureProperties></xades:SignedProperties>`;
  const object = `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#${id}">${properties}${unsigned}</xades:QualifyingProperties></ds:Object>`;
  const own = elements(parse(`<ds:Signature xmlns:ds="${DSIG}">${object}</ds:Signature>`), 'SignedProperties', XADES)[0];
  const certificates = carried.map(one => `<ds:X509Certificate>${base64(one)}</ds:X509Certificate>`).join('');
  const holder = `<ds:KeyInfo${keyInfo ? ` Id="key-${id}"` : ''}><ds:X509Data>${certificates}</ds:X509Data></ds:KeyInfo>`;
  if (keyInfo) {
    const node = elements(parse(`<ds:Signature xmlns:ds="${DSIG}">${holder}</ds:Signature>`), 'KeyInfo', DSIG)[0];
    references += `<ds:Reference URI="#key-${id}"><ds:Transforms>${transform(EXC)}</ds:Transforms><ds:DigestMethod Algorithm="${digests.sha256}"/><ds:DigestValue>${hash('sha256', canonical(node))}</ds:DigestValue></ds:Reference>`;
  }
  const info = `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC}"/><ds:SignatureMethod Algorithm="${algorithm}"/><ds:Reference Id="r-${id}-1" URI="${uri}"><ds:Transforms>${removes}${transform(form)}</ds:Transforms><ds:DigestMethod Algorithm="${digests[digest]}"/><ds:DigestValue>${hash(digest, content)}${comment}</ds:DigestValue></ds:Reference>${references}`
    + (withProperties ? `<ds:Reference Type="${propertiesType}" URI="#xades-${id}"><ds:Transforms>${transform(EXC)}</ds:Transforms><ds:DigestMethod Algorithm="${digests.sha256}"/><ds:DigestValue>${hash('sha256', canonical(own))}</ds:DigestValue></ds:Reference>` : '') + '</ds:SignedInfo>';
  const signed = canonical(elements(parse(`<ds:Signature xmlns:ds="${DSIG}">${info}</ds:Signature>`), 'SignedInfo', DSIG)[0]);
  const value = crypto.sign(method, Buffer.from(signed), {key, dsaEncoding: 'ieee-p1363', ...sign}).toString('base64');
  return `<ds:Signature xmlns:ds="${DSIG}" Id="${id}">${info}<ds:SignatureValue Id="value-${id}">${value}</ds:SignatureValue>${holder}${object}${objects}</ds:Signature>`;
}

// sealed puts the seal of a document into its proof.
export const sealed = (text, name = 'university', options = {}) => place(text, signature(text, name, options));
export const place = (text, seal) => head + text.replace(/<(vp:|)proof><\/\1proof>(?![^]*proof>)/, (whole, prefix) => `<${prefix}proof>${seal}</${prefix}proof>`);

// carriedBy are the unsigned properties with certificates, lists and answers.
export const carriedBy = ({certificates = [], crls = [], ocsps = []}) => '<xades:UnsignedProperties><xades:UnsignedSignatureProperties>'
  + `<xades:CertificateValues>${certificates.map(name => `<xades:EncapsulatedX509Certificate>\n${base64(name).replace(/.{64}/g, '$&\n')}\n</xades:EncapsulatedX509Certificate>`).join('')}</xades:CertificateValues>`
  + `<xades:RevocationValues><xades:CRLValues>${crls.map(one => `<xades:EncapsulatedCRLValue>${one.toString('base64')}</xades:EncapsulatedCRLValue>`).join('')}</xades:CRLValues><xades:OCSPValues>${ocsps.map(one => `<xades:EncapsulatedOCSPValue>${one.toString('base64')}</xades:EncapsulatedOCSPValue>`).join('')}</xades:OCSPValues></xades:RevocationValues>`
  + '</xades:UnsignedSignatureProperties></xades:UnsignedProperties>';

// byXadesjs seals with xadesjs alone, which puts the seal right into the root,
// and takes the inclusive form but for the document.
export async function byXadesjs(text, name = 'university', {transforms = ['enveloped', 'exc-c14n']} = {}) {
  const rsa = jwk(sealKey(name)).kty === 'RSA';
  const algorithm = rsa ? {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'} : {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'};
  const key = await crypto.webcrypto.subtle.importKey('jwk', {...jwk(sealKey(name)), kid: undefined, alg: undefined}, algorithm, false, ['sign']);
  const seal = new xadesjs.SignedXml();
  await seal.Sign(algorithm, key, xadesjs.Parse(text), {
    references: [{uri: '', hash: 'SHA-256', transforms}], x509: [base64(name)],
    signingCertificate: {certificate: base64(name), digestAlgorithm: 'SHA-256'}, signingTime: {value: new Date('2026-01-10T09:00:00Z')},
  });
  return head + seal.toString();
}

// byXmlCrypto seals with xml-crypto alone, all in one canonical form.
export function byXmlCrypto(text, name = 'university', form = EXC) {
  const seal = new SignedXml({
    privateKey: secret(name).export({type: 'pkcs8', format: 'pem'}), publicCert: certificate(name).toString(),
    canonicalizationAlgorithm: form, signatureAlgorithm: `${MORE}rsa-sha256`,
    objects: [{content: `<xades:QualifyingProperties xmlns:xades="${XADES}" Target="#id-2b"><xades:SignedProperties Id="xades-id-2b"><xades:SignedSignatureProperties><xades:SigningTime>2026-01-10T09:00:00Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="${DSIG}" Algorithm="${digests.sha512}"/><ds:DigestValue xmlns:ds="${DSIG}">${hash('sha512', der(name))}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>`}],
  });
  seal.addReference({xpath: '/*', isEmptyUri: true, digestAlgorithm: digests.sha256, transforms: [`${DSIG}enveloped-signature`, form]});
  seal.addReference({xpath: "//*[@Id='xades-id-2b']", uri: '#xades-id-2b', type: 'http://uri.etsi.org/01903#SignedProperties', digestAlgorithm: digests.sha256, transforms: [form]});
  seal.computeSignature(text, {prefix: 'ds', attrs: {Id: 'id-2b'}, location: {reference: "/*/*[local-name()='proof']", action: 'append'}});
  return head + seal.getSignedXml();
}
