package page

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Switches leave out what the page would choose by itself, and keep what was chosen.
func TestSwitchesKeepUnitAndMonth(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	pc.Unit, pc.AsOf = sampleUnits[2], kpi.MonthEnd(kpi.Period{Year: 2026, Month: 4})
	l := NewLayout(pc, "", partBoard, "/years/2026")
	var hrefs []string
	for _, s := range l.Switches {
		hrefs = append(hrefs, s.Links[0].Href)
	}
	want := []string{"/years/2026?as_of=2026-04", "/years/2026?unit=wenping", "/years/2026?unit=wenping"}
	if !slices.Equal(hrefs, want) {
		t.Errorf("%v, want %v", hrefs, want)
	}
}

// A field of a page that has the name of one of its frame's hides that from the layout: there it is
// read as what the frame's is.
func TestNoPageHidesAFieldOfItsFrame(t *testing.T) {
	frame := reflect.TypeFor[Layout]()
	for name, zero := range pageZero {
		page := reflect.TypeOf(zero)
		for i := range page.NumField() {
			f := page.Field(i)
			if hidden, ok := frame.FieldByName(f.Name); ok && f.Type != hidden.Type {
				t.Errorf("%s: its %s hides the frame's and is another type", name, f.Name)
			}
		}
	}
}

// Text of people cannot break out of the page or of the chart's data.
func TestPeoplesTextIsEscaped(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)>"'`
	board := sampleBoard()
	for a := range board.Areas {
		board.Areas[a].Area.Name = evil
		for f := range board.Areas[a].Figures {
			board.Areas[a].Figures[f].Indicator.Name = evil
		}
	}
	said := board.Said[4]
	said.Reason, said.Next = evil, evil
	board.Said[4] = said
	view := sampleView()
	view.Figure.Indicator.Name = evil
	indicator, err := NewIndicator(sampleContext(lang.Chinese), view, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]any{"board": NewBoard(sampleContext(lang.Chinese), board, BoardInput{MayLog: true}),
		"indicator_show": indicator} {
		var b bytes.Buffer
		if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, name, page); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "<img src=x") {
			t.Errorf("%s: a text became markup", name)
		}
		_, data, ok := strings.Cut(b.String(), `-option">`)
		if name == "board" && !ok {
			continue // it has no chart
		}
		data, _, _ = strings.Cut(data, "</script>")
		var option map[string]any
		if err := json.Unmarshal([]byte(data), &option); err != nil {
			t.Errorf("%s: the chart's data is no JSON: %v", name, err)
		}
	}
}

// Every key that templates and builders name stands in the catalogue (the languages' equal keys are
// the lang package's test).
func TestEveryKeyIsInTheCatalogue(t *testing.T) {
	p := lang.For(lang.Chinese)
	inTemplates := regexp.MustCompile(`\bt "([^"]+)"`)
	inCode := regexp.MustCompile(`(?:\.T\(|add\(|countText\([^,]+, )"([a-z_.]+[a-z_])"[,)]`)
	check := func(pattern string, key *regexp.Regexp) {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatal("no files", pattern, err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(raw), -1) {
				if strings.Contains(m[1], ".") && !p.Has(m[1]) {
					t.Errorf("%s: the catalogue lacks %q", path, m[1])
				}
			}
		}
	}
	check("../../../views/*/*.html", inTemplates)
	for _, room := range []string{".", "../api", "../download", "../handler", "../input", "../middleware"} {
		check(room+"/*.go", inCode)
	}
}

// Nothing has happened yet in a year to come: its pages offer no form, as those of a closed year do not.
func TestAYearToComeOffersNoForms(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	for _, c := range []struct {
		year  kpi.Year
		state kpi.YearState
		fills bool
	}{
		{2025, kpi.YearOpen, true}, {2026, kpi.YearOpen, true}, {2026, kpi.YearClosed, false}, {2027, kpi.YearOpen, false},
	} {
		pc.Today, pc.Year = "2026-11-30", kpi.YearInfo{Year: c.year, State: c.state}
		forms := false
		for _, l := range pc.logTabs("updates") {
			forms = forms || fillsIn(l.Href[strings.LastIndex(l.Href, "/")+1:])
		}
		if pc.Fills() != c.fills || forms != c.fills {
			t.Errorf("%d %s: fills %v, offers forms %v", c.year, c.state, pc.Fills(), forms)
		}
	}
}
