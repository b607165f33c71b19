package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path"
	"strings"

	"dabiao/internal/kpi"
)

// maxRelations is how many bytes of a part's relationships are read.
const maxRelations = 1 << 20

// FileWarning returns what an office document does when it is opened that its reader may not expect: it runs a macro
// or fetches something from elsewhere. The file is one that MediaType accepted. A macro in a file of the old format is
// known by the name of its storage ([MS-OVBA] 2.2.1), something from elsewhere by a relationship with an external
// target (ECMA-376 part 2, 6.5); links that a reader follows by a click are none.
func FileWarning(at string) (kpi.FileWarning, error) {
	f, err := os.Open(at)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, HeadSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", err
	}
	switch {
	case with(oldOffice)(head[:n]):
		return macroIn(f)
	case with(zipped)(head[:n]):
		info, err := f.Stat()
		if err != nil {
			return "", err
		}
		return DocumentWarning(f, info.Size())
	}
	return "", nil
}

// macroIn looks for the name of the storage of macros, which stands in a file as UTF-16.
func macroIn(f *os.File) (kpi.FileWarning, error) {
	var name []byte
	for _, c := range []byte("_VBA_PROJECT") {
		name = append(name, c, 0)
	}
	buffer := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := f.Read(buffer[kept:])
		if bytes.Contains(buffer[:kept+n], name) {
			return kpi.FileRunsMacro, nil
		}
		if err == io.EOF {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		kept = copy(buffer, buffer[max(0, kept+n-len(name)):kept+n])
	}
}

// DocumentWarning is what [FileWarning] finds in the relationships of a package, such as a .docx. A template outweighs
// the rest: it may hold macros.
func DocumentWarning(content io.ReaderAt, size int64) (out kpi.FileWarning, err error) {
	z, err := zip.NewReader(content, size)
	if err != nil {
		return "", err
	}
	for _, e := range z.File {
		if !strings.EqualFold(path.Ext(e.Name), ".rels") {
			continue
		}
		for _, kind := range externalOf(e) {
			switch kind {
			case "attachedTemplate":
				return kpi.FileFetchesTemplate, nil
			case "hyperlink":
			default:
				out = kpi.FileFetchesContent
			}
		}
	}
	return out, nil
}

// externalOf returns the kinds of the external relationships in a part, by the last word of their type.
func externalOf(e *zip.File) (kinds []string) {
	r, err := e.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, maxRelations))
	for {
		token, err := d.RawToken()
		if err != nil {
			return kinds
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Relationship" {
			continue
		}
		kind, external := "", false
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "Type":
				kind = path.Base(a.Value)
			case "TargetMode":
				external = strings.EqualFold(strings.TrimSpace(a.Value), "External")
			}
		}
		if external {
			kinds = append(kinds, kind)
		}
	}
}
