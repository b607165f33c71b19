package middleware

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"
)

// sharedAnswer is an answer made once for all who are shown the same, with gaps for what differs from
// person to person. It is immutable.
type sharedAnswer struct {
	contentType, language string
	etag                  []byte // hash of the text without the personal parts; nil: may not be revalidated
	text                  []byte // without the marks
	gaps                  []gap
	packed                []byte // gzip of an answer without gaps; nil for others
}

// gap is where a mark was cut out of a text: an offset in bytes.
type gap struct {
	at   int
	mark string
}

// newSharedAnswer cuts the marks out of a body. They are random and left out of the hash, so that a page
// has the same ETag from every process.
func newSharedAnswer(body []byte, contentType, language string) (*sharedAnswer, error) {
	a := &sharedAnswer{contentType: contentType, language: language}
	sum, lasting := sha256.New(), true
	rest := body
	for i, mark := nextMark(rest); i >= 0; i, mark = nextMark(rest) {
		a.text = append(a.text, rest[:i]...)
		a.gaps = append(a.gaps, gap{len(a.text), mark})
		fmt.Fprintf(sum, "%d\x00", len(a.text))
		rest = rest[i+markSize:]
		lasting = lasting && mark != marks.key
	}
	a.text = append(a.text, rest...)
	sum.Write(a.text)
	if lasting { // a revalidated page would bring back a form key that was used
		a.etag = sum.Sum(nil)
	}
	if len(a.gaps) > 0 {
		if !strings.HasPrefix(contentType, fiber.MIMETextHTML) {
			return nil, errPerson
		}
		return a, nil
	}
	var packed bytes.Buffer
	if err := pack(&packed, a.text); err != nil {
		return nil, err
	}
	a.packed = packed.Bytes()
	return a, nil
}

// filled returns the answer with each gap filled by fill.
func (a *sharedAnswer) filled(fill func(mark string) string) []byte {
	if len(a.gaps) == 0 {
		return a.text
	}
	out, from := make([]byte, 0, len(a.text)+64*len(a.gaps)), 0
	for _, g := range a.gaps {
		out = append(append(out, a.text[from:g.at]...), fill(g.mark)...)
		from = g.at
	}
	return append(out, a.text[from:]...)
}

// size estimates what the answer takes in memory, in bytes.
func (a *sharedAnswer) size() int { return 512 + len(a.text) + len(a.packed) + 64*len(a.gaps) }

// TakesGzip reports whether the client accepts gzip; with q=0 it does not (RFC 9110, 12.5.3).
func TakesGzip(c *fiber.Ctx) bool {
	for offer := range strings.SplitSeq(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(offer, " ", ""), ";q=")
		if strings.EqualFold(name, "gzip") {
			return strings.Trim(weight, "0.") != "" || weight == ""
		}
	}
	return false
}

// packers are reused: each holds tables of some hundred kilobytes.
var packers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// pack writes text compressed, favoring speed over size since it runs for every reader.
func pack(to io.Writer, text []byte) error {
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(to)
	if _, err := w.Write(text); err != nil {
		return err
	}
	return w.Close()
}
