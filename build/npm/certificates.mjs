// Test certificates for seals, made once and then read from
// testdata/keys/certificates (DER in PEM). The library is @peculiar/x509.
import 'reflect-metadata';
import * as crypto from 'node:crypto';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as x509 from '@peculiar/x509';
import {jwk, publicJwk} from './keys.mjs';
import {read, root, write} from './registry.mjs';

x509.cryptoProvider.set(crypto.webcrypto);
const {subtle} = crypto.webcrypto;

const people = {
  ca: [{C: ['XX']}, {O: ['Example Trust Services']}, {CN: ['Example Sealing CA']}],
  university: [{C: ['XX']}, {O: ['Westerlund University']}, {'2.5.4.97': ['NTRXX-12345678']}, {CN: ['Westerlund University Seal']}],
  company: [{C: ['XX']}, {O: ['Brightwork Learning Ltd']}, {'2.5.4.97': ['NTRXX-87654321']}, {CN: ['Brightwork Learning Seal']}],
};

const usage = x509.KeyUsageFlags;
const leaf = {usage: usage.digitalSignature | usage.nonRepudiation};

// name: [subject, key, issuer (a name in this table, or itself), options]
const table = {
  'ca': [people.ca, 'ca-p256', 'ca', {authority: true, from: '2020-01-01', until: '2046-01-01'}],
  'rogue-ca': [people.ca, 'attacker-p256', 'rogue-ca', {authority: true, from: '2020-01-01', until: '2046-01-01'}],
  'university': [people.university, 'sealuniversity-rsa', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  'university-p256': [people.university, 'sealuniversity-p256', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  'company': [people.company, 'sealcompany-rsa', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  'university-expired': [people.university, 'sealuniversity-rsa', 'ca', {...leaf, from: '2023-01-01', until: '2025-12-31'}],
  'university-crl': [people.university, 'sealuniversity-rsa', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31', crl: 'http://crl.sealing-ca.example/1.crl'}],
  'university-encipherment': [people.university, 'sealuniversity-rsa', 'ca', {usage: usage.keyEncipherment, from: '2024-01-01', until: '2045-12-31'}],
  'university-self': [people.university, 'attacker-rsa', 'university-self', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  'university-rogue': [people.university, 'attacker-rsa', 'rogue-ca', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  // Signed with the company's leaf, which is no authority.
  'university-by-leaf': [people.university, 'attacker-rsa', 'company', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
  'did-web': [[{C: ['XX']}, {O: ['Westerlund University']}, {CN: ['university.example']}], 'sealuniversity-p256', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31', names: [{type: 'url', value: 'did:web:university.example'}, {type: 'dns', value: 'university.example'}]}],
  'did-web-rogue': [[{C: ['XX']}, {O: ['Westerlund University']}, {CN: ['university.example']}], 'attacker-rsa', 'rogue-ca', {...leaf, from: '2024-01-01', until: '2045-12-31', names: [{type: 'url', value: 'did:web:university.example'}, {type: 'dns', value: 'university.example'}]}],
  'university-crl-https': [people.university, 'sealuniversity-rsa', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31', crl: 'https://crl.sealing-ca.example/seals.crl'}],
  'university-ocsp': [people.university, 'sealuniversity-rsa', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31', ocsp: 'https://ocsp.sealing-ca.example/'}],
  'university-weak': [people.university, 'weak-rsa1024', 'ca', {...leaf, from: '2024-01-01', until: '2045-12-31'}],
};

const algorithms = name => jwk(name).kty === 'RSA'
  ? {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'} : {name: 'ECDSA', namedCurve: jwk(name).crv, hash: 'SHA-256'};
const secret = name => subtle.importKey('jwk', {...jwk(name), kid: undefined}, algorithms(name), true, ['sign']);
const open = name => subtle.importKey('jwk', publicJwk(name), algorithms(name), true, ['verify']);

let serial = 0x1000;

export async function makeCertificates() {
  for (const [name, [subject, key, issuer, options]] of Object.entries(table)) {
    serial++;
    const path = `keys/certificates/${name}.pem`;
    if (existsSync(join(root, path))) continue;
    const [issuerSubject, issuerKey] = table[issuer];
    const extensions = [
      new x509.BasicConstraintsExtension(Boolean(options.authority), options.authority ? 1 : undefined, true),
      new x509.KeyUsagesExtension(options.authority ? usage.keyCertSign | usage.cRLSign : options.usage, true),
      await x509.SubjectKeyIdentifierExtension.create(await open(key)),
      await x509.AuthorityKeyIdentifierExtension.create(await open(issuerKey)),
    ];
    if (options.crl) extensions.push(new x509.CRLDistributionPointsExtension([options.crl]));
    if (options.ocsp) extensions.push(new x509.AuthorityInfoAccessExtension({ocsp: [options.ocsp]}));
    if (options.names) extensions.push(new x509.SubjectAlternativeNameExtension(options.names));
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial.toString(16), subject, issuer: issuerSubject,
      notBefore: new Date(options.from), notAfter: new Date(options.until),
      signingAlgorithm: algorithms(issuerKey), publicKey: await open(key), signingKey: await secret(issuerKey), extensions,
    });
    write(path, certificate.toString('pem') + '\n');
  }
}

// crlOf is what an authority needs to sign a list of revoked certificates.
export async function crlOf(name) {
  const [subject, key] = table[name];
  return {subject, signingKey: await secret(key), signingAlgorithm: algorithms(key), identifier: await x509.AuthorityKeyIdentifierExtension.create(await open(key))};
}

export const sealKey = name => table[name][1];
export const certificate = name => new crypto.X509Certificate(read(`keys/certificates/${name}.pem`));
export const der = name => certificate(name).raw;
export const base64 = name => der(name).toString('base64');
export const thumbprint = name => crypto.createHash('sha256').update(der(name)).digest('base64url');
export const spki = name => crypto.createHash('sha256')
  .update(certificate(name).publicKey.export({type: 'spki', format: 'der'})).digest('hex');
