//go:build papers

// It needs LibreOffice, 250 MB that no other test wants: make papers runs it.

package papers

import (
	"cmp"
	"encoding/xml"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"dabiao/internal/browsertest"
)

// line is a line of a printed page: its page and how far down it begins, in lines of the standard's pitch.
type line struct {
	text string
	page int
	down float64
}

const (
	linesOfPage = 22
	pitch       = 28.95
	topMargin   = 37 / 25.4 * 72
)

// at is how many lines from the beginning of the document a line stands.
func (l line) at() float64 { return float64(l.page)*linesOfPage + l.down }

// linesOf are the lines of a PDF, from its beginning down.
func linesOf(t *testing.T, pdf string) (out []line) {
	t.Helper()
	run(t, "pdftotext", "-bbox-layout", pdf, pdf+".xml")
	raw, err := os.ReadFile(pdf + ".xml")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []struct {
			Lines []struct {
				Top   float64  `xml:"yMin,attr"`
				Words []string `xml:"word"`
			} `xml:"flow>block>line"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for n, p := range doc.Pages {
		for _, l := range p.Lines {
			out = append(out, line{squeezed(strings.Join(l.Words, "")), n, (l.Top - topMargin) / pitch})
		}
	}
	slices.SortStableFunc(out, func(a, b line) int { return cmp.Compare(a.at(), b.at()) })
	return out
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v %s: install LibreOffice Writer and poppler-utils", name, err, out)
	}
}

// starts is where each heading begins, in its order; a heading over several lines is known by how it begins.
func starts(t *testing.T, where string, lines []line, headings []string) (out []line) {
	t.Helper()
	from := 0
	for _, h := range headings {
		h = squeezed(h)
		begin := string([]rune(h)[:min(len([]rune(h)), 10)])
		at := slices.IndexFunc(lines[from:], func(l line) bool { return strings.HasPrefix(l.text, begin) })
		if at < 0 {
			t.Fatalf("%s: the heading %q is on no page", where, h)
		}
		from += at + 1
		out = append(out, lines[from-1])
	}
	return out
}

// fonts has LibreOffice print in the typefaces that the browser falls back to: with others, lines end elsewhere.
const fonts = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>`

func fallback(t *testing.T, dir string) {
	t.Helper()
	conf := fonts
	for of, is := range map[string]string{"仿宋_GB2312": "Noto Serif CJK SC", "楷体_GB2312": "Noto Serif CJK SC",
		"Times New Roman": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC", "Arial": "Noto Sans CJK SC"} {
		conf += `<match target="pattern"><test name="family"><string>` + of + `</string></test><edit name="family" ` +
			`mode="assign" binding="same"><string>` + is + `</string></edit></match>`
	}
	path := filepath.Join(dir, "fonts.conf")
	if err := os.WriteFile(path, []byte(conf+"</fontconfig>"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FONTCONFIG_FILE", path)
}

// off is how many lines of Chinese text a heading may be from where LibreOffice prints it, and of English, whose words
// browsers and LibreOffice set a hair apart.
var off = map[string]float64{"zh": 1, "en": 2}

// Headings fall where LibreOffice prints them: on as many pages, in Chinese within a line, in English within two,
// annexes within a page.
func TestPagesTurnWhereLibreOfficeTurnsThem(t *testing.T) {
	p := browsertest.Open(t, "staff")
	for _, language := range []string{"zh", "en"} {
		p.Speak(language)
		for _, year := range []string{"2022", "2026"} {
			dir := t.TempDir()
			p.Go("/years/" + year + "/report")
			_, word := p.Download(`.downloads a[href*="report.docx"]`)
			p.Go("/years/" + year + "/report/pages")
			p.Until("the pages are drawn", `document.querySelectorAll(".sheet-paper").length > 0`)
			headings := p.Texts(".sheet-flow .sheet-h1, .sheet-flow .sheet-h2")
			inText := len(headings)
			headings = append(headings, p.Texts(".sheet-annex .sheet-title")...)
			for name, file := range map[string][]byte{"seen.pdf": printed(p), "word.docx": word} {
				if err := os.WriteFile(filepath.Join(dir, name), file, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			fallback(t, dir)
			run(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir",
				dir, filepath.Join(dir, "word.docx"))
			name := language + " " + year
			seen := starts(t, name+" in the browser", linesOf(t, filepath.Join(dir, "seen.pdf")), headings)
			office := starts(t, name+" in LibreOffice", linesOf(t, filepath.Join(dir, "word.pdf")), headings)
			for i, h := range headings {
				apart := math.Abs(seen[i].at() - office[i].at() - seen[0].at() + office[0].at())
				t.Logf("%s %q: page %d line %.1f in the browser, page %d line %.1f in LibreOffice", name, h, seen[i].page+1,
					seen[i].down, office[i].page+1, office[i].down)
				most := off[language]
				if i >= inText { // a row of a table before it may go over the page in one of the two
					most += linesOfPage
				}
				if apart > most+0.4 {
					t.Errorf("%s: %q is %.1f lines from where LibreOffice prints it", name, h, apart)
				}
			}
		}
	}
}
