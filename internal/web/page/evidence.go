package page

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func EvidencePath(y kpi.Year) string { return yearPath(y, "evidence") }

func EntryEvidencePath(id kpi.UpdateID) string { return fmt.Sprintf("/updates/%d/evidence", id) }

// paperTabs returns the tabs of a year's evidence and completeness: next to the log for those who log,
// next to the report for everyone else.
func (pc Context) paperTabs(current string) []layoutLink {
	y, p := pc.Year.Year, pc.Printer
	tabs := []layoutLink{
		{pc.at(EvidencePath(y), pc.Unit, kpi.Period{}), p.T("evidence.title"), current == "evidence"},
		{pc.at(completenessPath(y), pc.Unit, kpi.Period{}), p.T("completeness.title"), current == "completeness"},
	}
	if pc.Actor.Unit == 0 {
		tabs = append(tabs, layoutLink{LockPath(y), p.T("lock.link"), current == partLocks})
	}
	return tabs
}

// paper returns the part of the program that these pages belong to, and its tabs.
func (pc Context) paper(current string) (part string, tabs []layoutLink) {
	if pc.MayLogSomewhere() {
		return PartLog, pc.logTabs(current)
	}
	return partReport, pc.reportTabs(current)
}

// evidenceTypes are the file name extensions that a browser's file dialog offers.
var evidenceTypes = strings.Join(intake.EvidenceNames, ",")

// evidenceCard is a file, shown with a small picture or its type.
type evidenceCard struct {
	ID        string
	Href      string // the file itself
	Preview   string // address of the small picture; "" if there is none
	Kind      string // "PDF", "DOCX"
	Name      string
	Size      string
	Number    string // "2-3-1"; "" on an entry's own page
	Where     string // the unit
	Entry     string // page of its entry
	Sensitive bool
	Withdrawn bool
	Warning   string       // what it does when it is opened
	Original  string       // address of the picture with what its camera wrote beside it; "" for those who may not
	Mark      string       // address where it is marked as sensitive or the mark is taken off; "" for those who may not
	Reason    Field        // why the mark is taken off
	Erased    string       // since when its content is gone, by whom and why
	Erase     string       // address where its content is erased; "" for those who may not
	Why       Field        // the reason for that
	Also      []layoutLink // other entries it is attached to
}

func newEvidenceCard(pc Context, e kpi.Evidence, mayOpen bool) evidenceCard {
	p, zone := pc.Printer, pc.zone()
	card := evidenceCard{
		ID: fmt.Sprint(e.ID), Href: fmt.Sprintf("/evidence/%d", e.ID), Name: e.Name, Size: fileSize(p, e.Size),
		Sensitive: e.Sensitive, Kind: strings.ToUpper(strings.TrimPrefix(path.Ext(e.Name), ".")),
		Entry: EntryEvidencePath(e.Update),
	}
	if e.Picture() && !e.Sensitive {
		card.Preview = card.Href + "/preview.jpg"
	}
	if e.Picture() && mayOpen {
		card.Original = card.Href + "?original=1"
	}
	if e.Warning != "" {
		card.Warning = p.T("evidence.warning." + string(e.Warning))
	}
	if e.Erased() {
		card.Erased = p.T("evidence.erased", p.Time(e.ErasedAt, zone), pc.person(e.ErasedBy), e.ErasedWhy)
		card.Href, card.Preview, card.Original, card.Warning = "", "", "", ""
	}
	if e.Sensitive && !mayOpen {
		card.Href, card.Name = "", p.T("evidence.sensitive_name")
	}
	return card
}

// entryEvidencePage shows an entry's evidence and accepts more. Field names: evidence (files),
// sensitive, csrf.
type entryEvidencePage struct {
	Layout
	Indicator layoutLink
	Entry     logRow
	Files     []evidenceCard
	Action    string // "" if nothing may be added
	Year      string // the year's evidence
	Closed    string // why nothing may be added
	Field     Field
	Allowed   string
	Errors    []string
}

// EvidenceInput is what was sent to an entry's evidence and refused.
type EvidenceInput struct {
	Unmark  kpi.EvidenceID // the file whose mark was to be taken off; 0: none
	Erase   kpi.EvidenceID // the file whose content was to be erased; 0: none; without either files were to be added
	Reason  string
	Refusal *kpi.Error
}

