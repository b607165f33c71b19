package middleware

import (
	"bytes"
	"container/list"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// sharedAnswer is an answer made once for all who are shown the same: whole, or in pieces between
// which each person's own words are put. It is never changed.
type sharedAnswer struct {
	contentType, language string
	etag                  []byte   // names the content without the personal words; nil: may not be revalidated
	pieces                []piece  // one more than gaps; none where there are no gaps
	gaps                  []string // the mark that stood between two pieces
	text, whole           []byte   // an answer without gaps and its gzip, instead of pieces; nil otherwise
}

// piece is a stretch of an answer as deflate blocks that end on a byte and refer to nothing outside
// it, so that pieces can be strung together. What it says is not kept: browsers take it compressed,
// and a page is ten times as long.
type piece struct {
	deflated   []byte
	length     int    // of what it says
	crc, zeros uint32 // of what it says: its checksum, and what as many zeros make of another's
}

// newPiece compresses a stretch by itself. Speed over size: it is made anew after each write.
func newPiece(plain []byte) piece {
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	d.out.Reset()
	d.Reset(&d.out)
	d.Write(plain) //nolint:errcheck // a bytes.Buffer takes everything
	d.Flush()      //nolint:errcheck // as above
	return piece{bytes.Clone(d.out.Bytes()), len(plain), crc32.ChecksumIEEE(plain), crcZeros(len(plain))}
}

type deflater struct {
	*flate.Writer
	out bytes.Buffer
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 1)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &deflater{Writer: w}
}}

// plain is what the piece says.
func (p piece) plain() []byte {
	plain := make([]byte, p.length)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(p.deflated)), plain); err != nil {
		panic(fmt.Sprintf("unpack what was packed here: %v", err))
	}
	return plain
}

// size is roughly what the answer takes in memory.
func (a *sharedAnswer) size() int {
	n := 512 + len(a.text) + len(a.whole)
	for _, p := range a.pieces {
		n += len(p.deflated) + 64
	}
	return n
}

// plain gives out the answer part by part, with each gap filled by fill.
func (a *sharedAnswer) plain(out func([]byte), fill func(gap string) string) {
	out(a.text)
	for i, p := range a.pieces {
		out(p.plain())
		if i < len(a.gaps) {
			out([]byte(fill(a.gaps[i])))
		}
	}
}

var (
	gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}
	gzipEnd  = []byte{1, 0, 0, 0xff, 0xff} // an empty last block
)

// gzip gives out the same compressed: the pieces strung together (RFC 1951, 1952); what fills a gap
// goes into a stored block. So no personal word is ever compressed together with one an attacker
// may choose.
func (a *sharedAnswer) gzip(out func([]byte), fill func(gap string) string) {
	out(gzipHead)
	sum, size := uint32(0), uint32(0)
	for i, p := range a.pieces {
		out(p.deflated)
		sum, size = crcTimes(sum, p.zeros)^p.crc, size+uint32(p.length) //nolint:gosec // RFC 1952: modulo 2³²
		if i == len(a.gaps) {
			break
		}
		text := []byte(fill(a.gaps[i]))
		for rest := text; len(rest) > 0; {
			n := min(len(rest), 0xffff)
			out([]byte{0, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)}) //nolint:gosec // two bytes of a bounded number
			out(rest[:n])
			rest = rest[n:]
		}
		sum, size = crc32.Update(sum, crc32.IEEETable, text), size+uint32(len(text)) //nolint:gosec // RFC 1952: modulo 2³²
	}
	out(gzipEnd)
	out(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, sum), size))
}

// A checksum of two texts follows from theirs and the second's length: a CRC is a remainder of
// polynomials over bits, so what comes before is multiplied by x to the power of the bits behind it.
// Bit 31 is x⁰.

// crcZeros is x to the power of 8n.
func crcZeros(n int) uint32 {
	power := uint32(1 << 31)
	for square := uint32(1 << 23); n > 0; n >>= 1 {
		if n&1 != 0 {
			power = crcTimes(power, square)
		}
		square = crcTimes(square, square)
	}
	return power
}

// crcTimes is the product of two remainders.
func crcTimes(a, b uint32) (product uint32) {
	for ; a != 0; a <<= 1 {
		if a&(1<<31) != 0 {
			product ^= b
		}
		b = b>>1 ^ crc32.IEEE&-(b&1)
	}
	return product
}

// shelf keeps shared answers by what was asked, each under the stamp it was made at, the least
// recently used leaving first.
type shelf struct {
	mu    sync.Mutex
	room  int // bytes left
	byKey map[string]*list.Element
	used  *list.List // of *shelved, most recent first
	going map[flight]*making
}

type shelved struct {
	key    string
	stamp  int64
	answer *sharedAnswer
}

// flight is an answer being made; all who ask for it meanwhile wait for the one who makes it.
type flight struct {
	key   string
	stamp int64
}

type making struct {
	done   chan struct{}
	answer *sharedAnswer // nil when it came to nothing
}

func newShelf(bytes int) *shelf {
	return &shelf{room: bytes, byKey: map[string]*list.Element{}, used: list.New(), going: map[flight]*making{}}
}

// find is the answer under a key made at a stamp. When it must be made, mine is true: the caller
// makes it and calls put, with nil when that failed. Both nil and false: another's failed.
func (s *shelf) find(ctx context.Context, f flight) (a *sharedAnswer, mine bool) {
	s.mu.Lock()
	if e, ok := s.byKey[f.key]; ok && e.Value.(*shelved).stamp == f.stamp {
		s.used.MoveToFront(e)
		s.mu.Unlock()
		return e.Value.(*shelved).answer, false
	}
	m, ok := s.going[f]
	if !ok {
		s.going[f] = &making{done: make(chan struct{})}
		s.mu.Unlock()
		return nil, true
	}
	s.mu.Unlock()
	select {
	case <-m.done:
		return m.answer, false
	case <-ctx.Done():
		return nil, false
	}
}

// put ends the making of an answer.
func (s *shelf) put(f flight, a *sharedAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.going[f]
	delete(s.going, f)
	m.answer = a
	close(m.done)
	if a == nil {
		return
	}
	if e, ok := s.byKey[f.key]; ok {
		s.remove(e)
	}
	s.byKey[f.key] = s.used.PushFront(&shelved{f.key, f.stamp, a})
	for s.room -= a.size() + len(f.key); s.room < 0; {
		s.remove(s.used.Back())
	}
}

func (s *shelf) remove(e *list.Element) {
	old := s.used.Remove(e).(*shelved)
	delete(s.byKey, old.key)
	s.room += old.answer.size() + len(old.key)
}
