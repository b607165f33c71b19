package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// titleMeasures records the measures stated above the headings and in the sheet's name. A bracket among several
// cells belongs to the headings of another table.
func (t *table) titleMeasures() {
	for _, row := range t.grid.Rows[:t.head] {
		var parts []string
		for _, c := range row.Cells {
			if c.Kind != CellEmpty {
				parts = append(parts, c.Text)
			}
		}
		t.titleMeasure(strings.Join(parts, " "), row.Number, len(parts) == 1)
	}
	for _, row := range t.grid.Rows[t.head:t.body] {
		for column := range row.Cells {
			if t.acrossAll(row, column) {
				t.titleMeasure(row.Cell(column).Text, row.Number, true)
			}
		}
	}
	t.titleMeasure(t.grid.Name, 0, true)
	for _, row := range t.grid.Rows[max(t.body, len(t.grid.Rows)-footerRows):] {
		if len(t.stated) == 0 && !slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Kind == CellNumber }) {
			for _, c := range row.Cells {
				t.titleMeasure(c.Text, row.Number, false)
			}
		}
	}
}

// footerRows is the number of rows at the end of a table in which a statement of its measure is searched.
const footerRows = 4

func (t *table) titleMeasure(line string, row int, alone bool) {
	if folded := width.Fold.String(line); !alone && !measureLabel.MatchString(folded) && !measureBy.MatchString(folded) {
		return
	}
	for _, s := range t.words.statements(line) {
		s.row, s.column = row, -1
		if s.unknown != "" || s.label || !soleSign(s) {
			t.stated = append(t.stated, s)
		}
	}
}

var thousands = regexp.MustCompile(`(\d),(\d{3})`)

// headingStatement returns the measure in a heading: in brackets, after a slash or at its end (金额万元).
func (t *table) headingStatement(cell Cell) (statement, bool) {
	text := width.Fold.String(seen(cell.Text))
	for _, s := range t.words.statements(text) {
		return s, true
	}
	text = thousands.ReplaceAllString(text, "$1$2") // the comma of 10,000 separates nothing
	for at, r := range text {                       // the longest measure at the end: 10000 yuan is not yuan
		if at > 0 && strings.ContainsRune("/,、-_ :", r) {
			if s, ok := t.words.list(withoutIn(text[at+utf8.RuneLen(r):])); ok {
				return s, true
			}
		}
	}
	for at := range text {
		if rest := kpi.Measure(text[at:]); at > 0 && rest.Scale() > 1 && t.words.measure(string(rest)) != "" &&
			strings.HasSuffix(string(rest), "元") {
			return statement{measures: []kpi.Measure{rest}}, true
		}
	}
	return t.headingInside(text)
}

// moneyInside matches a measure of money within a heading: 亿元完成数, 完成亿元数. 万元以上项目 is not an amount.
var moneyInside = regexp.MustCompile(`((?:人民币)?[十百千万亿]+元)(?:$|[^以及级地店户村产])`)

// countInside matches headings that name what they count: 户数, 受益人次.
var countInside = regexp.MustCompile(`^(?:已|实际|累计|本月|当月|新增|完成|受益|覆盖|涉及|服务|惠及)*(人次|户次|场次|人|户|场|件|份|起|亩)数?$`)

// headingInside returns the measure in a heading's own words.
func (t *table) headingInside(text string) (statement, bool) {
	if _, why := t.words.indicator(text); why.Key == "" {
		return statement{}, false
	}
	if m := moneyInside.FindStringSubmatch(text); m != nil {
		return statement{measures: []kpi.Measure{kpi.Measure(m[1])}, of: ofMoney}, true
	}
	name := readPeriods(text, anyYear).bare()
	if m := countInside.FindStringSubmatch(name); m != nil &&
		(strings.HasSuffix(name, "数") || strings.HasSuffix(name, "次")) {
		return statement{measures: []kpi.Measure{kpi.Measure(m[1])}, counts: true}, true
	}
	return statement{}, false
}

// nameStatement returns the measure in brackets after an indicator's name in a row: 贷款发放（亿元）, unless the brackets
// belong to the name.
func (t *table) nameStatement(row GridRow, c ImportColumn) (statement, bool) {
	from, ok := t.beside(c, ColIndicator)
	if !ok {
		return statement{}, false
	}
	text := t.shown(row, from.Index).Text
	if bare := t.words.withoutMeasure(text); bare != text {
		for _, s := range t.words.statements(text[len(bare):]) {
			s.row, s.column = row.Number, from.Index
			return s, true
		}
	}
	return statement{}, false
}

// statedFor returns the statement that applies to a figure: of its row, its name, its heading or the title, the
// nearest first. Whether the row's fits is for the caller to decide.
func (t *table) statedFor(row GridRow, c ImportColumn, want kpi.Measure) (s statement, ofRow, ok bool) {
	if from, found := t.beside(c, ColMeasure); found {
		if text := t.shown(row, from.Index).Text; text != "" && !SaysNoValue(text) {
			text = strings.TrimSpace(width.Fold.String(seen(text)))
			if s, ok = t.words.list(text); ok {
				return s, true, true
			}
			if all := t.words.statements(text); len(all) == 1 { // （亿元）, 单位：亿元
				s = all[0]
			} else {
				s.measures = []kpi.Measure{kpi.Measure(text).Canonical()}
			}
			return s, true, true
		}
	}
	if s, ok = t.nameStatement(row, c); ok {
		return s, false, true
	}
	if c.stated != nil && c.stated.speaksOf(want) {
		return *c.stated, false, true
	}
	s.column = -1
	for _, said := range t.stated {
		if said.speaksOf(want) {
			s.measures = append(s.measures, said.measures...)
			s.unknown, s.scale, s.row = cmp.Or(s.unknown, said.unknown), cmp.Or(s.scale, said.scale), said.row
			ok = true
		}
	}
	return s, false, ok
}