func NewEntryEvidence(pc Context, e app.LogEntry, may app.EvidenceMarks, in EvidenceInput) entryEvidencePage {
	p := pc.Printer
	page := entryEvidencePage{
		Layout: NewLayout(pc, p.T("evidence.of_entry", int(e.ID)), PartLog, ""), Indicator: pc.indicatorLink(e.Indicator),
		Entry: newLogRow(pc, e, nil), Year: EvidencePath(e.Dated.Year()), Allowed: evidenceTypes,
		Field: Field{ID: "f-evidence", Name: "evidence", Label: p.T("evidence.add"), Hint: p.T("entry.evidence_hint")},
	}
	for _, f := range e.Evidence {
		card := newEvidenceCard(pc, f, may.OpenSensitive)
		if may.Erase && !f.Erased() {
			card.Erase = fmt.Sprintf("/evidence/%d/erase", f.ID)
		}
		card.Why = Field{ID: "f-why-" + card.ID, Name: "reason", Label: p.T("evidence.erase_reason")}
		if f.Sensitive && may.Unmark || !f.Sensitive && may.Mark {
			card.Mark = fmt.Sprintf("/evidence/%d/sensitive", f.ID)
		}
		card.Reason = Field{ID: "f-reason-" + card.ID, Name: "reason", Label: p.T("evidence.unmark_reason")}
		for id, field := range map[kpi.EvidenceID]*Field{in.Unmark: &card.Reason, in.Erase: &card.Why} {
			if f.ID == id {
				field.Value, field.Error = in.Reason, mistakesOf(pc, in.Refusal)[0]
			}
		}
		page.Files = append(page.Files, card)
	}
	switch {
	case !may.Mark:
	case pc.Year.CheckOpen() != nil:
		page.Closed = p.T("evidence.closed")
	case e.Locked != nil:
		page.Closed = p.T("evidence.locked", e.Locked.Period.Month, e.Locked.ByName)
	default:
		page.Action = EntryEvidencePath(e.ID)
	}
	if in.Refusal != nil && in.Unmark == 0 && in.Erase == 0 {
		page.Errors = mistakesOf(pc, in.Refusal)
		page.Field.Error = page.Errors[0]
	}
	return page
}

// TellElsewhere shows at each file which other entries it is attached to.
func (page *entryEvidencePage) TellElsewhere(p lang.Printer, files []kpi.Evidence,
	elsewhere map[kpi.EvidenceID][]kpi.UpdateID) {
	for i, f := range files {
		for _, id := range elsewhere[f.ID] {
			page.Files[i].Also = append(page.Files[i].Also,
				layoutLink{Href: EntryEvidencePath(id), Text: p.T("evidence.elsewhere_entry", int64(id))})
		}
	}
}

// evidenceOnPage is the number of files on a page of a year's evidence.
const evidenceOnPage = 60

// yearEvidencePage shows a year's evidence by indicator and offers it as an archive.
type yearEvidencePage struct {
	Layout
	Tabs    []layoutLink
	Hint    string
	Path    string // where the filter is sent; field names: unit, area, indicator
	Unit    Field
	Units   []formOption
	Area    Field
	Areas   []formOption
	Wanted  Field
	Options []formOption
	Parts   []evidenceArea
	Empty   string
	Earlier string
	Later   string
	// Pack is where the archive is made, with the filter in hidden fields; sensitive includes sensitive files,
	// original the pictures as they were handed in.
	Pack    string
	Hidden  []formOption
	MayTell bool // whether sensitive files and originals may be included
	Erase   *eraseForm
}

// eraseForm erases the content of a closed year's files. Field names: what (sensitive, all), reason, csrf.
type eraseForm struct {
	Action string
	All    bool
	Reason Field
}

// evidenceArea contains an area's files by indicator; ID is its anchor.
type evidenceArea struct {
	ID     string
	Name   string
	Groups []evidenceGroup
}

// evidenceGroup contains an indicator's files.
type evidenceGroup struct {
	Number    string
	Indicator layoutLink
	Files     []evidenceCard
}

// EraseInput is what was sent to erase a year's files and refused.
type EraseInput struct {
	All     bool
	Reason  string
	Refusal *kpi.Error
}

