package intake

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path"
	"strings"

	"dabiao/internal/kpi"
)

// fileType is a sort of file that is accepted as evidence.
type fileType struct {
	media  string
	magics []string // what its content begins with; any of them
	inside string   // for zip containers: an entry that must be there
}

var (
	oldOffice = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	fileTypes = map[string]fileType{
		".jpg":  {media: "image/jpeg", magics: []string{"\xFF\xD8\xFF"}},
		".jpeg": {media: "image/jpeg", magics: []string{"\xFF\xD8\xFF"}},
		".png":  {media: "image/png", magics: []string{"\x89PNG\r\n\x1a\n"}},
		".gif":  {media: "image/gif", magics: []string{"GIF87a", "GIF89a"}},
		".pdf":  {media: "application/pdf", magics: []string{"%PDF-"}},
		".doc":  {media: "application/msword", magics: []string{oldOffice}},
		".xls":  {media: "application/vnd.ms-excel", magics: []string{oldOffice}},
		".wps":  {media: "application/vnd.ms-works", magics: []string{oldOffice}},
		".et":   {media: "application/vnd.ms-excel", magics: []string{oldOffice}},
		".docx": {media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", magics: []string{"PK\x03\x04"}, inside: "word/document.xml"},
		".xlsx": {media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", magics: []string{"PK\x03\x04"}, inside: "xl/workbook.xml"},
		".pptx": {media: "application/vnd.openxmlformats-officedocument.presentationml.presentation", magics: []string{"PK\x03\x04"}, inside: "ppt/presentation.xml"},
	}
)

// What a container may hold: enough for any report, too little for a bomb.
const (
	maxEntries  = 2000
	maxUnpacked = 32 << 20
	maxFileName = 120
	maxProlog   = 64 << 10 // bytes of an XML file in which a document type would stand
)

// FileName is the last part of a name as a person's computer gives it, cleaned for keeping and
// showing. Refusal: Invalid text_malformed.
func FileName(name string) (string, error) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return Text(name, maxFileName)
}

// MediaType is the media type of the file at path, going by its name and checked against its
// content. Refusals: Invalid file_type_refused, file_not_what_it_says.
func MediaType(name, at string) (string, error) {
	kind, ok := fileTypes[strings.ToLower(path.Ext(name))]
	if !ok {
		return "", kpi.Refuse(kpi.Invalid, "file_type_refused", name)
	}
	f, err := os.Open(at)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return "", err
	}
	if !startsWithAny(head[:n], kind.magics) || kind.inside != "" && !soundContainer(f, kind.inside) {
		return "", kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
	}
	return kind.media, nil
}

func startsWithAny(head []byte, magics []string) bool {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m)) {
			return true
		}
	}
	return false
}

// soundContainer unpacks a zip once, counting: it must hold the wanted entry and no macros, no
// names that climb out, no names twice, and little enough in all.
func soundContainer(f *os.File, want string) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil || len(z.File) > maxEntries {
		return false
	}
	seen, left := map[string]bool{}, int64(maxUnpacked)
	for _, e := range z.File {
		name := strings.ToLower(e.Name)
		encrypted := e.Flags&1 != 0
		if seen[name] || encrypted || strings.Contains(name, `\`) || strings.Contains(name, "..") || strings.HasSuffix(name, "vbaproject.bin") {
			return false
		}
		seen[name] = true
		size, declares := look(e, left)
		if left -= size; left <= 0 || declares {
			return false
		}
	}
	return seen[want]
}

// look is the real size of an entry, or limit when it is that large or damaged, and whether it is
// XML that declares a document type: no office program writes one, attacks on readers do.
func look(e *zip.File, limit int64) (size int64, declares bool) {
	r, err := e.Open()
	if err != nil {
		return limit, false
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, min(limit, maxProlog)))
	if err != nil {
		return limit, false
	}
	n, err := io.Copy(io.Discard, io.LimitReader(r, limit-int64(len(head))))
	if err != nil {
		return limit, false
	}
	switch path.Ext(strings.ToLower(e.Name)) {
	case ".xml", ".rels", ".vml":
		declares = bytes.Contains(bytes.ReplaceAll(head, []byte{0}, nil), []byte("<!DOCTYPE"))
	}
	return int64(len(head)) + n, declares
}
