//go:build papers

// It needs LibreOffice, 250 MB that no other test wants: make papers runs it.

package report

import (
	"cmp"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"dabiao/internal/lang"
)

// printedPage is a page as LibreOffice lays it out. Measures are points, from the upper left corner.
type printedPage struct {
	Width  float64       `xml:"width,attr"`
	Height float64       `xml:"height,attr"`
	Lines  []printedLine `xml:"flow>block>line"`
}

type printedLine struct {
	printedBox
	Words []printedWord `xml:"word"`
}

type printedBox struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
}

type printedWord struct {
	printedBox
	Text string `xml:",chardata"`
}

func (l printedLine) text() string {
	var b strings.Builder
	for _, w := range l.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

// hangs is how far a line may go over the margin: by the mark it ends with, as Chinese is set.
func (l printedLine) hangs() float64 {
	if strings.ContainsAny(l.text()[max(len(l.text())-3, 0):], "，。；：、）") {
		return 17
	}
	return 2
}

// laidOut are the pages of a Word file, their lines from the top down.
func laidOut(t *testing.T, file []byte) []printedPage {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"soffice", "-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", dir,
			filepath.Join(dir, "a.docx")},
		{"pdftotext", "-bbox-layout", filepath.Join(dir, "a.pdf"), filepath.Join(dir, "a.xml")},
	} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s: install LibreOffice Writer and poppler-utils", command[0], err, out)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "a.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []printedPage `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for _, p := range doc.Pages {
		slices.SortFunc(p.Lines, func(a, b printedLine) int {
			return cmp.Or(cmp.Compare(a.Top, b.Top),
				cmp.Compare(a.Left, b.Left))
		})
	}
	return doc.Pages
}

const millimetre = 72 / 25.4

func near(a, b, off float64) bool { return a-b <= off && b-a <= off }

// The report as it comes out of a printer: GB/T 9704—2012's page, numbers outside, nothing over anything else.
func TestThePrintedReportIsLaidOutByTheStandard(t *testing.T) {
	pages := laidOut(t, docx(t, facts(t, lang.Chinese)))
	if len(pages) < 12 || len(pages) > 30 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		p.byTheStandard(t, i+1)
	}
}

// A page that running text fills has 22 lines of 28 characters, whether a paragraph ends on it or goes on; only a
// heading leaves the last line to the page of what it heads.
func TestThePrintedReportHas22LinesToAPage(t *testing.T) {
	in := facts(t, lang.Chinese)
	const phrase = "推动各项工作落实到位"
	var own []string
	for n := range 24 { // of one to eight lines: no page turn finds the same line of a paragraph
		own = append(own, strings.Repeat(phrase, 3*(n%8)+1)+"。")
	}
	in.Texts[Problems] = strings.Join(own, "\n")
	full, wide := 0, 0
	pages := laidOut(t, docx(t, in))
	for i, p := range pages {
		body := p.byTheStandard(t, i+1)
		if !ofText(body) {
			continue
		}
		headed := i+1 < len(pages) && strings.Contains("一二三四五六七八九十（", string([]rune(pages[i+1].Lines[0].text())[:1]))
		switch {
		case len(body) == 22:
			full++
		case len(body) != 21 || !headed:
			t.Errorf("page %d has %d lines", i+1, len(body))
		}
		for _, l := range body {
			if strings.Trim(l.text(), phrase) != "" || !near(l.Left, 28*millimetre, 1) {
				continue // not of these paragraphs, or indented
			}
			wide++
			if n := utf8.RuneCountInString(l.text()); n != 28 {
				t.Errorf("page %d has a line of %d characters", i+1, n)
			}
		}
	}
	if full < 3 || wide < 30 {
		t.Errorf("%d pages have 22 lines of text, %d lines 28 characters", full, wide)
	}
}

// byTheStandard tells what of a page is not as the standard has it, and returns its lines without the number.
func (p printedPage) byTheStandard(t *testing.T, n int) []printedLine {
	t.Helper()
	across := p.Width > p.Height
	if size := [2]float64{min(p.Width, p.Height), max(p.Width, p.Height)}; !near(size[0], 595.3, 1) ||
		!near(size[1], 841.9, 1) {
		t.Errorf("page %d is %.0f × %.0f points, no A4", n, p.Width, p.Height)
	}
	body := p.Lines
	if n > 1 { // the cover has no number
		at := p.numberAt(across)
		number := p.Lines[at]
		body = slices.Delete(slices.Clone(p.Lines), at, at+1)
		number.numbers(t, p, n-1)
	}
	for _, l := range body {
		if !across && (l.Top < 37*millimetre || l.Bottom > p.Height-35*millimetre+2 || l.Left < 28*millimetre-1 ||
			l.Right > p.Width-26*millimetre+l.hangs()) {
			t.Errorf("page %d: %q stands in the margin: %.1f %.1f %.1f %.1f", n, l.text(), l.Left, l.Top, l.Right, l.Bottom)
		}
	}
	noneOver(t, n, body)
	return body
}

// numbers tells where a page's number is not what it should be, or not outside.
func (l printedLine) numbers(t *testing.T, p printedPage, number int) {
	t.Helper()
	if l.text() != "—"+strconv.Itoa(number)+"—" {
		t.Errorf("page %d has %q where its number belongs", number, l.text())
	}
	from, to, long := l.Left, l.Right, p.Width
	if p.Width > p.Height { // the sheet's foot lies at the left, and the number runs down along it
		from, to, long = l.Top, l.Bottom, p.Height
	}
	if outside := near(to, long-26*millimetre-14, 2); number%2 == 1 && !outside {
		t.Errorf("the odd number %d ends at %.1f of %.1f", number, to, long)
	}
	if outside := near(from, 28*millimetre+14, 2); number%2 == 0 && !outside {
		t.Errorf("the even number %d begins at %.1f", number, from)
	}
}

// numberAt is which line bears the page's number: the last, or of a page across the one in the left margin.
func (p printedPage) numberAt(across bool) int {
	if i := slices.IndexFunc(p.Lines, func(l printedLine) bool { return l.Right < 35*millimetre }); across && i >= 0 {
		return i
	}
	return len(p.Lines) - 1
}

// ofText reports whether a page is full of lines of running text: each a line's pitch below the one before,
// from the first to the last that fit.
func ofText(lines []printedLine) bool {
	for i := 1; i < len(lines); i++ {
		if !near(lines[i].Top-lines[i-1].Top, 28.95, 2) {
			return false
		}
	}
	return len(lines) > 0 && lines[len(lines)-1].Bottom > 700
}

// noneOver tells of words that stand over each other. They are held word by word: what Poppler calls a line goes
// over the edge of a merged cell, whose words stand between the lines of its neighbours.
func noneOver(t *testing.T, page int, lines []printedLine) {
	t.Helper()
	var words []printedWord
	for _, l := range lines {
		words = append(words, l.Words...)
	}
	for i, a := range words {
		for _, b := range words[i+1:] {
			wide, high := min(a.Right, b.Right)-max(a.Left, b.Left), min(a.Bottom, b.Bottom)-max(a.Top, b.Top)
			if wide > 2 && high > 0.3*min(a.Bottom-a.Top, b.Bottom-b.Top) {
				t.Errorf("page %d: %q stands over %q", page, a.Text, b.Text)
			}
		}
	}
}
