package page

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// wholeTree is the number of units up to which the tree is shown in full; beyond that, one level at a
// time.
const wholeTree = 400

// unitPage shows a unit with the units below it, or the whole tree.
type unitPage struct {
	Layout
	Crumbs   []layoutLink
	Hint     string
	Tree     []unitNode
	TreeName string
	Create   *Form
	Rename   *Form
	Move     *Form
	Past     []string // where it belonged before
	Import   *unitImportForm
}

// unitNode is a unit of the tree.
type unitNode struct {
	Name, Code, Href, Below string
	Children                []unitNode
}

// unitImportForm uploads a table of units.
type unitImportForm struct {
	*Form
	File *Field
}

// UnitInput is the input of the page.
type UnitInput struct {
	View    app.UnitView
	Unit    *kpi.Unit // nil for the whole tree
	Form    string    // the form that was refused: create, name, move, import
	Typed   url.Values
	Refusal *kpi.Error
}

func (in UnitInput) of(form string) (url.Values, *kpi.Error) {
	if in.Form != form {
		return nil, nil
	}
	return in.Typed, in.Refusal
}

// family holds the units in the order of the tree.
type family struct {
	p        lang.Printer
	children map[kpi.UnitID][]kpi.Unit
	byID     map[kpi.UnitID]kpi.Unit
}

func newFamily(p lang.Printer, units []kpi.Unit) family {
	f := family{p, map[kpi.UnitID][]kpi.Unit{}, map[kpi.UnitID]kpi.Unit{}}
	for _, u := range units {
		f.children[u.Parent] = append(f.children[u.Parent], u)
		f.byID[u.ID] = u
	}
	return f
}

func (f family) name(u kpi.Unit) string { return f.p.Name(u.Name, u.NameEn) }

// count returns the number of units below one.
func (f family) count(id kpi.UnitID) int {
	n := 0
	for _, u := range f.children[id] {
		n += 1 + f.count(u.ID)
	}
	return n
}

func (f family) nodes(id kpi.UnitID, deep bool) []unitNode {
	var out []unitNode
	for _, u := range f.children[id] {
		node := unitNode{Name: f.name(u), Code: u.Code, Href: UnitPath(u.Code)}
		if n := f.count(u.ID); n > 0 {
			node.Below = countText(f.p, "units.below", n)
		}
		if deep {
			node.Children = f.nodes(u.ID, deep)
		}
		out = append(out, node)
	}
	return out
}

// choices returns all units below one, indented by depth, except the unit without and those below it.
func (f family) choices(id kpi.UnitID, depth int, without kpi.UnitID) (codes, names []string) {
	for _, u := range f.children[id] {
		if u.ID == without {
			continue
		}
		codes = append(codes, u.Code)
		names = append(names, strings.Repeat("　", depth)+f.name(u))
		c, n := f.choices(u.ID, depth+1, without)
		codes, names = append(codes, c...), append(names, n...)
	}
	return codes, names
}

func NewUnit(pc Context, in UnitInput) unitPage {
	p := pc.Printer
	f := newFamily(p, in.View.Units)
	page := unitPage{Crumbs: pc.settingsCrumbs()}
	title := p.T("units.title")
	parent := ""
	if len(in.View.Units) > 0 {
		parent = f.children[0][0].Code
	}
	if in.Unit == nil {
		page.Hint = countText(p, "units.count", len(in.View.Units))
		page.TreeName = p.T("units.tree")
		page.Tree = f.nodes(0, len(in.View.Units) <= wholeTree)
		if len(in.View.Units) > wholeTree && len(page.Tree) == 1 {
			page.Tree[0].Children = f.nodes(f.children[0][0].ID, false)
		}
		page.Import = newUnitImportForm(pc, in)
	} else {
		u := *in.Unit
		title, parent = f.name(u), u.Code
		page.Hint = p.T("units.code_is", u.Code)
		page.Crumbs = append(page.Crumbs, layoutLink{Href: "/units", Text: p.T("units.title")})
		var above []layoutLink
		for at := f.byID[u.Parent]; at.ID != 0; at = f.byID[at.Parent] {
			above = append([]layoutLink{{Href: UnitPath(at.Code), Text: f.name(at)}}, above...)
		}
		page.Crumbs = append(page.Crumbs, above...)
		page.TreeName = p.T("units.tree_below")
		page.Tree = f.nodes(u.ID, f.count(u.ID) <= wholeTree)
		page.Rename = renameForm(pc, in, u)
		if u.Parent != 0 {
			page.Move = moveForm(pc, in, f, u)
		}
		for _, m := range in.View.Past {
			if m.Unit == u.ID {
				page.Past = append(page.Past, p.T("units.was_below", f.name(f.byID[m.Parent]), p.Date(m.Until)))
			}
		}
	}
	page.Create = createUnitForm(pc, in, f, parent)
	page.Layout = NewLayout(pc, title, partPlan, "")
	return page
}

