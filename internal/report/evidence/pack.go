package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/picture"
	"dabiao/internal/progress"
)

// Pack is the input of an archive of a year's evidence.
type Pack struct {
	Office   kpi.Name
	Year     kpi.YearInfo
	Files    []progress.NumberedEvidence // in the order of their numbers
	With     With
	Zone     *time.Location
	Language lang.Printer

	// Open opens a file as it was handed in, or a picture without what its camera wrote beside it; ErrStaysOut if
	// that cannot be.
	Open func(e kpi.Evidence, original bool) (File, error)
}

// With is what a pack holds beside what everybody may see.
type With struct {
	Sensitive bool // sensitive files
	Originals bool // pictures as they were handed in, with place and time
}

// File is an open file.
type File struct {
	picture.Content
	io.Closer
}

// ErrStaysOut means that a file cannot be enclosed: a damaged picture, from which nothing can be left out.
var ErrStaysOut = errors.New("the file stays out of the pack")

// Write writes a zip of the files, named by their numbers, with index.xlsx, index.html and SHA256SUMS.txt, which
// `sha256sum -c` reads, at its end. Sensitive files are left out unless p.With says so, files of withdrawn entries
// always; the index says so beside their numbers, and which pictures are not as they were handed in. The same files
// give the same bytes. One file is open at a time. It returns an error if a file cannot be read, or the writer's;
// what was written by then is not a complete archive.
func Write(w io.Writer, p Pack) error {
	z := zip.NewWriter(w)
	rows := p.rows()
	for i := range rows {
		if rows[i].path == "" {
			continue
		}
		if err := p.enclose(z, &rows[i]); err != nil {
			return fmt.Errorf("pack evidence %d: %w", rows[i].ID, err)
		}
	}
	var workbook bytes.Buffer
	if err := p.writeIndex(&workbook, rows); err != nil {
		return err
	}
	for _, index := range []paper.Part{{Name: "index.xlsx", Content: workbook.String()},
		{Name: "index.html", Content: p.page(rows)}, {Name: "SHA256SUMS.txt", Content: checksums(rows)}} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: index.Name, Method: zip.Deflate, Modified: paper.Epoch})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, index.Content); err != nil {
			return err
		}
	}
	return z.Close()
}

// enclose copies one file uncompressed, since pictures and documents are compressed already, and notes its sum.
func (p Pack) enclose(z *zip.Writer, r *indexRow) error {
	content, err := p.Open(r.Evidence, p.With.Originals)
	if errors.Is(err, ErrStaysOut) {
		r.path, r.why = "", p.Language.T("evidence.pack.damaged")
		return nil
	}
	if err != nil {
		return err
	}
	defer content.Close()
	f, err := z.CreateHeader(&zip.FileHeader{Name: r.path, Method: zip.Store, Modified: p.addedAt(r.Evidence)})
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), content.Reader())
	if err == nil && n != content.Content.Size() {
		err = fmt.Errorf("it has %d bytes and had %d", n, content.Content.Size())
	}
	r.sum, r.bytes = hex.EncodeToString(sum.Sum(nil)), n
	if content.Changed() {
		r.why = p.Language.T("evidence.pack.bare")
	}
	return err
}

func (p Pack) addedAt(e kpi.Evidence) time.Time {
	return time.UnixMilli(int64(e.AddedAt)).In(p.Zone)
}

// indexRow is a file of the index. path is its place in the archive, "" if it is left out; sum the SHA-256 of what
// stands there.
type indexRow struct {
	progress.NumberedEvidence
	path, why, sum string
	bytes          int64
}

func (p Pack) rows() []indexRow {
	out := make([]indexRow, len(p.Files))
	for i, f := range p.Files {
		r := indexRow{NumberedEvidence: f}
		switch {
		case f.Erased():
			r.why = p.Language.T("evidence.pack.erased")
		case f.Withdrawn:
			r.why = p.Language.T("evidence.pack.withdrawn")
		case f.Sensitive && !p.With.Sensitive:
			r.why = p.Language.T("evidence.pack.sensitive")
		default:
			r.path = p.place(f)
		}
		out[i] = r
	}
	return out
}

// place returns a file's path in the archive: readable, valid on every system, and unique because of
// the number.
func (p Pack) place(f progress.NumberedEvidence) string {
	n := f.Number
	return fmt.Sprintf("%d %s/%d-%d %s/%s %s", n.Area, safeName(p.area(f), 24), n.Area, n.Indicator,
		safeName(p.Language.Name(f.Indicator.Name, f.Indicator.NameEn), 32), n, safeName(f.Name, 80))
}

func (p Pack) area(f progress.NumberedEvidence) string {
	if f.Area.ID == 0 {
		return p.Language.T("evidence.no_area")
	}
	return p.Language.Name(f.Area.Name, f.Area.NameEn)
}

// safeName returns a name of at most so many characters that is valid on every file system; it keeps
// the file's extension.
func safeName(name string, most int) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	runes := []rune(name)
	if len(runes) > most {
		ending := []rune(name[max(0, strings.LastIndexByte(name, '.')):])
		if len(ending) > 6 {
			ending = nil
		}
		runes = append(slices.Clip(runes[:most-len(ending)]), ending...)
	}
	return strings.TrimRight(string(runes), ". ")
}

// checksums lists the files as sha256sum does.
func checksums(rows []indexRow) string {
	var b strings.Builder
	for _, r := range rows {
		if r.path != "" {
			fmt.Fprintf(&b, "%s  %s\n", r.sum, r.path)
		}
	}
	return b.String()
}
