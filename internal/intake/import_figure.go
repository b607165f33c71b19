package intake

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// readFigure reads one value and returns 1 if there is one.
func (t *table) readFigure(row GridRow, c ImportColumn, cell Cell) int {
	f := Figure{Row: row.Number, Column: c.Index, Cumulative: c.Role == ColTotal, Since: t.since(c),
		Entry: t.bookEntry(row), at: map[string]int{}}
	defer func() { t.addUp(c, cell, f) }()
	t.readIndicator(&f, row, c)
	if len(c.less) > 0 && f.Indicator.Code != "" && !f.Indicator.Kind.Sums() { // its last month has the reading
		t.leaveAsked("less:"+c.Name(), Skip{t.Header, c.Index, kpi.T("import_column_covered", c.Heading)})
		return 1
	}
	if f.Indicator.Code != "" && t.countsElse(c, f.Indicator) {
		t.leaveAsked("counts:"+c.Name()+f.Indicator.Code,
			Skip{t.Header, c.Index, kpi.T("import_column_counts", c.Heading, f.Indicator.Name, string(f.Indicator.Measure))})
		return 1
	}
	if !t.readUnit(&f, row, c) || !t.readDate(&f, row, c) {
		return 1
	}
	f.Month = t.wholeMonth(row, c)
	t.readNote(&f, row, c)
	if f.Indicator.Computed() {
		why := "import_ratio_computed"
		if f.Indicator.SumOf != "" {
			why = "import_sum_computed"
		}
		t.Left = append(t.Left, Skip{row.Number, c.Index, kpi.T(why, f.Indicator.Name)})
		if t.readValue(&f, row, c, cell) && len(f.Mistakes) == 0 {
			t.Ratios = append(t.Ratios, f)
		}
		return 1
	}
	if !t.askAdded(&f, c) {
		return 1
	}
	if f.Indicator.ID != 0 || f.Indicator.Code != "" {
		if !t.readValue(&f, row, c, cell) {
			return 1
		}
	}
	if !f.Indicator.Kind.Sums() {
		f.Cumulative, f.Since = false, 0 // a reading is one either way
	}
	t.Figures = append(t.Figures, f)
	return 1
}

func (t *table) readIndicator(f *Figure, row GridRow, c ImportColumn) {
	if c.Indicator != "" {
		f.Indicator = t.byCode(c.Indicator)
		return
	}
	var why kpi.Text
	written := false
	for _, role := range []ColumnRole{ColCode, ColIndicator} {
		from, ok := t.beside(c, role)
		if !ok {
			continue
		}
		text := t.shown(row, from.Index).Text
		if text == "" {
			continue
		}
		if !written {
			f.at["indicator"] = from.Index
		}
		written = true
		var ind kpi.Indicator
		if ind, why = t.words.indicator(text); why.Key == "" {
			f.Indicator, f.at["indicator"] = ind, from.Index
			return
		}
	}
	switch {
	case written:
		f.Refuse("indicator", why)
	case t.subject != nil:
		f.Indicator = *t.subject
	default:
		if from, ok := t.beside(c, ColIndicator); ok {
			f.at["indicator"] = from.Index
		}
		f.Refuse("indicator", kpi.T("import_indicator_missing"))
	}
}

func (t *table) byCode(code string) kpi.Indicator {
	for _, ind := range t.known.Indicators {
		if ind.Code == code {
			return ind
		}
	}
	return kpi.Indicator{}
}

// check records a refusal of a field.
func (f *Figure) check(field string, err error) {
	var e *kpi.Error
	if errors.As(err, &e) {
		f.Refuse(field, e.Text)
	}
}

func (t *table) readNote(f *Figure, row GridRow, c ImportColumn) {
	from, ok := t.beside(c, ColNote)
	if !ok {
		return
	}
	text := row.Cell(from.Index).Text
	if above, is := t.dittos[[2]int{row.Number, from.Index}]; is {
		text = above.Text
	}
	if SaysNoValue(text) {
		return
	}
	f.at["note"] = from.Index
	note, err := Text(text, kpi.MaxNote)
	f.Note = note
	f.check("note", err)
}

