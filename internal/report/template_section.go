package report

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// A template's paragraph that consists of ⟦章节·存在的问题及原因分析⟧ or ⟦附件·进度表⟧ is replaced by
// that part of the report, in the report's own styles, which are added to the file under names of their
// own.

// sectionWords are the words such a token begins with; true for sections, false for annexes.
var sectionWords = map[string]bool{"章节": true, "section": true, "附件": false, "annex": false}

// sectionToken parses a text that is one token for a whole section or table.
func sectionToken(text string) (name string, section, ok bool) {
	inside, open := strings.CutPrefix(tokened(strings.TrimSpace(text)), tokenOpen)
	inside, closed := strings.CutSuffix(inside, tokenClose)
	word, name, parted := strings.Cut(otherDots.Replace(inside), dot)
	section, ok = sectionWords[strings.ToLower(strings.TrimSpace(word))]
	return strings.TrimSpace(name), section, ok && open && closed && parted &&
		!strings.ContainsAny(inside, tokenOpen+tokenClose)
}

// part returns the content that a token for a section or table stands for. If none or several match,
// blocks is nil and names lists all there are.
func (b *Draft) part(name string, section bool) (blocks func() []paper.Block, names []kpi.Name) {
	type choice struct {
		key    string
		name   kpi.Name
		blocks func() []paper.Block
	}
	var choices []choice
	if section {
		for _, e := range b.YearOutline().all() {
			choices = append(choices, choice{string(e.Key), b.titles(e), func() []paper.Block { return b.entry(e) }})
		}
	} else {
		for _, f := range Papers {
			choices = append(choices, choice{string(f), inBoth(f.TitleKey()),
				func() []paper.Block { return b.annex(f, 0).Blocks }})
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

// titles returns an entry's title in both languages.
func (b *Draft) titles(e Entry) kpi.Name {
	if e.Title != "" {
		return kpi.Name{Name: e.Title, NameEn: e.TitleEn}
	}
	return inBoth("report.section." + string(e.Key))
}

// wholePart returns the XML that replaces a paragraph which is only a token for a section or table.
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
	return paper.DocxBlocks(blocks(), f.width), true
}

func listed(names []kpi.Name) kpi.Name {
	var zh, en []string
	for _, n := range names {
		zh, en = append(zh, n.Name), append(en, n.NameEn)
	}
	return kpi.Name{Name: strings.Join(zh, "、"), NameEn: strings.Join(en, ", ")}
}

var (
	pageWidth  = regexp.MustCompile(`<w:pgSz\s[^>]*w:w="(\d+)"`)
	pageMargin = regexp.MustCompile(`<w:pgMar\s[^>]*>`)
	leftRight  = regexp.MustCompile(`w:(?:left|right|start|end)="(\d+)"`)
)

// widthOf returns the width between the margins of a document's last section, in twentieths of a point.
func widthOf(document string) int {
	sizes, margins := pageWidth.FindAllStringSubmatch(document, -1), pageMargin.FindAllString(document, -1)
	if len(sizes) == 0 || len(margins) == 0 {
		return paper.TextWidth
	}
	width, err := strconv.Atoi(sizes[len(sizes)-1][1])
	if err != nil {
		return paper.TextWidth
	}
	for _, m := range leftRight.FindAllStringSubmatch(margins[len(margins)-1], -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			width -= n
		}
	}
	if width < 2000 || width > 31680 { // outside what Word allows
		return paper.TextWidth
	}
	return width
}
