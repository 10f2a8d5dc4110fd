// Package limits holds every maximum of the core in one place, each with its
// reason. A limit that is reached is a finding with a code of its own, never a
// silent cut: nothing is lost or half-said.
package limits

const (
	// FileBytes is the largest input. The largest sealed European Digital
	// Credential seen has 0.5 MB; Europass itself refuses uploads over 15 MB.
	FileBytes = 16 << 20

	// PackedBytes is the largest file that holds others: a PDF, a ZIP, an
	// e-mail. A diploma with its pages scanned takes 20 MB (design.md 3).
	PackedBytes = 32 << 20

	// UnpackedBytes is what all files in a file may take together when they
	// are unpacked (design.md 3). Of what goes on, one byte more is unpacked,
	// which tells that there is more (T12).
	UnpackedBytes = 64 << 20

	// Parts is how many files a file may hold, those in its ZIP files and
	// e-mails included: as many as the page checks at once.
	Parts = 500

	// PartValues is how many values the objects in such a file may hold together,
	// counted by the commas: a tree in memory takes up to 500 bytes for each, and
	// five hundred files of the largest kind would take a minute in the page. Two
	// hundred real credentials have under 100,000.
	PartValues = 1_000_000

	// PartDepth is how often such files may lie in one another: a ZIP that is
	// attached to an e-mail that somebody has forwarded.
	PartDepth = 4

	// MailParts is how many parts, readable or not, a message may be made of,
	// and MailDepth how deep they may nest. Real messages have under 20 and 4.
	MailParts = 2000
	MailDepth = 16

	// PDFValues is how many values of a PDF are read, PDFObjects how high they
	// may be numbered. Only pages and what leads to attachments is read at all:
	// a thousand pages take about 50,000.
	PDFValues  = 1_000_000
	PDFObjects = 1 << 20
	// of several documents in one file, of each of which little is read
	PDFValuesTogether = 2 * PDFValues

	// PDFWork is how many bytes of a PDF are unpacked or searched through, some
	// of them more than once: attachments that are as large as may be, pictures,
	// and what leads to them.
	PDFWork = 128 << 20

	// PDFDepth is how deep the values of a PDF and its trees may nest. Real
	// ones stay under 10.
	PDFDepth = 32

	// PDFUpdates is how often a PDF may have been changed after it was made.
	PDFUpdates = 500

	// PDFPages is on how many pages of a PDF attachments and pictures are
	// looked for.
	PDFPages = 5000

	// PDFPictures is how many pictures of a PDF are searched for codes, and
	// PDFPictureBytes what they may take together.
	PDFPictures     = 20
	PDFPictureBytes = 32 << 20

	// JSONDepth is how deep arrays and objects may nest. Real credentials
	// stay under 20; recursion beyond this serves only to exhaust a stack.
	JSONDepth = 64

	// JSONTokens bounds the work of one document: 200,000 tokens are about
	// ten times the largest real credential.
	JSONTokens = 200_000

	// MarkupDepth is how deep the elements of a drawing or of any XML may nest,
	// and MarkupAttributes how many attributes one may have, or prefixes be in
	// use. Real ones stay under 40 of each.
	MarkupDepth      = 256
	MarkupAttributes = 100

	// MarkupNodes is how many elements, attributes and texts an XML credential
	// may have: ten times those of the largest real one.
	MarkupNodes = 200_000

	// CanonicalBytes is how long a canonical form of XML may be: twice the largest
	// file. Those of real credentials are shorter than the file or a little longer.
	CanonicalBytes = 2 * FileBytes

	// CanonicalNamespaces is how many bytes of addresses of namespaces may be in
	// one: of a file of 30 KB, of which a ZIP can hold hundreds, their repetition
	// would make 30 MB. Real credentials repeat them a few times.
	CanonicalNamespaces = 1 << 20

	// MarkupCopies is how many values may be read of an XML credential, whose
	// parts refer to each other and are read in each place: a few references
	// to references would make as many of them as anybody likes.
	MarkupCopies = 20_000

	// HeaderBytes bounds a JOSE header before decoding. An embedded
	// certificate chain with time-stamps takes up to 40 KB.
	HeaderBytes = 256 << 10

	// EnvelopeDepth is how often an envelope may hold another one: a picture,
	// a presentation in it, a learner record in that, one of its credentials,
	// and an endorsement of that one.
	EnvelopeDepth = 4

	// Credentials is how many credentials one file may hold.
	Credentials = 200

	// Proofs is how many proofs or signatures one credential may carry.
	Proofs = 10

	// Certificates is how many certificates a chain may name; real chains
	// have at most four.
	Certificates = 10

	// PathLength is the longest certificate path built, leaf and anchor
	// included (T18).
	PathLength = 5

	// CriticalNames is how many names `crit` may list; ETSI defines ten.
	CriticalNames = 32

	// Contexts is how many @context entries a credential may have.
	Contexts = 20

	// ContextsLoaded is how many contexts one document may use, those of its
	// terms and types included.
	ContextsLoaded = 100

	// ContextVariants is how many choices among the known versions of its
	// contexts are tried for one document.
	ContextVariants = 8

	// ContextsKept is how many compiled contexts stay in memory. One of a
	// credential takes about 10 KB; all known ones together, in the orders
	// in use, give a few hundred. Beyond it they are compiled anew, so that
	// nobody fills the memory with odd orders.
	ContextsKept = 1000

	// ContextTerms is how many definitions are copied from one context to
	// the next for one document, beyond what is kept for all. A badge takes
	// some hundreds for each context of its own; half a million takes 50 ms.
	ContextTerms = 500_000

	// KeysKept is how many decoded public keys stay in memory, of some 200 bytes
	// each: finding the point of a P-384 key takes as long as reading a badge,
	// and issuers come again. Beyond it all are let go.
	KeysKept = 500

	// Quads and BlankNodes bound one dataset (T10). The largest real badge has
	// 400 statements; 30 of them in one presentation 10,000.
	Quads      = 50_000
	BlankNodes = 5_000

	// GraphBytes bounds the text of one dataset: a context can make a word of
	// one letter an address of a megabyte. It leaves room for the largest file
	// with its pictures.
	GraphBytes = 32 << 20

	// GraphWork bounds what may be done to tell like blank nodes apart: a step
	// is one hash, 256 bytes hashed, or one label in a path. The hardest graph
	// of the W3C's own tests that is no attack needs 6,000, fifty equal words
	// in a list 12,000, an attack more than any number (T10). All of it takes
	// 5 ms, in WebAssembly 40.
	GraphWork = 50_000

	// SignedStatements is how many statements of one credential may be signed
	// one by one, so that a holder can show a part of them. An Open Badge with
	// 20 alignments has 400; each takes one to two milliseconds in the page.
	SignedStatements = 1000

	// Disclosures is how many claims one SD-JWT may disclose. The largest
	// example has 27; a diploma with every claim apart has some hundreds.
	Disclosures = 1000

	// MerkleSteps is how far the root of a Merkle tree may be away: 64 steps are
	// more leaves than there can be. MerkleAnchors is how many transactions one
	// proof may name; real ones name one.
	MerkleSteps   = 64
	MerkleAnchors = 10

	// LinkBytes is the longest text taken for a link. A link that carries a
	// credential along has some thousand characters; browsers take two million.
	LinkBytes = 2 << 20

	// Links that are read out of a document, a message or a text: somebody who
	// lists all badges in a letter has fewer.
	Links = 50

	// VerificationMethods is how many keys of one controller document are
	// looked at.
	VerificationMethods = 100

	// StatusEntries is how many status entries one credential may have.
	StatusEntries = 50

	// ListBytes is the largest status list read from the network, as it is
	// sent. A list of a million entries, half of them set at random, has
	// 130 KB; 12 MiB hold any that may expand to ListExpanded, but for one
	// that cannot be compressed at all.
	ListBytes = 12 << 20

	// ListExpanded is how large a status list may become when it is unpacked
	// (design.md 3): 134 million entries of one bit. Of what goes on, one byte
	// more is unpacked, which tells that there is more (T12).
	ListExpanded = 16 << 20

	// ListEntries is the shortest bit list that hides whose entry is read
	// (BITSTRING-STATUS-LIST 3.2: STATUS_LIST_LENGTH_ERROR).
	ListEntries = 131_072

	// ListAge, in seconds, is how old a list may be that came with the file
	// and does not say itself how long it holds: who hands it in could have
	// kept it from before a withdrawal.
	ListAge = 24 * 60 * 60

	// ListTerm, in seconds, is for how long at most a list of revoked
	// certificates that came with a file may say that it holds and be taken at
	// its word: those of authorities hold for days or weeks, and a seal that was
	// withdrawn last spring must not bring one from before that was made to
	// last for years.
	ListTerm = 31 * 24 * 60 * 60

	// ListKeptLeast and ListKeptMost, in seconds, bound how long a list that
	// was read is used again, whatever it says of itself (interop b).
	ListKeptLeast = 60
	ListKeptMost  = 24 * 60 * 60

	// ListsKept and ListsKeptBytes bound what is remembered of lists.
	ListsKept      = 64
	ListsKeptBytes = 24 << 20

	// ListsSeen is of how many addresses the newest date seen there is
	// remembered, some hundred bytes each, also when the list itself is not
	// kept any more: an older list would otherwise pass for the newest (T14).
	ListsSeen = 1000

	// ListsSupplied is how many lists may be handed in with a file.
	ListsSupplied = 50

	// RevocationBytes is the largest certificate revocation list or answer
	// about a certificate; those of large authorities have some megabytes.
	RevocationBytes = 8 << 20

	// RevokedCertificates is how many entries of a certificate revocation
	// list are looked at.
	RevokedCertificates = 500_000

	// RevocationValues is how many revocation lists, answers or further
	// certificates a seal may carry, of each kind. A new seal has one to five;
	// each renewal of an old one adds as many.
	RevocationValues = 50

	// SealSignatures is how many signatures are checked to find out whether
	// the certificates of one seal were withdrawn. A chain of three with
	// answers by responders of their own takes ten.
	SealSignatures = 30

	// DocumentBytes is the largest DID document, profile or key set read
	// from the network; real ones stay under 100 KB.
	DocumentBytes = 1 << 20

	// AddressBytes is the longest address that is asked for.
	AddressBytes = 2048

	// DIDBytes is the longest DID read. A did:jwk of an RSA-4096 key has
	// about 1,000 characters.
	DIDBytes = 8192

	// PackedCharacters is the longest text of a code that holds a packed
	// credential. The largest QR code has 4,296 such characters.
	PackedCharacters = 8 << 10

	// PackedSteps bounds what is looked up in contexts to unpack one. A
	// presentation of two Open Badges takes some 5,000.
	PackedSteps = 500_000

	// PackedReadings is how many choices of editions of its contexts are tried.
	// Two of its contexts with three editions each, as no credential has, take 9.
	PackedReadings = 9

	// Requests is how many addresses one file may make us ask for.
	Requests = 50

	// Work bounds what one file may make us do with keys and signatures: one
	// for every key looked for and every 8 KB of documents read for it, and
	// one for every signature tried and every 64 KB hashed for it. One costs
	// about a millisecond. A full presentation, 200 credentials with two
	// proofs each and a document of 8 KB, takes 1200.
	Work = 3000

	// RSABitsLeast and RSABitsMost bound RSA keys: below 2048 bits a key is
	// too weak to prove anything, above 8192 one check takes too long.
	RSABitsLeast = 2048
	RSABitsMost  = 8192

	// HashedByHost is from how many bytes on a host that hashes is asked to: for
	// less it takes longer to ask.
	HashedByHost = 4 << 10

	// TextRunes is how much of a foreign text the report repeats.
	TextRunes = 1000

	// TrustListBytes is the largest trust list read.
	TrustListBytes = 8 << 20

	// TrustEntries is how many issuers all lists together may name.
	TrustEntries = 100_000
)

// ClockTolerance, in seconds, is granted to "not yet valid" and to the dates
// of lists and tokens: clocks of honest machines differ by minutes
// (design.md 3). A credential's own end has none.
const ClockTolerance = 300
