// Package webcrypto verifies signatures by the host's own crypto.subtle, which
// is native code where ours is compiled to WebAssembly. It is a
// verifier.Primitive: the core's rules for keys and values stand before it,
// and whatever it does not answer with yes is worked out again by Go code. So
// it can only ever be wrong in one way, by a yes; its tests look for one.
package webcrypto
