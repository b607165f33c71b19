package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
)

var defaultTypes = regexp.MustCompile(`<Default [^>]*></Default>`)

// The library marks the value of every formula as text; ours are all numbers.
const (
	textFormula   = ` t="str"><f>`
	numberFormula = `><f>`
)

// repack writes a workbook's parts again in a fixed order. The library lists the content types in the
// order of a Go map, which differs each time.
func repack(w io.Writer, file []byte) error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return err
	}
	var parts []Part
	for _, f := range z.File {
		content, err := ReadPart(f)
		if err != nil {
			return err
		}
		if f.Name == "[Content_Types].xml" {
			content = sortTypes(content)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			content = strings.ReplaceAll(content, textFormula, numberFormula)
		}
		parts = append(parts, Part{f.Name, content})
	}
	slices.SortFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	return WriteZip(w, parts)
}

// ReadPart returns the content of a file in a zip.
func ReadPart(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return string(content), err
}

func sortTypes(content string) string {
	types := defaultTypes.FindAllString(content, -1)
	slices.Sort(types)
	next := -1
	return defaultTypes.ReplaceAllStringFunc(content, func(string) string {
		next++
		return types[next]
	})
}
