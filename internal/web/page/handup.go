package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
)

// HandupPath is the address of what a year hands up.
func HandupPath(y kpi.Year) string { return yearPath(y, "handup") }

// handupPage is what an office hands up: to whom, which indicators as what, and the packages made so far.
type handupPage struct {
	Layout
	Hint     string
	Failed   string // what a button below was refused for
	Ready    bool   // there is a dictionary
	Make     *Form  // nil while nothing can be made
	Blocked  string // why not
	Packages []madeRow
	Sends    bool // there is an address
	Mapping  handupMapping
	File     Field // of the dictionary
	FileSays []string
	Import   string
	Upward   *Form // nil for those who may not set it
}

// madeRow is a package that was made.
type madeRow struct {
	Number, Months, Made, Hash, State, Said string
	File, Send, SendLabel                   string // addresses; Send is "" where it is on its way or there
}

// handupMapping is the form that maps indicators.
type handupMapping struct {
	mistakes
	Action, CSRF string
	Unit         *Field
	Rows         []mappingRow
	Count        string // how many are handed up
}

// mappingRow is an indicator of the dictionary.
type mappingRow struct {
	Name, Kind, Definition string
	Choice                 *Field // nil for one that is computed
	Said                   string // of what it follows, what is suggested, or why it does not fit
	Problem                bool
}

// HandupInput is the input of the page besides the view: of the form that was refused.
type HandupInput struct {
	Mapping, Make, Upward url.Values // what was typed
	Refusal, Failed       *kpi.Error
	FileRefused           *kpi.Error
}

// NewHandup returns the page.
func NewHandup(pc Context, v app.HandupView, in HandupInput) handupPage {
	p, y := pc.Printer, v.Year.Year
	page := handupPage{Layout: NewLayout(pc, p.T("handup.title", int(y)), partReport, ""),
		Import: HandupPath(y) + "/dictionary", Ready: v.Dictionary.ID != "",
		Hint: p.T("handup.hint"), Sends: v.Upward.Address != "",
		File: Field{ID: "f-file", Name: "file", Label: p.T("handup.file"), Hint: p.T("handup.file_hint")}}
	if in.Failed != nil {
		page.Failed = p.Text(in.Failed.Text)
	}
	if in.FileRefused != nil {
		page.FileSays = []string{p.Text(firstSentence(in.FileRefused))}
	}
	if pc.Actor.MayAdminister() == nil {
		page.Upward = upwardForm(pc, v, in)
	}
	if !page.Ready {
		return page
	}
	d := v.Dictionary
	page.Hint = p.T("handup.to", d.Office.Names(), d.ID, p.Time(v.Kept.SetAt, pc.zone()), pc.person(v.Kept.SetBy))
	page.Mapping = newHandupMapping(pc, v, in)
	mapped := 0
	for _, row := range v.Rows {
		if row.Own.ID != 0 {
			mapped++
		}
	}
	switch {
	case v.Kept.Unit == "" || mapped == 0:
		page.Blocked = p.T("handup.map_first")
	case v.Last == 0:
		page.Blocked = p.T("handup_future", int(y), 1)
	default:
		page.Make = makeForm(pc, v, in)
	}
	for i := len(v.Packages) - 1; i >= 0; i-- {
		page.Packages = append(page.Packages, newMadeRow(pc, v, v.Packages[i]))
	}
	return page
}

func newMadeRow(pc Context, v app.HandupView, m kpi.MadePackage) madeRow {
	p := pc.Printer
	path := fmt.Sprintf("%s/packages/%d", HandupPath(m.Year), m.Number)
	row := madeRow{Number: p.T("handup.version", m.Number), Months: monthsSaid(pc, m.First, m.Last), Hash: m.SHA256[:12],
		Made: p.T("handup.made_by", p.Time(m.At, pc.zone()), pc.person(m.By)), File: path + ".zip", Said: m.Said,
		State: p.T("handup.state." + string(m.State))}
	if m.State == kpi.SendingNone {
		row.State = p.T("handup.state.none")
	}
	if v.Upward.Address != "" && m.State != kpi.SendingWaiting && m.State != kpi.SendingSent {
		row.Send, row.SendLabel = path+"/send", p.T("handup.send_label", m.Number)
	}
	return row
}

// monthsSaid names the months of a package.
func monthsSaid(pc Context, first, last int) string {
	if first == last {
		return pc.Printer.Month(first)
	}
	return pc.Printer.T("handup.months", pc.Printer.Month(first), pc.Printer.Month(last))
}

