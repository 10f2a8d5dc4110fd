package link

import "github.com/sealcheck/sealcheck/verifier/report"

// site is a website that is known for one kind of page. host stands for itself
// and for names below it; path and fragment are how these begin, and a path that
// ends in "/" asks for something behind it. The first row that fits counts.
type site struct {
	host, path, fragment string
	code                 report.Code
	name                 string
}

// sites are those that learners send links to. What stands on their pages was
// not looked at; where the way to the file is known, the code says it.
var sites = [...]site{
	{"europa.eu", "", "/shareview/", report.EnvelopeLinkEuropass, "Europass"},
	{"europa.eu", "", "/view/", report.EnvelopeLinkEuropassOwn, "Europass"},
	{"credly.com", "/badges/", "", report.EnvelopeLinkBadge, "Credly"},
	{"credly.com", "/earner/", "", report.EnvelopeLinkBadge, "Credly"},
	{"credly.com", "/users/", "", report.EnvelopeLinkBadge, "Credly"},
	{"credly.com", "/go/", "", report.EnvelopeLinkBadge, "Credly"},
	{"youracclaim.com", "/badges/", "", report.EnvelopeLinkBadge, "Credly"},
	{"badgr.com", "/public/", "", report.EnvelopeLinkBadge, "Badgr"},
	{"badgr.com", "/backpack/", "", report.EnvelopeLinkBadge, "Badgr"},
	{"badgr.io", "/public/", "", report.EnvelopeLinkBadge, "Badgr"},
	{"canvascredentials.org", "/public/", "", report.EnvelopeLinkBadge, "Canvas Credentials"},
	{"badges.parchment.com", "/public/", "", report.EnvelopeLinkBadge, "Parchment"},
	{"edubadges.nl", "/public/", "", report.EnvelopeLinkBadge, "edubadges"},
	{"openbadgepassport.com", "/app/", "", report.EnvelopeLinkBadge, "Open Badge Passport"},
	{"openbadgefactory.com", "/c/", "", report.EnvelopeLinkBadge, "Open Badge Factory"},
	{"credential.net", "/", "", report.EnvelopeLinkBadge, "Accredible"},
	{"accredible.com", "/", "", report.EnvelopeLinkBadge, "Accredible"},
	{"bestr.it", "/award/", "", report.EnvelopeLinkBadge, "Bestr"},
	{"verifierplus.org", "/credentials/", "", report.EnvelopeLinkVerifier, "VerifierPlus"},
	{"opencerts.io", "", "", report.EnvelopeLinkOpencerts, "OpenCerts"},
	{"lcw.app", "", "", report.EnvelopeLinkWallet, "Learner Credential Wallet"},
	{"drive.google.com", "/", "", report.EnvelopeLinkStorage, "Google Drive"},
	{"docs.google.com", "/", "", report.EnvelopeLinkStorage, "Google Drive"},
	{"dropbox.com", "/", "", report.EnvelopeLinkStorage, "Dropbox"},
	{"1drv.ms", "/", "", report.EnvelopeLinkStorage, "OneDrive"},
	{"onedrive.live.com", "", "", report.EnvelopeLinkStorage, "OneDrive"},
	{"sharepoint.com", "/", "", report.EnvelopeLinkStorage, "SharePoint"},
	{"icloud.com", "/iclouddrive/", "", report.EnvelopeLinkStorage, "iCloud"},
	{"wetransfer.com", "/", "", report.EnvelopeLinkStorage, "WeTransfer"},
	{"we.tl", "/", "", report.EnvelopeLinkStorage, "WeTransfer"},
	{"linkedin.com", "/", "", report.EnvelopeLinkProfile, "LinkedIn"},
	{"lnkd.in", "/", "", report.EnvelopeLinkProfile, "LinkedIn"},
}

// schemes are those of texts that no browser opens as a page, and of codes that
// are no address at all. Small letters stand for large ones too.
var schemes = [...]struct {
	scheme string
	code   report.Code
	name   string
}{
	{"did:", report.EnvelopeLinkDid, ""},
	{"openid4vp:", report.EnvelopeLinkWallet, "OpenID4VP"},
	{"mdoc-openid4vp:", report.EnvelopeLinkWallet, "OpenID4VP"},
	{"eudi-openid4vp:", report.EnvelopeLinkWallet, "OpenID4VP"},
	{"haip:", report.EnvelopeLinkWallet, "OpenID4VC"},
	{"haip-vp:", report.EnvelopeLinkWallet, "OpenID4VP"},
	{"haip-vci:", report.EnvelopeLinkWallet, "OpenID4VCI"},
	{"openid:", report.EnvelopeLinkWallet, "OpenID"},
	{"openid-vc:", report.EnvelopeLinkWallet, "OpenID4VP"},
	{"openid-credential-offer:", report.EnvelopeLinkWallet, "OpenID4VCI"},
	{"openid-initiate-issuance:", report.EnvelopeLinkWallet, "OpenID4VCI"},
	{"swiyu:", report.EnvelopeLinkWallet, "swiyu"},
	{"swiyu-verify:", report.EnvelopeLinkWallet, "swiyu"},
	{"dcc:", report.EnvelopeLinkWallet, "Learner Credential Wallet"},
	{"dccrequest:", report.EnvelopeLinkWallet, "Learner Credential Wallet"},
	{"hc1:", report.EnvelopeCodeHealth, "EU DCC"},
	{"shc:/", report.EnvelopeCodeHealth, "SMART Health Card"},
	{"shlink:/", report.EnvelopeCodeHealth, "SMART Health Link"},
	{"mdoc:", report.EnvelopeCodeIdentity, "mdoc"},
}
