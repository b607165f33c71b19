package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// A paragraph of a template that is nothing but ⟦章节·存在的问题及原因分析⟧ or ⟦附件·进度表⟧ becomes what the
// report says there, in the report's own styles, which come into the file under names of their own.

// sectionWords are what such a token begins with.
var sectionWords = map[string]bool{"章节": true, "section": true, "附件": false, "annex": false}

// sectionToken is what a text asks for that is one token for a whole section or form.
func sectionToken(text string) (name string, section, ok bool) {
	inside, open := strings.CutPrefix(tokened(strings.TrimSpace(text)), tokenOpen)
	inside, closed := strings.CutSuffix(inside, tokenClose)
	word, name, parted := strings.Cut(otherDots.Replace(inside), dot)
	section, ok = sectionWords[strings.ToLower(strings.TrimSpace(word))]
	return strings.TrimSpace(name), section, ok && open && closed && parted && !strings.ContainsAny(inside, tokenOpen+tokenClose)
}

// part is what a token for a section or form stands for; names are all there are, for when there is none.
func (b *builder) part(name string, section bool) (blocks func() []Block, names []kpi.Name) {
	type choice struct {
		key    string
		name   kpi.Name
		blocks func() []Block
	}
	var choices []choice
	if section {
		for _, e := range b.outline().all() {
			choices = append(choices, choice{string(e.Key), b.titles(e), func() []Block { return b.entry(e) }})
		}
	} else {
		for _, f := range Forms {
			choices = append(choices, choice{string(f), inBoth(f.TitleKey()), func() []Block { return b.annex(f, 0).Blocks }})
		}
	}
	for _, fits := range []func(choice) bool{
		func(c choice) bool {
			return c.key == name || c.name.Name == name || strings.EqualFold(c.name.NameEn, name)
		},
		func(c choice) bool { return strings.Contains(c.name.Name, name) || holdsFold(c.name.NameEn, name) },
	} {
		var found []choice
		for _, c := range choices {
			if name != "" && fits(c) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0].blocks, nil
		}
	}
	for _, c := range choices {
		names = append(names, c.name)
	}
	return nil, names
}

// titles are an entry's title in both languages.
func (b *builder) titles(e Entry) kpi.Name {
	if e.Title != "" {
		return kpi.Name{Name: e.Title, NameEn: e.TitleEn}
	}
	return inBoth("report.section." + string(e.Key))
}

// wholePart is the XML of a paragraph that is nothing but a token for a section or form.
func (f *templateFill) wholePart(text string) (xml string, ok bool) {
	name, section, ok := sectionToken(text)
	if !ok {
		return "", false
	}
	blocks, names := f.part(name, section)
	if blocks == nil {
		f.wrong(kpi.T("token_section_unknown", strings.TrimSpace(text), listed(names)))
		return "", true
	}
	f.styled = true
	return sectionXML(blocks(), f.width), true
}

func listed(names []kpi.Name) kpi.Name {
	var zh, en []string
	for _, n := range names {
		zh, en = append(zh, n.Name), append(en, n.NameEn)
	}
	return kpi.Name{Name: strings.Join(zh, "、"), NameEn: strings.Join(en, ", ")}
}

var ownStyle = regexp.MustCompile(`<w:pStyle w:val="(\w+)"/>`)

const ownPrefix = "Dabiao"

// sectionXML is blocks for another document: in styles of our own, charts as their tables.
func sectionXML(blocks []Block, width int) string {
	var x xmlText
	blocks = slices.Clone(blocks)
	for i, b := range blocks {
		if b.Chart != nil {
			t := b.Chart.Table()
			blocks[i] = Block{Table: &t}
		}
	}
	x.blocks(blocks, width)
	if n := len(blocks); n > 0 && blocks[n-1].Table != nil {
		x.para("TableGap", "") // Word melts it into a table behind
	}
	return ownStyle.ReplaceAllString(x.String(), `<w:pStyle w:val="`+ownPrefix+`$1"/>`)
}

// ownStyles adds the report's paragraph styles to a template's, under names that no template has and based
// on nothing of its own.
func ownStyles(stylesheet string, t lang.Tag) string {
	f := fontsOf(t)
	var b strings.Builder
	b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + ownPrefix + `Normal"><w:name w:val="` + ownPrefix + ` Normal"/><w:pPr><w:snapToGrid w:val="0"/>` +
		pitch + `<w:jc w:val="both"/></w:pPr><w:rPr>` + f.body + `<w:color w:val="000000"/>` + sized(size3) + languages(t) + `</w:rPr></w:style>`)
	for _, s := range paragraphStyles(t, f) {
		s.id, s.name, s.based = ownPrefix+s.id, ownPrefix+" "+s.name, ownPrefix+s.based
		b.WriteString(s.xml())
	}
	return strings.Replace(stylesheet, "</w:styles>", b.String()+"</w:styles>", 1)
}

var (
	pageWidth  = regexp.MustCompile(`<w:pgSz\s[^>]*w:w="(\d+)"`)
	pageMargin = regexp.MustCompile(`<w:pgMar\s[^>]*>`)
	leftRight  = regexp.MustCompile(`w:(?:left|right|start|end)="(\d+)"`)
)

// widthOf is the width between the margins of a document's last pages, in twentieths of a point.
func widthOf(document string) int {
	sizes, margins := pageWidth.FindAllStringSubmatch(document, -1), pageMargin.FindAllString(document, -1)
	if len(sizes) == 0 || len(margins) == 0 {
		return textWidth
	}
	width, err := strconv.Atoi(sizes[len(sizes)-1][1])
	if err != nil {
		return textWidth
	}
	for _, m := range leftRight.FindAllStringSubmatch(margins[len(margins)-1], -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			width -= n
		}
	}
	if width < 2000 || width > 31680 { // no page Word knows
		return textWidth
	}
	return width
}
