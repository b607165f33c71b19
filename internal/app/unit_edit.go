package app

import (
	"bytes"
	"context"
	"errors"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// RenameUnit changes a unit's names. Refusals: Forbidden, NotFound, Invalid name.
func (a *App) RenameUnit(ctx context.Context, actor kpi.Actor, code, name, nameEn string) (kpi.Unit, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Unit{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &name), oneLine("name_en", &nameEn))
	if err := m.Err(); err != nil {
		return kpi.Unit{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Unit, error) {
		u, err := w.Unit(ctx, code)
		if err != nil {
			return u, err
		}
		before := u
		u.Name, u.NameEn = name, nameEn
		if err := u.Check(); err != nil || u == before {
			return u, err
		}
		siblings, err := w.Children(ctx, u.Parent)
		if err != nil {
			return u, err
		}
		var alike kpi.Mistakes
		if checkUnitName(&alike, siblings, u); alike.Err() != nil {
			return u, alike.Err()
		}
		if err := w.SetUnitNames(ctx, u.ID, u.Name, u.NameEn); err != nil {
			return u, err
		}
		return u, a.audit(ctx, w, actor, "unit.rename", "unit "+code,
			map[string]string{"before": before.Name, "after": u.Name})
	})
}

// UnitView is the tree as administrators see it.
type UnitView struct {
	Units []kpi.Unit       // siblings in their order
	Past  []kpi.Membership // where units belonged before they moved
}

// UnitTree returns all units and where they belonged before. Refusal: Forbidden.
func (a *App) UnitTree(ctx context.Context, actor kpi.Actor) (UnitView, error) {
	if err := actor.MayAdminister(); err != nil {
		return UnitView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v UnitView, err error) {
		if v.Units, err = r.Units(ctx); err != nil {
			return v, err
		}
		v.Past, err = r.Memberships(ctx)
		return v, err
	})
}

// UnitRow is one row of a table of units, and the result of checking it.
type UnitRow struct {
	Row int // row of the table, whose heading is row 1
	NewUnit
	Made     bool       // the table states no code, and this one was made of the name
	Known    bool       // the same unit exists already
	Mistakes []kpi.Text // why the row cannot be imported
}

// UnitImport is the result of reading a table of units.
type UnitImport struct {
	Rows            []UnitRow
	New, Known, Bad int
}

// The headings that name the columns of a table of units.
var (
	codeWords   = []string{"code", "代码", "编码", "单位代码", "单位编码"}
	nameWords   = []string{"name", "名称", "单位", "单位名称", "机构名称"}
	nameEnWords = []string{"name_en", "英文名称", "英文名"}
	parentWords = []string{"parent", "上级", "上级代码", "上级编码", "上级单位", "上级单位代码"}
)

// ReadUnits reads a table of units, by way of [intake.Grids] and [intake.List]: columns name, parent (a code or a
// name) and optionally code and name_en; an office without codes has them made of the names (see makeCodes).
// What cannot be read in a row is a mistake of the row. Refusals: Invalid file, [intake.Turn]'s.
func ReadUnits(ctx context.Context, file string, content []byte) ([]UnitRow, error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var m kpi.Mistakes
	grids, err := intake.Grids(ctx, file, bytes.NewReader(content), int64(len(content)))
	if !m.Check("file", err) {
		return nil, m.Err()
	}
	list, err := intake.List(grids, "units_heading", 2, nameWords, parentWords, codeWords, nameEnWords)
	if !m.Check("file", err) {
		return nil, m.Err()
	}
	var out []UnitRow
	for _, r := range list {
		row := UnitRow{Row: r.Number, Mistakes: r.Mistakes,
			NewUnit: NewUnit{Name: r.Cells[0], Parent: r.Cells[1], Code: r.Cells[2], NameEn: r.Cells[3]}}
		trim(&row.Code, &row.Name, &row.Parent, &row.NameEn)
		out = append(out, row)
	}
	if len(out) == 0 {
		m.Add("file", "file_empty", file)
	}
	return out, m.Err()
}

