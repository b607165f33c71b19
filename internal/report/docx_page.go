package report

import "dabiao/internal/lang"

const relSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// page closes the body: A4, margins 37, 35, 28 and 26 mm, a grid of 22 lines by 28 characters. The
// cover is page 0 and bears no number, so that the text begins on page 1, a right-hand page.
func page(d Document) string {
	head := ""
	if d.Sample {
		for _, kind := range []string{"default", "even", "first"} {
			head += `<w:headerReference w:type="` + kind + `" r:id="rId6"/>`
		}
	}
	grid := `<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>`
	if d.Language == lang.English {
		grid = `<w:docGrid w:type="lines" w:linePitch="579"/>`
	}
	return `<w:sectPr>` + head +
		`<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1134" w:footer="1247" w:gutter="0"/>` +
		`<w:pgNumType w:start="0"/><w:titlePg/>` + grid + `</w:sectPr>`
}

// footer is a page's number between dashes: — 1 —.
func footer(style string) string {
	return xmlHead + `<w:ftr xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

// pageHead stands above every page of a document with invented figures.
func pageHead(notice string) string {
	var x xmlText
	x.add(xmlHead+`<w:hdr xmlns:w="`+wordSpace+`" xmlns:r="`+relSpace+`"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p></w:hdr>`, notice)
	return x.String()
}

func settings(t lang.Tag) string {
	theme := `<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>`
	if t == lang.English {
		theme = `<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>`
	}
	return xmlHead + `<w:settings xmlns:w="` + wordSpace + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>` +
		`<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		theme + `<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`
}
