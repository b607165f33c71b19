package template

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/token"
)

// A template's paragraph that consists of ⟦章节·存在的问题及原因分析⟧ or ⟦附件·进度表⟧ is replaced by
// that part of the report, in the report's own styles, which are added to the file under names of their
// own.

// sectionWords are the words such a token begins with; true for sections, false for annexes.
var sectionWords = map[string]bool{"章节": true, "section": true, "附件": false, "annex": false}

// sectionToken parses a text that is one token for a whole section or table.
func sectionToken(text string) (name string, section, ok bool) {
	inside, open := strings.CutPrefix(token.Bracketed(strings.TrimSpace(text)), token.Open)
	inside, closed := strings.CutSuffix(inside, token.Close)
	word, name, parted := strings.Cut(token.Dotted(inside), token.Dot)
	section, ok = sectionWords[strings.ToLower(strings.TrimSpace(word))]
	return strings.TrimSpace(name), section, ok && open && closed && parted &&
		!strings.ContainsAny(inside, token.Open+token.Close)
}

// wholePart returns the XML that replaces a paragraph which is only a token for a section or table.
func (f *filler) wholePart(text string) (xml string, ok bool) {
	name, section, ok := sectionToken(text)
	if !ok {
		return "", false
	}
	blocks, names := f.draft.Part(name, section)
	if blocks == nil {
		f.wrong(kpi.T("token_section_unknown", strings.TrimSpace(text), report.Listed(names)))
		return "", true
	}
	f.styled = true
	return paper.DocxBlocks(blocks(), f.width, f.draft.Language.Tag()), true
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