// ImportUnits adds the units of a table, all or nothing: if any row has a mistake, nothing is added.
// Rows may be in any order. dryRun only checks. Refusal: Forbidden. Mistakes in rows are part of the
// result, not refusals.
func (a *App) ImportUnits(ctx context.Context, actor kpi.Actor, rows []UnitRow, dryRun bool) (UnitImport, error) {
	if err := actor.MayAdminister(); err != nil {
		return UnitImport{}, err
	}
	if dryRun {
		return read(ctx, a, func(r *store.Reader) (UnitImport, error) {
			units, err := r.Units(ctx)
			result, _ := checkUnits(units, rows)
			return result, err
		})
	}
	return write(ctx, a, func(w *store.Writer) (UnitImport, error) {
		units, err := w.Units(ctx)
		if err != nil {
			return UnitImport{}, err
		}
		result, order := checkUnits(units, rows)
		if result.Bad > 0 {
			return result, nil
		}
		return result, a.insertUnits(ctx, w, actor, units, order)
	})
}

// insertUnits adds units, parents first.
func (a *App) insertUnits(ctx context.Context, w *store.Writer, actor kpi.Actor,
	units []kpi.Unit, order []NewUnit) error {
	ids, last := map[string]kpi.UnitID{}, map[kpi.UnitID]int{}
	for _, u := range units {
		ids[u.Code] = u.ID
		last[u.Parent] = max(last[u.Parent], u.Sort)
	}
	for _, n := range order {
		parent := ids[n.Parent]
		last[parent]++
		u := kpi.Unit{Code: n.Code, Name: n.Name, NameEn: n.NameEn, Parent: parent, Sort: last[parent], AddedAt: a.stamp()}
		var err error
		if u.ID, err = w.InsertUnit(ctx, u); err != nil {
			return err
		}
		ids[u.Code] = u.ID
	}
	if len(order) == 0 {
		return nil
	}
	return a.audit(ctx, w, actor, "unit.import", "units", map[string]any{"units": order})
}

// checkUnits checks every row against the tree and the other rows; order lists the new units, parents
// first, with parents by code.
func checkUnits(units []kpi.Unit, rows []UnitRow) (result UnitImport, order []NewUnit) {
	c := newUnitCheck(units, makeCodes(units, rows))
	for i := range c.rows {
		c.check(i)
	}
	for i := range c.rows {
		if len(c.rows[i].Mistakes) == 0 && !c.rows[i].Known && c.loops(i) {
			c.add(i, "unit_cycle")
		}
	}
	result.Rows = c.rows
	for _, row := range c.rows {
		switch {
		case len(row.Mistakes) > 0:
			result.Bad++
		case row.Known:
			result.Known++
		default:
			result.New++
		}
	}
	if result.Bad == 0 {
		done := map[string]bool{}
		for i := range c.rows {
			order = c.place(order, i, done)
		}
	}
	return result, order
}

// unitCheck holds what the rows are checked against.
type unitCheck struct {
	rows       []UnitRow
	known      map[string]kpi.Unit
	codeOf     map[kpi.UnitID]string
	rowOf      map[string]int // by code; for a repeated code the first row
	codeByName map[string]string
	twice      map[string]bool     // names that several units have
	looks      map[unitLook]string // names of units and of rows before, by what they look like
}

// unitLook is what a unit's name looks like below its parent.
type unitLook struct{ parent, look string }

// looksAlike notes a row's name and complains where it is taken for another under the same parent.
func (c *unitCheck) looksAlike(i int) {
	row := c.rows[i]
	at := unitLook{row.Parent, intake.Look(row.Name)}
	if other, ok := c.looks[at]; ok && intake.Alike(other, row.Name) {
		c.add(i, "name_alike", row.Name, other)
	} else if !ok {
		c.looks[at] = row.Name
	}
}

