package middleware

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// What is strung together from compressed pieces and personal words is what an uncompressed answer
// says, checksum and all, whatever the lengths.
func TestAStrungAnswerUnpacksToTheAnswer(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := func(most int) string {
		b := make([]byte, rng.IntN(most+1))
		for i := range b {
			b[i] = "<td>0123 指标"[rng.IntN(15)]
		}
		return string(b)
	}
	for range 200 {
		a := &sharedAnswer{pieces: []piece{newPiece([]byte(text(3000)))}}
		for range rng.IntN(6) {
			a.gaps = append(a.gaps, text(20)+strings.Repeat("长", rng.IntN(2)*30_000))
			a.pieces = append(a.pieces, newPiece([]byte(text(3000))))
		}
		var plain, packed bytes.Buffer
		own := func(gap string) string { return gap }
		a.plain(func(p []byte) { plain.Write(p) }, own)
		a.gzip(func(p []byte) { packed.Write(p) }, own)
		r, err := gzip.NewReader(&packed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, plain.Bytes()) {
			t.Fatalf("unpacked %d bytes of %d: %v", len(got), plain.Len(), err)
		}
	}
}
