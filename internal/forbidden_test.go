package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ban is a name the code does without, where, and why.
type ban struct {
	path string // import path; "" bans the method on anything
	name string
	// except are the files and folders that may use it, slash paths from the module's root.
	except []string
	// tests says which files are meant: the _test.go files, or all others.
	tests bool
	why   string
}

const fiberPath = "github.com/gofiber/fiber/v2"

// clockUsers are the places that may ask what time it is; everyone else is told.
var clockUsers = []string{
	"cmd/",
	"internal/store/sqlite.go",                 // names the copy made before an upgrade
	"internal/store/wait.go",                   // times how long changes wait
	"internal/store/shared/",                   // times how long a connection rests
	"internal/spent/",                          // measures
	"internal/web/middleware/guard.go",         // times requests for the log
	"internal/web/middleware/pace.go",          // times how long an answer waits for its reader
	"internal/web/middleware/change_signal.go", // times streams
	"internal/depot/s3.go",                     // ends connections that are silent
	"internal/depot/s3test/",
	"internal/programtest/", "internal/browsertest/", "internal/daytest/machine/", "internal/store/pgtest/",
	"internal/store/storetest/",
}

var bans = []ban{
	{fiberPath, "Map", nil, false, "page data is a documented struct"},
	{"html/template", "HTML", []string{"views/written.go"}, false, "it switches escaping off; let the template escape"},
	{"html/template", "HTMLAttr", nil, false, "it switches escaping off; let the template escape"},
	{"html/template", "JS", nil, false,
		"it switches escaping off; marshal JSON into a script tag of type application/json"},
	{"html/template", "JSStr", nil, false, "it switches escaping off"},
	{"html/template", "CSS", nil, false, "it switches escaping off; give the element a class"},
	{"html/template", "URL", nil, false, "it switches escaping off; build the address with net/url"},
	{"html/template", "Srcset", nil, false, "it switches escaping off"},
	{"", "RenderSnippet", nil, false, "go-echarts' own renderer lets a title inject script; marshal chart.JSON()"},
	{"", "RenderContent", nil, false, "go-echarts' own renderer lets a title inject script; marshal chart.JSON()"},
	{"time", "Now", clockUsers, false, "take the time from the app's clock, so that tests can set it"},
	{"dabiao/internal/store", "NoSync", []string{"internal/store/storetest/"}, false,
		"what the program acknowledges is on the disk; only tests do without"},
	{"dabiao/internal/app", "CheapPasswords", nil, false, "only tests may hash cheaply"},
	{"", "Skip", nil, true, "a test that cannot run fails and says what to install"},
	{"", "Skipf", nil, true, "a test that cannot run fails and says what to install"},
	{"", "SkipNow", nil, true, "a test that cannot run fails and says what to install"},
}

func TestNoForbiddenNameIsUsed(t *testing.T) {
	eachGoFile(t, func(name string) ([]string, error) { return forbidden(name, "../"+name, nil) })
}

// eachGoFile reports what find finds in each Go file of the module, named by its slash path from the root.
func eachGoFile(t *testing.T, find func(name string) ([]string, error)) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), "../")
		if d.IsDir() {
			base := path.Base(name)
			if base != ".." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		found, err := find(name)
		for _, f := range found {
			t.Error(f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// forbidden lists every use of a banned name in one file; source is nil to read it from disk.
func forbidden(name, file string, source any) ([]string, error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	imports := map[string]string{} // the name a package has in this file → its path
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return nil, err
		}
		local := path.Base(p)
		if p == fiberPath {
			local = "fiber"
		}
		if i.Name != nil {
			local = i.Name.Name
		}
		imports[local] = p
	}
	isTest := strings.HasSuffix(name, "_test.go")
	var found []string
	ast.Inspect(f, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		from := ""
		if x, ok := s.X.(*ast.Ident); ok {
			from = imports[x.Name]
		}
		for _, b := range bans {
			excepted := slices.ContainsFunc(b.except, func(e string) bool { return strings.HasPrefix(name, e) })
			if s.Sel.Name != b.name || isTest != b.tests || excepted {
				continue
			}
			if b.path == from { // for a method both are ""
				found = append(found, fmt.Sprintf("%s:%d: %s is not used here: %s",
					name, set.Position(s.Pos()).Line, strings.TrimPrefix(path.Base(b.path)+"."+b.name, "."), b.why))
			}
		}
		return true
	})
	return found, nil
}

func TestEachBanFindsItsName(t *testing.T) {
	source := `package x
import ("html/template"; "time"; "github.com/gofiber/fiber/v2"; clock "time"; "dabiao/internal/store"; uses "dabiao/internal/app")
func f(bar interface{ RenderSnippet() }) {
	_ = template.HTML("a"); _ = time.Now(); _ = clock.Now(); _ = fiber.Map{}; bar.RenderSnippet()
	_ = store.Config{Commits: store.NoSync}; _ = uses.Config{Passwords: uses.CheapPasswords}
}`
	for name, want := range map[string]int{"internal/web/page.go": 7, "cmd/dabiao/main.go": 5,
		"internal/store/storetest/each.go": 4, "internal/web/page_test.go": 0} {
		found, err := forbidden(name, name, source)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != want {
			t.Errorf("%s: found %d, want %d: %q", name, len(found), want, found)
		}
	}
}
