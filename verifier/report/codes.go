package report

import (
	"strings"
	"sync"
)

// Code names one thing that a check can find: "check.problem". The table
// below is append-only: a code keeps its check, outcome and headline for ever,
// and nobody picks severity at the call site.
type Code string

// Row is one line of the code table.
type Row struct {
	Code    Code
	Outcome Outcome
	Says    Headline // the headline it asks for, or HeadlineNone
	Source  string   // specification and section, or our own rule
}

// Check is the check that the code belongs to; "internal" codes can stand in
// any check and give "", "context" codes stand in the check of the proof.
func (c Code) Check() CheckName {
	name, _, _ := strings.Cut(string(c), ".")
	switch name {
	case "internal":
		return ""
	case "context":
		// What a context does to the words is found while a proof is read
		// that signs their meaning.
		return CheckProof
	}
	return CheckName(name)
}

// Outcome is the code's outcome; an unknown code is Unknown.
func (c Code) Outcome() Outcome {
	return c.row().Outcome
}

// Says is the headline that the code asks for, or HeadlineNone.
func (c Code) Says() Headline {
	return c.row().Says
}

// row is the code's line, or an empty one. Nobody changes it.
func (c Code) row() *Row {
	if row := rows()[c]; row != nil {
		return row
	}
	return &unknownRow
}

var unknownRow Row

// rows finds a code's line. A report asks for it some fifty times.
var rows = sync.OnceValue(func() map[Code]*Row {
	index := make(map[Code]*Row, len(table))
	for i := range table {
		index[table[i].Code] = &table[i]
	}
	return index
})

// Table gives a copy of the code table.
func Table() []Row { return append([]Row(nil), table[:]...) }

