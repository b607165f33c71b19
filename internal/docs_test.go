package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// repository is everything in the clone that is ours, by slash path.
func repository(t *testing.T) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() && name != "." && (strings.HasPrefix(base, ".") && base != ".ci" ||
			base == "node_modules" || base == "dist" || base == "bin" || name == "data/demo-run") {
			return fs.SkipDir
		}
		if !d.IsDir() {
			all = append(all, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

func TestEveryLinkInTheDocsLeadsSomewhere(t *testing.T) {
	for _, name := range repository(t) {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(read(t, name), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			target := path.Join(path.Dir(name), m[1])
			if _, err := os.Stat(filepath.Join("..", target)); err != nil {
				t.Errorf("%s links to %s, which does not exist", name, target)
			}
		}
	}
}

var (
	namedFile = regexp.MustCompile("`([\\w./-]+\\.(?:go|html|sql|json|yml|md))`")
	namedPath = regexp.MustCompile("`((?:internal|cmd|views|assets|data|docs)/[\\w./-]*\\w)/?`")
	namedFunc = regexp.MustCompile("`([\\w./-]+\\.go)`: `(\\w+)`")
	pattern   = regexp.MustCompile(`NNNN|noun|X\.Y\.Z|demo-run`) // names to be made
)

// guides say where things are, for those who change the program. Decisions and changes speak of their day.
var guides = []string{"CONTRIBUTING.md", "SECURITY.md", "README.md", "docs/architecture.md", "docs/security.md"}

// A file that a guide names exists, a function that it names in a file is there, and a folder is one.
func TestEveryPlaceThatAGuideNamesExists(t *testing.T) {
	all := repository(t)
	find := func(name string) string {
		for _, file := range all {
			if file == name || strings.HasSuffix(file, "/"+name) {
				return file
			}
		}
		return ""
	}
	for _, guide := range guides {
		text := read(t, guide)
		for _, m := range namedFile.FindAllStringSubmatch(text, -1) {
			if !pattern.MatchString(m[1]) && find(m[1]) == "" {
				t.Errorf("%s names the file %s, which does not exist", guide, m[1])
			}
		}
		for _, m := range namedPath.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join("..", m[1])); err != nil && !pattern.MatchString(m[1]) {
				t.Errorf("%s names %s, which does not exist", guide, m[1])
			}
		}
		for _, m := range namedFunc.FindAllStringSubmatch(text, -1) {
			declared := regexp.MustCompile(`(?m)^(?:func(?: \([^)]*\))?|type|var) ` + m[2] + `\b`)
			if !slices.ContainsFunc(all, func(file string) bool {
				return strings.HasSuffix("/"+file, "/"+m[1]) && declared.MatchString(read(t, file))
			}) {
				t.Errorf("%s says that %s declares %s, which it does not", guide, m[1], m[2])
			}
		}
	}
}

// A decision has a number of its own, by which others name it.
func TestEveryDecisionIsInTheIndex(t *testing.T) {
	index := read(t, "docs/adr/README.md")
	numbered := map[string]string{}
	for _, name := range repository(t) {
		base := path.Base(name)
		if path.Dir(name) != "docs/adr" || base == "README.md" {
			continue
		}
		if !strings.Contains(index, "("+base+")") {
			t.Errorf("docs/adr/README.md does not list %s", base)
		}
		number, _, _ := strings.Cut(base, "-")
		if other := numbered[number]; other != "" {
			t.Errorf("%s and %s have one number", other, base)
		}
		numbered[number] = base
	}
}

func TestMakeHelpNamesEveryTarget(t *testing.T) {
	file := read(t, "Makefile")
	help, _, _ := strings.Cut(file, "\n\n")
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(file, -1) {
		if m[1] != "help" && m[1] != "tools" && !strings.Contains(help, "make "+m[1]+" ") {
			t.Errorf("the top of the Makefile does not say what make %s does", m[1])
		}
	}
}

// A package comment says what the package owns and what it must not know.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	documented := map[string]bool{}
	for _, name := range repository(t) {
		if !strings.HasSuffix(name, ".go") || strings.Contains(name, "testdata/") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil,
			parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		dir := path.Dir(name)
		documented[dir] = documented[dir] || f.Doc != nil
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}
