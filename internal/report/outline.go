package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// SectionKey names a place of the report that the office may write text for.
type SectionKey string

// The ten sections, and the parts of the first two.
const (
	Overview        SectionKey = "overview"
	Staffing        SectionKey = "staffing"
	Duties          SectionKey = "duties"
	General         SectionKey = "general"
	Basic           SectionKey = "basic"
	Project         SectionKey = "project"
	GovernmentFunds SectionKey = "government_funds"
	StateCapital    SectionKey = "state_capital"
	SocialInsurance SectionKey = "social_insurance"
	Performance     SectionKey = "performance"
	Problems        SectionKey = "problems"
	Improvements    SectionKey = "improvements"
	Publication     SectionKey = "publication"
	Other           SectionKey = "other"

	GoalExpected SectionKey = "goal_expected" // 年度总体目标, 预期目标
	GoalAchieved SectionKey = "goal_achieved" // 年度总体目标, 实际完成情况
)

// AreaText returns the key of the office's own words about an area, printed above its figures.
func AreaText(code string) SectionKey { return Performance + "/" + SectionKey(code) }

// DeviationText returns the key of the reason why an indicator missed or far exceeded its target.
func DeviationText(code string) SectionKey { return "deviation/" + SectionKey(code) }

// InTable reports whether the words of a place stand in the self-evaluation table, not in the report's body.
func (k SectionKey) InTable() bool {
	return k == GoalExpected || k == GoalAchieved || strings.HasPrefix(string(k), "deviation/")
}

// Outline is a report's sections in order and the tables behind them. Places differ, so it is data: a
// year has its own or the shipped one.
type Outline struct {
	Name    string  `json:"name"`  // whose outline it is; empty for the shipped one
	Place   string  `json:"place"` // where it holds; empty: not said
	Entries []Entry `json:"entries"`
	Annexes []Paper `json:"annexes"`
	// areas below whose words the figures that they leave out are not listed; also of a year with the shipped outline
	Unlisted []string `json:"unlisted,omitempty"`
}

// Entry is a section, or a part of one.
type Entry struct {
	Key     SectionKey `json:"key"`
	Title   string     `json:"title,omitempty"` // empty: the catalogue's
	TitleEn string     `json:"title_en,omitempty"`
	Writes  Writes     `json:"writes,omitempty"`
	// codes of the areas whose work stands here; none: all that no other section has
	Areas []string `json:"areas,omitempty"`
	Parts []Entry  `json:"parts,omitempty"`
}

// Writes is what a section prints by itself, beside the office's own words.
type Writes string

// What sections can print.
const (
	WritesNothing         Writes = ""
	WritesGeneral         Writes = "general"
	WritesBasic           Writes = "basic"
	WritesProject         Writes = "project"
	WritesGovernmentFunds Writes = "government_funds"
	WritesStateCapital    Writes = "state_capital"
	WritesSocialInsurance Writes = "social_insurance"
	WritesPerformance     Writes = "performance"
)

// AllWrites lists all.
var AllWrites = []Writes{WritesNothing, WritesGeneral, WritesBasic, WritesProject,
	WritesGovernmentFunds, WritesStateCapital,
	WritesSocialInsurance, WritesPerformance}

// ShippedOutline is the report's usual ten sections, with the parts under the first two.
var ShippedOutline = Outline{
	Entries: []Entry{
		{Key: Overview, Parts: []Entry{{Key: Staffing}, {Key: Duties}}},
		{Key: General, Writes: WritesGeneral,
			Parts: []Entry{{Key: Basic, Writes: WritesBasic}, {Key: Project, Writes: WritesProject}}},
		{Key: GovernmentFunds, Writes: WritesGovernmentFunds},
		{Key: StateCapital, Writes: WritesStateCapital},
		{Key: SocialInsurance, Writes: WritesSocialInsurance},
		{Key: Performance, Writes: WritesPerformance},
		{Key: Problems}, {Key: Improvements}, {Key: Publication}, {Key: Other},
	},
	Annexes: []Paper{BasicData, SelfEvaluation, ProjectScores, Sources},
}

// The bounds of an outline.
const (
	maxEntries = 60
	maxTitle   = 60 // characters
)

var entryKey = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

// Check refuses an outline that cannot be printed. codes are the areas there are.
func (o Outline) Check(codes []string) error {
	var m kpi.Mistakes
	all := o.all()
	if len(o.Entries) == 0 || len(all) > maxEntries {
		m.Add("entries", "outline_size", maxEntries)
	}
	keys, writes := map[SectionKey]bool{}, map[Writes]bool{}
	for _, e := range all {
		name := cmp.Or(e.Title, string(e.Key))
		switch {
		case utf8.RuneCountInString(e.Title) > maxTitle || utf8.RuneCountInString(e.TitleEn) > 2*maxTitle:
			m.Add("title", "outline_title_long", name, maxTitle)
		case !entryKey.MatchString(string(e.Key)):
			m.Add("entries", "outline_key", string(e.Key))
		case keys[e.Key]:
			m.Add("entries", "outline_twice", name)
		case !slices.Contains(AllWrites, e.Writes):
			m.Add("writes", "outline_writes_unknown", string(e.Writes))
		case e.Writes != WritesNothing && e.Writes != WritesPerformance && writes[e.Writes]:
			m.Add("writes", "outline_writes_twice", name)
		}
		keys[e.Key], writes[e.Writes] = true, true
		for _, code := range e.Areas {
			if !slices.Contains(codes, code) {
				m.Add("areas", "token_area_unknown", code)
			}
		}
	}
	for _, code := range o.Unlisted {
		if !slices.Contains(codes, code) {
			m.Add("unlisted", "token_area_unknown", code)
		}
	}
	for _, f := range o.Annexes {
		if !slices.Contains(Papers, f) {
			m.Add("annexes", "form_unknown", string(f))
		}
	}
	return m.Err()
}

