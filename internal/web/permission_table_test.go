package web

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

var updateTable = flag.Bool("update", false, "write the permission tables of docs/security.md anew")

const securityDoc = "../../docs/security.md"

// columns are who a permission table speaks of: a stranger, the roles as they are without a unit (a reporter has one),
// and those that may be given one.
var columns = func() (all []identity) {
	all = []identity{{}}
	for _, role := range kpi.Roles {
		i := identity{role: role}
		if role == kpi.Reporter {
			i.unit = "east"
		}
		all = append(all, i)
	}
	for _, role := range kpi.Roles {
		if role != kpi.Reporter && !role.OfOffice() {
			all = append(all, identity{role, "east"})
		}
	}
	return all
}()

func tableHead(first string) string {
	cells := []string{first, "stranger"}
	for _, i := range columns[1:] {
		name := string(i.role)
		if i.unit != "" && i.role != kpi.Reporter {
			name += " with a unit"
		}
		cells = append(cells, name)
	}
	return "| " + strings.Join(cells, " | ") + " |\n" + strings.Repeat("|---", len(cells)) + "|\n"
}

// The words of a cell.
const (
	mayAll = "yes"
	mayOwn = "own unit"
	mayNot = "–"
)

// ofUnits are what a route can be about that has a unit: those with a unit may within it.
var ofUnits = []string{"unit", "root", "entry", "file", "question", "split", "batch"}

// permissions are the cells of a route's row.
func permissions(r routeRule) string {
	var cells []string
	for _, i := range columns {
		cell := mayNot
		switch {
		case r.who == "open", i.role != "" && who[r.who](i) && (i.unit == "" || !slices.Contains(ofUnits, r.about)):
			cell = mayAll
		case i.role != "" && who[r.who](i):
			cell = mayOwn
		case r.who == "nobody" && i.role != "" && who["log"](i):
			cell = "own entry"
		}
		cells = append(cells, cell)
	}
	return strings.Join(cells, " | ")
}

// routeTable prints the rules that the matrix tests hold every route to, routes of one row together.
func routeTable(t *testing.T) string {
	t.Helper()
	var rows []string
	routes := map[string][]string{}
	for _, r := range readRules(t, routeRules+writeRules) {
		row := permissions(r)
		if routes[row] == nil {
			rows = append(rows, row)
		}
		routes[row] = append(routes[row], "`"+r.String()+"`")
	}
	open := slices.IndexFunc(rows, func(row string) bool { return strings.HasPrefix(row, mayAll) })
	strangers := rows[open] // are group 1
	rows = slices.Insert(slices.Delete(rows, open, open+1), 0, strangers)
	var table, list strings.Builder
	table.WriteString(tableHead("group"))
	for n, row := range rows {
		slices.Sort(routes[row])
		fmt.Fprintf(&table, "| [%d](#group-%d) | %s |\n", n+1, n+1, row)
		fmt.Fprintf(&list, "\n#### Group %d\n%s\n", n+1, wrapped(routes[row]))
	}
	return table.String() + list.String()
}

// wrapped puts names on lines of a length that a change of one does not move all the others.
func wrapped(names []string) string {
	var lines []string
	for _, name := range names {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+len(name) < 118 {
			lines[last] += " · " + name
		} else {
			lines = append(lines, name)
		}
	}
	return strings.Join(lines, " ·\n")
}

// rightTable prints what each of kpi.Actor's rights says of each role.
func rightTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(tableHead("right"))
	actor := reflect.TypeFor[kpi.Actor]()
	for n := range actor.NumMethod() {
		m := actor.Method(n)
		if !strings.HasPrefix(m.Name, "May") || m.Name == "MayChange" { // that one is a token's, whatever the role
			continue
		}
		fmt.Fprintf(&b, "| `%s` |", m.Name)
		for _, i := range columns {
			a := kpi.Actor{Role: i.role}
			if i.unit != "" {
				a.Unit = 2
			}
			fmt.Fprintf(&b, " %s |", rightCell(t, m, a))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// rightCell asks a right of an actor: of a unit that is theirs and of one that is not, where it is about units.
func rightCell(t *testing.T, m reflect.Method, a kpi.Actor) string {
	t.Helper()
	ask := func(args ...reflect.Value) bool {
		return m.Func.Call(append([]reflect.Value{reflect.ValueOf(a)}, args...))[0].IsNil()
	}
	switch {
	case m.Type.NumIn() == 1:
		if ask() {
			return mayAll
		}
	case m.Type.NumIn() == 2 && m.Type.In(1) == reflect.TypeFor[[]kpi.UnitID]():
		own, other := ask(reflect.ValueOf([]kpi.UnitID{2, 1})), ask(reflect.ValueOf([]kpi.UnitID{3, 1}))
		switch {
		case own && other:
			return mayAll
		case own:
			return mayOwn
		}
	default:
		t.Fatalf("kpi.Actor.%s takes what the table does not know: say in rightCell how to ask it", m.Name)
	}
	return mayNot
}

// The tables in docs/security.md are printed from the rules that the tests of this package hold every route to, and
// from the rights of kpi.Actor.
func TestThePermissionTableIsPrintedFromTheCode(t *testing.T) {
	raw, err := os.ReadFile(securityDoc)
	must(t, err)
	doc := string(raw)
	for name, text := range map[string]string{"rights": rightTable(t), "routes": routeTable(t)} {
		part := regexp.MustCompile(`(?s)(<!-- printed: ` + name + ` -->\n).*?(<!-- end -->)`)
		if !part.MatchString(doc) {
			t.Fatalf("docs/security.md has no place for the table of %s", name)
		}
		doc = part.ReplaceAllStringFunc(doc, func(string) string {
			return "<!-- printed: " + name + " -->\n" + text + "<!-- end -->"
		})
	}
	if *updateTable {
		must(t, os.WriteFile(securityDoc, []byte(doc), 0o644))
		return
	}
	if doc != string(raw) {
		t.Error("docs/security.md tells of other permissions than the code has; look at what changed and run " +
			"go test ./internal/web -run TestThePermissionTable -update")
	}
}
