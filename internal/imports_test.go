// Package internal_test holds the rules of the house that no compiler knows: who may import whom,
// and which words the code does without. The reasons stand in docs/architecture.md.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// row is what one package may import beside the standard library.
type row struct {
	pkg string
	// ours are the packages of this module it may import; "*" is all but the test helpers.
	ours string
	// pure packages import nothing foreign at all.
	pure bool
	// never are import paths, standard or foreign, that it must not import, each with all below it.
	never string
}

// database, http and html are what most packages must not know.
const (
	database = "database/sql modernc.org/sqlite github.com/jackc/pgx github.com/pressly/goose"
	web      = "net/http github.com/gofiber/fiber github.com/valyala/fasthttp"
	html     = "html/template text/template"
	charts   = "github.com/go-echarts"
	outside  = "os os/exec net io/ioutil syscall log log/slog"
)

// table is the arrows of the house. A package that is not in it has no place yet.
var table = []row{
	{"cmd/dabiao", "*", false, database + " " + html},
	{"internal/kpi", "", true, join(database, web, html, outside)},
	{"internal/progress", "kpi", true, join(database, web, html, outside)},
	{"internal/handup", "kpi progress intake", true, join(database, web, html, charts, outside)},
	{"internal/lang", "kpi", false, join(database, web, html)},
	{"internal/spent", "", true, join(database, web, html, charts, outside)},
	{"internal/intake", "kpi spent", false, join(database, web, html)},
	{"internal/picture", "", false, join(database, web, html, charts, outside)},
	{"internal/password", "kpi", false, join(database, web, html, charts, outside)},
	{"internal/sso", "kpi", false, join(database, html, charts)},
	{"internal/depot", "kpi", false, join(database, html, charts, "github.com/gofiber/fiber")},
	{"internal/office", "", true, join(database, web, html, charts)},
	{"internal/replica", "", false, join(web, html, charts, "github.com/jackc/pgx github.com/pressly/goose")},
	{"internal/blob", "kpi depot", false, join(database, web, html, charts)},
	{"internal/store", "kpi depot blob spent store/shared", false, join(web, html, charts)},
	{"internal/store/shared", "", false, join(web, html, charts, "github.com/pressly/goose")},
	{"internal/chart", "kpi progress lang", false, join(database, web)},
	{"internal/paper", "kpi lang", false, join(database, web, html, charts)},
	{"internal/report", "kpi progress intake paper lang report/token", false, join(database, web, charts)},
	{"internal/report/token", "kpi", true, join(database, web, html, outside)},
	{"internal/report/template", "kpi paper report report/token", false, join(database, web, html, charts)},
	{"internal/report/logbook", "kpi lang paper", false, join(database, web, html, charts)},
	{"internal/report/evidence", "kpi lang paper picture progress", false, join(database, web, html, charts)},
	{"internal/report/seal", "kpi lang paper progress report report/evidence", false, join(database, web, html, charts)},
	{"internal/report/check", "kpi progress intake paper report", false, join(database, web, html, charts)},
	{"internal/report/returned", "kpi intake paper report", false, join(database, web, html, charts)},
	{"internal/report/keypage", "kpi lang paper depot", false, join(database, web, html, charts)},
	{"internal/app", "kpi handup progress intake password picture depot blob store report report/check report/evidence report/logbook report/returned " +
		"report/seal report/template", false, join(web, html, charts, "database/sql")},
	{"internal/demo", "app kpi intake lang report data progress", false, join(database, web, html)},
	{"internal/notice", "kpi lang app", false, join(database, html)},
	{"internal/web", "web/middleware web/download web/handler web/guide web/api", false, database},
	{"internal/web/input", "kpi intake app", false, join(database, web, html)},
	{"internal/web/page", "kpi handup progress help intake lang chart paper report report/check report/returned app notice assets " +
		"web/input", false, join(database, web)},
	{"internal/web/middleware", "kpi progress lang report report/check report/logbook app spent sso views web/input web/page",
		false, database},
	{"internal/web/download", "kpi lang paper report report/evidence report/logbook report/seal app web/input web/middleware", false,
		join(database, html)},
	{"internal/web/guide", "help web/page web/middleware", false, join(database, html)},
	{"internal/web/handler", "kpi handup progress intake lang paper report report/check report/template app notice sso assets web/input web/page web/middleware web/download",
		false, join(database, html)},
	{"internal/web/api", "kpi handup progress intake lang paper report report/check report/returned app web/input web/page " +
		"web/middleware web/download",
		false, join(database, html)},
	{"views", "", false, join(database, web)},
	{"assets", "", true, join(database)},
	{"docs", "", true, join(database, web)},
	{"internal/help", "lang docs", false, join(database, web)},
	{"data", "", true, join(database, web)},
}

