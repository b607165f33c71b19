package page

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// cell is a number as text, or the reason why it is absent.
type cell struct {
	Text string
	Why  string // set when Text is absent
	Href string // page that shows how the number is made up; "" for none
}

// lightView is a status light: the name of its shape and its word.
type lightView struct {
	Code  string // its colour
	Word  string
	Shape string
}

func newLightView(p lang.Printer, l kpi.Light) lightView {
	return lightView{Code: string(l), Word: p.T("light." + string(l)), Shape: string(l)}
}

// standingView returns a figure's light with the shape and the word for how it stands: what is far above its target
// has a shape of its own, because the same tick as for 100 % would hide it.
func standingView(p lang.Printer, f progress.Figure) lightView {
	return lightView{Code: string(f.Light), Word: p.T("light." + f.Standing()), Shape: f.Standing()}
}

// figureView is one figure as every page shows it.
type figureView struct {
	Name    string
	Href    string
	Whole   bool   // the whole among its units
	Entries string // where the entries behind it are listed; "" without any
	Owner   string
	Value   cell
	Target  cell
	Measure string
	Rate    cell
	Light   lightView
	Bullet  *bulletView // nil: nothing to draw
	Before  string      // without a target: last year's figure and the change since; "" without one
	Trend   chart.Trend // the months so far
	Updated string      // day of the last entry; "" without any
}

// figureCard is a single figure with its progress towards the target. Amounts have their measure.
type figureCard struct {
	figureView
	Missing  cell
	Excess   cell // over a ceiling
	Needed   cell
	Expected cell
	Forecast cell // where the year ends, and whether that is enough
	Change   cell // 同比
}

func newFigureCard(p lang.Printer, f progress.Figure, v figureView) figureCard {
	ind := f.Indicator
	if v.Bullet != nil {
		v.Bullet.Tall = true
	}
	return figureCard{
		figureView: v,
		Missing:    apartCell(p, ind, f.Missing, f.Left()),
		Excess:     apartCell(p, ind, f.Excess(), f.Bound),
		Needed:     apartCell(p, ind, f.NeededPerMonth, f.Left()),
		Expected:   expectedCell(p, f),
		Forecast:   forecastCell(p, f),
		Change:     changeCell(p, ind, f.YearOverYear),
	}
}

// answersFor names who is responsible for an indicator and who else works on it; "" if nobody is.
func answersFor(p lang.Printer, ind kpi.Indicator) string {
	switch {
	case ind.Partners == "":
		return ind.Owner
	case ind.Owner == "":
		return p.T("indicator.with", ind.Partners)
	}
	return p.T("indicator.owner_with", ind.Owner, ind.Partners)
}

func newFigureView(p lang.Printer, f progress.Figure, name, href string) figureView {
	ind := f.Indicator
	v := figureView{
		Name: name, Href: href, Owner: answersFor(p, ind), Measure: p.Measure(ind.Measure),
		Value:  cell{Why: reason(p, f.Achievement.Reason)},
		Target: targetCell(p, f),
		Rate:   rateCell(p, f),
		Light:  standingView(p, f),
		Bullet: newBulletView(p, f),
	}
	if ind.Kind != kpi.Level {
		v.Trend = chart.NewTrend(f.Months)
	}
	if c := f.YearOverYear; f.Target == nil && c.Ok() {
		v.Before = p.T("figure.before", measured(p, ind, p.Amount(ind, c.Value.Before)), changeCell(p, ind, c).Text)
	}
	if ind.Kind == kpi.Level { // a judgement is a word; it has no measure
		v.Measure = ""
	}
	if f.Achievement.Ok() {
		v.Value.Text = p.Value(ind, f.Achievement.Value)
	}
	if v.Measure != "" {
		v.Measure = p.MeasureOf(ind.Measure, cmp.Or(v.Target.Text, v.Value.Text)) // it stands behind the last number
	}
	if p.Spelled(ind.Measure) && ind.Kind != kpi.Level {
		v.Measure = ""
		for _, c := range []*cell{&v.Value, &v.Target} {
			if c.Text != "" {
				c.Text = measured(p, ind, c.Text)
			}
		}
	}
	if f.LastUpdate != "" {
		v.Updated = p.Day(f.LastUpdate)
	}
	return v
}

// reason says why a figure is absent; "" if it is not.
func reason(p lang.Printer, r progress.Reason) string {
	if r == "" {
		return ""
	}
	return p.T("reason." + string(r))
}

func percentCell(p lang.Printer, o progress.Opt[kpi.Percent]) cell {
	if !o.Ok() {
		return cell{Why: reason(p, o.Reason)}
	}
	return cell{Text: p.Percent(o.Value)}
}

