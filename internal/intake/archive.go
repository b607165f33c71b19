package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"dabiao/internal/kpi"
)

// archive is an Office file being read, with a limit on how much is unpacked.
type archive struct {
	ctx   context.Context // of the reading, which is one call
	name  string
	keys  string               // prefix of the keys of its refusals: import, document
	parts map[string]*zip.File // by lower-case name without a leading slash
	left  int64                // bytes that may still be unpacked
	seen  int                  // elements so far
}

// errDamaged stands for anything in a file that its format forbids.
var errDamaged = errors.New("damaged file")

// damaged returns err as a refusal: any error that is not one yet means that the file is damaged, unless the reading
// was given up.
func (a *archive) damaged(err error) error {
	var refusal *kpi.Error
	switch {
	case err == nil || errors.As(err, &refusal):
		return err
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case errors.Is(err, errOverlong):
		return kpi.Refuse(kpi.Invalid, "file_overlong", quote(a.name), maxTag>>10)
	case errors.Is(err, errCrowded):
		return kpi.Refuse(kpi.Invalid, "file_crowded", quote(a.name), maxElements)
	}
	return kpi.Refuse(kpi.Invalid, a.keys+"_damaged", quote(a.name))
}

// open reads the list of parts of an archive, which must include the part main.
func (a *archive) open(content io.ReaderAt, size int64, main string) error {
	a.parts, a.left = map[string]*zip.File{}, maxGridUnzip
	z, err := zip.NewReader(content, size)
	if errors.Is(err, zip.ErrFormat) {
		head := make([]byte, 2)
		if _, err := content.ReadAt(head, 0); err != nil || string(head) != "PK" {
			return kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(a.name))
		}
	}
	if err != nil {
		return err
	}
	if err := a.admit(z); err != nil {
		return err
	}
	if _, ok := a.parts[main]; !ok {
		return kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(a.name))
	}
	return nil
}

// admit checks the list of parts before anything is unpacked, then unpacks each part once to learn its
// real size, because other readers of the file trust the size it states.
func (a *archive) admit(z *zip.Reader) error {
	if len(z.File) > maxEntries {
		return kpi.Refuse(kpi.Invalid, a.keys+"_unpacks_too_large", quote(a.name))
	}
	for _, e := range z.File {
		name := strings.TrimPrefix(strings.ToLower(e.Name), "/")
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			return kpi.Refuse(kpi.Invalid, a.keys+"_macros", quote(a.name))
		case e.Flags&1 != 0:
			return kpi.Refuse(kpi.Invalid, a.keys+"_encrypted", quote(a.name))
		case a.parts[name] != nil, strings.Contains(name, `\`), strings.Contains(name, ".."):
			return errDamaged
		}
		a.parts[name] = e
	}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, checked{a.ctx, io.LimitReader(r, a.left+1)})
		r.Close() //nolint:errcheck // only read
		if a.left -= n; a.left < 0 {
			return kpi.Refuse(kpi.Invalid, a.keys+"_unpacks_too_large", quote(a.name))
		}
		if err != nil {
			return err
		}
	}
	a.left = maxGridUnzip
	return nil
}

// walk calls start for every start tag of a part, and end for every end tag with the text before it. A
// part that does not exist has none. It fails on malformed XML and on document type declarations.
func (a *archive) walk(part string, start func(xml.StartElement) error, end func(name, text string) error) error {
	e, ok := a.parts[part]
	if !ok {
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: a.left}
	defer func() { a.left = limited.N }()
	d := xml.NewDecoder(&xmlGuard{ctx: a.ctx, from: inUTF8(limited)})
	d.Strict, d.CharsetReader = true, declared
	var text strings.Builder
	depth := 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return errDamaged
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			if a.seen++; a.seen > maxElements {
				return errCrowded
			}
			if depth > maxDepth {
				return errDamaged
			}
			text.Reset()
			err = start(token)
		case xml.EndElement:
			depth--
			err = end(token.Name.Local, text.String())
			text.Reset()
		case xml.CharData:
			if text.Len() < 1<<20 {
				text.Write(token)
			}
		case xml.Directive:
			err = errDamaged
		}
		if err != nil {
			return err
		}
	}
}

// inUTF8 returns XML as UTF-8 where it is in UTF-16, with or without a byte order mark.
func inUTF8(r io.Reader) io.Reader {
	head := make([]byte, 2)
	n, _ := io.ReadFull(r, head) //nolint:errcheck // a short part is read as it is
	all := io.MultiReader(bytes.NewReader(head[:n]), r)
	switch string(head[:n]) {
	case "\xFF\xFE", "<\x00":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(all)
	case "\xFE\xFF", "\x00<":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(all)
	}
	return all
}

// declared reads XML in the encoding it declares, where office programs write one; UTF-16 has been read already.
func declared(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
		return r, nil
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	}
	return nil, errDamaged
}

func nothing(string, string) error { return nil }

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
