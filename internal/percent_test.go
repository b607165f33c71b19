package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lengths are files that write percentages of a box, for browsers, and the one that gives cells a number format.
var lengths = []string{"internal/report/book_indicators.go",
	"internal/web/page/heat.go", "internal/web/page/entry.go", "internal/web/page/figure.go"}

// apartFromSign finds, in a page or a sentence, a percent sign or a measure put behind a number by hand.
var apartFromSign = regexp.MustCompile(`\{\d[^{}]*\}\s+[%‰]|\}\}(</b>)?\s+[%‰]|` +
	`\}\}(</b>)?\s+\{\{-? ?\$?\.(\w+\.)*Measure\}\}`)

// A percentage is written by internal/lang alone: 93.20%, never 93.2 % beside it.
func TestPercentagesAreWrittenInOneWay(t *testing.T) {
	eachGoFile(t, func(name string) ([]string, error) {
		if strings.HasPrefix(name, "internal/lang/") || strings.HasSuffix(name, "_test.go") ||
			strings.Contains(name, "test/") ||
			strings.HasPrefix(name, "internal/intake/") || strings.HasPrefix(name, "internal/store/") ||
			slices.Contains(lengths, name) {
			return nil, nil
		}
		return percentByHand(name, nil)
	})
	for _, pattern := range []string{"../views/*/*.html", "lang/catalogue/*/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range apartFromSign.FindAllString(string(text), -1) {
				t.Errorf("%s: %q: let lang write the number with its measure, or use {{beside}}", name, found)
			}
		}
	}
}

// percentByHand reports where a file adds a percent sign to a text, or a measure after a space.
func percentByHand(name string, source any) (found []string, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "../"+name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	literal := func(e ast.Expr) string {
		l, ok := e.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return ""
		}
		s, err := strconv.Unquote(l.Value)
		if err != nil {
			return ""
		}
		return s
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sum, ok := n.(*ast.BinaryExpr)
		if !ok || sum.Op != token.ADD {
			return true
		}
		at := files.Position(sum.Pos()).Line
		if sign := strings.TrimSpace(literal(sum.Y)); sign == "%" || sign == "‰" {
			found = append(found, fmt.Sprintf("%s:%d adds %s: use lang's Percent, Share or Measured", name, at, sign))
		}
		left, ok := sum.X.(*ast.BinaryExpr)
		measure, is := sum.Y.(*ast.SelectorExpr)
		if ok && is && measure.Sel.Name == "Measure" && literal(left.Y) == " " {
			found = append(found, fmt.Sprintf("%s:%d puts a measure behind a space: use lang's Measured or Beside", name, at))
		}
		return true
	})
	return found, nil
}

func TestASecondWayToWritePercentagesIsFound(t *testing.T) {
	for source, want := range map[string]int{
		`package a; var x = s + "%"`: 1, `package a; var x = s + " %"`: 1, `package a; var x = p.Percent(r)`: 0,
		`package a; var x = s + " " + row.Measure`: 1, `package a; var x = s + lang.Beside(row.Measure)`: 0,
	} {
		if found, err := percentByHand("a.go", source); err != nil || len(found) != want {
			t.Errorf("%s: %v %v", source, found, err)
		}
	}
	for text, want := range map[string]bool{`{0}%`: false, `{0} %`: true, `{1:1} ‰`: true,
		`<b>{{.Text}}</b> {{.Measure}}`:       true,
		`<b>{{.Text}}</b>{{beside .Measure}}`: false, `<td>{{.Measure}}</td>`: false} {
		if got := apartFromSign.MatchString(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