func createUnitForm(pc Context, in UnitInput, family family, parent string) *Form {
	p := pc.Printer
	typed, refusal := in.of("create")
	f := pc.form("create", "/units#create", p.T("units.create"), p.T("units.create_submit")).keeping("c-", typed)
	f.add(f.field("name", "units.name", ""), f.field("name_en", "plan.name_en", "").optional(),
		f.field("code", "units.code", ""))
	if in.Unit == nil && len(in.View.Units) > 0 && len(in.View.Units) <= wholeTree {
		f.add(f.field("parent", "units.parent", parent).choice(family.choices(0, 0, 0)))
	} else {
		f.add(f.field("parent", "units.parent_code", parent))
	}
	f.refuse(refusal)
	return f
}

func renameForm(pc Context, in UnitInput, u kpi.Unit) *Form {
	p := pc.Printer
	typed, refusal := in.of("name")
	f := pc.form("rename", UnitPath(u.Code)+"/name#rename", p.T("units.rename"), p.T("plan.save")).keeping("r-", typed)
	f.add(f.field("name", "units.name", u.Name), f.field("name_en", "plan.name_en", u.NameEn).optional())
	f.refuse(refusal)
	return f
}

func moveForm(pc Context, in UnitInput, family family, u kpi.Unit) *Form {
	p := pc.Printer
	typed, refusal := in.of("move")
	f := pc.form("move", UnitPath(u.Code)+"/move#move", p.T("units.move"), p.T("units.move_submit")).keeping("m-", typed)
	if len(in.View.Units) <= wholeTree {
		f.add(f.field("parent", "units.new_parent", family.byID[u.Parent].Code).choice(family.choices(0, 0, u.ID)).wide())
	} else {
		f.add(f.field("parent", "units.parent_code", "").wide())
	}
	f.add(f.field("history", "units.history", "").
		radio(texts(kpi.MoveHistories), named(p, "units.history.", kpi.MoveHistories)).wide())
	since := ""
	if pc.Today != "" {
		since = pc.Today.Period().String()
	}
	f.add(f.field("since", "units.since", since))
	f.refuse(refusal)
	return f
}

func newUnitImportForm(pc Context, in UnitInput) *unitImportForm {
	p := pc.Printer
	_, refusal := in.of("import")
	f := pc.form("import", "/units/import#import", p.T("units.import"), p.T("units.import_check")).keeping("i-", nil)
	file := f.field("file", "units.file", "")
	f.refuse(refusal)
	return &unitImportForm{Form: f, File: file}
}

// unitImportPage shows a table of units before it is imported, with the reason beside every bad row.
type unitImportPage struct {
	Layout
	Crumbs  []layoutLink
	Summary string
	Bad     bool
	Rows    []unitImportRow
	Action  string
	Table   string // the rows again, for the button that imports them; "" if they cannot be imported
	Submit  string
}

type unitImportRow struct {
	Row                        int
	Code, Name, Parent, Status string
	Mistakes                   []string
}

// shownRows is the number of rows of a table that are shown; bad ones come first.
const shownRows = 500

func NewUnitImport(pc Context, result app.UnitImport) unitImportPage {
	p := pc.Printer
	page := unitImportPage{Layout: NewLayout(pc, p.T("units.import"), partPlan, ""), Action: "/units/import",
		Bad: result.Bad > 0, Crumbs: []layoutLink{{Href: "/units", Text: p.T("units.title")}},
		Summary: p.T("units.import_fine", result.New, result.Known)}
	if page.Bad {
		page.Summary = p.T("units.import_bad", len(result.Rows), result.Bad)
	} else if result.New > 0 {
		page.Table, page.Submit = unitTable(result.Rows), p.T("units.import_submit", result.New)
	}
	for _, bad := range []bool{true, false} {
		for _, row := range result.Rows {
			if len(row.Mistakes) > 0 == bad && len(page.Rows) < shownRows {
				page.Rows = append(page.Rows, newUnitImportRow(p, row))
			}
		}
	}
	return page
}

func newUnitImportRow(p lang.Printer, row app.UnitRow) unitImportRow {
	out := unitImportRow{Row: row.Row, Code: row.Code, Name: p.Name(row.Name, row.NameEn), Parent: row.Parent,
		Status: p.T("units.row_new")}
	switch {
	case row.Known:
		out.Status = p.T("units.row_known")
	case row.Made:
		out.Status = p.T("units.row_made")
	}
	for _, m := range row.Mistakes {
		out.Mistakes = append(out.Mistakes, p.Text(m))
		out.Status = ""
	}
	return out
}

// unitTable writes the rows as a table that ReadUnits reads.
func unitTable(rows []app.UnitRow) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	records := [][]string{{"code", "name", "parent", "name_en"}}
	for _, row := range rows {
		records = append(records, []string{row.Code, row.Name, row.Parent, row.NameEn})
	}
	if err := w.WriteAll(records); err != nil {
		panic(fmt.Sprintf("write csv to memory: %v", err))
	}
	return b.String()
}
