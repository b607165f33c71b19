package paper

import (
	"strings"

	"dabiao/internal/lang"
)

const wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// Font sizes in half points: 3号 is 16 pt, 2号 22 pt, 4号 14 pt, 5号 10.5 pt.
const (
	size2 = "44"
	size3 = "32"
	size4 = "28"
	size5 = "21"
	size9 = "18"
)

// pitch is the line height of the standard's 22 lines per page: exactly 28.95 pt, in twentieths of a
// point.
const pitch = `<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>`

// tight makes 28 characters of 16 pt fit on a line. The page's grid says the same, but programs other
// than Word give every character of a negative grid two cells, so paragraphs ignore the grid and set
// the spacing themselves.
const tight = `<w:spacing w:val="-6"/>`

const indent = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`

// style is a paragraph style; paragraph and letters are its properties, in the schema's order.
type style struct {
	id, name, based    string
	paragraph, letters string
}

func styles(t lang.Tag, f fonts) string {
	var b strings.Builder
	b.WriteString(XMLHead + `<w:styles xmlns:w="` + wordSpace + `">` + "\n")
	b.WriteString(`<w:docDefaults><w:rPrDefault><w:rPr>` + f.body + `<w:color w:val="000000"/><w:sz w:val="` + size3 +
		`"/><w:szCs w:val="` + size3 + `"/>` + languages(t) + `</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` + "\n")
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>` + widows(t) + `<w:snapToGrid w:val="0"/>` +
		pitch + `<w:jc w:val="both"/></w:pPr><w:rPr>` + sized(size3) + `</w:rPr></w:style>` +
		"\n") // the grid measures characters by this size
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` + "\n")
	for _, s := range paragraphStyles(t, f) {
		b.WriteString(s.xml())
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

// widows lets Chinese pages begin with the last line of a paragraph, so that they have the standard's 22 lines.
func widows(t lang.Tag) string {
	if t == lang.English {
		return ""
	}
	return `<w:widowControl w:val="0"/>`
}

// languages returns the languages of Latin and of Chinese text. Latin text is English in Chinese
// documents too: marked as Chinese, numbers would break across lines.
func languages(t lang.Tag) string {
	if t == lang.English {
		return `<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`
	}
	return `<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`
}

func paragraphStyles(t lang.Tag, f fonts) []style {
	narrow, table, sides := tight, size5, `<w:jc w:val="both"/>`
	if t == lang.English {
		narrow, table, sides = "", size9, `<w:jc w:val="left"/>`
	}
	level := func(n string) string { return `<w:outlineLvl w:val="` + n + `"/>` }
	centred := `<w:jc w:val="center"/>`
	small := `<w:spacing w:before="20" w:after="20" w:line="280" w:lineRule="exact"/>`
	return []style{
		{"Body", "Body Text", "Normal", indent + sides, narrow},
		{"Heading1", "heading 1", "Normal", `<w:keepNext/>` + indent + `<w:jc w:val="left"/>` + level("0"),
			f.hei + narrow + sized(size3)},
		{"Heading2", "heading 2", "Normal", `<w:keepNext/>` + indent + `<w:jc w:val="left"/>` + level("1"),
			f.kai + narrow + sized(size3)},
		{"Heading3", "heading 3", "Normal", `<w:keepNext/>` + indent + `<w:jc w:val="left"/>` + level("2"),
			f.body + narrow + sized(size3)},
		{"AnnexMark", "Annex Mark", "Normal", `<w:jc w:val="left"/>`, f.hei + sized(size3)},
		{"Title", "Title", "Normal", `<w:spacing w:before="0" w:after="0" w:line="720" w:lineRule="exact"/>` +
			centred, f.title + sized(size2)},
		{"Figure", "Figure", "Normal", `<w:keepLines/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>` + centred, ""},
		{"CoverLine", "Cover Line", "Normal", centred, f.body + sized(size3)},
		{"Attached", "Attached", "Normal", `<w:keepLines/><w:jc w:val="left"/>`, narrow},
		{"LetterTo", "Letter To", "Normal", `<w:jc w:val="left"/>`, narrow},
		{"LetterFrom", "Letter From", "Normal", `<w:jc w:val="right"/>`, narrow},
		{"Notice", "Notice", "Normal", centred, f.hei + sized(size3)},
		{"TableText", "Table Text", "Normal", small + centred, f.body + sized(table)},
		{"TableLeft", "Table Left", "TableText", `<w:jc w:val="left"/>`, ""},
		{"TableRight", "Table Right", "TableText", `<w:jc w:val="right"/>`, ""},
		{"TableLabel", "Table Label", "TableText", "", f.hei + sized(table)},
		{"TableNote", "Table Note", "TableText", `<w:jc w:val="left"/>`, ""},
		{"TableGap", "Table Gap", "TableText",
			`<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`, sized("2")},
		{"FooterOdd", "footer", "Normal",
			`<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>`, f.song + sized(size4)},
		{"FooterEven", "Footer Even", "FooterOdd",
			`<w:ind w:leftChars="100" w:left="280" w:rightChars="0" w:right="0"/><w:jc w:val="left"/>`, ""},
		{"Header", "header", "Normal", `<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>` +
			centred, f.hei + sized(size5)},
	}
}

func sized(half string) string {
	return `<w:sz w:val="` + half + `"/><w:szCs w:val="` + half + `"/>`
}

// builtIn lists the styles that Word knows by name; it uses them to list headings in its navigation.
var builtIn = map[string]bool{"Body Text": true, "heading 1": true, "heading 2": true, "heading 3": true,
	"Title": true, "footer": true, "header": true}

func (s style) xml() string {
	var x Markup
	custom := ` w:customStyle="1"`
	if builtIn[s.name] {
		custom = ""
	}
	x.Add(`<w:style w:type="paragraph"`+custom+
		` w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/><w:qFormat/>`, s.id, s.name, s.based)
	if s.paragraph != "" {
		x.WriteString(`<w:pPr>` + s.paragraph + `</w:pPr>`)
	}
	if s.letters != "" {
		x.WriteString(`<w:rPr>` + s.letters + `</w:rPr>`)
	}
	x.WriteString("</w:style>\n")
	return x.String()
}