// rateCell is the rate of completion, which is the least or the most it can be if the value is: ≥40.55%.
func rateCell(p lang.Printer, f progress.Figure) cell {
	out := percentCell(p, f.Rate())
	if out.Why == "" {
		out.Text = p.RateBounded(f.Bound, f.Rate().Value)
	}
	return out
}

// changeCell writes 同比 with its sign and the months compared: +6.69%（1—9月）.
func changeCell(p lang.Printer, ind kpi.Indicator, o progress.Opt[progress.Change]) cell {
	if !o.Ok() {
		return cell{Why: reason(p, o.Reason)}
	}
	by := o.Value.By
	sign := ""
	if by > 0 {
		sign = "+"
	}
	if o.Value.InPoints {
		return cell{Text: p.T("change.points."+string(o.Value.Points(ind)), sign+by.String(), p.Month(o.Value.Through))}
	}
	return cell{Text: p.T("change.percent", sign+p.Percent(by), p.Month(o.Value.Through))}
}

// expectedCell returns what is due by now; of a limit, what is not to be passed.
func expectedCell(p lang.Printer, f progress.Figure) cell {
	c := amountCell(p, f.Indicator, f.Expected)
	if c.Text != "" && f.Target != nil && f.Target.Sign.Ceiling() {
		c.Text = p.T("expected.at_most", c.Text)
	}
	return c
}

func amountCell(p lang.Printer, ind kpi.Indicator, o progress.Opt[kpi.Amount]) cell {
	if !o.Ok() {
		return cell{Why: reason(p, o.Reason)}
	}
	return cell{Text: measured(p, ind, p.Amount(ind, o.Value))}
}

// forecastCell says where the year ends at this pace and whether that is enough: 5,324 份，完不成.
func forecastCell(p lang.Printer, f progress.Figure) cell {
	prospect := f.Prospect()
	if !prospect.Ok() {
		return cell{Why: reason(p, prospect.Reason)}
	}
	amount := measured(p, f.Indicator, p.Amount(f.Indicator, f.Forecast.Value))
	day := ""
	if f.ReachDate.Ok() {
		day = p.Day(f.ReachDate.Value)
	}
	key := "prospect."
	if f.Bound != kpi.ThisExactly {
		key, amount = "prospect.bound.", p.Bounded(f.Bound, amount)
	}
	return cell{Text: p.T(key+string(prospect.Value), amount, day)}
}

// measured adds the measure to a number: 5,491 人 · 94.17% · 200余人.
func measured(p lang.Printer, ind kpi.Indicator, number string) string {
	if ind.Kind == kpi.Level {
		return number
	}
	return p.Measured(ind.Measure, number)
}

// ReadsText says how a figure as written is understood: “读作 200 人次以上”.
func ReadsText(p lang.Printer, ind kpi.Indicator, q kpi.Quantity) string {
	return p.T("entry.reads_"+string(q.Precision), measured(p, ind, p.Number(q.Amount, kpi.AmountDecimals)))
}

// targetCell writes the target, with its sign unless it is the usual "at least".
func targetCell(p lang.Printer, f progress.Figure) cell {
	if f.Target == nil {
		return cell{Why: reason(p, progress.ReasonNoTarget)}
	}
	return cell{Text: targetText(p, f.Indicator, *f.Target)}
}

// goalText is a figure's target as a sentence or a row without a column for the measure has it, with the sign ≥, too,
// where something depends on the sign; "" without a target. Cells of a figureView are no input for it: some of them
// have their measure already.
func goalText(p lang.Printer, f *progress.Figure) string {
	if f.Target == nil {
		return ""
	}
	text := targetText(p, f.Indicator, *f.Target)
	if f.Target.Sign == kpi.AtLeastSign && f.Indicator.Kind != kpi.Level {
		text = "≥ " + text
	}
	return measured(p, f.Indicator, text)
}

// valueText is a figure's value with its measure; "" without one.
func valueText(p lang.Printer, f *progress.Figure) string {
	if !f.Achievement.Ok() {
		return ""
	}
	return measured(p, f.Indicator, p.Value(f.Indicator, f.Achievement.Value))
}

// apart writes the distance between two values of an indicator as screens do: percentage points where the values are
// in %, else a number with its measure.
func apart(p lang.Printer, ind kpi.Indicator, by kpi.Amount) string {
	if ind.Measure.Points() != "" {
		return p.Apart(ind, by)
	}
	return measured(p, ind, p.Amount(ind, max(by, -by)))
}

// apartCell is apart of what may be absent.
func apartCell(p lang.Printer, ind kpi.Indicator, o progress.Opt[kpi.Amount], b kpi.Bound) cell {
	if !o.Ok() {
		return cell{Why: reason(p, o.Reason)}
	}
	return cell{Text: p.Bounded(b, apart(p, ind, o.Value))}
}

func targetText(p lang.Printer, ind kpi.Indicator, t kpi.Target) string { return p.Goal(ind, t) }