// readValue reads the value in the indicator's measure, and the statements of the row beside it. It reports whether
// the figure is kept.
func (t *table) readValue(f *Figure, row GridRow, c ImportColumn, cell Cell) bool {
	ind := f.Indicator
	cell = t.readAsOf(f, cell)
	if cell.Kind == CellBroken {
		f.Refuse("value", kpi.T("import_cell_broken", cell.Text))
		return true
	}
	if ind.Kind == kpi.Level {
		f.readLevel(cell)
		return true
	}
	measure, keep := t.measureOf(f, row, c, cell)
	if !keep {
		return false
	}
	q, err := figureIn(cell, measure, ind.Measure)
	f.Quantity = q
	var e *kpi.Error
	if errors.As(err, &e) && e.Text.Key == "number_too_precise" && ind.Kind == kpi.Money {
		err = kpi.Refuse(kpi.Invalid, "import_below_fen", quote(cell.Text))
	}
	f.check("value", err)
	if a, ok := plainAmount(cell.Text); ok && err == nil && a != q.Amount {
		f.Written = strings.TrimSpace(cell.Text) + string(besideNumber(cell.Text, measure))
	}
	if target, ok := t.beside(c, ColTarget); ok && err == nil {
		f.at["target"] = target.Index
		f.Target = t.readTarget(f, row, target)
		f.Interim = target.ofPeriod() != ""
		t.compareRate(f, row, c)
	}
	return true
}

// asOf matches a reading with an earlier day behind it: 14963户（截至11月27日）.
var asOf = regexp.MustCompile(`(?i)^(.*?\S)\s*[(（]\s*((?:截[至止]|as of)[^()（）]*)[)）]$`)

// readAsOf removes the day after a figure from its cell and dates the figure by it.
func (t *table) readAsOf(f *Figure, cell Cell) Cell {
	m := asOf.FindStringSubmatch(cell.Text)
	if m == nil || cell.Kind != CellText {
		return cell
	}
	s, found, _ := readPeriods(m[2], t.known.Year).one()
	if !found {
		return cell
	}
	t.dateAs(f, s, t.known.Year)
	t.checkYear(f)
	f.Month, cell.Text = s.day == 0, m[1]
	return cell
}

// figureIn reads a cell as a figure in the measure want; stated is its measure if the cell names none.
func figureIn(cell Cell, stated, want kpi.Measure) (kpi.Quantity, error) {
	if cell.Kind == CellNumber && stated == "" {
		a, err := kpi.ParseAmount(cell.Text)
		return kpi.Exactly(a), err
	}
	q, err := quantityIn(cell.Text, stated, want)
	switch n, d, _ := conversion(stated, want); {
	case q.Precision == kpi.Exact:
		q.Wording = ""
	case stated != "" && n != d && err == nil: // 200余 under 万元 is 200余万元
		q.Wording += string(besideNumber(cell.Text, stated))
	}
	return q, err
}

// besideNumber returns the measure of a number with a scale: 2万 under 亿元 is 2万元, not 2万亿元.
func besideNumber(text string, stated kpi.Measure) kpi.Measure {
	if f, err := read(text, ""); err == nil && f.scaled && stated != "" {
		return stated.Base()
	}
	return stated
}

func (f *Figure) readLevel(cell Cell) {
	f.Level = levelWords[plainName(cell.Text)]
	if f.Level == "" {
		f.Refuse("level", kpi.T("import_level_unknown", quote(cell.Text)))
		return
	}
	f.Quantity.Wording = ""
}

// readTarget reads the target beside a value, in the measure of its own column.
func (t *table) readTarget(f *Figure, row GridRow, c ImportColumn) *kpi.Quantity {
	cell := t.shown(row, c.Index)
	if cell.Kind == CellEmpty || SaysNoValue(cell.Text) {
		return nil
	}
	want := f.Indicator.Measure
	q, err := quantityIn(strings.TrimLeft(width.Fold.String(cell.Text), "≥>=≤<"),
		t.measureOfTarget(row, c, want.Canonical()), want)
	if err != nil {
		return nil
	}
	return &q
}
