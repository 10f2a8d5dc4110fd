// Package verifier answers whether a micro-credential is real, who stands
// behind it, whether it still holds and what it says. It is pure: bytes, an
// instant and a Getter go in, a report comes out. The same core runs in a
// page, in an edge worker and as a command.
//
// # The way of the data
//
// One line of named checks, told in one table (pipeline.go): envelope,
// credential, proof, key, signature, issuer, validity, status, trust, holder,
// schema. Each check is told exactly once per credential. A check whose
// prerequisite did not pass is recorded as skipped; no check looks at another
// one's outcome. What a check finds are coded findings; the code alone
// decides how bad it is (report/codes.go), and verdict and headline are pure
// functions of the checks and the policy (report/headline.go).
//
// # Promises
//
//   - Nothing that could not be checked turns into a pass: the zero value of
//     every outcome is unknown.
//   - Verify never panics and never hangs: every loop over foreign data has a
//     maximum in internal/limits, and a fault of our own becomes
//     internal.unexpected, which passes nothing.
//   - Nothing is fetched but through the Getter, and no address that
//     fetch.Allowed refuses.
//   - Same bytes, instant, network and configuration: the same report, byte
//     for byte.
//   - Codes, check names, headlines and the order of the table stay.
//
// # What it does not promise
//
// A verified credential is unchanged, and its issuer is who a list that you
// chose says it is. Whether the learner in front of you is the one it speaks
// of, whether the learning was any good, and whether the list is right, is
// not in it.
//
// # Where the house differs from its plan
//
// design.md 2 lets stages return (value, error). They return (value,
// report.Findings) instead: one check often has several things to say (a key
// was found, but named only loosely), and a finding that passes needs its
// code as much as one that fails. The tools below the stages still return an
// error that is a report.Problem.
//
// The proof check tries every proof of a set with the keys that its reference
// leads to, before key, signature and issuer report on the one on which the
// verdict rests: only so can a set be told as a set, with the failure of a
// second proof (proof.set_member_failed) in the row of the proofs.
//
// Codes that begin with "context." have no check of their own: they stand in
// the check of the proof. What a context does to the words is found while a
// proof is read that signs their meaning, and the list of checks stays closed.
// Canonical forms are made there as well, although that is much work before
// any key is known: a document that loses something on the way must be
// refused for that, whoever signed it.
//
// Stages read a document as a tree, by its short names; a signature over RDF
// covers a graph, of which there are many trees. So stages are handed a tree
// that is made of the graph (internal/linked, Read), whatever the holder has
// written; a document that says by its own keys just what its graph says, as
// nearly all do, is read as it stands. No stage needs to know about contexts.
//
// RDFC-1.0 sorts statements by code points; signers in JavaScript sort them by
// UTF-16 units. A signature that fits neither order fails: the statements are
// the same in both, so that either is as good.
//
// Package status imports neither the pipeline nor the network: it is handed an
// Opener, which verifies a list by the same steps as a credential (depth 1; the
// steps from status on are skipped), and a Session. What a real list says that
// cannot be relied on (another address, another signer, out of date) stands as
// evidence in the report, and decides nothing.
//
// The order "carried in the file, remembered, asked" has one exception. Who
// presents a file chooses what comes with it, and could keep a list from
// before a withdrawal: so one that came with it counts only if it was made
// within a day, or within the shorter time that it states for itself
// (limits.ListAge), and nothing newer is remembered. An older one is used where
// the address does not answer, and then leaves the answer open, unless it says
// "withdrawn". What a holder shows of a credential by choice is never verified
// while a reference to its standing, its end, or the body that awards it may be
// among what is hidden. In an SD-JWT that is where a digest is left over in the
// very object in which the member would stand, and does not: no digest can bring
// in a name that is taken. What SD-JWT VC 2.2.2.3 has always shown (status, exp)
// cannot be hidden, and is refused where it is a matter of choice; what
// VC-JOSE-COSE 3.2.1 only asks issuers to show (credentialStatus) may be, but not
// where the signed part has it whole. A type of wallet credential that has a claim
// for the awarding body and shows none is open while a digest of the same object
// is left over, decoys included: they look the same.
//
// design.md 2 has a file's verdict and headline from the worst of its
// credentials. Some entries of a report stand aside (report.Credential.Aside):
// they have checks and a headline of their own, and neither the file's answer
// nor its counts know them. Endorsements do: whoever wrote one, and whatever is
// wrong with it, the credential that it speaks of is neither better nor worse
// for it (T37). Presentations do, where they keep the rules, claim nothing by
// themselves and hand something over, and all that can be said against them is
// that nobody signed the wrapping or that no list names the holder: wallets
// export most of them so, anybody could take the wrapping off, and a signed one
// must not be worth less than its content. One that was altered, is signed by
// another than it names or breaks a rule counts as before. The parts of a
// presentation or a learner record always count. A part without a proof of its
// own is proof.none_part and hence not_signed, also where the record around it
// is verified: whoever publishes that says so, and not who is named there.
//
// Of an XML credential nothing is read but what is parsed from the bytes that
// its seal covers (internal/xades, envelope), and they are put into the members
// of the newer form before any stage sees them: the places in a report are then
// those of the XML file. There is no XPath engine: the two expressions by which
// the Commission's issuer leaves a signature out of what it covers are
// recognised by their text, and every other one is refused. A presentation
// counts for nothing where the one credential in it has a seal of its own. Of
// one with several each is judged by itself: under its own seal, or under that of
// the presentation, by which bodies seal for others, as it is for one alone.
//
// Seals beside each other are a set, as proofs are. All that is read stands under
// each of them that can be read; one of a part only is told as unchecked beside
// one of the whole. Where a later seal was set beside an earlier one that takes
// nothing but itself out of what it covers, it is looked whether the earlier one
// holds without the later (proof.seal_joined): by the letter it was broken, but
// what is shown is what was sealed. Time-stamps and counter signatures are named
// and not judged.
//
// jwx does the mathematics of ordinary JOSE signatures natively; WebAssembly
// hosts ask WebCrypto, and the standard library has the last word there
// (internal/signature): the library would add 164 KB to the page.
//
// The edge worker hands bytes over by functions of its own (wasm/worker,
// call.go and shim.mjs) and no longer through the library's WriteRawJSBody as
// design.md 4 has it: each JavaScript value that crossed cost more than all
// that a small request does. The library still carries every request; its
// empty answer only marks the end.
//
// A did:ebsi is looked up in the register of EBSI's pilot, api-pilot.ebsi.eu
// (internal/did), over a connection that nobody signs, as a did:web is. An
// accreditation there that a credential refers to is told as the file's word
// and gives no trust: EBSI's issuers are trusted by lists, like all others.
//
// No key signs a Blockcerts certificate: its fingerprint leads to a root that is
// said to stand in a public register. Fingerprint and way are computed; the
// register is never asked, since only a service that somebody runs could answer,
// and it would learn whose certificate is looked at. So key.on_chain is a remark,
// signature and issuer stay unknown, and nothing behind them is looked at. A
// fingerprint that differs is altered (design.md 2): nothing else in the file
// could explain it, once every known version of each context was tried, also in
// the way of tools that drop without a word what has no place in RDF. Where the
// fingerprint fits only so, it covers less than the file says, and that is
// refused; a direction of writing, or the page that the file draws, which the
// vocabulary of 3.0-beta always lost, is a remark: no answer rests on such a
// proof, and nothing here reads either. Neither
// the proof's dates nor its verificationMethod are covered, and nothing rests on
// them. Beside a good signature by the issuer such a proof is one that could not
// be checked (proof.set_member_unchecked). The list of revoked certificates that
// Blockcerts profiles name is never asked: verifiers there append the id of the
// certificate to its address.
//
// A link in the place of a file is told by its host and path alone
// (internal/link), and never asked. What stands in the link itself is read.
// The text of a VP1- code is unpacked (internal/cborld): what stands in it are
// numbers of terms, counted over the contexts, and nothing in it says which
// edition of a context was counted. So only contexts whose very document is
// pinned are used, never those of which we have the meaning alone; each edition
// is tried; and where no signature fits any reading, that is
// signature.unpacked_unsure, hence incomplete, and never altered or mismatch: it
// may be our reading that differs. What CBOR holds as it is, with no terms
// packed, is judged as any other file. Tables that their authors keep (a registry
// entry above 1) are not at hand; such a code is named.
//
// Before the envelope comes what a file may lie in (package container): a ZIP
// or a tar, an e-mail, a PDF to which it is attached. Each file in there is opened as one
// of its own, with a path of its own and its name beside it; a container is no
// credential, proves nothing, and has no entry unless it holds none. What is
// plainly something else, a readme or a logo, is left aside and listed. Pictures
// are not taken apart so: two credentials in one are refused there, because
// readers take the one or the other; here all are listed. Where no file beside
// them is a credential, what stands in a text counts, too: tokens, an object, and
// links that lead to a credential, in a message, in the links and properties of a
// PDF, or in what was pasted.
//
// Open Badges before 3.0 are in pieces, and most bear no signature: the issuer's
// website answers for them (package hosted). So these steps ask before anything
// is judged, and what the website keeps is what is read, described and judged.
// signature and key are then none, and a headline that is better than incomplete
// rests on proof.hosted_match alone (report/headline.go). A file that says
// something else than its website is told as what the website says and is at
// most incomplete: the website may have corrected it, or somebody the file.
// What a hosted badge proves is that the places where it is kept are those of
// which its issuer's profile says that its badges are there; without a word on
// that, any place of the profile's own website, as the specification has it. So
// a list should not name profiles on websites where others can put files. A
// list's entry for a domain means the profile at its root, as everywhere. Plain
// http is never asked, but the same place over https is, with a remark. A part
// that calls itself another address is followed there once, if the same is said
// there; so is the award itself, where that address is one more to agree to. An
// address that leads on to another website leaves it open: it may have a new
// name, or lead anybody anywhere. A signed badge's key must be listed by the profile; one that is not, on
// the same website, leaves it open, since it may have been replaced.
//
// CBOR is read by 150 lines of our own (internal/cbor): a proof value needs a
// small strict part of it, and the library would weigh 80 KB in the page.
// AES is 150 lines, too (internal/pdffile), and they only read documents that are
// locked with no password: the standard library's weighs 50 KB in the page, for
// the secrets that it guards, and here there is none. Tests hold one against the
// other.
package verifier