const (
	EnvelopeJson                        Code = "envelope.json"
	EnvelopeJwsCompact                  Code = "envelope.jws_compact"
	EnvelopeJwsJson                     Code = "envelope.jws_json"
	EnvelopeDataAddress                 Code = "envelope.data_address"
	EnvelopeJwtMember                   Code = "envelope.jwt_member"
	EnvelopeWhitespace                  Code = "envelope.whitespace"
	EnvelopeEmpty                       Code = "envelope.empty"
	EnvelopeTooLarge                    Code = "envelope.too_large"
	EnvelopeUnknown                     Code = "envelope.unknown"
	EnvelopePdf                         Code = "envelope.pdf"
	EnvelopePng                         Code = "envelope.png"
	EnvelopeImage                       Code = "envelope.image"
	EnvelopeSvg                         Code = "envelope.svg"
	EnvelopeZip                         Code = "envelope.zip"
	EnvelopeOffice                      Code = "envelope.office"
	EnvelopeGzip                        Code = "envelope.gzip"
	EnvelopeXml                         Code = "envelope.xml"
	EnvelopeEuropassXml                 Code = "envelope.europass_xml"
	EnvelopeHtml                        Code = "envelope.html"
	EnvelopeLoginPage                   Code = "envelope.login_page"
	EnvelopeSdJwt                       Code = "envelope.sd_jwt"
	EnvelopeJwe                         Code = "envelope.jwe"
	EnvelopeCbor                        Code = "envelope.cbor"
	EnvelopeUtf16                       Code = "envelope.utf16"
	EnvelopeLink                        Code = "envelope.link"
	EnvelopeEmail                       Code = "envelope.email"
	EnvelopeKey                         Code = "envelope.key"
	EnvelopeVpCode                      Code = "envelope.vp_code"
	EnvelopeText                        Code = "envelope.text"
	EnvelopeJsonSyntax                  Code = "envelope.json_syntax"
	EnvelopeJsonTruncated               Code = "envelope.json_truncated"
	EnvelopeJsonDuplicateKey            Code = "envelope.json_duplicate_key"
	EnvelopeJsonUtf8                    Code = "envelope.json_utf8"
	EnvelopeJsonSurrogate               Code = "envelope.json_surrogate"
	EnvelopeJsonTrailing                Code = "envelope.json_trailing"
	EnvelopeJsonDepth                   Code = "envelope.json_depth"
	EnvelopeJsonTokens                  Code = "envelope.json_tokens"
	EnvelopeJsonNumber                  Code = "envelope.json_number"
	EnvelopeJwsMalformed                Code = "envelope.jws_malformed"
	EnvelopeJwsBase64                   Code = "envelope.jws_base64"
	EnvelopeJwsHeader                   Code = "envelope.jws_header"
	EnvelopeJwsPayload                  Code = "envelope.jws_payload"
	EnvelopeNoSignatures                Code = "envelope.no_signatures"
	EnvelopeTooManySignatures           Code = "envelope.too_many_signatures"
	EnvelopeTooDeep                     Code = "envelope.too_deep"
	EnvelopeTooManyCredentials          Code = "envelope.too_many_credentials"
	EnvelopeDataAddressMalformed        Code = "envelope.data_address_malformed"
	CredentialVcdm11                    Code = "credential.vcdm_1_1"
	CredentialVcdm20                    Code = "credential.vcdm_2_0"
	CredentialOpenBadge3                Code = "credential.open_badge_3"
	CredentialEuropeanDigitalCredential Code = "credential.european_digital_credential"
	CredentialPresentation              Code = "credential.presentation"
	CredentialNotACredential            Code = "credential.not_a_credential"
	CredentialDraft                     Code = "credential.draft"
	CredentialOpenBadge2                Code = "credential.open_badge_2"
	CredentialContextMissing            Code = "credential.context_missing"
	CredentialContextOrder              Code = "credential.context_order"
	CredentialContextMalformed          Code = "credential.context_malformed"
	CredentialContextTooMany            Code = "credential.context_too_many"
	CredentialContextInline             Code = "credential.context_inline"
	CredentialContextUnknown            Code = "credential.context_unknown"
	CredentialTypeMissing               Code = "credential.type_missing"
	CredentialTypeMalformed             Code = "credential.type_malformed"
	CredentialIdMalformed               Code = "credential.id_malformed"
	CredentialIssuerMissing             Code = "credential.issuer_missing"
	CredentialIssuerMalformed           Code = "credential.issuer_malformed"
	CredentialSubjectMissing            Code = "credential.subject_missing"
	CredentialSubjectMalformed          Code = "credential.subject_malformed"
	CredentialDateMalformed             Code = "credential.date_malformed"
	CredentialDateMissing               Code = "credential.date_missing"
	CredentialDatesReversed             Code = "credential.dates_reversed"
	CredentialStatusMalformed           Code = "credential.status_malformed"
	CredentialSchemaMalformed           Code = "credential.schema_malformed"
	CredentialMemberMalformed           Code = "credential.member_malformed"
	CredentialNameMalformed             Code = "credential.name_malformed"
	CredentialEvidenceMalformed         Code = "credential.evidence_malformed"
	CredentialHolderMalformed           Code = "credential.holder_malformed"
	CredentialClaimDiffers              Code = "credential.claim_differs"
	CredentialClaimMalformed            Code = "credential.claim_malformed"
	CredentialVcClaimForbidden          Code = "credential.vc_claim_forbidden"
	CredentialAchievementMissing        Code = "credential.achievement_missing"
	CredentialBadgeMalformed            Code = "credential.badge_malformed"
	CredentialEdcMemberMissing          Code = "credential.edc_member_missing"
	CredentialNestedMalformed           Code = "credential.nested_malformed"
	ProofFound                          Code = "proof.found"
	ProofJws                            Code = "proof.jws"
	ProofDataIntegrity                  Code = "proof.data_integrity"
	ProofJades                          Code = "proof.jades"
	ProofNone                           Code = "proof.none"
	ProofMalformed                      Code = "proof.malformed"
	ProofTooMany                        Code = "proof.too_many"
	ProofSuiteUnsupported               Code = "proof.suite_unsupported"
	ProofSuiteForbidden                 Code = "proof.suite_forbidden"
	ProofAlgorithmNone                  Code = "proof.algorithm_none"
	ProofAlgorithmSymmetric             Code = "proof.algorithm_symmetric"
	ProofAlgorithmMissing               Code = "proof.algorithm_missing"
	ProofAlgorithmUnknown               Code = "proof.algorithm_unknown"
	ProofPurposeMissing                 Code = "proof.purpose_missing"
	ProofPurposeWrong                   Code = "proof.purpose_wrong"
	ProofMethodMissing                  Code = "proof.method_missing"
	ProofValueMissing                   Code = "proof.value_missing"
	ProofValueMalformed                 Code = "proof.value_malformed"
	ProofContextMismatch                Code = "proof.context_mismatch"
	ProofCreatedMalformed               Code = "proof.created_malformed"
	ProofExpiresMalformed               Code = "proof.expires_malformed"
	ProofChainUnsupported               Code = "proof.chain_unsupported"
	ProofDomainUnexpected               Code = "proof.domain_unexpected"
	ProofSetMemberFailed                Code = "proof.set_member_failed"
	ProofSetMemberUnknown               Code = "proof.set_member_unknown"
	ProofSetMemberUnchecked             Code = "proof.set_member_unchecked"
	ProofCritMalformed                  Code = "proof.crit_malformed"
	ProofCritEmpty                      Code = "proof.crit_empty"
	ProofCritDuplicate                  Code = "proof.crit_duplicate"
	ProofCritStandard                   Code = "proof.crit_standard"
	ProofCritUnknown                    Code = "proof.crit_unknown"
	ProofCritAbsent                     Code = "proof.crit_absent"
	ProofCritUnprotected                Code = "proof.crit_unprotected"
	ProofCritIncomplete                 Code = "proof.crit_incomplete"
	ProofB64Malformed                   Code = "proof.b64_malformed"
	ProofB64NotCritical                 Code = "proof.b64_not_critical"
	ProofB64Unexpected                  Code = "proof.b64_unexpected"
	ProofTypeWrong                      Code = "proof.type_wrong"
	ProofContentTypeWrong               Code = "proof.content_type_wrong"
	ProofHeaderMalformed                Code = "proof.header_malformed"
	ProofHeaderOverlap                  Code = "proof.header_overlap"
	ProofKeyReferenceMissing            Code = "proof.key_reference_missing"
	ProofKeyAddressIgnored              Code = "proof.key_address_ignored"
	ProofHeaderKeyPrivate               Code = "proof.header_key_private"
	ProofSignatureEmpty                 Code = "proof.signature_empty"
	ProofSealHeaderIncomplete           Code = "proof.seal_header_incomplete"
	ProofSealCertificateReference       Code = "proof.seal_certificate_reference"
	ProofSealCertificateMissing         Code = "proof.seal_certificate_missing"
	ProofSealTimeMissing                Code = "proof.seal_time_missing"
	ProofSealTimeTwice                  Code = "proof.seal_time_twice"
	ProofSealTimeMalformed              Code = "proof.seal_time_malformed"
	ProofSealTimeClaimed                Code = "proof.seal_time_claimed"
	ProofSealDetached                   Code = "proof.seal_detached"
	ProofSealPolicyUnsupported          Code = "proof.seal_policy_unsupported"
	ProofSealUnsignedMalformed          Code = "proof.seal_unsigned_malformed"
	ProofCertificateMalformed           Code = "proof.certificate_malformed"
	ProofCertificatesTooMany            Code = "proof.certificates_too_many"
	KeyDidKey                           Code = "key.did_key"
	KeyDidJwk                           Code = "key.did_jwk"
	KeyDidDocument                      Code = "key.did_document"
	KeyProfile                          Code = "key.profile"
	KeyKeySet                           Code = "key.key_set"
	KeyCertificate                      Code = "key.certificate"
	KeyInHeader                         Code = "key.in_header"
	KeyGiven                            Code = "key.given"
	KeyReferenceLoose                   Code = "key.reference_loose"
	KeyUnreachable                      Code = "key.unreachable"
	KeyOffline                          Code = "key.offline"
	KeyNotAllowed                       Code = "key.not_allowed"
	KeyAddressRefused                   Code = "key.address_refused"
	KeyNotPublished                     Code = "key.not_published"
	KeyDocumentInvalid                  Code = "key.document_invalid"
	KeyDocumentTooLarge                 Code = "key.document_too_large"
	KeyDocumentMismatch                 Code = "key.document_mismatch"
	KeyMethodUnsupported                Code = "key.method_unsupported"
	KeyDeactivated                      Code = "key.deactivated"
	KeyAmbiguous                        Code = "key.ambiguous"
	KeyNoReference                      Code = "key.no_reference"
	KeyNotForAssertion                  Code = "key.not_for_assertion"
	KeyRevoked                          Code = "key.revoked"
	KeyExpired                          Code = "key.expired"
	KeyControllerMismatch               Code = "key.controller_mismatch"
	KeyFragmentIsKey                    Code = "key.fragment_is_key"
	KeyIdentifierMalformed              Code = "key.identifier_malformed"
	KeyMalformed                        Code = "key.malformed"
	KeyPrivate                          Code = "key.private"
	KeyWeak                             Code = "key.weak"
	KeyTypeUnsupported                  Code = "key.type_unsupported"
	KeyAlgorithmMismatch                Code = "key.algorithm_mismatch"
	KeyCertificateMalformed             Code = "key.certificate_malformed"
	KeyCertificateUsage                 Code = "key.certificate_usage"
	KeyCertificateNotValidThen          Code = "key.certificate_not_valid_then"
	SignatureVerified                   Code = "signature.verified"
	SignatureAltered                    Code = "signature.altered"
	SignatureMismatch                   Code = "signature.mismatch"
	SignatureMalformed                  Code = "signature.malformed"
	SignatureNotCanonical               Code = "signature.not_canonical"
	IssuerIsKey                         Code = "issuer.is_key"
	IssuerListsKey                      Code = "issuer.lists_key"
	IssuerCertificateMatches            Code = "issuer.certificate_matches"
	IssuerByYourKey                     Code = "issuer.by_your_key"
	IssuerHostOnly                      Code = "issuer.host_only"
	IssuerCertificateNameOnly           Code = "issuer.certificate_name_only"
	IssuerUnreachable                   Code = "issuer.unreachable"
	IssuerKeyUnbound                    Code = "issuer.key_unbound"
	IssuerForeignKey                    Code = "issuer.foreign_key"
	IssuerForeignHost                   Code = "issuer.foreign_host"
	IssuerForeignCertificate            Code = "issuer.foreign_certificate"
	IssuerClaimDiffers                  Code = "issuer.claim_differs"
	IssuerNotAnIdentifier               Code = "issuer.not_an_identifier"
	ValidityInForce                     Code = "validity.in_force"
	ValidityNoEnd                       Code = "validity.no_end"
	ValidityNoDates                     Code = "validity.no_dates"
	ValidityExpired                     Code = "validity.expired"
	ValidityExpiredJustNow              Code = "validity.expired_just_now"
	ValidityNotYetValid                 Code = "validity.not_yet_valid"
	ValidityWithinTolerance             Code = "validity.within_tolerance"
	ValidityWholeDay                    Code = "validity.whole_day"
	ValidityProofExpired                Code = "validity.proof_expired"
	ValidityProofInFuture               Code = "validity.proof_in_future"
	ValidityDateUnreadable              Code = "validity.date_unreadable"
	ValidityCertificateExpired          Code = "validity.certificate_expired"
	ValiditySeveralEnds                 Code = "validity.several_ends"
	StatusNonePublished                 Code = "status.none_published"
	StatusUnsupported                   Code = "status.unsupported"
	StatusCertificateUnchecked          Code = "status.certificate_unchecked"
	StatusMalformed                     Code = "status.malformed"
	StatusTooMany                       Code = "status.too_many"
	TrustListed                         Code = "trust.listed"
	TrustMayIssue                       Code = "trust.may_issue"
	TrustNotConfigured                  Code = "trust.not_configured"
	TrustNotListed                      Code = "trust.not_listed"
	TrustTestList                       Code = "trust.test_list"
	TrustNotInForce                     Code = "trust.not_in_force"
	TrustAwarderUnproven                Code = "trust.awarder_unproven"
	TrustNameDiffers                    Code = "trust.name_differs"
	TrustListStale                      Code = "trust.list_stale"
	TrustListUnreachable                Code = "trust.list_unreachable"
	TrustListInvalid                    Code = "trust.list_invalid"
	TrustWithdrawn                      Code = "trust.withdrawn"
	TrustOutOfScope                     Code = "trust.out_of_scope"
	TrustPathBroken                     Code = "trust.path_broken"
	TrustSample                         Code = "trust.sample"
	HolderNotBound                      Code = "holder.not_bound"
	HolderNotChecked                    Code = "holder.not_checked"
	HolderPresented                     Code = "holder.presented"
	SchemaNone                          Code = "schema.none"
	SchemaNotChecked                    Code = "schema.not_checked"
	InternalSkipped                     Code = "internal.skipped"
	InternalUnexpected                  Code = "internal.unexpected"
	EnvelopeJsonNul                     Code = "envelope.json_nul"
	IssuerNoHolderNamed                 Code = "issuer.no_holder_named"
	InternalTooMuchWork                 Code = "internal.too_much_work"
	ProofContextUnsigned                Code = "proof.context_unsigned"
	ContextUnknown                      Code = "context.unknown"
	ContextInvalid                      Code = "context.invalid"
	ContextTooMany                      Code = "context.too_many"
	ContextNested                       Code = "context.nested"
	ContextImport                       Code = "context.import"
	ContextTermRedefined                Code = "context.term_redefined"
	ContextTermProtected                Code = "context.term_protected"
	ContextTermUndefined                Code = "context.term_undefined"
	ContextTypeUndefined                Code = "context.type_undefined"
	ContextIriRelative                  Code = "context.iri_relative"
	ContextIriMalformed                 Code = "context.iri_malformed"
	ContextIdNull                       Code = "context.id_null"
	ContextPredicateBlank               Code = "context.predicate_blank"
	ContextLanguageMalformed            Code = "context.language_malformed"
	ContextDirectionLost                Code = "context.direction_lost"
	ContextKeywordUnknown               Code = "context.keyword_unknown"
	ContextNestUnexpected               Code = "context.nest_unexpected"
	ContextIncludedUnexpected           Code = "context.included_unexpected"
	ContextValueLost                    Code = "context.value_lost"
	ContextDocumentInvalid              Code = "context.document_invalid"
	ContextGraphEmpty                   Code = "context.graph_empty"
	ContextGraphTooLarge                Code = "context.graph_too_large"
	ContextGraphTooComplex              Code = "context.graph_too_complex"
	ProofBaseProof                      Code = "proof.base_proof"
	ProofDisclosureMalformed            Code = "proof.disclosure_malformed"
	ProofFeatureUnsupported             Code = "proof.feature_unsupported"
	ProofSelectiveDisclosure            Code = "proof.selective_disclosure"
	ProofLegacySuite                    Code = "proof.legacy_suite"
	SignatureContextVersion             Code = "signature.context_version"
	ProofChainMalformed                 Code = "proof.chain_malformed"
	ProofChain                          Code = "proof.chain"
	ProofOptionsMismatch                Code = "proof.options_mismatch"
	SignatureDirectionUnsigned          Code = "signature.direction_unsigned"
	ValidityEndNotShown                 Code = "validity.end_not_shown"
	StatusNotShown                      Code = "status.not_shown"
	ContextFormUnusual                  Code = "context.form_unusual"
	StatusGood                          Code = "status.good"
	StatusGoodSince                     Code = "status.good_since"
	StatusListHistoric                  Code = "status.list_historic"
	StatusListDelegated                 Code = "status.list_delegated"
	StatusCertificateGood               Code = "status.certificate_good"
	StatusListMultibaseMissing          Code = "status.list_multibase_missing"
	StatusListPadded                    Code = "status.list_padded"
	StatusListBase64Standard            Code = "status.list_base64_standard"
	StatusListCompressionOther          Code = "status.list_compression_other"
	StatusListSmall                     Code = "status.list_small"
	StatusListIdMissing                 Code = "status.list_id_missing"
	StatusListRollback                  Code = "status.list_rollback"
	StatusListHostOnly                  Code = "status.list_host_only"
	StatusMessageSet                    Code = "status.message_set"
	StatusRefreshSet                    Code = "status.refresh_set"
	StatusRefreshOffered                Code = "status.refresh_offered"
	StatusRevoked                       Code = "status.revoked"
	StatusSuspended                     Code = "status.suspended"
	StatusCertificateRevoked            Code = "status.certificate_revoked"
	StatusCertificateOnHold             Code = "status.certificate_on_hold"
	StatusListOffline                   Code = "status.list_offline"
	StatusListNotAllowed                Code = "status.list_not_allowed"
	StatusWouldIdentify                 Code = "status.would_identify"
	StatusListAddress                   Code = "status.list_address"
	StatusListTooMany                   Code = "status.list_too_many"
	StatusListUnreachable               Code = "status.list_unreachable"
	StatusListTimeout                   Code = "status.list_timeout"
	StatusListNameUnknown               Code = "status.list_name_unknown"
	StatusListClosed                    Code = "status.list_closed"
	StatusListNotFound                  Code = "status.list_not_found"
	StatusListGone                      Code = "status.list_gone"
	StatusListForbidden                 Code = "status.list_forbidden"
	StatusListServerError               Code = "status.list_server_error"
	StatusListLogin                     Code = "status.list_login"
	StatusListPage                      Code = "status.list_page"
	StatusListEmpty                     Code = "status.list_empty"
	StatusListTooLarge                  Code = "status.list_too_large"
	StatusListUnreadable                Code = "status.list_unreadable"
	StatusListWrongType                 Code = "status.list_wrong_type"
	StatusListUnsigned                  Code = "status.list_unsigned"
	StatusListAltered                   Code = "status.list_altered"
	StatusListRefused                   Code = "status.list_refused"
	StatusListUnchecked                 Code = "status.list_unchecked"
	StatusListWrongKey                  Code = "status.list_wrong_key"
	StatusListOtherSigner               Code = "status.list_other_signer"
	StatusListOtherHost                 Code = "status.list_other_host"
	StatusListOtherAddress              Code = "status.list_other_address"
	StatusListExpired                   Code = "status.list_expired"
	StatusListNotYetValid               Code = "status.list_not_yet_valid"
	StatusListOld                       Code = "status.list_old"
	StatusListOwnStatus                 Code = "status.list_own_status"
	StatusListMalformed                 Code = "status.list_malformed"
	StatusListTruncated                 Code = "status.list_truncated"
	StatusListExpandsTooFar             Code = "status.list_expands_too_far"
	StatusListTooShort                  Code = "status.list_too_short"
	StatusIndexMalformed                Code = "status.index_malformed"
	StatusIndexNegative                 Code = "status.index_negative"
	StatusIndexOutOfRange               Code = "status.index_out_of_range"
	StatusPurposeMissing                Code = "status.purpose_missing"
	StatusPurposeMismatch               Code = "status.purpose_mismatch"
	StatusPurposeUnknown                Code = "status.purpose_unknown"
	StatusSizeMalformed                 Code = "status.size_malformed"
	StatusSizeMismatch                  Code = "status.size_mismatch"
	StatusMessageMalformed              Code = "status.message_malformed"
	StatusValueUnknown                  Code = "status.value_unknown"
	StatusBitOrder                      Code = "status.bit_order"
	StatusAtUnknown                     Code = "status.at_unknown"
	StatusCertificateOld                Code = "status.certificate_old"
	StatusCertificateUntrusted          Code = "status.certificate_untrusted"
	StatusCertificateMalformed          Code = "status.certificate_malformed"
	EnvelopeCose                        Code = "envelope.cose"
	ProofCose                           Code = "proof.cose"
	StatusMayBeHidden                   Code = "status.may_be_hidden"
	ValidityEndMayBeHidden              Code = "validity.end_may_be_hidden"
	CredentialListsCarried              Code = "credential.lists_carried"
	CredentialStatusListToken           Code = "credential.status_list_token"
	CredentialStatusList                Code = "credential.status_list"
	EnvelopeBakedPng                    Code = "envelope.baked_png"
	EnvelopeBakedSvg                    Code = "envelope.baked_svg"
	EnvelopePictureUnsigned             Code = "envelope.picture_unsigned"
	EnvelopeBakedCompressed             Code = "envelope.baked_compressed"
	EnvelopeBakedUnusual                Code = "envelope.baked_unusual"
	EnvelopeBakedSeveral                Code = "envelope.baked_several"
	EnvelopeBakedLink                   Code = "envelope.baked_link"
	EnvelopeBakedTooLarge               Code = "envelope.baked_too_large"
	EnvelopePictureDamaged              Code = "envelope.picture_damaged"
	EnvelopePictureTruncated            Code = "envelope.picture_truncated"
	EnvelopePictureTrailing             Code = "envelope.picture_trailing"
	EnvelopeSvgMalformed                Code = "envelope.svg_malformed"
	EnvelopeSvgDefinitions              Code = "envelope.svg_definitions"
	EnvelopeSdCompact                   Code = "envelope.sd_compact"
	EnvelopeSdJson                      Code = "envelope.sd_json"
	EnvelopeSdMalformed                 Code = "envelope.sd_malformed"
	EnvelopeSdAlgorithm                 Code = "envelope.sd_algorithm"
	EnvelopeSdDigestMalformed           Code = "envelope.sd_digest_malformed"
	EnvelopeSdDigestRepeated            Code = "envelope.sd_digest_repeated"
	EnvelopeSdDisclosureMalformed       Code = "envelope.sd_disclosure_malformed"
	EnvelopeSdDisclosureForeign         Code = "envelope.sd_disclosure_foreign"
	EnvelopeSdNameReserved              Code = "envelope.sd_name_reserved"
	EnvelopeSdNameTaken                 Code = "envelope.sd_name_taken"
	EnvelopeSdTooMany                   Code = "envelope.sd_too_many"
	CredentialSdJwtVc                   Code = "credential.sd_jwt_vc"
	CredentialSdNoCredential            Code = "credential.sd_no_credential"
	CredentialSdVctMissing              Code = "credential.sd_vct_missing"
	CredentialSdClaimSelective          Code = "credential.sd_claim_selective"
	ProofSdJwt                          Code = "proof.sd_jwt"
	ProofSdShown                        Code = "proof.sd_shown"
	ProofSdAllShown                     Code = "proof.sd_all_shown"
	HolderKeySigned                     Code = "holder.key_signed"
	HolderBindingMalformed              Code = "holder.binding_malformed"
	HolderBindingOther                  Code = "holder.binding_other"
	HolderBindingMismatch               Code = "holder.binding_mismatch"
	HolderBindingNoKey                  Code = "holder.binding_no_key"
	HolderBindingUnsupported            Code = "holder.binding_unsupported"
	HolderBindingTime                   Code = "holder.binding_time"
	IssuerInCertificate                 Code = "issuer.in_certificate"
	EnvelopeCoseMalformed               Code = "envelope.cose_malformed"
	EnvelopeMdoc                        Code = "envelope.mdoc"
	ProofPayloadDetached                Code = "proof.payload_detached"
	CredentialAccreditationClaimed      Code = "credential.accreditation_claimed"
	ProofMerkle                         Code = "proof.merkle"
	ProofMerkleMalformed                Code = "proof.merkle_malformed"
	ProofMerklePath                     Code = "proof.merkle_path"
	ProofMerkleNoAnchor                 Code = "proof.merkle_no_anchor"
	KeyOnChain                          Code = "key.on_chain"
	SignatureAnchorUnchecked            Code = "signature.anchor_unchecked"
	SignatureAnchorTest                 Code = "signature.anchor_test"
	SignatureFingerprintDiffers         Code = "signature.fingerprint_differs"
	IssuerOnChain                       Code = "issuer.on_chain"
	CredentialBlockcertsOld             Code = "credential.blockcerts_old"
	CredentialClr2                      Code = "credential.clr_2"
	CredentialEndorsement               Code = "credential.endorsement"
	CredentialEndorsesCredential        Code = "credential.endorses_credential"
	CredentialEndorsesAchievement       Code = "credential.endorses_achievement"
	CredentialEndorsesIssuer            Code = "credential.endorses_issuer"
	CredentialEndorsesLearner           Code = "credential.endorses_learner"
	CredentialEndorsesBody              Code = "credential.endorses_body"
	CredentialEndorsesOther             Code = "credential.endorses_other"
	CredentialTwice                     Code = "credential.twice"
	CredentialCheckResults              Code = "credential.check_results"
	ProofNonePart                       Code = "proof.none_part"
	HolderIsSubject                     Code = "holder.is_subject"
	HolderOther                         Code = "holder.other"
	EnvelopeLinkBadge                   Code = "envelope.link_badge"
	EnvelopeLinkEuropass                Code = "envelope.link_europass"
	EnvelopeLinkEuropassOwn             Code = "envelope.link_europass_own"
	EnvelopeLinkVerifier                Code = "envelope.link_verifier"
	EnvelopeLinkOpencerts               Code = "envelope.link_opencerts"
	EnvelopeLinkStorage                 Code = "envelope.link_storage"
	EnvelopeLinkProfile                 Code = "envelope.link_profile"
	EnvelopeLinkWallet                  Code = "envelope.link_wallet"
	EnvelopeLinkDid                     Code = "envelope.link_did"
	EnvelopeLinkCarries                 Code = "envelope.link_carries"
	EnvelopeCodeHealth                  Code = "envelope.code_health"
	EnvelopeCodeIdentity                Code = "envelope.code_identity"
	EnvelopeCodePacked                  Code = "envelope.code_packed"
	EnvelopeXmlCredential               Code = "envelope.xml_credential"
	EnvelopeXmlPresentation             Code = "envelope.xml_presentation"
	EnvelopeXmlSeveral                  Code = "envelope.xml_several"
	EnvelopeXmlMalformed                Code = "envelope.xml_malformed"
	EnvelopeXmlDefinitions              Code = "envelope.xml_definitions"
	EnvelopeTrustedListXml              Code = "envelope.trusted_list_xml"
	CredentialEuropassXml               Code = "credential.europass_xml"
	CredentialXmlTooMuch                Code = "credential.xml_too_much"
	ProofXades                          Code = "proof.xades"
	ProofXmlSeveral                     Code = "proof.xml_several"
	ProofXmlPlace                       Code = "proof.xml_place"
	ProofXmlMalformed                   Code = "proof.xml_malformed"
	ProofXmlReference                   Code = "proof.xml_reference"
	ProofXmlIdTwice                     Code = "proof.xml_id_twice"
	ProofXmlTransform                   Code = "proof.xml_transform"
	ProofXmlDigestWeak                  Code = "proof.xml_digest_weak"
	ProofSealCertificateDigestWeak      Code = "proof.seal_certificate_digest_weak"
	CredentialBadge2                    Code = "credential.badge_2"
	CredentialBadge1                    Code = "credential.badge_1"
	CredentialBadge05                   Code = "credential.badge_0_5"
	CredentialBadgeAddress              Code = "credential.badge_address"
	CredentialBadgePart                 Code = "credential.badge_part"
	CredentialBadgeParts                Code = "credential.badge_parts_hosted"
	CredentialBadgeMoved                Code = "credential.badge_moved"
	CredentialBadgeOldAddress           Code = "credential.badge_old_address"
	EnvelopeBakedAddress                Code = "envelope.baked_address"
	ProofHostedMatch                    Code = "proof.hosted_match"
	ProofHostedDiffers                  Code = "proof.hosted_differs"
	ProofHostedWithdrawn                Code = "proof.hosted_withdrawn"
	ProofHostedNowhere                  Code = "proof.hosted_nowhere"
	ProofHostedOffline                  Code = "proof.hosted_offline"
	ProofHostedNotAllowed               Code = "proof.hosted_not_allowed"
	ProofHostedPrivate                  Code = "proof.hosted_would_identify"
	ProofHostedAddress                  Code = "proof.hosted_address"
	ProofHostedTooMany                  Code = "proof.hosted_too_many"
	ProofHostedUnreachable              Code = "proof.hosted_unreachable"
	ProofHostedTimeout                  Code = "proof.hosted_timeout"
	ProofHostedNameUnknown              Code = "proof.hosted_name_unknown"
	ProofHostedClosed                   Code = "proof.hosted_closed"
	ProofHostedNotFound                 Code = "proof.hosted_not_found"
	ProofHostedForbidden                Code = "proof.hosted_forbidden"
	ProofHostedServerError              Code = "proof.hosted_server_error"
	ProofHostedLogin                    Code = "proof.hosted_login"
	ProofHostedPage                     Code = "proof.hosted_page"
	ProofHostedEmpty                    Code = "proof.hosted_empty"
	ProofHostedTooLarge                 Code = "proof.hosted_too_large"
	ProofHostedUnreadable               Code = "proof.hosted_unreadable"
	ProofHostedNotBadge                 Code = "proof.hosted_not_a_badge"
	ProofHostedOther                    Code = "proof.hosted_other"
	KeyHosted                           Code = "key.hosted"
	KeyOwnerMissing                     Code = "key.owner_missing"
	SignatureHosted                     Code = "signature.hosted"
	IssuerHosted                        Code = "issuer.hosted"
	IssuerHostedOnly                    Code = "issuer.hosted_only"
	IssuerHostedElsewhere               Code = "issuer.hosted_elsewhere"
	IssuerHostedOther                   Code = "issuer.hosted_other"
	IssuerHostedUnread                  Code = "issuer.hosted_unread"
	IssuerKeyNotListed                  Code = "issuer.key_not_listed"
	StatusHostedGood                    Code = "status.hosted_good"
	StatusHostedWithdrawn               Code = "status.hosted_withdrawn"
	HolderRecipientHashed               Code = "holder.recipient_hashed"
	EnvelopeBadgeAddress                Code = "envelope.badge_address"
	EnvelopeAttachedPdf                 Code = "envelope.attached_pdf"
	EnvelopeFromZip                     Code = "envelope.from_zip"
	EnvelopeFromMail                    Code = "envelope.from_mail"
	EnvelopeFromGzip                    Code = "envelope.from_gzip"
	EnvelopePdfSigned                   Code = "envelope.pdf_signed"
	EnvelopePdfRepaired                 Code = "envelope.pdf_repaired"
	EnvelopePdfDamaged                  Code = "envelope.pdf_damaged"
	EnvelopeZipDamaged                  Code = "envelope.zip_damaged"
	EnvelopeAmbiguous                   Code = "envelope.ambiguous"
	EnvelopePassword                    Code = "envelope.password"
	EnvelopeUnpackedTooLarge            Code = "envelope.unpacked_too_large"
	EnvelopeTooManyParts                Code = "envelope.too_many_parts"
	EnvelopePackingUnknown              Code = "envelope.packing_unknown"
	EnvelopePartDamaged                 Code = "envelope.part_damaged"
	EnvelopeArchive                     Code = "envelope.archive"
	EnvelopeOutlook                     Code = "envelope.outlook"
	EnvelopeMailbox                     Code = "envelope.mailbox"
	IssuerHostedLed                     Code = "issuer.hosted_led"
	EnvelopeVpUnpacked                  Code = "envelope.vp_unpacked"
	EnvelopeVpDamaged                   Code = "envelope.vp_damaged"
	EnvelopeVpPacking                   Code = "envelope.vp_packing"
	EnvelopeVpContext                   Code = "envelope.vp_context"
	SignatureUnpackedUnsure             Code = "signature.unpacked_unsure"
	TrustAwarderMayBeHidden             Code = "trust.awarder_may_be_hidden"
	ProofMerkleDirection                Code = "proof.merkle_direction"
	CredentialExtensionMalformed        Code = "credential.extension_malformed"
	CredentialBadgeClass                Code = "credential.badge_class"
	CredentialBadgeProfile              Code = "credential.badge_profile"
	SchemaExtension                     Code = "schema.extension_not_checked"
	EnvelopeXmlParts                    Code = "envelope.xml_parts"
	ProofSealTimeStamps                 Code = "proof.seal_time_stamps"
	ProofSealCountersigned              Code = "proof.seal_countersigned"
	ProofSealJoined                     Code = "proof.seal_joined"
	ProofSealAlso                       Code = "proof.seal_also"
	EnvelopeFromText                    Code = "envelope.from_text"
	EnvelopeInPdf                       Code = "envelope.in_pdf"
	EnvelopeFromTar                     Code = "envelope.from_tar"
	EnvelopeTar                         Code = "envelope.tar"
	EnvelopeTarDamaged                  Code = "envelope.tar_damaged"
	EnvelopeTarLink                     Code = "envelope.tar_link"
	SchemaTypeNotRead                   Code = "schema.type_not_read"
	SchemaTypeFixed                     Code = "schema.type_fixed"
	ProofMerkleDisplay                  Code = "proof.merkle_display"
	ValidityStartMayBeHidden            Code = "validity.start_may_be_hidden"
)