// Mark names an outline by its content, so that nobody replaces one they have not seen.
func (o Outline) Mark() string { return Sum(fmt.Sprintf("%q", o))[:16] }

// all returns the sections with their parts, in order.
func (o Outline) all() []Entry {
	var out []Entry
	for _, e := range o.Entries {
		out = append(append(out, e), e.Parts...)
	}
	return out
}

// YearOutline returns the outline the year has, or the shipped one.
func (in Input) YearOutline() Outline {
	if len(in.Outline.Entries) == 0 {
		return ShippedOutline
	}
	return in.Outline
}

// annexes returns the outline's, without the projects' in a year that has no project spending.
func (in Input) annexes() []Paper {
	if progress.HasProjects(in.Projects, in.Board.Budget) {
		return in.YearOutline().Annexes
	}
	return slices.DeleteFunc(slices.Clone(in.YearOutline().Annexes), func(f Paper) bool { return f == ProjectScores })
}

// areasOf returns the board's areas whose work stands under an entry.
func (in Input) areasOf(e Entry) []progress.AreaFigures {
	if e.Writes != WritesPerformance {
		return nil
	}
	var elsewhere []string
	for _, other := range in.YearOutline().all() {
		if other.Key != e.Key && other.Writes == WritesPerformance {
			elsewhere = append(elsewhere, other.Areas...)
		}
	}
	var out []progress.AreaFigures
	for _, a := range in.Board.Areas {
		if slices.Contains(e.Areas, a.Area.Code) || len(e.Areas) == 0 && !slices.Contains(elsewhere, a.Area.Code) {
			out = append(out, a)
		}
	}
	return out
}

// placeOf returns the number of an area's passage in the text: 六（一）.
func (b *Draft) placeOf(area kpi.AreaID) string {
	for i, e := range b.YearOutline().Entries {
		for _, under := range append([]Entry{e}, e.Parts...) {
			for j, a := range b.areasOf(under) {
				if a.Area.ID == area {
					return b.p.T("report.sources.section", strings.TrimRight(numbered(b.p, 1, i+1, ""), "、. "),
						numbered(b.p, 2, j+1, b.areaName(a.Area)))
				}
			}
		}
	}
	return b.p.T("report.dash")
}

// title returns an entry's own, or the catalogue's.
func (b *Draft) title(e Entry) string {
	if e.Title != "" {
		return b.p.Name(e.Title, e.TitleEn)
	}
	return b.p.T("report.section." + string(e.Key))
}

// Title returns an entry's title in a language.
func (in Input) Title(e Entry) string { return NewDraft(in).title(e) }

// Places lists where the office writes its own words, in the report's order: the sections and their
// parts, the areas, the goals, and the reasons of indicators with a target.
func (in Input) Places() []SectionKey {
	var out []SectionKey
	for _, e := range in.YearOutline().all() {
		out = append(out, e.Key)
		for _, a := range in.areasOf(e) {
			out = append(out, AreaText(a.Area.Code))
		}
	}
	out = append(out, GoalExpected, GoalAchieved)
	for _, f := range in.Board.Figures() {
		if f.Target != nil {
			out = append(out, DeviationText(f.Indicator.Code))
		}
	}
	return out
}

// IsPart reports whether a place stands below a section.
func (in Input) IsPart(key SectionKey) bool {
	return !slices.ContainsFunc(in.YearOutline().Entries, func(e Entry) bool { return e.Key == key })
}

// Writes reports whether the office may write words for a place. The reason of an indicator may be written
// before it has a target.
func (in Input) Writes(key SectionKey) bool {
	if slices.Contains(in.Places(), key) {
		return true
	}
	return slices.ContainsFunc(in.Board.Figures(),
		func(f progress.Figure) bool { return key == DeviationText(f.Indicator.Code) })
}

// Printer returns the printer for a language tag; Chinese for an unknown one.
func Printer(language string) lang.Printer {
	tag, _ := lang.ParseTag(language)
	return lang.For(cmp.Or(tag, lang.Chinese))
}

// SectionName returns what a place of the report is called: its title, the area's or the indicator's name.
func (in Input) SectionName(key SectionKey) string {
	b := NewDraft(in)
	if n, ok := strings.CutPrefix(string(key), string(paragraphPrefix)); ok {
		return b.p.T("check.paragraph", n)
	}
	if n, ok := strings.CutPrefix(string(key), string(notePrefix)); ok {
		return b.p.T("check.note", n)
	}
	if n, ok := strings.CutPrefix(string(key), string(rowPrefix)); ok {
		table, row, _ := strings.Cut(n, "/")
		return b.p.T("check.row", table, row)
	}
	for _, a := range in.Board.Areas {
		if key == AreaText(a.Area.Code) {
			return b.areaName(a.Area)
		}
	}
	for _, f := range in.Board.Figures() {
		if key == DeviationText(f.Indicator.Code) {
			return b.p.T("report.paper.deviation") + " · " + b.name(f)
		}
	}
	for _, e := range in.YearOutline().all() {
		if e.Key == key {
			return b.title(e)
		}
	}
	return b.p.T("report.section." + string(key))
}