func makeForm(pc Context, v app.HandupView, in HandupInput) *Form {
	p := pc.Printer
	f := pc.form("make", HandupPath(v.Year.Year)+"/packages#make", p.T("handup.make"), p.T("handup.make_submit")).
		keeping("make-", in.Make)
	f.Hint = p.T("handup.make_hint")
	var values, texts []string
	for m := 1; m <= v.Last; m++ {
		values, texts = append(values, strconv.Itoa(m)), append(texts, p.Month(m))
	}
	f.add(f.field("first", "handup.first", "1").choice(values, texts),
		f.field("last", "handup.last", strconv.Itoa(v.Last)).choice(values, texts),
		f.field("after", "handup.after", "").optional())
	if in.Make != nil {
		f.refuse(in.Refusal)
	}
	return f
}

func upwardForm(pc Context, v app.HandupView, in HandupInput) *Form {
	p := pc.Printer
	f := pc.form("upward", HandupPath(v.Year.Year)+"/address#upward", p.T("handup.upward"), p.T("handup.upward_submit")).
		keeping("upward-", in.Upward)
	f.Hint = p.T("handup.upward_hint")
	token := f.field("token", "handup.token", "").secret("new-password")
	if v.HasToken {
		token = token.hinted(p.T("handup.token_kept")).optional()
	}
	f.add(f.field("address", "handup.address", v.Upward.Address).optional(), token)
	if in.Upward != nil {
		f.refuse(in.Refusal)
	}
	return f
}

func newHandupMapping(pc Context, v app.HandupView, in HandupInput) handupMapping {
	p := pc.Printer
	f := pc.form("mapping", HandupPath(v.Year.Year)+"/mapping#mapping", "", "").keeping("m-", in.Mapping)
	m := handupMapping{Action: f.Action, CSRF: pc.CSRF}
	values, texts := []string{""}, []string{p.T("handup.choose")}
	for _, u := range v.Dictionary.Units {
		values, texts = append(values, u.Code), append(texts, p.Name(u.Name, u.NameEn))
	}
	m.Unit = f.field("unit", "handup.unit", v.Unit).choice(values, texts)
	names := map[string]string{}
	for _, row := range v.Rows {
		names[row.Code] = p.Name(row.Name, row.NameEn)
	}
	mapped, of := 0, 0
	for _, row := range v.Rows {
		if row.Own.ID != 0 {
			mapped++
		}
		if !row.Computed() {
			of++
		}
		m.Rows = append(m.Rows, newMappingRow(pc, f, v, row, names))
	}
	m.Count = p.T("handup.count", of, mapped)
	if in.Mapping != nil {
		f.refuse(in.Refusal)
		m.mistakes = f.mistakes
	}
	return m
}

func newMappingRow(pc Context, f *Form, v app.HandupView, row app.MappedIndicator, names map[string]string) mappingRow {
	p := pc.Printer
	out := mappingRow{Name: p.Name(row.Name, row.NameEn), Kind: p.T("kind." + string(row.Indicator.Kind)),
		Definition: row.Definition}
	if row.Measure != "" {
		out.Kind += " · " + p.Measure(row.Measure)
	}
	if row.Computed() {
		var of []string
		for _, code := range row.Parts {
			of = append(of, names[code])
		}
		out.Said = p.T("handup.follows", strings.Join(of, p.T("handup.and")))
		if len(row.Missing) > 0 {
			out.Said, out.Problem = p.T("handup.follows_not", strings.Join(row.Missing, p.T("handup.and"))), true
		}
		return out
	}
	values, texts := []string{""}, []string{p.T("handup.not")}
	for _, own := range v.Candidates {
		if own.ID == row.Own.ID || own.Code == f.typed.Get("map_"+row.Code) || row.Fits(own) == nil {
			values, texts = append(values, own.Code), append(texts, candidateSaid(pc, own))
		}
	}
	out.Choice = f.labelled("map_"+row.Code, p.T("handup.as", row.Names()), row.Own.Code)
	switch {
	case row.Held.ID != 0 && f.typed == nil:
		out.Choice.Value, out.Said, out.Problem = row.Suggested.Code, p.Text(row.Problem.Text), true
	case row.Problem != nil && f.typed == nil:
		out.Said, out.Problem = p.Text(row.Problem.Text), true
	case row.Suggested.ID != 0 && f.typed == nil:
		out.Choice.Value, out.Said = row.Suggested.Code, p.T("handup.suggested")
	}
	out.Choice.choice(values, texts)
	return out
}

// candidateSaid names an indicator to choose; a judgement has no measure.
func candidateSaid(pc Context, own kpi.Indicator) string {
	if own.Measure == "" {
		return pc.Printer.T("handup.option_level", own.Names(), own.Code)
	}
	return pc.Printer.T("handup.option", own.Names(), own.Measure, own.Code)
}

// keyOf names the key of a package as people read it out.
func keyOf(t kpi.TakenPackage) string { return handup.Print(t.Key) }