// testHelpers may be imported by tests only.
var testHelpers = []string{"internal/store/pgtest", "internal/store/storetest", "internal/programtest",
	"internal/report/reporttest", "internal/paper/papertest", "internal/browsertest", "internal/bench",
	"internal/bench/peers",
	"internal/browsertest/board", "internal/browsertest/days", "internal/browsertest/english",
	"internal/browsertest/firsthour", "internal/browsertest/injection",
	"internal/browsertest/layout", "internal/browsertest/layoutoffice", "internal/browsertest/layoutroles",
	"internal/browsertest/logging",
	"internal/browsertest/overview", "internal/browsertest/paperpages", "internal/browsertest/papers",
	"internal/browsertest/review", "internal/browsertest/roles", "internal/browsertest/session",
	"internal/browsertest/settings",
	"internal/browsertest/sound", "internal/browsertest/tables", "internal/browsertest/update",
	"internal/browsertest/wall", "internal/browsertest/zoomed",
	"internal/depot/s3test", "internal/daytest", "internal/daytest/machine", "internal/disktest",
	"internal/torture"}

func join(lists ...string) string { return strings.Join(lists, " ") }

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range listed(t) {
		if slices.Contains(testHelpers, p.name()) || p.name() == "internal" ||
			strings.HasPrefix(p.name(), "internal/testtools/") {
			continue
		}
		i := slices.IndexFunc(table, func(r row) bool { return r.pkg == p.name() })
		if i < 0 {
			t.Errorf("%s is not in the import table: decide what it may import, and add a row to "+
				"internal/imports_test.go and to docs/architecture.md", p.name())
			continue
		}
		for _, imported := range p.Imports {
			if reason := table[i].objection(imported); reason != "" {
				t.Errorf("%s imports %s: %s", p.name(), imported, reason)
			}
		}
	}
}

// The table of docs/architecture.md is this one, with names as people say them. Rows that name a rule instead of
// packages ("all of these except store") are left to the reader.
func TestTheArchitectureTellsTheImportTable(t *testing.T) {
	text, _, _ := strings.Cut(read(t, "docs/architecture.md"), "\n## The way of ")
	for _, r := range table {
		i := strings.Index(text, "\n| `"+r.pkg+"` |")
		if i < 0 {
			if strings.HasPrefix(r.pkg, "internal/") {
				t.Errorf("docs/architecture.md does not say what %s owns", r.pkg)
			}
			continue
		}
		line, _, _ := strings.Cut(text[i+1:], "\n")
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		told := cells[len(cells)-1]
		if strings.Contains(told, "all of these") || strings.Contains(told, "everything") ||
			strings.HasPrefix(told, "nothing") || strings.Contains(told, "its rooms") {
			continue
		}
		var want []string
		for name := range strings.FieldsSeq(r.ours) {
			want = append(want, path.Base(name))
		}
		got := strings.Split(told, ", ")
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("docs/architecture.md says that %s may import %v; it may import %v", r.pkg, got, want)
		}
	}
}

