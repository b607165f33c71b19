package page

import (
	"fmt"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// displaysPage lists what can be seen without signing in: walls and public years. Field names: name,
// unit, language; public, indexed.
type displaysPage struct {
	Layout
	Crumbs      []layoutLink
	Hint        string
	Link        string // of a wall that was just created, shown only once
	Rows        []displayRow
	Create      *Form
	Public      []publicRow
	PublicError string
}

// displayRow is a wall. End is the address that ends it, "" once ended.
type displayRow struct {
	Name, Unit, Made, Seen, End, Label string
	Language                           *Field // of one that has not been ended
	SetLanguage                        string // where it is set
}

// publicRow is a closed year, with the form that makes it public or withdraws it.
type publicRow struct {
	Year, State, Href string // Href: its public page; "" if it has none
	Action, Label     string
	Public            bool
}

// DisplayInput is the input of the page of walls.
type DisplayInput struct {
	Displays               []kpi.Display
	Public                 []kpi.PublicYear
	Units                  []kpi.Unit
	Link                   string
	Typed                  url.Values
	Refusal, PublicRefusal *kpi.Error
}

func NewDisplays(pc Context, in DisplayInput) displaysPage {
	p := pc.Printer
	page := displaysPage{Layout: NewLayout(pc, p.T("display.title"), partPlan, ""), Hint: p.T("display.hint"),
		Crumbs: pc.settingsCrumbs(), Link: in.Link}
	for _, d := range in.Displays {
		row := displayRow{Name: d.Name, Unit: p.Name(d.Unit.Name, d.Unit.NameEn),
			Made: p.T("display.made", p.Time(d.MadeAt, pc.zone())), Seen: p.T("display.never"),
			End: fmt.Sprintf("/displays/%d/end", d.ID), Label: p.T("display.end_label", d.Name)}
		if d.SeenAt != 0 {
			row.Seen = p.T("display.seen", p.Time(d.SeenAt, pc.zone()))
		}
		if d.EndedAt != 0 {
			row.Seen, row.End = p.T("display.ended", p.Time(d.EndedAt, pc.zone())), ""
		} else {
			row.SetLanguage = fmt.Sprintf("/displays/%d/language", d.ID)
			f := pc.form("", row.SetLanguage, "", "").keeping(fmt.Sprintf("d%d-", d.ID), nil)
			row.Language = displayLanguage(f, d.Language)
			row.Language.Label = p.T("display.language_label", d.Name)
		}
		page.Rows = append(page.Rows, row)
	}
	f := pc.form("create", "/displays#create", p.T("display.create"), p.T("display.create_submit")).keeping("d-", in.Typed)
	codes, names := newFamily(p, in.Units).choices(0, 0, 0)
	f.add(f.field("name", "display.name", ""), f.field("unit", "display.unit", "").choice(codes, names),
		displayLanguage(f, ""))
	f.refuse(in.Refusal)
	page.Create = f
	page.addPublic(pc, in)
	return page
}

// displayLanguage asks for the language of a wall.
func displayLanguage(f *Form, kept string) *Field {
	texts := make([]string, len(kpi.DisplayLanguages))
	for i, l := range kpi.DisplayLanguages {
		if tag, ok := lang.ParseTag(l); ok {
			texts[i] = lang.For(tag).T("page.language")
		} else {
			texts[i] = f.printer.T("display.language_any")
		}
	}
	return f.field("language", "display.language", kept).choice(kpi.DisplayLanguages, texts)
}

func (page *displaysPage) addPublic(pc Context, in DisplayInput) {
	p := pc.Printer
	if in.PublicRefusal != nil {
		page.PublicError = p.Text(in.PublicRefusal.Text)
	}
	public := map[kpi.Year]kpi.PublicYear{}
	for _, y := range in.Public {
		public[y.Year] = y
	}
	for _, y := range pc.Years {
		if y.State != kpi.YearClosed {
			continue
		}
		open, is := public[y.Year]
		row := publicRow{Year: p.T("page.year", int(y.Year)), State: p.T("public.is_not"),
			Action: yearPath(y.Year, "public"), Public: is, Label: p.T("public.open_label", int(y.Year))}
		if is {
			row.State, row.Href, row.Label = p.T("public.is"), publicPath(y.Year), p.T("public.close_label", int(y.Year))
		}
		if is && open.Indexed {
			row.State = p.T("public.is_indexed")
		}
		page.Public = append(page.Public, row)
	}
}

// publicPage shows a closed year to anyone: the sentence, the budget and every figure. It has no names
// of people, no notes, no evidence and no links.
type publicPage struct {
	Layout
	Heading  string
	Sentence []sentencePart
	AsOf     string
	Budget   *boardBudget
	Areas    []boardArea
}

func NewPublic(pc Context, b progress.Board, indexed bool) publicPage {
	p := pc.Printer
	page := publicPage{Layout: NewLayout(pc, p.T("public.title", p.T("page.year", int(b.Year.Year))), "", ""),
		Sentence: boardSentence(p, b), AsOf: pc.asOf(b.AsOf, b.Figures()...), Budget: newBoardBudget(pc, b)}
	page.Heading, page.NoIndex = page.Title, !indexed
	page.PrintAs = fmt.Sprintf("%s · %s", p.T("page.year", int(b.Year.Year)), page.AsOf)
	for _, a := range b.Areas {
		area := newBoardArea(pc, a)
		for i, f := range a.Figures {
			area.Rows[i] = newFigureView(p, f, p.Name(f.Indicator.Name, f.Indicator.NameEn), "")
			area.Rows[i].Owner = ""
		}
		page.Areas = append(page.Areas, area)
	}
	return page
}

func publicPath(y kpi.Year) string { return fmt.Sprintf("/public/%d", y) }