func NewYearEvidence(pc Context, list app.EvidenceOfYear, q app.EvidenceQuery, skip int,
	in EraseInput) yearEvidencePage {
	p, at := pc.Printer, EvidencePath(list.Year.Year)
	part, tabs := pc.paper("evidence")
	page := yearEvidencePage{Layout: NewLayout(pc, p.T("evidence.title"), part, ""), Tabs: tabs, Path: at,
		Pack: at + ".zip", MayTell: pc.Actor.MayOpenSensitive() == nil}
	page.filter(pc, list, q)
	sensitive, withdrawn := 0, 0
	for _, f := range list.Files {
		sensitive += count1(f.Sensitive)
		withdrawn += count1(f.Withdrawn)
	}
	page.Hint = p.T("evidence.hint", len(list.Files))
	if sensitive > 0 {
		page.Hint += p.T("evidence.hint_sensitive", sensitive)
	}
	if withdrawn > 0 {
		page.Hint += p.T("evidence.hint_withdrawn", withdrawn)
	}
	page.Hint += p.T("evidence.hint_numbers")
	if len(list.Files) == 0 {
		page.Empty = p.T("evidence.empty")
	}
	if pc.Actor.MayAdminister() == nil && list.Year.State == kpi.YearClosed && len(list.Files) > 0 {
		page.Erase = &eraseForm{at + "/erase", in.All,
			Field{ID: "f-erase", Name: "reason", Label: p.T("evidence.erase_reason"), Value: in.Reason}}
		if in.Refusal != nil {
			page.Erase.Reason.Error = mistakesOf(pc, in.Refusal)[0]
		}
	}
	skip = min(skip, len(list.Files))
	shown := list.Files[skip:min(skip+evidenceOnPage, len(list.Files))]
	for _, f := range shown {
		page.add(pc, f)
	}
	if skip > 0 {
		page.Earlier = page.at(max(0, skip-evidenceOnPage))
	}
	if skip+len(shown) < len(list.Files) {
		page.Later = page.at(skip + len(shown))
	}
	return page
}

func count1(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (page *yearEvidencePage) add(pc Context, f progress.NumberedEvidence) {
	p := pc.Printer
	id := fmt.Sprintf("a-%d", f.Number.Area)
	if n := len(page.Parts); n == 0 || page.Parts[n-1].ID != id {
		name := p.Name(f.Area.Name, f.Area.NameEn)
		if f.Area.ID == 0 {
			name = p.T("evidence.no_area")
		}
		page.Parts = append(page.Parts, evidenceArea{ID: id, Name: fmt.Sprintf("%d %s", f.Number.Area, name)})
	}
	area := &page.Parts[len(page.Parts)-1]
	number := fmt.Sprintf("%d-%d", f.Number.Area, f.Number.Indicator)
	if n := len(area.Groups); n == 0 || area.Groups[n-1].Number != number {
		area.Groups = append(area.Groups, evidenceGroup{Number: number, Indicator: pc.indicatorLink(f.Indicator)})
	}
	card := newEvidenceCard(pc, f.Evidence, pc.Actor.MayOpenSensitive() == nil)
	card.Number, card.Where, card.Withdrawn = f.Number.String(), p.Name(f.Unit.Name, f.Unit.NameEn), f.Withdrawn
	group := &area.Groups[len(area.Groups)-1]
	group.Files = append(group.Files, card)
}

// filter sets the fields of the filter and their present values.
func (page *yearEvidencePage) filter(pc Context, list app.EvidenceOfYear, q app.EvidenceQuery) {
	p := pc.Printer
	page.Unit = Field{ID: "f-unit", Name: "unit", Label: p.T("entry.unit"), Value: list.Unit.Code}
	page.Area = Field{ID: "f-area", Name: "area", Label: p.T("evidence.col_area")}
	page.Wanted = Field{ID: "f-indicator", Name: "indicator", Label: p.T("evidence.col_indicator")}
	for _, u := range pc.Units {
		page.Units = append(page.Units, formOption{u.Code, p.Name(u.Name, u.NameEn), u.Code == list.Unit.Code})
	}
	page.Areas, page.Options = []formOption{{Text: p.T("evidence.all")}}, []formOption{{Text: p.T("evidence.all")}}
	for _, a := range list.Areas {
		page.Areas = append(page.Areas, formOption{a.Code, p.Name(a.Name, a.NameEn), a.Code == q.Area})
	}
	for _, i := range list.Indicators {
		page.Options = append(page.Options, formOption{i.Code, p.Name(i.Name, i.NameEn), i.Code == q.Indicator})
	}
	for _, o := range []formOption{{Value: list.Unit.Code, Text: "unit"}, {Value: q.Area, Text: "area"},
		{Value: q.Indicator, Text: "indicator"}} {
		if o.Value != "" {
			page.Hidden = append(page.Hidden, o)
		}
	}
}

// at returns the address of the same query from another position on.
func (page *yearEvidencePage) at(skip int) string {
	q := url.Values{}
	for _, o := range page.Hidden {
		q.Set(o.Text, o.Value)
	}
	if skip > 0 {
		q.Set("skip", fmt.Sprint(skip))
	}
	return page.Path + "?" + q.Encode()
}
