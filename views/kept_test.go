package views

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

type keptRow struct {
	Name  string
	Cells []string
	More  *keptRow
	light struct{ code int }
	Open  bool
}

// keptSet is a page of rows, shown by {{kept}} or by {{template}}; made counts how often a row was
// really made.
func keptSet(t *testing.T, show string, made *int) *Set {
	t.Helper()
	set, err := Parse(fstest.MapFS{
		"layout/base.html": {Data: []byte(`{{define "base"}}<table>{{template "content" .}}</table>{{end}}`)},
		"partial/row.html": {Data: []byte(`{{define "row"}}<tr title="{{.Name}}">{{made}}{{range .Cells}}<td>{{.}}</td>{{end}}{{with .More}}<a href="/?q={{.Name}}">{{.Open}}</a>{{end}}</tr>{{end}}`)},
		"page/rows.html":   {Data: []byte(`{{define "content"}}{{range .}}{{` + show + ` "row" .}}{{end}}{{end}}`)},
	}, map[string]any{"made": func() string { *made++; return "" }})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestAKeptPartIsShownAsTheTemplateItself(t *testing.T) {
	hostile := `"><script>alert(1)</script>&'`
	rows := []keptRow{{Name: hostile, Cells: []string{hostile, "b"}}, {Name: "a", More: &keptRow{Name: hostile, Open: true}}, {}}
	made, madeKept := 0, 0
	plain, kept := keptSet(t, "template", &made), keptSet(t, "kept", &madeKept)
	for range 3 {
		var want, got strings.Builder
		if err := plain.Render(&want, "rows", rows); err != nil {
			t.Fatal(err)
		}
		if err := kept.Render(&got, "rows", rows); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Fatalf("kept: %s\ntemplate: %s", &got, &want)
		}
	}
	if made != 9 || madeKept != 3 {
		t.Errorf("rows were made %d and %d times, not 9 and 3", made, madeKept)
	}
}

// Rows that differ anywhere, behind a pointer or in a list, are made each for itself.
func TestAKeptPartIsMadeAnewForOtherData(t *testing.T) {
	made := 0
	set := keptSet(t, "kept", &made)
	rows := []keptRow{{}, {Name: "a"}, {Open: true}, {Cells: []string{"a"}}, {Cells: []string{"", "a"}}, {Cells: []string{"a", ""}},
		{More: &keptRow{}}, {More: &keptRow{Name: "a"}}, {light: struct{ code int }{1}}, {Name: "1:a"}, {Name: "a", Cells: []string{"1:a"}}}
	for range 2 {
		if err := set.Render(io.Discard, "rows", rows); err != nil {
			t.Fatal(err)
		}
	}
	if made != len(rows) {
		t.Errorf("%d rows were made %d times", len(rows), made)
	}
	if err := set.Render(io.Discard, "rows", []map[string]int{{"a": 1}}); err == nil {
		t.Error("data that cannot be told apart was kept")
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	page, err := keptSet(t, "kept", new(int)).page("rows")
	if err != nil {
		t.Fatal(err)
	}
	k := kept{page: page}
	for n := range 3000 {
		if _, err := k.render("row", keptRow{Name: fmt.Sprint(n), Cells: []string{strings.Repeat("x", 500)}}); err != nil {
			t.Fatal(err)
		}
	}
	held := 0
	for _, some := range []map[part]string{lengths(k.young), lengths(k.old)} {
		for p, html := range some {
			held += len(p.data) + len(html)
		}
	}
	if held > 2*maxKept {
		t.Errorf("%d bytes are held", held)
	}
}

func lengths[H ~string](m map[part]H) map[part]string {
	out := map[part]string{}
	for p, html := range m {
		out[p] = string(html)
	}
	return out
}
