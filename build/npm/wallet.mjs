// Credentials for wallets (SD-JWT VC), made with the libraries of the SD-JWT
// project wherever they can; what these will not write is put together here.
import * as crypto from 'node:crypto';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {didKey, multikey, publicJwk} from './keys.mjs';
import {UNIVERSITY} from './content.mjs';
import {algorithm, b64, byHand, seconds, signRaw} from './sign.mjs';

const drop = value => JSON.parse(JSON.stringify(value));
const names = {'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512'};

export const digest = (text, alg = 'sha-256') => crypto.createHash(names[alg]).update(text).digest('base64url');

// A micro-credential as the WE BUILD catalogue has it.
export const claims = (more = {}) => drop({
  vct: 'VerifiableMicroCredential', iss: didKey('university-p256'),
  iat: seconds('2026-01-10T09:00:00Z'), nbf: seconds('2026-01-10T09:00:00Z'), exp: seconds('2031-01-10T09:00:00Z'),
  title: 'Reading Soil Data', givenName: 'Mara', familyName: 'Lindqvist', awardingBody: UNIVERSITY, issuerCountry: 'XX',
  learningOutcomes: ['Reads field measurements of soils', 'Writes a field report'],
  notionalWorkload: {value: 3, unit: 'ECTS'}, level: 'EQF-6', typeOfAssessment: 'Written examination', formOfParticipation: 'online', grade: '85',
  cnf: {jwk: publicJwk('login-p256')}, ...more,
});

// What its holder may show or keep back.
export const frame = {_sd: ['givenName', 'familyName', 'grade', 'typeOfAssessment', 'level'], learningOutcomes: {_sd: [0, 1]}, notionalWorkload: {_sd: ['unit']}};
export const everything = {givenName: true, familyName: true, grade: true, typeOfAssessment: true, level: true, learningOutcomes: {0: true, 1: true}, notionalWorkload: {unit: true}};

const signer = key => input => b64(signRaw(algorithm(key), key, input));

// Salts that are the same each time.
function salts(seed) {
  let n = 0;
  return () => digest(`${seed} ${++n}`).slice(0, 22);
}

function instance(key, {hashAlg = 'sha-256', holder = 'login-p256', seed = 'salt'} = {}) {
  return new SDJwtVcInstance({
    signer: signer(key), signAlg: algorithm(key), kbSigner: signer(holder), kbSignAlg: algorithm(holder),
    hasher: (data, alg) => new Uint8Array(crypto.createHash(alg.replace('-', '')).update(typeof data === 'string' ? data : Buffer.from(data)).digest()), hashAlg, saltGenerator: salts(seed),
  });
}

// issue makes a credential with all its disclosures.
export const issue = (payload, {key = 'university-p256', header = {kid: `#${multikey(key)}`}, select = frame, ...how} = {}) =>
  instance(key, how).issue(payload, select, {header});

export const kbClaims = (more = {}) => drop({iat: seconds('2026-06-15T11:59:00Z'), aud: 'https://employer.example', nonce: 'n-0S6_WzA2Mj', ...more});

// present shows some of it, with a KB-JWT where `kb` gives its claims.
export const present = async (payload, shown, {kb, ...how} = {}) =>
  instance(how.key ?? 'university-p256', how).present(await issue(payload, how), shown, kb && {kb: {payload: kb}});

// parts takes the compact form apart.
export function parts(compact) {
  const all = compact.split('~');
  return {token: all[0], disclosures: all.slice(1, -1), binding: all[all.length - 1]};
}
export const join = ({token, disclosures = [], binding = ''}) => [token, ...disclosures, binding].join('~');

// binding is a KB-JWT by hand for a selection; members of claims or header
// that are null go.
export function binding(selection, {key = 'login-p256', header = {}, claims: more = {}, over} = {}) {
  const clean = value => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null));
  const head = clean({typ: 'kb+jwt', alg: algorithm(key), ...header});
  const payload = clean({...kbClaims(), sd_hash: digest(over ?? join({...parts(selection), binding: ''})), ...more});
  return join({...parts(selection), binding: byHand(head, payload, key, algorithm(key))});
}

// raw is an SD-JWT of exactly these: $1, $2 ... in the payload stand for the
// digests of the disclosures.
export function raw(payload, disclosures = [], {key = 'university-p256', header = {}, shown = disclosures} = {}) {
  const text = value => b64(typeof value === 'string' ? value : JSON.stringify(value));
  let body = JSON.stringify(payload);
  disclosures.forEach((value, i) => { body = body.replaceAll(`$${i + 1}`, digest(text(value))); });
  const head = drop({alg: algorithm(key), typ: 'dc+sd-jwt', kid: `#${multikey(key)}`, ...header});
  return join({token: byHand(head, body, key, algorithm(key)), disclosures: shown.map(text)});
}

// flattened is the JSON serialisation of a compact one (RFC 9901 8).
export function flattened(compact, change = value => value) {
  const {token, disclosures, binding} = parts(compact);
  const [head, payload, signature] = token.split('.');
  return change({payload, protected: head, signature, header: {disclosures, ...(binding ? {kb_jwt: binding} : {})}});
}