// speaksOf reports whether a statement applies to figures in a measure: 金额单位 does not apply to people.
func (s statement) speaksOf(want kpi.Measure) bool {
	switch s.of {
	case ofMoney:
		return want.IsMoney()
	case ofArea:
		_, _, ok := want.Conversion("亩")
		return ok
	}
	return true
}

// in returns the measure of a statement that converts to the one wanted.
func (s statement) in(want kpi.Measure) (kpi.Measure, bool) {
	if fits := s.convertible(want); len(fits) > 0 {
		return fits[0], true
	}
	if s.scale != "" && want.Scale() == 1 && !want.IsRate() {
		return kpi.Measure(s.scale) + want, true
	}
	return "", false
}

// currencyAlone are names of a currency without an amount: 单位：亿元，人民币.
var currencyAlone = map[kpi.Measure]bool{"人民币": true, "RMB": true, "CNY": true, "rmb": true, "¥": true}

// convertible returns the measures of a statement that convert to the one wanted, at different ratios.
func (s statement) convertible(want kpi.Measure) (out []kpi.Measure) {
	for _, m := range s.measures {
		if currencyAlone[m] && len(s.measures) > 1 {
			continue
		}
		if _, _, ok := conversion(m, want); ok && !slices.ContainsFunc(out, func(o kpi.Measure) bool {
			n, d, _ := conversion(o, m)
			return n == d
		}) {
			out = append(out, m)
		}
	}
	return out
}

// askWhich asks which of several stated measures applies to figures.
func (t *table) askWhich(s statement, several []kpi.Measure, want kpi.Measure) (m kpi.Measure, keep bool) {
	q := Question{ID: "which:" + string(want), Row: max(s.row, 1), Column: max(s.column, 0),
		Text: kpi.T("import_ask_which", s.written(), string(want))}
	for _, m := range several {
		q.Options = append(q.Options, Option{string(m), kpi.T("import_which_option", string(m))})
	}
	q.Options = append(q.Options, Option{leave, kpi.T("import_measure_leave_option", string(want))})
	switch answer := t.ask(q); answer {
	case leave:
		t.leaveAsked(q.ID, Skip{q.Row, q.Column, kpi.T("import_left_measure", s.written(), string(want))})
		return "", false
	case "":
		return several[0], true
	default:
		return kpi.Measure(answer), true
	}
}

// measureOf returns the measure of a figure whose cell has none: the nearest that is stated. If it does not convert
// to the indicator's, it is asked about; keep is false if the answer leaves the figure out.
func (t *table) measureOf(f *Figure, row GridRow, c ImportColumn, cell Cell) (m kpi.Measure, keep bool) {
	want := f.Indicator.Measure.Canonical()
	s, ofRow, ok := t.statedFor(row, c, want)
	if !ok || cell.Kind == CellPercent || ownMeasure(cell.Text, want) {
		return "", true
	}
	if several := s.convertible(want); len(several) > 1 {
		return t.askWhich(s, several, want)
	}
	m, ok = s.in(want)
	if scaled := kpi.Measure(s.scale) + want.Base(); !ok && ofRow && s.scale != "" && !want.IsRate() && want != "" {
		_, _, ok = conversion(scaled, want) // so many 万 of what is measured in 万元: of 元
		m = scaled
	}
	if ok {
		t.sayConverted(c, m, want)
		return m, true
	}
	if ofRow { // the row is refused with both measures
		return append(s.measures, kpi.Measure(s.scale+s.unknown))[0], true
	}
	return "", t.askMeasure(s, c, want) != leave
}

// measureOfTarget returns the measure of a target beside a figure. Targets are only compared, so nothing is asked.
func (t *table) measureOfTarget(row GridRow, c ImportColumn, want kpi.Measure) kpi.Measure {
	s, _, _ := t.statedFor(row, c, want)
	m, _ := s.in(want)
	return m
}

// ownMeasure reports whether a cell has a measure itself.
func ownMeasure(text string, want kpi.Measure) bool {
	f, err := read(text, want)
	return err == nil && f.measure != ""
}

// askMeasure asks whether figures under a measure that does not convert are in the indicator's measure.
func (t *table) askMeasure(s statement, c ImportColumn, want kpi.Measure) (answer string) {
	id, key, row, column := "measure:title:"+string(want), "import_ask_measure_title", s.row, 0
	switch {
	case s.column == c.Index:
		id, key, row, column = "measure:"+c.Name()+":"+string(want), "import_ask_measure", t.Header, c.Index
	case s.column >= 0:
		id, key, column = "measure:"+cellName(s.column, s.row)+":"+string(want), "import_ask_measure", s.column
	}
	answer = t.ask(Question{ID: id, Row: row, Column: column, Text: kpi.T(key, s.written(), string(want)),
		Options: []Option{{"keep", kpi.T("import_measure_keep_option", string(want))},
			{leave, kpi.T("import_measure_leave_option", string(want))}}})
	if answer == leave {
		t.leaveAsked(id, Skip{max(row, 1), column, kpi.T("import_left_measure", s.written(), string(want))})
	}
	return answer
}

// sayConverted records, once per column, from which measure its figures were converted.
func (t *table) sayConverted(c ImportColumn, from, to kpi.Measure) {
	n, d, _ := conversion(from, to)
	note := Mistake{t.Header, c.Index, kpi.T("import_measure_converted", string(from), string(to), d, n)}
	if n == d || slices.ContainsFunc(t.Asks, func(m Mistake) bool {
		return m.Row == note.Row && m.Column == note.Column && m.Text.String() == note.Text.String()
	}) {
		return
	}
	t.Asks = append(t.Asks, note)
}
