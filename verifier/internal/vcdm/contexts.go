package vcdm

// wellKnownContexts are the addresses of @contexts that are public standards
// or drafts of them. That one stands here does not say that its terms are at
// hand: it only spares the reader a remark on an address that everybody uses.
var wellKnownContexts = [...]string{
	// W3C data models and their examples
	"https://www.w3.org/ns/credentials/v2",
	"https://www.w3.org/2018/credentials/v1",
	"https://www.w3.org/ns/credentials/examples/v2",
	"https://www.w3.org/2018/credentials/examples/v1",
	"https://www.w3.org/ns/credentials/undefined-terms/v2",
	"https://www.w3.org/ns/did/v1",
	"https://www.w3.org/ns/cid/v1",
	"https://www.w3.org/ns/odrl.jsonld",
	// proofs and keys
	"https://w3id.org/security/v1",
	"https://w3id.org/security/v2",
	"https://w3id.org/security/data-integrity/v1",
	"https://w3id.org/security/data-integrity/v2",
	"https://w3id.org/security/multikey/v1",
	"https://w3id.org/security/jwk/v1",
	"https://w3id.org/security/bbs/v1",
	"https://w3id.org/security/suites/ed25519-2018/v1",
	"https://w3id.org/security/suites/ed25519-2020/v1",
	"https://w3id.org/security/suites/x25519-2019/v1",
	"https://w3id.org/security/suites/x25519-2020/v1",
	"https://w3id.org/security/suites/secp256k1-2019/v1",
	"https://w3id.org/security/suites/secp256k1recovery-2020/v2",
	"https://w3id.org/security/suites/jws-2020/v1",
	"https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json",
	// status
	"https://www.w3.org/ns/credentials/status/v1",
	"https://w3id.org/vc/status-list/2021/v1",
	"https://w3id.org/vc-revocation-list-2020/v1",
	// Open Badges, Comprehensive Learner Record
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
	"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
	"https://purl.imsglobal.org/spec/clr/v2p0/context.json",
	"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
	"https://w3id.org/openbadges/v1",
	"https://w3id.org/openbadges/v2",
	"https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json",
	// European Digital Credentials
	"http://data.europa.eu/snb/model/context/edc-ap",
	// others that many issuers share
	"https://w3id.org/dcc/v1",
	"https://w3id.org/blockcerts/v2",
	"https://w3id.org/blockcerts/v3.0-beta",
	"https://w3id.org/blockcerts/v3",
	"https://w3id.org/blockcerts/v3.1",
	"https://w3id.org/blockcerts/v3.2",
	"https://w3id.org/citizenship/v1",
	"https://w3id.org/citizenship/v2",
	"https://w3id.org/citizenship/v4rc1",
	"https://w3id.org/vdl/v1",
	"https://w3id.org/vdl/aamva/v1",
	"https://identity.foundation/presentation-exchange/submission/v1",
}
