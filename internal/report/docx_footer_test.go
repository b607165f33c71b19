package report

import (
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/lang"
)

var pageEnds = regexp.MustCompile(`(?s)<w:footerReference w:type="(default|even)" r:id="(rId\d)"/>(?:<w:footerReference w:type="even" r:id="(rId\d)"/>)?<w:pgSz w:w="\d+" w:h="\d+"( w:orient="landscape")?/>`)

// A page across has its number where the bound sheet has it, an upright one at its foot; a paper
// without pages across has no box.
func TestPagesAcrossAreNumberedAlongTheirFoot(t *testing.T) {
	parts := papertest.Unzip(t, write(t, sample(t, lang.Chinese), SourceLog, "docx"))
	wide := 0
	for _, m := range pageEnds.FindAllStringSubmatch(parts["word/document.xml"], -1) {
		want := [2]string{"rId4", "rId5"}
		if m[4] != "" {
			wide++
			want = [2]string{"rId7", "rId8"}
		}
		if m[2] != want[0] || m[3] != want[1] {
			t.Errorf("%s", m[0])
		}
	}
	if wide != 1 {
		t.Errorf("%d stretches of pages across", wide)
	}
	for file, style := range map[string]string{"word/footer3.xml": "FooterOdd", "word/footer4.xml": "FooterEven"} {
		box := parts[file]
		if !strings.Contains(box, `vert="vert"`) || strings.Count(box, " PAGE ") != 1 ||
			strings.Count(box, `w:val="`+style+`"`) != 2 {
			t.Errorf("%s: %s", file, box)
		}
		if !strings.Contains(parts["[Content_Types].xml"], "/"+file) ||
			!strings.Contains(parts["word/_rels/document.xml.rels"], strings.TrimPrefix(file, "word/")) {
			t.Errorf("%s is no part of the file", file)
		}
	}
	upright := papertest.Unzip(t, write(t, sample(t, lang.Chinese), SelfEvaluation, "docx"))
	if _, ok := upright["word/footer3.xml"]; ok {
		t.Error("a paper without pages across has their number")
	}
}

// A heading over rows stays with the next of them, and small print with the table's last row.
func TestNothingOfATableStandsAloneOnAPage(t *testing.T) {
	body := papertest.Unzip(t, write(t, sample(t, lang.Chinese), Bulletin, "docx"))["word/document.xml"]
	rows := regexp.MustCompile(`(?s)<w:tr>.*?</w:tr>`).FindAllString(body, -1)
	for i, row := range rows {
		heading, last := strings.Contains(row, "思想引领") || strings.Contains(row, "妇女发展"), i == len(rows)-1
		if got := strings.Contains(row, "<w:keepNext/>"); got != (heading || last) {
			t.Errorf("row %d of %d stays with the next: %v", i, len(rows), got)
		}
	}
}
