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

	"dabiao/internal/lang"
)

// printedPage is a page as LibreOffice lays it out. Measures are points, from the upper left corner.
type printedPage struct {
	Width  float64       `xml:"width,attr"`
	Height float64       `xml:"height,attr"`
	Lines  []printedLine `xml:"flow>block>line"`
}

type printedLine struct {
	Left   float64  `xml:"xMin,attr"`
	Top    float64  `xml:"yMin,attr"`
	Right  float64  `xml:"xMax,attr"`
	Bottom float64  `xml:"yMax,attr"`
	Words  []string `xml:"word"`
}

func (l printedLine) text() string { return strings.Join(l.Words, "") }

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

// The report as it comes out of a printer: GB/T 9704—2012's page, 22 lines to it, numbers outside, nothing
// over anything else.
func TestThePrintedReportIsLaidOutByTheStandard(t *testing.T) {
	pages := laidOut(t, docx(t, facts(t, lang.Chinese)))
	if len(pages) < 12 || len(pages) > 30 {
		t.Fatalf("%d pages", len(pages))
	}
	full := 0
	for i, p := range pages {
		across := p.Width > p.Height
		if size := [2]float64{min(p.Width, p.Height), max(p.Width, p.Height)}; !near(size[0], 595.3, 1) ||
			!near(size[1], 841.9, 1) {
			t.Errorf("page %d is %.0f × %.0f points, no A4", i+1, p.Width, p.Height)
		}
		body := p.Lines
		if i > 0 { // the cover has no number
			at := p.numberAt(across)
			number := p.Lines[at]
			body = slices.Delete(slices.Clone(p.Lines), at, at+1)
			if number.text() != "—"+strconv.Itoa(i)+"—" {
				t.Errorf("page %d has %q where its number belongs", i+1, number.text())
			}
			from, to, long := number.Left, number.Right, p.Width
			if across { // the sheet's foot lies at the left, and the number runs down along it
				from, to, long = number.Top, number.Bottom, p.Height
			}
			if outside := near(to, long-26*millimetre-14, 2); i%2 == 1 && !outside {
				t.Errorf("the odd number %d ends at %.1f of %.1f", i, to, long)
			}
			if outside := near(from, 28*millimetre+14, 2); i%2 == 0 && !outside {
				t.Errorf("the even number %d begins at %.1f", i, from)
			}
		}
		for _, l := range body {
			if !across && (l.Top < 37*millimetre || l.Bottom > p.Height-35*millimetre+2 || l.Left < 28*millimetre-1 ||
				l.Right > p.Width-26*millimetre+l.hangs()) {
				t.Errorf("page %d: %q stands in the margin: %.1f %.1f %.1f %.1f", i+1, l.text(), l.Left, l.Top, l.Right, l.Bottom)
			}
		}
		noneOver(t, i+1, body)
		if ofText(body) {
			if len(body) < 21 || len(body) > 22 { // a heading goes over to the next page with what it heads
				t.Errorf("page %d has %d lines", i+1, len(body))
			}
			if len(body) == 22 {
				full++
			}
		}
	}
	if full == 0 {
		t.Error("no page has 22 lines of text")
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

// noneOver tells of lines that stand over each other.
func noneOver(t *testing.T, page int, lines []printedLine) {
	t.Helper()
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			wide, high := min(a.Right, b.Right)-max(a.Left, b.Left), min(a.Bottom, b.Bottom)-max(a.Top, b.Top)
			if wide > 2 && high > 0.3*min(a.Bottom-a.Top, b.Bottom-b.Top) {
				t.Errorf("page %d: %q stands over %q", page, a.text(), b.text())
			}
		}
	}
}
