package intake

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/kpi"
)

// csvFile is the text of a CSV file with its separator, and whether a line above names that (sep=;).
type csvFile struct {
	text  string
	comma string
}

// csvRecord is a row of it.
type csvRecord struct {
	row    int // as a spreadsheet counts: the line, not counting line ends inside the cells above
	fields []string
	open   int // row of a quote that is never closed; 0: none
}

// openCSV decodes a file in UTF-8, UTF-16 as Excel saves it, or GB18030, with lines that end in LF,
// CRLF or CR. ok is false if it is not text.
func openCSV(raw []byte) (f csvFile, ok bool) {
	text, ok := csvText(raw)
	if !ok {
		return f, false
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	first, rest, _ := strings.Cut(text, "\n")
	comma, named := strings.CutPrefix(strings.ToLower(strings.Trim(first[:min(len(first), 16)], "\" ")), "sep=")
	if comma == `\t` {
		comma = "\t"
	}
	if named && len(first) <= 16 && utf8.RuneCountInString(comma) == 1 {
		return csvFile{rest, comma}, true
	}
	return csvFile{text, csvComma(text)}, true
}

// PlainText decodes a text file in UTF-8, UTF-16 or GB18030. Refusal: Invalid file_not_what_it_says.
func PlainText(name string, raw []byte) (string, error) {
	text, ok := csvText(raw)
	if !ok {
		return "", kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(name))
	}
	return text, nil
}

// csvText decodes the file.
func csvText(raw []byte) (text string, ok bool) {
	for mark, order := range map[string]binary.ByteOrder{"\xFF\xFE": binary.LittleEndian, "\xFE\xFF": binary.BigEndian} {
		if rest, marked := bytes.CutPrefix(raw, []byte(mark)); marked {
			return utf16Text(rest, order)
		}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(raw, 0) >= 0 { // UTF-16 without a byte order mark: separators and digits show the order
		odd := 0
		for i, b := range raw {
			if b == 0 {
				odd += i%2*2 - 1
			}
		}
		if odd > 0 {
			return utf16Text(raw, binary.LittleEndian)
		}
		return utf16Text(raw, binary.BigEndian)
	}
	if utf8.Valid(raw) {
		return string(raw), true
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", false
	}
	return string(decoded), true
}

// utf16Text decodes UTF-16; ok is false if characters are incomplete or it has control characters that
// no table contains.
func utf16Text(raw []byte, order binary.ByteOrder) (text string, ok bool) {
	if len(raw)%2 != 0 {
		return "", false
	}
	var b strings.Builder
	need := 0
	for i := 0; i < len(raw); i += 2 {
		need += max(utf8.RuneLen(rune(order.Uint16(raw[i:]))), 2) // half a pair takes half of four
	}
	b.Grow(need)
	for i := 0; i < len(raw); i += 2 {
		r := rune(order.Uint16(raw[i:]))
		if utf16.IsSurrogate(r) && i+4 <= len(raw) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(raw[i+2:]))); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		b.WriteRune(r) // half a pair becomes U+FFFD
	}
	text = b.String()
	return text, !strings.ContainsFunc(text, func(r rune) bool {
		return r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r'
	})
}

// csvCommas are the possible separators, the usual ones first.
var csvCommas = []string{",", "\t", ";", "|", "，"}

// csvSample is the number of bytes from which the separator is determined.
const csvSample = 64 << 10

// csvComma returns the separator that divides the most lines into the same number of cells. Of two
// equally good ones it is the one whose cells do not begin or end with the other, as they do if tabs
// are added to separators.
func csvComma(text string) string {
	text = text[:min(len(text), csvSample)]
	best, most, widest := csvCommas[0], 0.0, 0
	for _, comma := range csvCommas {
		lines, glued, cells := 0, 0, 0
		wide := map[int]int{}
		for r := newCSVReader(csvFile{text, comma}); ; {
			record, ok := r.next()
			if !ok {
				break
			}
			if !slices.ContainsFunc(record.fields, func(s string) bool { return strings.TrimSpace(s) != "" }) {
				continue
			}
			lines, cells = lines+1, cells+len(record.fields)
			wide[len(record.fields)]++
			for _, field := range record.fields {
				if gluedTo(field, comma) {
					glued++
				}
			}
		}
		width := 0
		for n, count := range wide {
			if n > 1 && (width == 0 || count > wide[width] || count == wide[width] && n > width) {
				width = n
			}
		}
		if width == 0 {
			continue
		}
		share := float64(wide[width])/float64(lines) - float64(glued)/float64(cells)
		if share > most || share == most && width > widest {
			best, most, widest = comma, share, width
		}
	}
	return best
}

// gluedTo reports whether a cell begins or ends with a separator other than its own.
func gluedTo(field, comma string) bool {
	for _, other := range csvCommas {
		if other != comma && other != "\t" && (strings.HasPrefix(field, other) || strings.HasSuffix(field, other)) {
			return true
		}
	}
	return false
}

// maxRecord is how many cells of a row are kept; a spreadsheet has no more columns.
const maxRecord = 1 << 14

// csvReader reads records one by one.
type csvReader struct {
	csvFile
	line, inside int
}

func newCSVReader(f csvFile) *csvReader { return &csvReader{csvFile: f, line: 1} }

// next reads a record. A quoted cell may contain separators, line ends and doubled quotes; spaces and
// tabs around the quotes are ignored. Quotes elsewhere are taken literally.
func (r *csvReader) next() (record csvRecord, ok bool) {
	if r.text == "" {
		return record, false
	}
	record.row = r.line - r.inside
	for more := true; more; {
		var field string
		var closed bool
		field, closed, more = r.field()
		if !closed {
			record.open = record.row
		}
		if len(record.fields) <= maxRecord { // one more says that there are too many
			record.fields = append(record.fields, field)
		}
		r.line, r.inside = r.line+strings.Count(field, "\n"), r.inside+strings.Count(field, "\n")
	}
	r.line++
	return record, true
}

// field reads a cell up to its end. more reports whether another one follows in the row, closed whether
// every quote was closed.
func (r *csvReader) field() (field string, closed, more bool) {
	rest := strings.TrimLeft(r.text, r.blank())
	if strings.HasPrefix(rest, `="`) { // ="0012" keeps a spreadsheet from converting it to a number
		rest = rest[1:]
	}
	rest, quoted := strings.CutPrefix(rest, `"`)
	if !quoted {
		end := strings.IndexAny(r.text, r.comma+"\n") // no further: a line may be as long as the file
		if end < 0 {
			end = len(r.text)
		}
		more = strings.HasPrefix(r.text[end:], r.comma)
		field = r.text[:end]
		r.text = r.text[end:]
		r.skip(more)
		return field, true, more
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(rest, `"`)
		b.WriteString(before)
		if !found {
			r.text = ""
			return b.String(), false, false
		}
		if rest = after; strings.HasPrefix(rest, `"`) {
			b.WriteByte('"')
			rest = rest[1:]
			continue
		}
		r.text = strings.TrimLeft(rest, r.blank())
		if more = strings.HasPrefix(r.text, r.comma); more || r.text == "" || r.text[0] == '\n' {
			r.skip(more)
			return b.String(), true, more
		}
		b.WriteByte('"') // within a text: "他说"好"了"
	}
}

// skip skips the separator or line end after a cell.
func (r *csvReader) skip(more bool) {
	if more {
		r.text = r.text[len(r.comma):]
	} else if r.text != "" {
		r.text = r.text[1:]
	}
}

func (r *csvReader) blank() string {
	if r.comma == "\t" {
		return " "
	}
	return " \t"
}
