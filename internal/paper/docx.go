package paper

import (
	"io"
	"strconv"
)

// WriteDocx writes the document as a Word file laid out by GB/T 9704—2012. The same document gives
// the same bytes. It returns the writer's errors.
func WriteDocx(w io.Writer, d Document) error {
	x := body(d)
	return writeDocx(w, d, x)
}

// writeDocx writes a Word file around its main part; d has the properties.
func writeDocx(w io.Writer, d Document, main *Markup) error {
	f := fontsOf(d.Language)
	parts := []Part{
		{"[Content_Types].xml", contentTypes(d, main)},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", coreProperties(d)},
		{"docProps/app.xml", appProperties(d)},
		{"word/document.xml", main.String()},
		{"word/_rels/document.xml.rels", documentRels(d, main)},
		{"word/styles.xml", styles(d.Language, f)},
		{"word/settings.xml", settings(d.Language)},
		{"word/fontTable.xml", fontTable},
		{"word/footer1.xml", footer("FooterOdd")},
		{"word/footer2.xml", footer("FooterEven")},
	}
	if d.wide() {
		parts = append(parts, Part{"word/footer3.xml", wideFooter("FooterOdd")},
			Part{"word/footer4.xml", wideFooter("FooterEven")})
	}
	if d.Sample {
		parts = append(parts, Part{"word/header1.xml", pageHead(d.Notice)})
	}
	for i, c := range main.drawn {
		more, err := chartParts(i+1, c)
		if err != nil {
			return err
		}
		parts = append(parts, more...)
	}
	for i, q := range main.pictures {
		picture, err := q.picture()
		if err != nil {
			return err
		}
		parts = append(parts, Part{"word/media/picture" + strconv.Itoa(i+1) + ".png", picture})
	}
	return WriteZip(w, parts)
}
