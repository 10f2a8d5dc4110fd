// Holds the scenarios of standing against what npm's readers of lists say:
//
//   node build/npm/check-standing.mjs
//
// Where a scenario says that a list was read, Digital Bazaar's bit string or
// the SD-JWT project's token list must read the same: a mark where it is
// withdrawn or suspended, none where it stands. They read bits only: who
// signed, and for how long, is check.mjs's and the verifier's to say.
import {readFileSync} from 'node:fs';
import {inflateSync, gunzipSync} from 'node:zlib';
import {join} from 'node:path';
import * as cborg from 'cborg';
import {Bitstring} from '@digitalbazaar/bitstring';
import {BitstringStatusList} from '@digitalbazaar/vc-bitstring-status-list';
import {StatusList, getListFromStatusListJWT} from '@sd-jwt/jwt-status-list';
import {root} from './registry.mjs';

const {scenarios} = JSON.parse(readFileSync(join(root, 'manifest.json')));
const at = path => readFileSync(join(root, path));

// opened gives the claims of a JWT, the payload of a seal, or JSON.
function opened(bytes) {
  const text = String(bytes).trim();
  if (!text.startsWith('{')) return JSON.parse(Buffer.from(text.split('.')[1], 'base64url'));
  const value = JSON.parse(text);
  if (value.type === 'EnvelopedVerifiableCredential') return opened(value.id.split(',')[1]);
  return value.signatures ? JSON.parse(value.payload) : value;
}
const entriesOf = value => [value.credentialStatus, value.status, value.vc?.credentialStatus].flat().filter(Boolean);
const credentialsOf = value => (value.verifiableCredential ?? [value]).map(one => opened(JSON.stringify(one)));

async function bitsOf(text) {
  if (text[0] === 'u') try { return (await BitstringStatusList.decode({encodedList: text})).bitstring.bits; } catch { /* packed in another way */ }
  const packed = Buffer.from(text.replace(/^u/, ''), 'base64');
  return packed[0] === 0x78 ? inflateSync(packed) : gunzipSync(packed);
}

// read gives the value of an entry in the list that its address has.
async function read(entry, bytes, right) {
  if (entry.status_list) {
    const {idx} = entry.status_list;
    if (bytes[0] !== 0xd2) return getListFromStatusListJWT(String(bytes)).getStatus(idx);
    const [, , payload] = cborg.decode(bytes.subarray(1));
    const claims = cborg.decode(payload, {useMaps: true});
    const list = claims.get(65533);
    return StatusList.decompressStatusList(Buffer.from(list.get('lst')).toString('base64url'), list.get('bits')).getStatus(idx);
  }
  const list = opened(bytes);
  if (entry.type === '1EdTechRevocationList') return undefined;
  const bits = await bitsOf((list.vc ?? list).credentialSubject.encodedList);
  const size = entry.statusSize ?? 1, index = Number(entry.statusListIndex ?? entry.revocationListIndex ?? entry.suspensionListIndex);
  const string = new Bitstring({buffer: Uint8Array.from(bits), leftToRightIndexing: !right});
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 2 + Number(string.get(index * size + i));
  return value;
}

let checked = 0, wrong = 0;
for (const {id, file, network, lists, trust, expect} of scenarios) {
  if (!/^(standing|vp-list|lists)-/.test(id) || !['verified', 'revoked', 'suspended'].includes(expect.headline)) continue;
  const recorded = network ? JSON.parse(at(`network/${network}/index.json`)) : {};
  const file_ = opened(at(file));
  const [credential, ...beside] = credentialsOf(file_);
  const values = [];
  for (const entry of entriesOf(credential)) {
    const address = (entry.status_list?.uri ?? entry.statusListCredential ?? entry.revocationListCredential ?? entry.suspensionListCredential ?? entry.id).split('#')[0];
    const answer = recorded[address];
    const supplied = beside.findLast(one => one.id === address) ?? lists.map(path => opened(at(path))).find(one => one.id === address);
    if (answer?.file) values.push(await read(entry, at(`network/${network}/${answer.file}`), trust.includes('trust/right.json')));
    else if (supplied) values.push(await read(entry, Buffer.from(JSON.stringify(supplied)), false));
  }
  const known = values.filter(value => value !== undefined);
  if (known.length === 0) {
    if (entriesOf(credential).length > 0 && !id.includes('1edtech')) console.log('not read', id);
    continue;
  }
  checked++;
  const marked = known.some(value => value > 0);
  if (expect.codes.includes('status.message_set')) continue; // 0 may have words as well
  if (marked !== (expect.headline !== 'verified' || expect.codes.includes('status.refresh_set'))) {
    wrong++;
    console.log('differs', id, values);
  }
}
console.log(`${checked} scenarios hold against other readers, ${wrong} do not`);
process.exit(wrong ? 1 : 0);
