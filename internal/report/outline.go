package report

import (
	"cmp"
	"slices"
	"strings"

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

// AreaText is the key of the office's own words about an area, printed above its figures.
func AreaText(code string) SectionKey { return Performance + "/" + SectionKey(code) }

// DeviationText is the key of the reason why an indicator missed or far exceeded its target.
func DeviationText(code string) SectionKey { return "deviation/" + SectionKey(code) }

// Entry is a place of the outline.
type Entry struct {
	Key    SectionKey
	Parts  []Entry
	blocks func(*builder, Entry) []Block
}

// Outline is the report's ten sections in order, with the parts under them. The areas of
// Performance come from the board.
var Outline = []Entry{
	{Key: Overview, blocks: (*builder).parts, Parts: []Entry{
		{Key: Staffing, blocks: (*builder).prose},
		{Key: Duties, blocks: (*builder).prose},
	}},
	{Key: General, blocks: (*builder).general, Parts: []Entry{
		{Key: Basic, blocks: nature(kpi.BasicSpend)},
		{Key: Project, blocks: nature(kpi.ProjectSpend)},
	}},
	{Key: GovernmentFunds, blocks: fund(kpi.GovernmentFunds)},
	{Key: StateCapital, blocks: fund(kpi.StateCapital)},
	{Key: SocialInsurance, blocks: fund(kpi.SocialInsurance)},
	{Key: Performance, blocks: (*builder).performance},
	{Key: Problems, blocks: (*builder).prose},
	{Key: Improvements, blocks: (*builder).prose},
	{Key: Publication, blocks: (*builder).prose},
	{Key: Other, blocks: (*builder).prose},
}

// Places lists where the office writes its own words, in the report's order: the sections and their
// parts, the areas, the goals, and the reasons of indicators with a target.
func (in Input) Places() []SectionKey {
	var out []SectionKey
	for _, e := range Outline {
		out = append(out, e.Key)
		for _, part := range e.Parts {
			out = append(out, part.Key)
		}
		if e.Key == Performance {
			for _, a := range in.Board.Areas {
				out = append(out, AreaText(a.Area.Code))
			}
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
	return !slices.ContainsFunc(Outline, func(e Entry) bool { return e.Key == key })
}

// Writes reports whether the office may write words for a place. The reason of an indicator may be written
// before it has a target.
func (in Input) Writes(key SectionKey) bool {
	if slices.Contains(in.Places(), key) {
		return true
	}
	return slices.ContainsFunc(in.Board.Figures(), func(f progress.Figure) bool { return key == DeviationText(f.Indicator.Code) })
}

// Printer is the printer of a language's tag; Chinese for one that is none.
func Printer(language string) lang.Printer {
	tag, _ := lang.ParseTag(language)
	return lang.For(cmp.Or(tag, lang.Chinese))
}

// SectionName is what a place of the report is called: its title, the area's or the indicator's name.
func (in Input) SectionName(key SectionKey) string {
	b := newBuilder(in)
	if n, ok := strings.CutPrefix(string(key), string(paragraphPrefix)); ok {
		return b.p.T("check.paragraph", n)
	}
	for _, a := range in.Board.Areas {
		if key == AreaText(a.Area.Code) {
			return b.areaName(a.Area)
		}
	}
	for _, f := range in.Board.Figures() {
		if key == DeviationText(f.Indicator.Code) {
			return b.p.T("report.form.deviation") + " · " + b.name(f)
		}
	}
	return b.p.T("report.section." + string(key))
}

// TitleKey is the catalogue's key of the entry's heading.
func (e Entry) TitleKey() string { return "report.section." + string(e.Key) }