// fullRoom is how many files a room may have besides its tests: one more, and a newcomer stands before a heap. app is
// none, but one use case a file.
const fullRoom = 60

func TestNoRoomIsOverfull(t *testing.T) {
	files := map[string]int{}
	for _, name := range repository(t) {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			files[path.Dir(name)]++
		}
	}
	for dir, n := range files {
		if n > fullRoom && (strings.HasPrefix(dir, "internal/web") || strings.HasPrefix(dir, "internal/report") ||
			dir == "internal/paper") {
			t.Errorf("%s has %d files, %d more than a room may have: join those of one idea, or make a room", dir, n, n-fullRoom)
		}
	}
}

const module = "dabiao/"

// objection says why r must not import path; "" when it may.
func (r row) objection(path string) string {
	for _, no := range strings.Fields(r.never) {
		if path == no || strings.HasPrefix(path, no+"/") {
			return r.pkg + " must not know " + no
		}
	}
	name, ours := strings.CutPrefix(path, module)
	first, _, _ := strings.Cut(path, "/")
	switch {
	case ours && slices.Contains(testHelpers, name):
		return "it is a test helper; only tests may import it"
	case ours && (r.ours == "*" || slices.Contains(strings.Fields(r.ours), strings.TrimPrefix(name, "internal/"))):
		return ""
	case ours && r.ours == "":
		return r.pkg + " imports nothing of ours"
	case ours:
		return r.pkg + " may import only " + strings.Join(strings.Fields(r.ours), ", ") + " of ours"
	case r.pure && strings.Contains(first, "."):
		return r.pkg + " uses the standard library only"
	}
	return ""
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func (p listedPackage) name() string { return strings.TrimPrefix(p.ImportPath, module) }

func listed(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var all []listedPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("read what go list says: %v", err)
		}
		all = append(all, p)
	}
}

// The table itself is tried, so that a slip in it cannot let everything through.
func TestTheImportTableObjects(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"internal/kpi", "dabiao/internal/app", "imports nothing of ours"},
		{"internal/kpi", "golang.org/x/text/language", "standard library only"},
		{"internal/kpi", "os", "must not know os"},
		{"internal/progress", "dabiao/internal/store", "may import only kpi"},
		{"internal/web/handler", "dabiao/internal/store", "may import only"},
		{"internal/web/handler", "dabiao/internal/web/api", "may import only"},
		{"internal/web/api", "dabiao/internal/web/handler", "may import only"},
		{"internal/web/page", "github.com/gofiber/fiber/v2", "must not know github.com/gofiber/fiber"},
		{"internal/web", "database/sql", "must not know database/sql"},
		{"internal/app", "github.com/gofiber/fiber/v2", "must not know github.com/gofiber/fiber"},
		{"internal/app", "dabiao/internal/lang", "may import only"},
		{"internal/store", "html/template", "must not know html/template"},
		{"cmd/dabiao", "dabiao/internal/store/storetest", "test helper"},
		{"internal/app", "dabiao/internal/store", ""},
		{"internal/report", "dabiao/internal/lang", ""},
		{"internal/report", "dabiao/internal/app", "may import only"},
		{"internal/paper", "dabiao/internal/report/check", "may import only kpi, lang"},
		{"internal/report", "dabiao/internal/report/check", "may import only"},
		{"internal/paper", "dabiao/internal/report", "may import only kpi, lang"},
		{"internal/report", "dabiao/internal/report/template", "may import only"},
		{"internal/report/token", "dabiao/internal/report", "may import only kpi"},
		{"internal/paper", "dabiao/internal/progress", "may import only kpi, lang"},
		{"cmd/dabiao", "dabiao/internal/store", ""},
	} {
		i := slices.IndexFunc(table, func(r row) bool { return r.pkg == c.from })
		got := table[i].objection(c.to)
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s: objection %q, want %q", c.from, c.to, got, c.want)
		}
	}
}
