package secp256k1

import "math/big"

// Verify says whether signature, r and s of 32 bytes each (RFC 8812 3.2), is
// one of this key over a hash. A hash longer than 32 bytes counts with its
// first 32 (SEC 1 4.1.4). Both s and n-s verify: JOSE does not choose.
func (k *PublicKey) Verify(hash, signature []byte) bool {
	if len(signature) != 2*Size || !k.onCurve() {
		return false
	}
	r := new(big.Int).SetBytes(signature[:Size])
	s := new(big.Int).SetBytes(signature[Size:])
	// Zero for r or s would verify anything with a careless inverse
	// (CVE-2022-21449, T2).
	if r.Sign() == 0 || s.Sign() == 0 || r.Cmp(n) >= 0 || s.Cmp(n) >= 0 {
		return false
	}
	if len(hash) > Size {
		hash = hash[:Size]
	}
	w := new(big.Int).ModInverse(s, n)
	u1 := new(big.Int).SetBytes(hash)
	u1.Mul(u1, w).Mod(u1, n)
	u2 := w.Mul(r, w)
	u2.Mod(u2, n)

	sum := combine(u1, &PublicKey{gx, gy}, u2, k)
	x, finite := sum.affineX()
	// x is below p, which is larger than n: it is reduced before comparing.
	return finite && x.Mod(x, n).Cmp(r) == 0
}

// point is a point in Jacobian coordinates: (X/Z², Y/Z³), infinity where Z
// is zero. Sums need no division that way.
type point struct {
	x, y, z big.Int
}

func (a *point) infinite() bool { return a.z.Sign() == 0 }

func jacobian(k *PublicKey) *point {
	a := &point{}
	a.x.Set(k.X)
	a.y.Set(k.Y)
	a.z.SetInt64(1)
	return a
}

// affineX is the x coordinate, or false for the point at infinity.
func (a *point) affineX() (*big.Int, bool) {
	if a.infinite() {
		return nil, false
	}
	inverse := new(big.Int).ModInverse(&a.z, p)
	inverse.Mul(inverse, inverse).Mod(inverse, p)
	inverse.Mul(inverse, &a.x)
	return inverse.Mod(inverse, p), true
}

// combine is u1·a + u2·b. Both products share their doublings (Shamir's
// trick), two bits at a time: a table holds i·a + j·b for i and j up to 3.
func combine(u1 *big.Int, a *PublicKey, u2 *big.Int, b *PublicKey) *point {
	w := &work{}
	var table [16]point
	table[1] = *jacobian(a)
	table[4] = *jacobian(b)
	for i := 2; i < 16; i++ {
		switch {
		case i == 4:
		case i&3 != 0:
			w.add(&table[i], &table[i-1], &table[1])
		default:
			w.add(&table[i], &table[i-4], &table[4])
		}
	}
	sum := &point{}
	for bit := 8*Size - 2; bit >= 0; bit -= 2 {
		w.double(sum, sum)
		w.double(sum, sum)
		i := u1.Bit(bit+1)<<1 | u1.Bit(bit) | u2.Bit(bit+1)<<3 | u2.Bit(bit)<<2
		if i != 0 {
			w.add(sum, sum, &table[i])
		}
	}
	return sum
}

// work holds numbers that are used again from step to step, so that a
// verification does not leave thousands of them to be collected.
type work struct {
	t           [8]big.Int
	wide, ratio big.Int
}

// mul sets c to a·b mod p; c may be a or b.
func (w *work) mul(c, a, b *big.Int) {
	w.wide.Mul(a, b)
	w.ratio.QuoRem(&w.wide, p, c)
}

// sub sets c to a-b mod p.
func (w *work) sub(c, a, b *big.Int) {
	if c.Sub(a, b); c.Sign() < 0 {
		c.Add(c, p)
	}
}

// dbl sets c to 2a mod p.
func (w *work) dbl(c, a *big.Int) {
	if c.Lsh(a, 1); c.Cmp(p) >= 0 {
		c.Sub(c, p)
	}
}

// double sets c to 2a; c may be a. For a curve with a = 0: with S = 4xy² and
// M = 3x², the double is (M² - 2S, M(S - x') - 8y⁴, 2yz). No point of the
// curve has y = 0, since its order is odd.
func (w *work) double(c, a *point) {
	if a.infinite() {
		c.z.SetInt64(0)
		return
	}
	yy, s, m, t := &w.t[0], &w.t[1], &w.t[2], &w.t[3]
	w.mul(yy, &a.y, &a.y)
	w.mul(s, &a.x, yy)
	w.dbl(s, s)
	w.dbl(s, s)
	w.mul(t, &a.x, &a.x)
	w.dbl(m, t)
	if m.Add(m, t); m.Cmp(p) >= 0 {
		m.Sub(m, p)
	}
	w.mul(&c.z, &a.y, &a.z)
	w.dbl(&c.z, &c.z)
	w.mul(&c.x, m, m)
	w.sub(&c.x, &c.x, s)
	w.sub(&c.x, &c.x, s)
	w.sub(s, s, &c.x)
	w.mul(&c.y, m, s)
	w.mul(t, yy, yy)
	for i := 0; i < 3; i++ {
		w.dbl(t, t)
	}
	w.sub(&c.y, &c.y, t)
}

// add sets c to a+b; c may be either. With U = xz² of each taken by the other,
// S = yz³ likewise, H = U2-U1 and R = S2-S1, the sum is
// (R² - H³ - 2U1H², R(U1H² - x') - S1H³, H·z1·z2).
func (w *work) add(c, a, b *point) {
	switch {
	case a.infinite():
		c.set(b)
		return
	case b.infinite():
		c.set(a)
		return
	}
	u1, u2, s1, s2, t, hh := &w.t[0], &w.t[1], &w.t[2], &w.t[3], &w.t[4], &w.t[5]
	w.mul(t, &b.z, &b.z)
	w.mul(u1, &a.x, t)
	w.mul(t, t, &b.z)
	w.mul(s1, &a.y, t)
	w.mul(t, &a.z, &a.z)
	w.mul(u2, &b.x, t)
	w.mul(t, t, &a.z)
	w.mul(s2, &b.y, t)
	h, r := u2, s2
	w.sub(h, u2, u1)
	w.sub(r, s2, s1)
	if h.Sign() == 0 {
		if r.Sign() == 0 { // the same point
			w.double(c, a)
		} else { // opposite points
			c.z.SetInt64(0)
		}
		return
	}
	w.mul(&c.z, &a.z, &b.z)
	w.mul(&c.z, &c.z, h)
	w.mul(hh, h, h)
	w.mul(u1, u1, hh)
	w.mul(hh, hh, h)
	w.mul(s1, s1, hh)
	w.mul(&c.x, r, r)
	w.sub(&c.x, &c.x, hh)
	w.sub(&c.x, &c.x, u1)
	w.sub(&c.x, &c.x, u1)
	w.sub(u1, u1, &c.x)
	w.mul(&c.y, r, u1)
	w.sub(&c.y, &c.y, s1)
}

func (a *point) set(b *point) {
	a.x.Set(&b.x)
	a.y.Set(&b.y)
	a.z.Set(&b.z)
}