var table = [...]Row{
	{EnvelopeJson, Pass, HeadlineNone, "RFC 8259"},
	{EnvelopeJwsCompact, Pass, HeadlineNone, "RFC 7515 7.1"},
	{EnvelopeJwsJson, Pass, HeadlineNone, "RFC 7515 7.2"},
	{EnvelopeDataAddress, Pass, HeadlineNone, "VC-DATA-MODEL-2.0 4.13"},
	{EnvelopeJwtMember, Warn, HeadlineNone, "a JSON object whose only member holds a JWT (DIF JWS test suite)"},
	{EnvelopeWhitespace, Warn, HeadlineNone, "white space, quotes or a byte order mark around the credential were taken away"},
	{EnvelopeEmpty, Fail, Unreadable, ""},
	{EnvelopeTooLarge, Fail, Unreadable, "limits.FileBytes"},
	{EnvelopeUnknown, Fail, Unreadable, ""},
	{EnvelopePdf, Fail, Unreadable, "ISO 32000"},
	{EnvelopePng, Fail, Unreadable, "W3C PNG"},
	{EnvelopeImage, Fail, Unreadable, ""},
	{EnvelopeSvg, Fail, Unreadable, ""},
	{EnvelopeZip, Fail, Unreadable, "APPNOTE"},
	{EnvelopeOffice, Fail, Unreadable, "ECMA-376, ISO 26300"},
	{EnvelopeGzip, Fail, Unreadable, "RFC 1952"},
	{EnvelopeXml, Fail, Unreadable, ""},
	{EnvelopeEuropassXml, Fail, Unreadable, "ELM v2"},
	{EnvelopeHtml, Fail, Unreadable, ""},
	{EnvelopeLoginPage, Fail, Unreadable, ""},
	{EnvelopeSdJwt, Fail, Unreadable, "RFC 9901"},
	{EnvelopeJwe, Fail, Unreadable, "RFC 7516"},
	{EnvelopeCbor, Fail, Unreadable, "RFC 8949"},
	{EnvelopeUtf16, Fail, Unreadable, ""},
	{EnvelopeLink, Fail, Unreadable, ""},
	{EnvelopeEmail, Fail, Unreadable, "RFC 5322"},
	{EnvelopeKey, Fail, Unreadable, "a key or certificate, not a credential"},
	{EnvelopeVpCode, Fail, Unreadable, "text of a VP1- code (CBOR-LD)"},
	{EnvelopeText, Fail, Unreadable, ""},
	{EnvelopeJsonSyntax, Fail, Unreadable, "RFC 8259"},
	{EnvelopeJsonTruncated, Fail, Unreadable, "RFC 8259"},
	{EnvelopeJsonDuplicateKey, Fail, Refused, "RFC 8259 4; T7"},
	{EnvelopeJsonUtf8, Fail, Refused, "RFC 8259 8.1; T7"},
	{EnvelopeJsonSurrogate, Fail, Refused, "RFC 8259 8.2; T7"},
	{EnvelopeJsonTrailing, Fail, Refused, "T7"},
	{EnvelopeJsonDepth, Fail, Refused, "limits.JSONDepth"},
	{EnvelopeJsonTokens, Fail, Refused, "limits.JSONTokens"},
	{EnvelopeJsonNumber, Fail, Refused, "RFC 8785 3.2.2.3; T7"},
	{EnvelopeJwsMalformed, Fail, Unreadable, "RFC 7515 7.1"},
	{EnvelopeJwsBase64, Fail, Refused, "RFC 7515 2"},
	{EnvelopeJwsHeader, Fail, Refused, "RFC 7515 4"},
	{EnvelopeJwsPayload, Fail, Refused, "RFC 7515 3"},
	{EnvelopeNoSignatures, Fail, Refused, "RFC 7515 7.2.1"},
	{EnvelopeTooManySignatures, Fail, Refused, "limits.Proofs"},
	{EnvelopeTooDeep, Fail, Refused, "limits.EnvelopeDepth"},
	{EnvelopeTooManyCredentials, Fail, Refused, "limits.Credentials"},
	{EnvelopeDataAddressMalformed, Fail, Refused, "RFC 2397; VC-DATA-MODEL-2.0 4.13"},
	{CredentialVcdm11, Pass, HeadlineNone, "VC-DATA-MODEL 1.1"},
	{CredentialVcdm20, Pass, HeadlineNone, "VC-DATA-MODEL-2.0"},
	{CredentialOpenBadge3, Pass, HeadlineNone, "Open Badges 3.0"},
	{CredentialEuropeanDigitalCredential, Pass, HeadlineNone, "ELM v3"},
	{CredentialPresentation, Pass, HeadlineNone, "VC-DATA-MODEL-2.0 4.13"},
	{CredentialNotACredential, Fail, Unreadable, ""},
	{CredentialDraft, Fail, NotSigned, "an uploadable European Digital Credential, not sealed"},
	{CredentialOpenBadge2, Fail, Unreadable, "Open Badges 2.0"},
	{CredentialContextMissing, Fail, Refused, "VC-DATA-MODEL-2.0 4.3"},
	{CredentialContextOrder, Fail, Refused, "VC-DATA-MODEL-2.0 4.3"},
	{CredentialContextMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.3"},
	{CredentialContextTooMany, Fail, Refused, "limits.Contexts"},
	{CredentialContextInline, Warn, HeadlineNone, "VC-DATA-MODEL-2.0 4.3; T8"},
	{CredentialContextUnknown, Warn, HeadlineNone, "VC-DATA-MODEL-2.0 4.3"},
	{CredentialTypeMissing, Fail, Refused, "VC-DATA-MODEL-2.0 4.5"},
	{CredentialTypeMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.5"},
	{CredentialIdMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.4"},
	{CredentialIssuerMissing, Fail, Refused, "VC-DATA-MODEL-2.0 4.7"},
	{CredentialIssuerMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.7"},
	{CredentialSubjectMissing, Fail, Refused, "VC-DATA-MODEL-2.0 4.8"},
	{CredentialSubjectMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.8"},
	{CredentialDateMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.9"},
	{CredentialDateMissing, Fail, Refused, "VC-DATA-MODEL 1.1 4.6"},
	{CredentialDatesReversed, Fail, Refused, "VC-DATA-MODEL-2.0 4.9"},
	{CredentialStatusMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.10"},
	{CredentialSchemaMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.11"},
	{CredentialMemberMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4"},
	{CredentialNameMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.6"},
	{CredentialEvidenceMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 5.6"},
	{CredentialHolderMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.13"},
	{CredentialClaimDiffers, Fail, Refused, "VC-DATA-MODEL 1.1 6.3.1; VC-JOSE-COSE 3.1.3"},
	{CredentialClaimMalformed, Fail, Refused, "RFC 7519 4.1"},
	{CredentialVcClaimForbidden, Fail, Refused, "VC-JOSE-COSE 3.1.1"},
	{CredentialAchievementMissing, Fail, Refused, "Open Badges 3.0 B.1"},
	{CredentialBadgeMalformed, Fail, Refused, "Open Badges 3.0 B.1"},
	{CredentialEdcMemberMissing, Warn, HeadlineNone, "ELM v3 SHACL, EDC generic"},
	{CredentialNestedMalformed, Fail, Refused, "VC-DATA-MODEL-2.0 4.13"},
	{ProofFound, Pass, HeadlineNone, ""},
	{ProofJws, Pass, HeadlineNone, "RFC 7515"},
	{ProofDataIntegrity, Pass, HeadlineNone, "VC-DATA-INTEGRITY 2.1"},
	{ProofJades, Pass, HeadlineNone, "ETSI TS 119 182-1"},
	{ProofNone, None, NotSigned, ""},
	{ProofMalformed, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofTooMany, Fail, Refused, "limits.Proofs"},
	{ProofSuiteUnsupported, Unknown, Incomplete, ""},
	{ProofSuiteForbidden, Fail, Refused, "RFC 8725 3.1; T1"},
	{ProofAlgorithmNone, Fail, Refused, "RFC 8725 3.1; T1"},
	{ProofAlgorithmSymmetric, Fail, Refused, "RFC 8725 3.1; T1"},
	{ProofAlgorithmMissing, Fail, Refused, "RFC 7515 4.1.1"},
	{ProofAlgorithmUnknown, Fail, Refused, "RFC 7518 3.1"},
	{ProofPurposeMissing, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofPurposeWrong, Fail, Refused, "VC-DATA-INTEGRITY 4.4"},
	{ProofMethodMissing, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofValueMissing, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofValueMalformed, Fail, Refused, "VC-DATA-INTEGRITY 2.4"},
	{ProofContextMismatch, Fail, Refused, "VC-DI-EDDSA 3.3.2"},
	{ProofCreatedMalformed, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofExpiresMalformed, Fail, Refused, "VC-DATA-INTEGRITY 2.1"},
	{ProofChainUnsupported, Unknown, Incomplete, "VC-DATA-INTEGRITY 2.1.2"},
	{ProofDomainUnexpected, Warn, HeadlineNone, "VC-DATA-INTEGRITY 2.1"},
	{ProofSetMemberFailed, Fail, Refused, "VC-DATA-INTEGRITY 2.1.1; T37"},
	{ProofSetMemberUnknown, Warn, HeadlineNone, "VC-DATA-INTEGRITY 2.1.1; T37"},
	{ProofSetMemberUnchecked, Unknown, Incomplete, "VC-DATA-INTEGRITY 2.1.1; T37"},
	{ProofCritMalformed, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritEmpty, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritDuplicate, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritStandard, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritUnknown, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritAbsent, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritUnprotected, Fail, Refused, "RFC 7515 4.1.11"},
	{ProofCritIncomplete, Warn, HeadlineNone, "ETSI TS 119 182-1 5.1.9"},
	{ProofB64Malformed, Fail, Refused, "RFC 7797 3"},
	{ProofB64NotCritical, Fail, Refused, "RFC 7797 6"},
	{ProofB64Unexpected, Fail, Refused, "RFC 7797 7"},
	{ProofTypeWrong, Fail, Refused, "RFC 8725 3.11; VC-JOSE-COSE 3.1"},
	{ProofContentTypeWrong, Fail, Refused, "VC-JOSE-COSE 3.1"},
	{ProofHeaderMalformed, Fail, Refused, "RFC 7515 4"},
	{ProofHeaderOverlap, Fail, Refused, "RFC 7515 7.2.1"},
	{ProofKeyReferenceMissing, Warn, HeadlineNone, "RFC 7515 4.1.4"},
	{ProofKeyAddressIgnored, Warn, HeadlineNone, "RFC 8725 3.10; T3"},
	{ProofHeaderKeyPrivate, Fail, Refused, "RFC 7517 9.2"},
	{ProofSignatureEmpty, Fail, Refused, "T1"},
	{ProofSealHeaderIncomplete, Fail, Refused, "ETSI TS 119 182-1 6.3"},
	{ProofSealCertificateReference, Fail, Refused, "ETSI TS 119 182-1 5.1.7"},
	{ProofSealCertificateMissing, Unknown, Incomplete, "ETSI TS 119 182-1 5.1.8"},
	{ProofSealTimeMissing, Fail, Refused, "ETSI TS 119 182-1 5.2.1"},
	{ProofSealTimeTwice, Fail, Refused, "ETSI TS 119 182-1 5.2.1"},
	{ProofSealTimeMalformed, Fail, Refused, "ETSI TS 119 182-1 5.2.1"},
	{ProofSealTimeClaimed, Warn, HeadlineNone, "ETSI TS 119 182-1 5.2.1"},
	{ProofSealDetached, Fail, Refused, "ETSI TS 119 182-1 5.2.8"},
	{ProofSealPolicyUnsupported, Warn, HeadlineNone, "ETSI TS 119 182-1 5.2.7"},
	{ProofSealUnsignedMalformed, Warn, HeadlineNone, "ETSI TS 119 182-1 5.3.1"},
	{ProofCertificateMalformed, Fail, Refused, "RFC 7515 4.1.6"},
	{ProofCertificatesTooMany, Fail, Refused, "limits.Certificates"},
	{KeyDidKey, Pass, HeadlineNone, "did:key"},
	{KeyDidJwk, Pass, HeadlineNone, "did:jwk"},
	{KeyDidDocument, Pass, HeadlineNone, "DID-CORE 5"},
	{KeyProfile, Pass, HeadlineNone, "CID 1.0 2"},
	{KeyKeySet, Pass, HeadlineNone, "RFC 7517 5"},
	{KeyCertificate, Pass, HeadlineNone, "RFC 7515 4.1.6"},
	{KeyInHeader, Pass, HeadlineNone, "RFC 7515 4.1.3"},
	{KeyGiven, Warn, HeadlineNone, "a key that the user gave"},
	{KeyReferenceLoose, Warn, HeadlineNone, ""},
	{KeyUnreachable, Unknown, Incomplete, "asks 5"},
	{KeyOffline, Unknown, Incomplete, ""},
	{KeyNotAllowed, Unknown, Incomplete, "T4"},
	{KeyAddressRefused, Fail, Refused, "T4"},
	{KeyNotPublished, Unknown, Incomplete, "asks 5, 16"},
	{KeyDocumentInvalid, Unknown, Incomplete, "DID-CORE 5"},
	{KeyDocumentTooLarge, Unknown, Incomplete, "limits.DocumentBytes"},
	{KeyDocumentMismatch, Unknown, Incomplete, "did:web; CID 1.0 3.3"},
	{KeyMethodUnsupported, Unknown, Incomplete, ""},
	{KeyDeactivated, Unknown, Incomplete, "DID-CORE 7.1.3"},
	{KeyAmbiguous, Unknown, Incomplete, ""},
	{KeyNoReference, Unknown, Incomplete, ""},
	{KeyNotForAssertion, Fail, Refused, "CID 1.0 3.3; T5"},
	{KeyRevoked, Fail, Refused, "CID 1.0 2.2"},
	{KeyExpired, Fail, Refused, "CID 1.0 2.2"},
	{KeyControllerMismatch, Fail, Refused, "CID 1.0 3.3; T6"},
	{KeyFragmentIsKey, Fail, WrongKey, "asks 14"},
	{KeyIdentifierMalformed, Fail, Refused, "DID-CORE 3"},
	{KeyMalformed, Fail, Refused, "RFC 7517"},
	{KeyPrivate, Fail, Refused, "RFC 7517 9.2"},
	{KeyWeak, Fail, Refused, "T2"},
	{KeyTypeUnsupported, Unknown, Incomplete, ""},
	{KeyAlgorithmMismatch, Fail, Refused, "RFC 8725 3.1; T1"},
	{KeyCertificateMalformed, Fail, Refused, "RFC 5280"},
	{KeyCertificateUsage, Fail, Refused, "RFC 5280 4.2.1.3; T18"},
	{KeyCertificateNotValidThen, Fail, Refused, "RFC 5280 4.1.2.5"},
	{SignatureVerified, Pass, HeadlineNone, ""},
	{SignatureAltered, Fail, Altered, ""},
	{SignatureMismatch, Fail, Mismatch, ""},
	{SignatureMalformed, Fail, Refused, "RFC 7518 3.4; T2"},
	{SignatureNotCanonical, Fail, Refused, "RFC 8785"},
	{IssuerIsKey, Pass, HeadlineNone, "did:key, did:jwk"},
	{IssuerListsKey, Pass, HeadlineNone, "DID-CORE 5.3"},
	{IssuerCertificateMatches, Pass, HeadlineNone, "RFC 5280; edc.md 2"},
	{IssuerByYourKey, Warn, Unlisted, "design 3"},
	{IssuerHostOnly, Warn, Unlisted, "design 2"},
	{IssuerCertificateNameOnly, Warn, Unlisted, "edc.md 2"},
	{IssuerUnreachable, Unknown, Incomplete, "asks 5"},
	{IssuerKeyUnbound, Fail, WrongKey, "T3"},
	{IssuerForeignKey, Fail, WrongKey, "T6"},
	{IssuerForeignHost, Fail, WrongKey, "T3"},
	{IssuerForeignCertificate, Fail, WrongKey, "edc.md 2"},
	{IssuerClaimDiffers, Fail, WrongKey, "VC-DATA-MODEL 1.1 6.3.1"},
	{IssuerNotAnIdentifier, Fail, WrongKey, "VC-DATA-MODEL-2.0 4.7"},
	{ValidityInForce, Pass, HeadlineNone, "VC-DATA-MODEL-2.0 4.9"},
	{ValidityNoEnd, None, HeadlineNone, "VC-DATA-MODEL-2.0 4.9"},
	{ValidityNoDates, None, HeadlineNone, "VC-DATA-MODEL-2.0 4.9"},
	{ValidityExpired, Fail, Expired, "VC-DATA-MODEL-2.0 4.9"},
	{ValidityExpiredJustNow, Fail, Expired, "asks 22"},
	{ValidityNotYetValid, Fail, NotYetValid, "VC-DATA-MODEL-2.0 4.9"},
	{ValidityWithinTolerance, Warn, HeadlineNone, "limits.ClockTolerance"},
	{ValidityWholeDay, Warn, HeadlineNone, "design 3"},
	{ValidityProofExpired, Fail, Expired, "VC-DATA-INTEGRITY 2.1"},
	{ValidityProofInFuture, Fail, NotYetValid, "VC-DATA-INTEGRITY 2.1"},
	{ValidityDateUnreadable, Unknown, Incomplete, ""},
	{ValidityCertificateExpired, Unknown, Incomplete, "ETSI TS 119 182-1; edc.md 2"},
	{ValiditySeveralEnds, Warn, HeadlineNone, "edc.md 3"},
	{StatusNonePublished, None, HeadlineNone, ""},
	{StatusUnsupported, Unknown, Incomplete, "issue 2"},
	{StatusCertificateUnchecked, Unknown, Incomplete, "RFC 5280 4.2.1.13"},
	{StatusMalformed, Unknown, Incomplete, ""},
	{StatusTooMany, Unknown, Incomplete, "limits.StatusEntries"},
	{TrustListed, Pass, HeadlineNone, ""},
	{TrustMayIssue, Pass, HeadlineNone, ""},
	{TrustNotConfigured, None, Unlisted, "asks 7"},
	{TrustNotListed, Warn, Unlisted, "asks 7"},
	{TrustTestList, Warn, Unlisted, "asks 13"},
	{TrustNotInForce, Warn, Unlisted, ""},
	{TrustAwarderUnproven, Warn, Identified, "design 2"},
	{TrustNameDiffers, Pass, HeadlineNone, "T22"},
	{TrustListStale, Unknown, Incomplete, "asks 7"},
	{TrustListUnreachable, Unknown, Incomplete, "asks 7"},
	{TrustListInvalid, Unknown, Incomplete, "asks 7"},
	{TrustWithdrawn, Fail, Delisted, "design 2"},
	{TrustOutOfScope, Fail, Delisted, "design 2"},
	{TrustPathBroken, Warn, Unlisted, "asks 15"},
	{TrustSample, Pass, HeadlineNone, "design 2"},
	{HolderNotBound, None, HeadlineNone, ""},
	{HolderNotChecked, None, HeadlineNone, ""},
	{HolderPresented, None, HeadlineNone, ""},
	{SchemaNone, None, HeadlineNone, ""},
	{SchemaNotChecked, Skipped, HeadlineNone, ""},
	{InternalSkipped, Skipped, HeadlineNone, ""},
	{InternalUnexpected, Unknown, Incomplete, ""},
	{InternalTooMuchWork, Unknown, Incomplete, ""},
	{IssuerNoHolderNamed, Warn, Unlisted, "VC-DATA-MODEL-2.0 4.13"},
	{ProofContextUnsigned, Warn, HeadlineNone, "VC-DI-EDDSA 3.3.2"},
	{EnvelopeJsonNul, Fail, Refused, "T7"},
	{ContextUnknown, Unknown, Incomplete, "VC-DATA-INTEGRITY 4.6; T8"},
	{ContextInvalid, Fail, Refused, "JSON-LD 1.1 API 4"},
	{ContextTooMany, Fail, Refused, "limits.ContextsLoaded"},
	{ContextNested, Fail, Refused, "T8"},
	{ContextImport, Fail, Refused, "T8, T9"},
	{ContextTermRedefined, Fail, Refused, "T8"},
	{ContextTermProtected, Fail, Refused, "JSON-LD 1.1 API 4.2.2; T8"},
	{ContextTermUndefined, Fail, Refused, "T9"},
	{ContextTypeUndefined, Fail, Refused, "T9"},
	{ContextIriRelative, Fail, Refused, "T9"},
	{ContextIriMalformed, Fail, Refused, "RFC 3987; T9"},
	{ContextIdNull, Fail, Refused, "T9"},
	{ContextPredicateBlank, Fail, Refused, "T9"},
	{ContextLanguageMalformed, Fail, Refused, "BCP 47; T9"},
	{ContextDirectionLost, Fail, Refused, "T9"},
	{ContextKeywordUnknown, Fail, Refused, "T9"},
	{ContextNestUnexpected, Fail, Refused, "T9"},
	{ContextIncludedUnexpected, Fail, Refused, "T9"},
	{ContextValueLost, Fail, Refused, "T9"},
	{ContextDocumentInvalid, Fail, Refused, "JSON-LD 1.1 API 5"},
	{ContextGraphEmpty, Fail, Refused, "T9"},
	{ContextGraphTooLarge, Fail, Refused, "limits.Quads, limits.BlankNodes; T10"},
	{ContextGraphTooComplex, Fail, Refused, "RDFC-1.0 7.1; T10"},
	{ProofBaseProof, Fail, Refused, "VC-DI-ECDSA 3.4; VC-DI-BBS 3.3; T21"},
	{ProofDisclosureMalformed, Fail, Refused, "VC-DI-ECDSA 3.5.7; VC-DI-BBS 3.3.7"},
	{ProofFeatureUnsupported, Unknown, Incomplete, "VC-DI-BBS 3.4"},
	{ProofSelectiveDisclosure, Pass, HeadlineNone, "VC-DI-ECDSA 3.4; VC-DI-BBS 3.3"},
	{ProofLegacySuite, Warn, HeadlineNone, "VC-DATA-INTEGRITY 3"},
	{SignatureContextVersion, Warn, HeadlineNone, "design 2: every known version of each context"},
	{ProofChainMalformed, Fail, Refused, "VC-DATA-INTEGRITY 2.1.2; T37"},
	{ProofChain, Pass, HeadlineNone, "VC-DATA-INTEGRITY 2.1.2"},
	{ProofOptionsMismatch, Fail, Refused, "VC-DATA-INTEGRITY 4.4"},
	{SignatureDirectionUnsigned, Fail, Refused, "JSON-LD 1.1 API 8.2.3; T9"},
	{ValidityEndNotShown, None, HeadlineNone, "VC-DI-ECDSA 3.4; T21"},
	{StatusNotShown, None, HeadlineNone, "VC-DI-ECDSA 3.4; T21"},
	{ContextFormUnusual, Fail, Refused, "T8; linked/tree.go"},
	{StatusGood, Pass, HeadlineNone, "BITSTRING-STATUS-LIST 3.2; TOKEN-STATUS-LIST 8.3"},
	{StatusGoodSince, Pass, HeadlineNone, "issue 5: as of"},
	{StatusListHistoric, Pass, HeadlineNone, "BITSTRING-STATUS-LIST 2.2; TOKEN-STATUS-LIST 8.4"},
	{StatusListDelegated, Pass, HeadlineNone, "issue 5.2"},
	{StatusCertificateGood, Pass, HeadlineNone, "RFC 5280 6.3; RFC 6960 3.2"},
	{StatusListMultibaseMissing, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.2; asks 17"},
	{StatusListPadded, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.2; asks 17"},
	{StatusListBase64Standard, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.2; asks 17"},
	{StatusListCompressionOther, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 3.3; asks 17"},
	{StatusListSmall, Warn, HeadlineNone, "STATUS-LIST-2021 4.1"},
	{StatusListIdMissing, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.2"},
	{StatusListRollback, Warn, HeadlineNone, "T14"},
	{StatusListHostOnly, Warn, HeadlineNone, "1EdTechRevocationList"},
	{StatusMessageSet, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.1"},
	{StatusRefreshSet, Warn, HeadlineNone, "BITSTRING-STATUS-LIST 2.1"},
	{StatusRefreshOffered, None, HeadlineNone, "VC-DATA-MODEL-2.0 5.4; OB 3.0 refreshService"},
	{StatusRevoked, Fail, Revoked, "BITSTRING-STATUS-LIST 3.2; TOKEN-STATUS-LIST 7.1"},
	{StatusSuspended, Fail, Suspended, "BITSTRING-STATUS-LIST 3.2; TOKEN-STATUS-LIST 7.1"},
	{StatusCertificateRevoked, Fail, Revoked, "RFC 5280 5.3.1; RFC 6960 2.2"},
	{StatusCertificateOnHold, Fail, Suspended, "RFC 5280 5.3.1"},
	{StatusListOffline, Unknown, Incomplete, "issue 5.5"},
	{StatusListNotAllowed, Unknown, Incomplete, "issue 5.4"},
	{StatusWouldIdentify, Unknown, Incomplete, "issue 5.5; T32"},
	{StatusListAddress, Unknown, Incomplete, "T4"},
	{StatusListTooMany, Unknown, Incomplete, "limits.Requests"},
	{StatusListUnreachable, Unknown, Incomplete, "issue 5.4; asks 1"},
	{StatusListTimeout, Unknown, Incomplete, "issue 5.4"},
	{StatusListNameUnknown, Unknown, Incomplete, "issue 5.4"},
	{StatusListClosed, Unknown, Incomplete, "issue 5.4; asks 9"},
	{StatusListNotFound, Unknown, Incomplete, "issue 5.4"},
	{StatusListGone, Unknown, Incomplete, "RFC 9110 15.5.11"},
	{StatusListForbidden, Unknown, Incomplete, "RFC 9110 15.5.2"},
	{StatusListServerError, Unknown, Incomplete, "RFC 9110 15.6"},
	{StatusListLogin, Unknown, Incomplete, "asks 1"},
	{StatusListPage, Unknown, Incomplete, "asks 1"},
	{StatusListEmpty, Unknown, Incomplete, "asks 1"},
	{StatusListTooLarge, Unknown, Incomplete, "limits.ListBytes"},
	{StatusListUnreadable, Unknown, Incomplete, "asks 2"},
	{StatusListWrongType, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2; TOKEN-STATUS-LIST 8.3"},
	{StatusListUnsigned, Unknown, Incomplete, "asks 2"},
	{StatusListAltered, Unknown, Incomplete, "asks 2"},
	{StatusListRefused, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2"},
	{StatusListUnchecked, Unknown, Incomplete, "asks 2"},
	{StatusListWrongKey, Unknown, Incomplete, "asks 3"},
	{StatusListOtherSigner, Unknown, Incomplete, "asks 3; T14"},
	{StatusListOtherHost, Unknown, Incomplete, "1EdTechRevocationList"},
	{StatusListOtherAddress, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2; TOKEN-STATUS-LIST 8.3"},
	{StatusListExpired, Unknown, Incomplete, "asks 2"},
	{StatusListNotYetValid, Unknown, Incomplete, "asks 2"},
	{StatusListOld, Unknown, Incomplete, "T14"},
	{StatusListOwnStatus, Unknown, Incomplete, "issue 5.2: depth 1"},
	{StatusListMalformed, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.3"},
	{StatusListTruncated, Unknown, Incomplete, "RFC 1952"},
	{StatusListExpandsTooFar, Unknown, Incomplete, "limits.ListExpanded; T12"},
	{StatusListTooShort, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2"},
	{StatusIndexMalformed, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusIndexNegative, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusIndexOutOfRange, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2"},
	{StatusPurposeMissing, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusPurposeMismatch, Unknown, Incomplete, "BITSTRING-STATUS-LIST 3.2"},
	{StatusPurposeUnknown, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusSizeMalformed, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusSizeMismatch, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.2"},
	{StatusMessageMalformed, Unknown, Incomplete, "BITSTRING-STATUS-LIST 2.1"},
	{StatusValueUnknown, Unknown, Incomplete, "TOKEN-STATUS-LIST 7.1"},
	{StatusBitOrder, Unknown, Incomplete, "interop (b)"},
	{StatusAtUnknown, Unknown, Incomplete, "issue 5.6"},
	{StatusCertificateOld, Unknown, Incomplete, "RFC 5280 6.3; RFC 6960 3.2"},
	{StatusCertificateUntrusted, Unknown, Incomplete, "RFC 5280 6.3.3; RFC 6960 4.2.2.2"},
	{StatusCertificateMalformed, Unknown, Incomplete, "RFC 5280 5; RFC 6960 4"},
	{EnvelopeCose, Pass, HeadlineNone, "RFC 9052 4.2"},
	{ProofCose, Pass, HeadlineNone, "RFC 9052 4.4"},
	{StatusMayBeHidden, Unknown, Incomplete, "VC-DI-ECDSA 3.4; T21"},
	{ValidityEndMayBeHidden, Unknown, Incomplete, "VC-DI-ECDSA 3.4; T21"},
	{CredentialListsCarried, Pass, HeadlineNone, "issue 5.4"},
	{CredentialStatusListToken, Pass, HeadlineNone, "TOKEN-STATUS-LIST 5"},
	{CredentialStatusList, Fail, Unreadable, "BITSTRING-STATUS-LIST 2.2; TOKEN-STATUS-LIST 5"},
	{EnvelopeBakedPng, Pass, HeadlineNone, "OPEN-BADGES-3.0 5.3.1; Open Badges 2.0 Baking"},
	{EnvelopeBakedSvg, Pass, HeadlineNone, "OPEN-BADGES-3.0 5.3.2; Open Badges 2.0 Baking"},
	{EnvelopePictureUnsigned, Warn, HeadlineNone, "asks 21"},
	{EnvelopeBakedCompressed, Warn, HeadlineNone, "OPEN-BADGES-3.0 5.3.1.1: compression MUST NOT be used"},
	{EnvelopeBakedUnusual, Warn, HeadlineNone, "OPEN-BADGES-3.0 5.3"},
	{EnvelopeBakedSeveral, Fail, Unreadable, "OPEN-BADGES-3.0 5.3: MUST NOT appear more than once; T34"},
	{EnvelopeBakedLink, Fail, Unreadable, "Open Badges 2.0 Baking: legacy PNGs"},
	{EnvelopeBakedTooLarge, Fail, Unreadable, "limits.FileBytes; T12"},
	{EnvelopePictureDamaged, Fail, Unreadable, "W3C PNG 5, 11.3.3"},
	{EnvelopePictureTruncated, Fail, Unreadable, "W3C PNG 5.6"},
	{EnvelopePictureTrailing, Fail, Refused, "W3C PNG 5.6; T34"},
	{EnvelopeSvgMalformed, Fail, Unreadable, "XML 1.0; Namespaces in XML 1.0"},
	{EnvelopeSvgDefinitions, Fail, Unreadable, "XML 1.0 2.8, 4.4; T12"},
	{EnvelopeSdCompact, Pass, HeadlineNone, "RFC 9901 4"},
	{EnvelopeSdJson, Pass, HeadlineNone, "RFC 9901 8"},
	{EnvelopeSdMalformed, Fail, Unreadable, "RFC 9901 4, 8"},
	{EnvelopeSdAlgorithm, Fail, Refused, "RFC 9901 7.1, step 2.d"},
	{EnvelopeSdDigestMalformed, Fail, Refused, "RFC 9901 4.2.4"},
	{EnvelopeSdDigestRepeated, Fail, Refused, "RFC 9901 7.1, step 4"},
	{EnvelopeSdDisclosureMalformed, Fail, Refused, "RFC 9901 4.2, 7.1"},
	{EnvelopeSdDisclosureForeign, Fail, Refused, "RFC 9901 7.1, step 5; T20"},
	{EnvelopeSdNameReserved, Fail, Refused, "RFC 9901 7.1, step 3.c.ii.2; T20"},
	{EnvelopeSdNameTaken, Fail, Refused, "RFC 9901 7.1, step 3.c.ii.3; T20"},
	{EnvelopeSdTooMany, Fail, Refused, "limits.Disclosures"},
	{CredentialSdJwtVc, Pass, HeadlineNone, "SD-JWT VC 2.2"},
	{CredentialSdNoCredential, Fail, Unreadable, "RFC 9901; SD-JWT VC 2.2"},
	{CredentialSdVctMissing, Fail, Refused, "SD-JWT VC 2.2.2"},
	{CredentialSdClaimSelective, Fail, Refused, "SD-JWT VC 2.2.2; T20"},
	{ProofSdJwt, Pass, HeadlineNone, "RFC 9901 7.1"},
	{ProofSdShown, Pass, HeadlineNone, "RFC 9901 7.1"},
	{ProofSdAllShown, Pass, HeadlineNone, "RFC 9901 7.1"},
	{HolderKeySigned, Pass, HeadlineNone, "RFC 9901 7.3"},
	{HolderBindingMalformed, Fail, Refused, "RFC 9901 4.3; T20"},
	{HolderBindingOther, Fail, Refused, "RFC 9901 4.3.1"},
	{HolderBindingMismatch, Fail, Refused, "RFC 9901 7.3"},
	{HolderBindingNoKey, Fail, Refused, "RFC 9901 7.3; RFC 7800 3.1"},
	{HolderBindingUnsupported, Warn, HeadlineNone, "RFC 7800 3"},
	{HolderBindingTime, Warn, HeadlineNone, "RFC 9901 7.3"},
	{IssuerInCertificate, Pass, HeadlineNone, "SD-JWT VC 2.2.2.2"},
	{EnvelopeCoseMalformed, Fail, Unreadable, "RFC 9052 4.2"},
	{EnvelopeMdoc, Fail, Unreadable, "ISO/IEC 18013-5 8.3.2"},
	{ProofPayloadDetached, Fail, Refused, "RFC 9052 4.1: detached content"},
	{CredentialAccreditationClaimed, Pass, HeadlineNone, "interop a.3"},
	{ProofMerkle, Pass, HeadlineNone, "Blockcerts 3, MerkleProof2019"},
	{ProofMerkleMalformed, Fail, Refused, "lds-merkle-proof-2019"},
	{ProofMerklePath, Fail, Refused, "jsonld-signatures-merkleproof2019: checkReceipt"},
	{ProofMerkleNoAnchor, Fail, Refused, "lds-merkle-proof-2019"},
	{KeyOnChain, Warn, HeadlineNone, "Blockcerts 3"},
	{SignatureAnchorUnchecked, Unknown, Incomplete, "issue 6.7"},
	{SignatureAnchorTest, Unknown, Incomplete, "issue 6.7"},
	{SignatureFingerprintDiffers, Fail, Altered, "jsonld-signatures-merkleproof2019: compareHashes"},
	{IssuerOnChain, Unknown, Incomplete, "issue 6.7"},
	{CredentialBlockcertsOld, Fail, Unreadable, "Blockcerts 1, 2: MerkleProof2017"},
	{CredentialClr2, Pass, HeadlineNone, "CLR 2.0"},
	{CredentialEndorsement, Pass, HeadlineNone, "Open Badges 3.0, EndorsementCredential"},
	{CredentialEndorsesCredential, Pass, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialEndorsesAchievement, Pass, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialEndorsesIssuer, Pass, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialEndorsesLearner, Pass, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialEndorsesBody, Pass, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialEndorsesOther, Warn, HeadlineNone, "Open Badges 3.0, EndorsementSubject; T37"},
	{CredentialTwice, Warn, HeadlineNone, "our rule: what is told is not counted double"},
	{CredentialCheckResults, Warn, HeadlineNone, "edc.md 4: never trust embedded verificationCheck results"},
	{ProofNonePart, None, NotSigned, "CLR 2.0; Open Badges 3.0"},
	{HolderIsSubject, None, HeadlineNone, "VC-DATA-MODEL-2.0 4.13"},
	{HolderOther, Warn, HeadlineNone, "VC-DATA-MODEL-2.0 4.13"},
	{EnvelopeLinkBadge, Fail, Unreadable, "issue 6.10"},
	{EnvelopeLinkEuropass, Fail, Unreadable, "edc.md 5"},
	{EnvelopeLinkEuropassOwn, Fail, Unreadable, "edc.md 5"},
	{EnvelopeLinkVerifier, Fail, Unreadable, "asks 23; peers.md, links"},
	{EnvelopeLinkOpencerts, Fail, Unreadable, "peers.md, links"},
	{EnvelopeLinkStorage, Fail, Unreadable, "asks 9"},
	{EnvelopeLinkProfile, Fail, Unreadable, "issue 6.10"},
	{EnvelopeLinkWallet, Fail, Unreadable, "OpenID4VCI 4.1; OpenID4VP 5"},
	{EnvelopeLinkDid, Fail, Unreadable, "DID-CORE 3.1"},
	{EnvelopeLinkCarries, Warn, HeadlineNone, "asks 23"},
	{EnvelopeCodeHealth, Fail, Unreadable, "EU DCC; SMART Health Cards"},
	{EnvelopeCodeIdentity, Fail, Unreadable, "ISO/IEC 18013-5 8.2.2"},
	{EnvelopeCodePacked, Fail, Unreadable, "RFC 9285; PixelPass, claim 169"},
	{EnvelopeXmlCredential, Pass, HeadlineNone, "ELM v2"},
	{EnvelopeXmlPresentation, Pass, HeadlineNone, "ELM v2; edc.md 4"},
	{EnvelopeXmlSeveral, Fail, Unreadable, "ELM v2; edc.md 4"},
	{EnvelopeXmlMalformed, Fail, Unreadable, "XML 1.0; Namespaces in XML 1.0"},
	{EnvelopeXmlDefinitions, Fail, Unreadable, "XML 1.0 2.8; T12; T17"},
	{EnvelopeTrustedListXml, Fail, Unreadable, "ETSI TS 119 612"},
	{CredentialEuropassXml, Pass, HeadlineNone, "ELM v2"},
	{CredentialXmlTooMuch, Fail, Refused, "limits.MarkupCopies"},
	{ProofXades, Pass, HeadlineNone, "ETSI EN 319 132-1"},
	{ProofXmlSeveral, Fail, Refused, "T17"},
	{ProofXmlPlace, Fail, Refused, "ELM v2; T17"},
	{ProofXmlMalformed, Fail, Refused, "XMLDSIG 4; ETSI EN 319 132-1 5"},
	{ProofXmlReference, Fail, Refused, "XMLDSIG 4.4.3; ETSI EN 319 132-1 4.4.2; T17"},
	{ProofXmlIdTwice, Fail, Refused, "XML 1.0 3.3.1; T17"},
	{ProofXmlTransform, Fail, Refused, "XMLDSIG 6.6; T17"},
	{ProofXmlDigestWeak, Fail, Refused, "T2"},
	{ProofSealCertificateDigestWeak, Warn, HeadlineNone, "ETSI EN 319 132-1 5.2.2; T18"},
	{CredentialBadge2, Pass, HeadlineNone, "Open Badges 2.0"},
	{CredentialBadge1, Pass, HeadlineNone, "Open Badges 1.0, 1.1"},
	{CredentialBadge05, Pass, HeadlineNone, "Open Badges 0.5"},
	{CredentialBadgeAddress, Pass, HeadlineNone, "Open Badges 2.0 Baking: legacy PNGs"},
	{CredentialBadgePart, Fail, Unreadable, "Open Badges 2.0"},
	{CredentialBadgeParts, Warn, HeadlineNone, "Open Badges 2.0 Verification"},
	{CredentialBadgeMoved, Warn, HeadlineNone, "Open Badges 2.0"},
	{CredentialBadgeOldAddress, Warn, HeadlineNone, "T4"},
	{EnvelopeBakedAddress, Pass, HeadlineNone, "Open Badges 2.0 Baking: legacy PNGs"},
	{ProofHostedMatch, Pass, HeadlineNone, "Open Badges 2.0 Verification"},
	{ProofHostedDiffers, Warn, Incomplete, "asks 4"},
	{ProofHostedWithdrawn, Warn, Incomplete, "asks 4; RFC 9110 15.5.11"},
	{ProofHostedNowhere, None, NotSigned, "Open Badges 2.0 Verification"},
	{ProofHostedOffline, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedNotAllowed, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedPrivate, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedAddress, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedTooMany, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedUnreachable, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedTimeout, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedNameUnknown, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedClosed, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedNotFound, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedForbidden, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedServerError, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedLogin, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedPage, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedEmpty, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedTooLarge, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedUnreadable, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedNotBadge, Unknown, Incomplete, "asks 4, 5"},
	{ProofHostedOther, Fail, Refused, "Open Badges 2.0 Verification"},
	{KeyHosted, None, HeadlineNone, "Open Badges 2.0 Verification"},
	{KeyOwnerMissing, Warn, HeadlineNone, "Open Badges 2.0 CryptographicKey"},
	{SignatureHosted, None, HeadlineNone, "Open Badges 2.0 Verification"},
	{IssuerHosted, Pass, HeadlineNone, "Open Badges 2.0 Verification"},
	{IssuerHostedOnly, Warn, Unlisted, "Open Badges 2.0 Verification; design 2"},
	{IssuerHostedElsewhere, Fail, WrongKey, "Open Badges 2.0 Verification; T22"},
	{IssuerHostedOther, Fail, Refused, "Open Badges 2.0"},
	{IssuerHostedUnread, Unknown, Incomplete, "asks 4, 5"},
	{IssuerKeyNotListed, Unknown, Incomplete, "Open Badges 2.0 Verification"},
	{StatusHostedGood, Pass, HeadlineNone, "Open Badges 2.0 Verification; asks 4"},
	{StatusHostedWithdrawn, Fail, Revoked, "Open Badges 2.0 Verification; asks 4"},
	{HolderRecipientHashed, None, HeadlineNone, "Open Badges 2.0 IdentityObject"},
	{EnvelopeBadgeAddress, Pass, HeadlineNone, "Open Badges 2.0 4.1"},
	{EnvelopeAttachedPdf, Warn, HeadlineNone, "ISO 32000-2 7.11.4; asks 21"},
	{EnvelopeFromZip, Pass, HeadlineNone, "APPNOTE"},
	{EnvelopeFromMail, Pass, HeadlineNone, "RFC 5322"},
	{EnvelopeFromGzip, Pass, HeadlineNone, "RFC 1952"},
	{EnvelopePdfSigned, Warn, HeadlineNone, "ISO 32000-2 12.8"},
	{EnvelopePdfRepaired, Warn, HeadlineNone, "ISO 32000-2 7.5"},
	{EnvelopePdfDamaged, Fail, Unreadable, "ISO 32000-2 7.5"},
	{EnvelopeZipDamaged, Fail, Unreadable, "APPNOTE 4.3"},
	{EnvelopeAmbiguous, Fail, Refused, "T34"},
	{EnvelopePassword, Fail, Unreadable, "ISO 32000-2 7.6; APPNOTE 4.4.4"},
	{EnvelopeUnpackedTooLarge, Fail, Unreadable, "limits.UnpackedBytes; T12"},
	{EnvelopeTooManyParts, Fail, Unreadable, "limits.Parts"},
	{EnvelopePackingUnknown, Fail, Unreadable, "ISO 32000-2 7.4; APPNOTE 4.4.5"},
	{EnvelopePartDamaged, Fail, Unreadable, ""},
	{EnvelopeArchive, Fail, Unreadable, "tar, RAR, 7z and others"},
	{EnvelopeOutlook, Fail, Unreadable, "MS-OXMSG"},
	{EnvelopeMailbox, Fail, Unreadable, "RFC 4155"},
	{IssuerHostedLed, Unknown, Incomplete, "Open Badges 2.0 Verification; T4"},
	{EnvelopeVpUnpacked, Pass, HeadlineNone, "CBOR-LD; @digitalbazaar/vpqr"},
	{EnvelopeVpDamaged, Fail, Unreadable, "CBOR-LD; RFC 8949"},
	{EnvelopeVpPacking, Fail, Unreadable, "CBOR-LD registry"},
	{EnvelopeVpContext, Fail, Unreadable, "CBOR-LD"},
	{SignatureUnpackedUnsure, Unknown, Incomplete, "CBOR-LD"},
	{TrustAwarderMayBeHidden, Unknown, Incomplete, "RFC 9901 4.2; T21"},
	{ProofMerkleDirection, Warn, HeadlineNone, "JSON-LD 1.1 API 8.2.3"},
	{CredentialExtensionMalformed, Fail, Refused, "Open Badges 2.0, Extensions"},
	{CredentialBadgeClass, Fail, Unreadable, "Open Badges 2.0 BadgeClass"},
	{CredentialBadgeProfile, Fail, Unreadable, "Open Badges 2.0 Profile"},
	{SchemaExtension, Skipped, HeadlineNone, "Open Badges 2.0, Extensions"},
	{EnvelopeXmlParts, Pass, HeadlineNone, "ELM v2; edc.md 4"},
	{ProofSealTimeStamps, Warn, HeadlineNone, "ETSI EN 319 132-1 5.3"},
	{ProofSealCountersigned, Warn, HeadlineNone, "ETSI EN 319 132-1 5.2.7"},
	{ProofSealJoined, Warn, HeadlineNone, "XMLDSIG 6.6.4"},
	{ProofSealAlso, Warn, HeadlineNone, "ETSI EN 319 132-1; T37"},
	{EnvelopeFromText, Warn, HeadlineNone, "issue 6.10"},
	{EnvelopeInPdf, Warn, HeadlineNone, "ISO 32000-2 12.6.4.8, 14.3"},
	{EnvelopeFromTar, Pass, HeadlineNone, "POSIX.1-2017 pax"},
	{EnvelopeTar, Fail, Unreadable, "POSIX.1-2017 pax"},
	{EnvelopeTarDamaged, Fail, Unreadable, "POSIX.1-2017 pax"},
	{EnvelopeTarLink, Fail, Unreadable, "POSIX.1-2017 pax"},
	{SchemaTypeNotRead, Skipped, HeadlineNone, "SD-JWT VC 6; design 3"},
	{SchemaTypeFixed, Skipped, HeadlineNone, "SD-JWT VC 7; design 3"},
	{ProofMerkleDisplay, Warn, HeadlineNone, "Blockcerts 3.0-beta context: display"},
	{ValidityStartMayBeHidden, Unknown, Incomplete, "VC-DI-ECDSA 3.4; RFC 9901 4.2; T21"},
}