func newUnitCheck(units []kpi.Unit, rows []UnitRow) *unitCheck {
	c := &unitCheck{known: map[string]kpi.Unit{}, codeOf: map[kpi.UnitID]string{}, rowOf: map[string]int{},
		codeByName: map[string]string{}, twice: map[string]bool{}, looks: map[unitLook]string{}}
	name := func(name, code string) {
		if other, ok := c.codeByName[name]; ok && other != code {
			c.twice[name] = true
		}
		c.codeByName[name] = code
	}
	for _, u := range units {
		c.known[u.Code], c.codeOf[u.ID] = u, u.Code
		name(u.Name, u.Code)
	}
	for _, u := range units {
		c.looks[unitLook{c.codeOf[u.Parent], intake.Look(u.Name)}] = u.Name
	}
	for i, row := range rows {
		row.Known = false
		c.rows = append(c.rows, row)
		name(row.Name, row.Code)
		if _, ok := c.rowOf[row.Code]; !ok {
			c.rowOf[row.Code] = i
		}
	}
	return c
}

func (c *unitCheck) add(i int, key string, args ...any) {
	c.rows[i].Mistakes = append(c.rows[i].Mistakes, kpi.T(key, args...))
}

func (c *unitCheck) check(i int) {
	row := &c.rows[i]
	if len(row.Mistakes) > 0 { // the row could not be read, so what it seems to say needs no second complaint
		return
	}
	var e *kpi.Error
	if errors.As(kpi.Unit{Code: row.Code, Name: row.Name, NameEn: row.NameEn}.Check(), &e) {
		for _, f := range e.Fields {
			row.Mistakes = append(row.Mistakes, f.Text)
		}
	}
	var texts kpi.Mistakes
	readTexts(&texts, oneLine("name", &row.Name), oneLine("name_en", &row.NameEn))
	if errors.As(texts.Err(), &e) {
		for _, f := range e.Fields {
			row.Mistakes = append(row.Mistakes, f.Text)
		}
	}
	if first := c.rowOf[row.Code]; first != i && row.Code != "" {
		c.add(i, "unit_row_twice", row.Code, c.rows[first].Row)
		return
	}
	c.parent(i)
	known, ok := c.known[row.Code]
	if !ok {
		c.looksAlike(i)
		return
	}
	row.Known = known.Name == row.Name && (row.NameEn == "" || known.NameEn == row.NameEn) &&
		row.Parent == c.codeOf[known.Parent]
	if row.Known {
		row.Mistakes = nil
	} else if len(row.Mistakes) == 0 {
		c.add(i, "unit_row_differs", row.Code, known.Name)
	}
}

// parent replaces a parent given by name with its code.
func (c *unitCheck) parent(i int) {
	row := &c.rows[i]
	_, inRows := c.rowOf[row.Parent]
	_, inTree := c.known[row.Parent]
	switch {
	case row.Parent == "":
		c.add(i, "parent_missing")
	case inRows || inTree:
	case c.twice[row.Parent]:
		c.add(i, "unit_parent_ambiguous", row.Parent)
	case c.codeByName[row.Parent] != "":
		row.Parent = c.codeByName[row.Parent]
	default:
		c.add(i, "unit_parent_unknown", row.Parent)
	}
}

// loops reports whether a row's ancestors lead back to it and never to the tree.
func (c *unitCheck) loops(i int) bool {
	at := c.rows[i].Parent
	for range c.rows {
		if _, ok := c.known[at]; ok {
			return false
		}
		next, ok := c.rowOf[at]
		if !ok {
			return false
		}
		at = c.rows[next].Parent
	}
	return true
}

func (c *unitCheck) place(order []NewUnit, i int, done map[string]bool) []NewUnit {
	row := c.rows[i]
	if row.Known || done[row.Code] {
		return order
	}
	done[row.Code] = true
	if parent, ok := c.rowOf[row.Parent]; ok {
		order = c.place(order, parent, done)
	}
	return append(order, row.NewUnit)
}
