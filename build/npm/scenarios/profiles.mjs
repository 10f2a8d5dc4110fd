// Open Badges with the terms of edubadges (SURF), whose context is none that
// verifiers have at hand: its members count where the text itself is signed.
import {OB, V2, achievement, badge, profile} from '../content.mjs';
import {sign1} from '../cose.mjs';
import {didKey} from '../keys.mjs';
import {dataIntegrity, jwt2} from '../sign.mjs';
import {ends, file, scenario} from '../registry.mjs';

const p256 = 'university-p256', ed = 'university-ed25519';
const CONTEXT = 'https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main/contexts/educredential.json';
const edubadge = (key, more = {}) => ({
  ...badge(profile(didKey(key), undefined, {
    otherIdentifier: [{type: 'IdentifierEntry', identifier: '42NB', identifierType: 'ext:BRIN'}], address: {type: ['Address'], addressCountry: 'Exampleland', addressCountryCode: 'XX'},
  })),
  '@context': [V2, OB, CONTEXT],
  credentialSubject: {
    id: 'did:example:mara', type: ['AchievementSubject'],
    achievement: achievement({
      type: ['Achievement', 'EducredentialAchievement'], ECTS: 3.5, participationType: 'onsite or blended', assessmentType: 'testing', supervisionType: 'onsite with identity verification',
      identityChecked: true, timeInvestment: 98, educationProgramIdentifier: 20121346,
      alignment: [
        {type: ['Alignment'], targetType: 'ext:QualityAssurance', targetName: 'Accreditation of programmes', targetCode: 'AV-4223', targetUrl: 'https://register.example/decisions/AV-4223'},
        {type: ['Alignment'], targetType: 'ext:EQF', targetName: 'EQF level 6', targetCode: '6', targetUrl: 'https://register.example/eqf'},
      ],
      resultDescription: [{id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2b01', type: ['ResultDescription'], name: 'Final grade', resultType: 'ext:ECTSGradeScore', valueMin: '1', valueMax: '10', requiredValue: '6'}],
    }),
    result: [{type: ['Result'], resultDescription: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2b01', value: '8.5'}],
  },
  credentialSchema: [{id: 'https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main/schemas/microcredential_ects.json', type: '1EdTechJsonSchemaValidator2019'}], ...more,
});
const codes = ['credential.open_badge_3', 'trust.listed', 'schema.not_checked'];
const schema = {credential: undefined, schema: 'skipped'};
scenario('edubadge-jwt', 'a badge with the terms of edubadges as vc+jwt', file('edubadge-jwt.jwt', () => jwt2(edubadge(p256), p256)), ends.verified(codes, schema));
scenario('edubadge-jcs', 'the same with eddsa-jcs-2022', file('edubadge-jcs.json', () => dataIntegrity(edubadge(ed), ed, {suite: 'eddsa-jcs-2022'})), ends.verified(codes, schema));
scenario('edubadge-cose', 'the same as vc+cose', file('edubadge-cose.cose', () => sign1(edubadge(p256), p256)), ends.verified(codes, schema));
