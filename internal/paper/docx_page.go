package paper

import "dabiao/internal/lang"

const relSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// coverPage returns the section properties of the cover, which has no page number.
func coverPage(d Document) string {
	return `<w:sectPr>` + headReferences(d) + sheet + grid(d.Language) + `</w:sectPr>`
}

// pagesEnd returns the section properties of pages of text: page numbers are at the right on odd pages
// and at the left on even ones. The first section begins at page 1, later ones continue.
func pagesEnd(d Document, wide, first bool) string {
	paper, start, odd, even := sheet, "", "rId4", "rId5"
	if wide {
		paper, odd, even = wideSheet, "rId7", "rId8"
	}
	if first {
		start = `<w:pgNumType w:start="1"/>`
	}
	return `<w:sectPr>` + headReferences(d) +
		`<w:footerReference w:type="default" r:id="` + odd + `"/><w:footerReference w:type="even" r:id="` + even + `"/>` +
		paper + start + grid(d.Language) + `</w:sectPr>`
}

// sheet is A4 with margins of 37 mm (top), 35 (bottom), 28 (left) and 26 (right); wideSheet is the same
// sheet turned to the left, so that it is bound with the others at its upper edge.
const (
	sheet = `<w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1134" w:footer="1247" w:gutter="0"/>`
	wideSheet = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:header="794" w:footer="737" w:gutter="0"/>`
)

// grid sets 22 lines of 28 characters: a line is 28.95 pt high, a character 0.21 pt narrower than its
// 16 pt. Latin letters keep their own widths.
func grid(t lang.Tag) string {
	if t == lang.English {
		return `<w:docGrid w:type="lines" w:linePitch="579"/>`
	}
	return `<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>`
}

func headReferences(d Document) string {
	if !d.Sample {
		return ""
	}
	return `<w:headerReference w:type="default" r:id="rId6"/><w:headerReference w:type="even" r:id="rId6"/>`
}

// pageHead returns the page header of a document with invented figures.
func pageHead(notice string) string {
	var x Markup
	x.Add(XMLHead+`<w:hdr xmlns:w="`+wordSpace+`" xmlns:r="`+relSpace+
		`"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p></w:hdr>`, notice)
	return x.String()
}

func settings(t lang.Tag) string {
	theme := `<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>`
	if t == lang.English {
		theme = `<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>`
	}
	return XMLHead + `<w:settings xmlns:w="` + wordSpace + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>` +
		`<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		theme + `<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`
}