// bulletView is a bullet graph (Few) as coordinates, in percent of the drawing's width. The scale
// is the same in every row: the target stands at 80 %, so that the ticks line up down the page.
type bulletView struct {
	Label    string // the graph in words
	Tone     string // "behind", "far_behind" when late, else ""
	Bar      string // length of the achievement
	Beyond   bool   // the achievement leaves the scale
	Expected string // position of the triangle; "" without a plan
	Alarm    string // position of a supervision line; "" without one
	Tall     bool
	Ceiling  bool // the target is not to be passed: what is left of it is room, not a shortfall
}

// bulletTarget is the position of the target.
const bulletTarget = 80

func newBulletView(p lang.Printer, f progress.Figure) *bulletView {
	if f.Target == nil || f.Target.Amount <= 0 || f.Indicator.Kind == kpi.Level || f.Indicator.Kind == kpi.Standard {
		return nil
	}
	b := bulletView{Bar: bulletX(0), Tone: lateTone(f.Light), Label: p.T("bullet.no_value")}
	if f.Completion.Ok() {
		b.Bar, b.Beyond = bulletBar(f.Completion.Value)
		b.Label = p.T("bullet.done", p.RateBounded(f.Bound, f.Completion.Value))
	}
	if f.Target.Sign.Ceiling() {
		b.Ceiling = true
		if f.Completion.Ok() {
			b.Label = p.T("bullet.ceiling", p.RateBounded(f.Bound, f.Completion.Value))
		}
		return &b
	}
	if f.Expected.Ok() {
		share := kpi.Rate(f.Expected.Value, f.Target.Amount)
		b.Expected = bulletX(share)
		b.Label += p.T("bullet.expected", p.Percent(share))
	}
	return &b
}

func lateTone(l kpi.Light) string {
	switch {
	case l.Red():
		return string(kpi.FarBehind)
	case l.Late():
		return string(kpi.Behind)
	}
	return ""
}

// bulletBar returns the length of the bar, which ends at the edge of the drawing.
func bulletBar(r kpi.Percent) (length string, beyond bool) {
	const end = kpi.Hundred * 100 / bulletTarget
	return bulletX(min(max(r, 0), end)), r > end
}

func bulletX(r kpi.Percent) string {
	x := int64(r) * bulletTarget / 100
	b := append(strconv.AppendInt(nil, x/100, 10), '.', byte('0'+x%100/10), byte('0'+x%10), '%')
	return string(b)
}

// jsonOption is a chart's option, placed in the page as data.
type jsonOption = json.RawMessage

// chartView is a chart with its description and the same numbers as a table.
type chartView struct {
	ID          string
	Title       string
	Description string
	Height      int // pixels
	Option      jsonOption
	Drawings    []chart.Drawing // the same, for a desk and for a phone, until the library is there and without scripts
	Picture     string          // the same as an SVG to keep; "" for none
	Key         []chartKey
	Head        []string
	Rows        []chartRow
}

// draw makes the chart of a year: the server's drawings and what the library draws in their place.
func (v *chartView) draw(y chart.Year) (err error) {
	v.Drawings = []chart.Drawing{y.Drawing(720, chartHeight), y.Drawing(340, chartHeight)}
	v.Option, err = y.Option()
	return err
}

// chartKey explains one mark of a chart: a class of the style sheet and a word.
type chartKey struct{ Mark, Text string }

// chartRow is one row of a chart's table.
type chartRow struct {
	Name  string
	Cells []cell
}

// plainNumber is a number as a column shows it, without a measure.
var plainNumber = regexp.MustCompile(`^-?[\d,]+(\.\d+)?$`)

// align gives the numbers of a column as many decimals as the one with most, so that they stand digit under
// digit: 166.0 · 119.5 · 0.0. Words and dashes stay.
func align(column ...*string) {
	most := 0
	for _, text := range column {
		if _, frac, _ := strings.Cut(*text, "."); plainNumber.MatchString(*text) {
			most = max(most, len(frac))
		}
	}
	for _, text := range column {
		if !plainNumber.MatchString(*text) || most == 0 {
			continue
		}
		whole, frac, _ := strings.Cut(*text, ".")
		*text = whole + "." + frac + strings.Repeat("0", most-len(frac))
	}
}

// alignRows aligns each column of a table; columns returns the texts of a row, as many as of any other.
func alignRows[Row any](rows []*Row, columns func(*Row) []*string) {
	for i := 0; len(rows) > 0 && i < len(columns(rows[0])); i++ {
		var column []*string
		for _, row := range rows {
			column = append(column, columns(row)[i])
		}
		align(column...)
	}
}

// places returns the places of a list's rows.
func places[Row any](rows []Row) []*Row {
	out := make([]*Row, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}
