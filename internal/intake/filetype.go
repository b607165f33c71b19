package intake

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// fileType is a type of file that is accepted as evidence.
type fileType struct {
	media  string
	begins func(head []byte) bool // what its first bytes say
	inside string                 // for zip containers: an entry that must be there
}

const (
	oldOffice = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	zipped    = "PK\x03\x04"
	HeadSize  = 16 // bytes of a file that say what it is
)

// office is the common stem of the media types of Office Open XML.
const office = "application/vnd.openxmlformats-officedocument."

var fileTypes = map[string]fileType{
	".jpg":  {media: "image/jpeg", begins: with("\xFF\xD8\xFF")},
	".jpeg": {media: "image/jpeg", begins: with("\xFF\xD8\xFF")},
	".png":  {media: "image/png", begins: with("\x89PNG\r\n\x1a\n")},
	".gif":  {media: "image/gif", begins: with("GIF87a", "GIF89a")},
	".bmp":  {media: "image/bmp", begins: with("BM")},
	".webp": {media: "image/webp", begins: chunk("RIFF", "WEBP")},
	".tif":  {media: "image/tiff", begins: with("II*\x00", "MM\x00*")},
	".tiff": {media: "image/tiff", begins: with("II*\x00", "MM\x00*")},
	".heic": {media: "image/heic", begins: isHEIF},
	".heif": {media: "image/heif", begins: isHEIF},
	".pdf":  {media: "application/pdf", begins: with("%PDF-")},
	".ofd":  {media: "application/ofd", begins: with(zipped), inside: "ofd.xml"},
	".doc":  {media: "application/msword", begins: with(oldOffice)},
	".xls":  {media: "application/vnd.ms-excel", begins: with(oldOffice)},
	".ppt":  {media: "application/vnd.ms-powerpoint", begins: with(oldOffice)},
	".wps":  {media: "application/vnd.ms-works", begins: with(oldOffice)},
	".et":   {media: "application/vnd.ms-excel", begins: with(oldOffice)},
	".dps":  {media: "application/vnd.ms-powerpoint", begins: with(oldOffice)},
	".docx": {media: office + "wordprocessingml.document", begins: with(zipped), inside: "word/document.xml"},
	".xlsx": {media: office + "spreadsheetml.sheet", begins: with(zipped), inside: "xl/workbook.xml"},
	".pptx": {media: office + "presentationml.presentation", begins: with(zipped), inside: "ppt/presentation.xml"},
}

// EvidenceNames are the endings of the names of files that are accepted as evidence, in order.
var EvidenceNames = slices.Sorted(maps.Keys(fileTypes))

// with returns a check for files that begin with one of the given byte sequences.
func with(magics ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(magics, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
	}
}

// chunk returns a check for RIFF containers of a given form type, such as WEBP.
func chunk(container, sort string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[:4]) == container && string(head[8:12]) == sort
	}
}

// isHEIF recognises pictures of newer phones (ISO/IEC 23008-12): a box "ftyp" with the brand of a still picture or
// an image sequence.
func isHEIF(head []byte) bool {
	brands := []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}
	return len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains(brands, string(head[8:12]))
}

// What a container may hold: enough for any report, too little for a bomb.
const (
	maxEntries  = 2000
	maxUnpacked = 32 << 20
	maxFileName = 120
	maxProlog   = 64 << 10 // bytes of an XML file in which a document type would stand
)

// FileName returns the last element of a file's name as a browser sends it, without invisible characters. Refusals,
// naming the file: Invalid file_name_malformed, file_name_too_long.
func FileName(name string) (string, error) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	clean, err := Text(name, maxFileName)
	if err == nil {
		return clean, nil
	}
	shown := quote(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, kpi.ShowHidden(strings.ToValidUTF8(name, ""))))
	if utf8.RuneCountInString(name) > maxFileName {
		return "", kpi.Refuse(kpi.Invalid, "file_name_too_long", shown, maxFileName)
	}
	return "", kpi.Refuse(kpi.Invalid, "file_name_malformed", shown)
}

// MediaType returns the media type of the file at path, by the ending of its name, which its content must confirm.
// Refusals: Invalid file_type_refused, file_is_old_office, file_is_another, file_has_macros,
// file_not_what_it_says.
func MediaType(name, at string) (string, error) {
	kind := fileTypes[strings.ToLower(path.Ext(name))]
	f, err := os.Open(at)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return "", err
	}
	if err := CheckHead(name, head[:n]); err != nil {
		return "", err
	}
	if kind.inside != "" {
		if key := containerFault(f, kind.inside); key != "" {
			return "", kpi.Refuse(kpi.Invalid, key, name)
		}
	}
	return kind.media, nil
}

// CheckHead refuses a file by its name and its first HeadSize bytes, before the rest has come. Refusals: Invalid
// file_type_refused, file_is_old_office, file_is_another, file_not_what_it_says.
func CheckHead(name string, head []byte) error {
	kind, ok := fileTypes[strings.ToLower(path.Ext(name))]
	if !ok {
		return kpi.Refuse(kpi.Invalid, "file_type_refused", name)
	}
	if with(oldOffice)(head) && kind.inside != "" {
		return kpi.Refuse(kpi.Invalid, "file_is_old_office", name)
	}
	if kind.begins(head) {
		return nil
	}
	if is := looksLike(head); is != "" {
		return kpi.Refuse(kpi.Invalid, "file_is_another", name, is)
	}
	return kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
}

// looksLike returns the ending that belongs to a file's first bytes; "" if they are not conclusive.
func looksLike(head []byte) string {
	for _, ending := range []string{".jpg", ".png", ".gif", ".webp", ".tif", ".heic", ".pdf"} {
		if fileTypes[ending].begins(head) {
			return ending
		}
	}
	return ""
}

// containerFault unpacks a zip once and returns what speaks against storing it, "" if nothing does: file_has_macros, as
// its name says that it has none; file_not_what_it_says if it lacks the wanted entry, a path leaves it, a name occurs
// twice, or its real size is beyond the limits.
func containerFault(f *os.File, want string) string {
	const other = "file_not_what_it_says"
	info, err := f.Stat()
	if err != nil {
		return other
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil || len(z.File) > maxEntries {
		return other
	}
	seen, left := map[string]bool{}, int64(maxUnpacked)
	for _, e := range z.File {
		name := strings.ToLower(e.Name)
		encrypted := e.Flags&1 != 0
		switch {
		case seen[name] || encrypted || strings.Contains(name, `\`) || strings.Contains(name, ".."):
			return other
		case strings.HasSuffix(name, "vbaproject.bin"):
			return "file_has_macros"
		}
		seen[name] = true
		size, declares := unpacked(e, left)
		if left -= size; left <= 0 || declares {
			return other
		}
	}
	if !seen[want] {
		return other
	}
	return ""
}

// unpacked returns the real size of an entry, or limit if it is that large or damaged, and whether it is XML that
// declares a document type: no office program writes one, attacks on readers do.
func unpacked(e *zip.File, limit int64) (size int64, declares bool) {
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
