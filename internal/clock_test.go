package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// measured are the names of moments that only measure how long something takes.
var measured = []string{"start", "begun", "deadline", "end"}

// A story that asks the machine for the day fails on another. Tests and their helpers ask it only how long
// something takes: start := time.Now(), and deadlines.
func TestNoTestAsksTheMachineForTheDay(t *testing.T) {
	eachGoFile(t, func(name string) ([]string, error) {
		helper := slices.ContainsFunc(testHelpers, func(h string) bool { return strings.HasPrefix(name, h+"/") })
		if !helper && !strings.HasSuffix(name, "_test.go") {
			return nil, nil
		}
		return asksForTheDay(name, "../"+name, nil)
	})
}

// asksForTheDay lists every use of time.Now that is more than the measuring of time.
func asksForTheDay(name, file string, source any) (found []string, err error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var above []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		above = append(above, n)
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" && isName(s.X, "time") && !measures(above) {
			found = append(found, fmt.Sprintf("%s:%d: time.Now is not used in tests for more than how long something takes: "+
				"give the story a day of its own", name, set.Position(s.Pos()).Line))
		}
		return true
	})
	return found, nil
}

// measures reports whether the time.Now at the end of a path through the tree is called and then kept under
// a name of measured, moved, or compared.
func measures(above []ast.Node) bool {
	if len(above) < 3 {
		return false
	}
	called, ok := above[len(above)-2].(*ast.CallExpr)
	if !ok || called.Fun != above[len(above)-1] {
		return false
	}
	for i := len(above) - 3; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel.Name == "Before" || n.Sel.Name == "After" {
				return true
			}
			if n.Sel.Name != "Add" {
				return false
			}
		case *ast.CallExpr:
			if n.Fun != above[i+1] {
				return false
			}
		case *ast.AssignStmt:
			at := slices.IndexFunc(n.Rhs, func(e ast.Expr) bool { return e == above[i+1] })
			return at >= 0 && slices.ContainsFunc(measured, func(m string) bool { return isName(n.Lhs[at], m) })
		default:
			return false
		}
	}
	return false
}

func isName(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func TestAskingForTheDayIsFound(t *testing.T) {
	for statement, want := range map[string]int{
		"start := time.Now()": 0, "start = time.Now()": 0, "deadline := time.Now().Add(time.Second)": 0,
		"for end := time.Now().Add(d); time.Now().Before(end); {}": 0, "_ = time.Now().After(deadline)": 0,
		"first, begun := now(), time.Now()": 0,
		"today := time.Now()":               1, "_ = time.Now().Format(time.DateOnly)": 1, "_ = kpi.DateOf(time.Now())": 1,
		"c := config{Now: time.Now}": 1, "year := time.Now().Year()": 1, "f(time.Now)": 1,
		"start := time.Now().AddDate(0, 0, 1)": 1,
		"start := time.Now().UTC()":            1, "deadline := kpi.DateOf(time.Now())": 1, "return time.Now()": 1,
		"var now = time.Now()": 1,
	} {
		found, err := asksForTheDay("x_test.go", "x_test.go", "package x\nfunc f() { "+statement+" }")
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != want {
			t.Errorf("%s: found %d, want %d", statement, len(found), want)
		}
	}
}
