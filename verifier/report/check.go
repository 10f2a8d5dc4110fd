package report

// CheckName is one of the eleven checks. The list is closed: every report of
// a credential holds each exactly once, in this order.
type CheckName string

const (
	CheckEnvelope   CheckName = "envelope"
	CheckCredential CheckName = "credential"
	CheckProof      CheckName = "proof"
	CheckKey        CheckName = "key"
	CheckSignature  CheckName = "signature"
	CheckIssuer     CheckName = "issuer"
	CheckValidity   CheckName = "validity"
	CheckStatus     CheckName = "status"
	CheckTrust      CheckName = "trust"
	CheckHolder     CheckName = "holder"
	CheckSchema     CheckName = "schema"
)

// CheckNames is the order in which checks stand in every report.
var CheckNames = [...]CheckName{
	CheckEnvelope, CheckCredential, CheckProof, CheckKey, CheckSignature,
	CheckIssuer, CheckValidity, CheckStatus, CheckTrust, CheckHolder, CheckSchema,
}
