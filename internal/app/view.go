package app

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// IndicatorView is one indicator at one unit as the page and the API show it.
type IndicatorView struct {
	Year     kpi.YearInfo
	Unit     kpi.Unit
	Area     kpi.Area
	Rules    kpi.RuleSet
	Figure   progress.Figure
	Earlier  []progress.Figure     // the same figure in the years before, the oldest first; only with Query.Detail
	Targets  []kpi.Target          // the unit's target history, oldest first; the last one is in force
	PartOf   *kpi.Indicator        // 其中: the whole that this is a part of
	Parts    []kpi.Indicator       // the parts of this indicator
	PartsOf  []progress.Figure     // the figures of Parts
	Inputs   []kpi.Indicator       // for ratios: numerator and denominator; for sums: the parts that are in the year
	Absent   []kpi.Indicator       // for sums: parts that are archived or not in the year
	Said     []kpi.Explanation     // why the figure lags and what is being done about it, newest first
	Children []progress.UnitFigure // the units directly below, if figures add up over units
	Log      []LogEntry            // newest first, at most LogPage entries
	LogMore  bool                  // there are older entries
	MayLog   bool                  // the actor may log here, the year is open and the indicator in use
	MayAsk   bool                  // the actor may ask about the figure
	MayPlan  bool                  // the actor may set the indicator and its targets, and the year is open
}

// LogEntry is one entry of the log with everything that belongs to it.
type LogEntry struct {
	kpi.Update
	Indicator  kpi.Indicator
	Unit       kpi.Unit
	AuthorName string // the person's full name
	Evidence   []kpi.Evidence
	Counts     bool        // it is included in the figures now
	Open       bool        // it may be corrected or withdrawn, as far as other entries and locks allow
	Locked     *kpi.Lock   // the lock on its month; nil: none
	Review     *kpi.Review // the latest step of its review; nil: none, it is approved
	Doubt      *kpi.Text   // what was asked about it when it was saved all the same; nil: nothing
}

// LogPage is how many log entries a page shows.
const LogPage = 50

// Office is the office that keeps the figures. The program itself names none.
type Office struct {
	Name   string // in full, as on the cover of the report
	NameEn string
}
