package store

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/bits"
	"strconv"
)

// A pack holds many rows of a table that only grows by one digest. So that a changed row is still found among
// them, each part of at most packPart rows carries two sums of their marks, one of them weighted by their
// places: if one row differs, the two differences tell which.

// packPart is how many rows share two sums.
const packPart = 256

// prime is what sums are counted by.
const prime = 1<<61 - 1

// batch adds up the marks of rows, in the order of their numbers.
type batch struct {
	table string
	marks []byte
	parts []packedPart
}

// packedPart are rows with numbers that follow each other.
type packedPart struct {
	first, rows    int64
	sum, weightSum uint64
}

func newBatch(table string) *batch { return &batch{table: table} }

func (p *batch) add(id int64, m mark) {
	if n := len(p.parts); n == 0 || p.parts[n-1].first+p.parts[n-1].rows != id || p.parts[n-1].rows == packPart {
		p.parts = append(p.parts, packedPart{first: id})
	}
	p.parts[len(p.parts)-1].add(m)
	p.marks = append(p.marks, m[:]...)
}

func (p *packedPart) add(m mark) {
	p.rows++
	p.sum = addMod(p.sum, m.number())
	p.weightSum = addMod(p.weightSum, mulMod(uint64(p.rows), m.number())) //nolint:gosec // up to packPart
}

// number returns the mark's beginning as a number below prime.
func (m mark) number() (n uint64) {
	for _, b := range m[:8] {
		n = n<<8 | uint64(b)
	}
	return n % prime
}

func addMod(a, b uint64) uint64 { return (a + b) % prime }

func subMod(a, b uint64) uint64 { return (a + prime - b) % prime }

func mulMod(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	_, rest := bits.Div64(high, low, prime) // both are below prime, so high is
	return rest
}

// odd returns the place, from 0, of the one row by which two parts of the same rows differ; ok is false if
// they differ by several.
func (p packedPart) odd(other packedPart) (place int64, ok bool) {
	by, weighted := subMod(p.sum, other.sum), subMod(p.weightSum, other.weightSum)
	if by == 0 {
		return 0, false
	}
	for i := range uint64(p.rows) { //nolint:gosec // up to packPart
		if mulMod(i+1, by) == weighted {
			return int64(i), true //nolint:gosec // up to packPart
		}
	}
	return 0, false
}

// line writes the pack: its table, the digest of all marks, and of each part the first number, how many, and
// the two sums.
func (p *batch) line() []byte {
	sum := sha256.Sum256(p.marks)
	out := fmt.Appendf(nil, `["#%s","%s"`, p.table, base64.RawURLEncoding.EncodeToString(sum[:]))
	for _, part := range p.parts {
		for _, n := range []int64{part.first, part.rows, int64(part.sum), int64(part.weightSum)} { //nolint:gosec // < prime
			out = append(out, ',')
			out = strconv.AppendInt(out, n, 10)
		}
	}
	return append(out, ']')
}

// lines returns the pack's line, none if it holds nothing.
func (p *batch) lines() [][]byte {
	if len(p.parts) == 0 {
		return nil
	}
	return [][]byte{p.line()}
}
