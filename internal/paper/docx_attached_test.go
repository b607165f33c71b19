package paper

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/paper/papertest"
)

// The list of annexes is not alone on a page: the last words of the text come along, with their heading.
func TestTheListOfAnnexesStaysWithTheText(t *testing.T) {
	d := Document{Title: "报告", Language: lang.Chinese, Attached: []string{"附件：1.甲表", "2.乙表"},
		Sections: []Section{{Key: "a", Heading: "一、情况", Blocks: []Block{NewParagraph(Run{Text: "前文。"}),
			NewParagraph(Run{Text: "末段。"})}}}}
	var file bytes.Buffer
	if err := WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	xml := papertest.Unzip(t, file.Bytes())["word/document.xml"]
	for words, stays := range map[string]bool{"前文。": false, "末段。": true, "附件：1.甲表": true, "2.乙表": false} {
		before, _, _ := strings.Cut(xml, words)
		if paragraph := before[strings.LastIndex(before, "<w:p>"):]; strings.Contains(paragraph, "<w:keepNext/>") != stays {
			t.Errorf("%s stays with what follows: %v", words, !stays)
		}
	}
	if html := (Sheets{d}).HTML(); !strings.Contains(html, `<p class="sheet-text sheet-stays">末段。`) ||
		!strings.Contains(html, `<p class="sheet-text">前文。`) {
		t.Error("on the printed pages, the list of annexes may stand alone")
	}
}
