package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// Limits of one piece of XML. What office programs write stays far below; a decoder keeps a whole piece in memory.
const (
	maxTag      = 256 << 10 // bytes of a tag with its attributes
	maxTextRun  = 1 << 20   // bytes between two tags
	maxElements = 3_500_000 // in all parts of a file together
	maxDepth    = 1_000     // of elements within each other
)

// errOverlong is a piece of XML above these limits, errCrowded a file with more elements.
var (
	errOverlong = errors.New("a piece of XML is too long")
	errCrowded  = errors.New("too many elements")
)

// xmlGuard passes XML on to a decoder, piece by piece within the limits, while its context lasts. A decoder alone
// would first gather a whole tag, comment or text, however long.
type xmlGuard struct {
	ctx   context.Context
	from  io.Reader
	state xmlState
	run   int    // bytes of the piece so far
	open  []byte // of a <! piece, until it is known which it is
	end   []byte // what ends a comment, CDATA section or instruction
	last  [3]byte
}

// xmlState is which kind of piece a guard is in.
type xmlState byte

const (
	inText xmlState = iota
	inTag
	inDouble // within "
	inSingle // within '
	inBang   // behind <!
	inUntil  // until end
)

// Read fails with errOverlong, errDamaged for a document type, or the context's error.
func (g *xmlGuard) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.from.Read(p)
	for _, b := range p[:n] {
		if wrong := g.see(b); wrong != nil {
			return 0, wrong
		}
	}
	return n, err
}

func (g *xmlGuard) see(b byte) error {
	g.last = [3]byte{g.last[1], g.last[2], b}
	g.run++
	switch g.state {
	case inText:
		if b == '<' {
			g.state, g.run = inTag, 1
		} else if g.run > maxTextRun {
			return errOverlong
		}
		return nil
	case inTag:
		switch {
		case b == '!' && g.run == 2:
			g.state, g.open = inBang, g.open[:0]
		case b == '?' && g.run == 2:
			g.state, g.end = inUntil, []byte("?>")
		case b == '"':
			g.state = inDouble
		case b == '\'':
			g.state = inSingle
		case b == '>':
			g.state, g.run = inText, 0
		}
	case inDouble:
		if b == '"' {
			g.state = inTag
		}
	case inSingle:
		if b == '\'' {
			g.state = inTag
		}
	case inBang:
		switch g.open = append(g.open, b); {
		case string(g.open) == "--":
			g.state, g.end = inUntil, []byte("-->")
		case string(g.open) == "[CDATA[":
			g.state, g.end = inUntil, []byte("]]>")
		case !bytes.HasPrefix([]byte("--"), g.open) && !bytes.HasPrefix([]byte("[CDATA["), g.open):
			return errDamaged // a document type
		}
	case inUntil:
		if bytes.HasSuffix(g.last[:], g.end) {
			g.state, g.run = inText, 0
		}
	}
	if g.run > maxTag {
		return errOverlong
	}
	return nil
}

// checked reads on while a context lasts.
type checked struct {
	ctx  context.Context
	from io.Reader
}

func (c checked) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}
