package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// at returns a path, with or without a query, for a unit and month. What the page shows by default is
// left out.
func (pc Context) at(path string, u kpi.Unit, m kpi.Period) string {
	q := url.Values{}
	if u.Code != "" && len(pc.Units) > 0 && u.ID != pc.Units[0].ID {
		q.Set("unit", u.Code)
	}
	if m.Month != 0 && pc.Today != "" && m != kpi.AsOfToday(m.Year, pc.Today).Period {
		q.Set("as_of", m.String())
	}
	if len(q) == 0 {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&" + q.Encode()
	}
	return path + "?" + q.Encode()
}

// yearPath returns the address of a part of the program for a year; the year's own address is its
// board.
func yearPath(y kpi.Year, part string) string {
	path := "/years/" + strconv.Itoa(int(y))
	if part == partBoard {
		return path
	}
	return path + "/" + part
}

func BoardPath(y kpi.Year) string { return yearPath(y, partBoard) }

func logPath(y kpi.Year) string { return yearPath(y, PartLog) }

func reportPath(y kpi.Year) string { return yearPath(y, partReport) }

func IndicatorPath(y kpi.Year, code string) string {
	return yearPath(y, "indicators/"+url.PathEscape(code))
}

func ComparePath(y kpi.Year) string { return yearPath(y, "compare") }

// areaPath returns the address of an area's page; "-" stands for indicators without one.
func areaPath(y kpi.Year, code string) string {
	if code == "" {
		code = "-"
	}
	return yearPath(y, "areas/"+url.PathEscape(code))
}

func (pc Context) areaHref(a kpi.Area) string {
	return pc.at(areaPath(pc.Year.Year, a.Code), pc.Unit, pc.AsOf.Period)
}

// entriesPath returns the address of the entries behind an indicator's figure at a unit, for a month
// or, if month is zero, for the year.
func (pc Context) entriesPath(code string, u kpi.Unit, month kpi.Period) string {
	q := url.Values{"indicator": {code}}
	if month.Month != 0 {
		q.Set("month", month.String())
	}
	if unit := unitCode(pc, u); unit != "" {
		q.Set("unit", unit)
	}
	return logPath(pc.Year.Year) + "?" + q.Encode()
}

// explanationPath returns the address to which the reason for a figure is posted, given the address of
// its page.
func explanationPath(indicator string) string {
	path, query, asked := strings.Cut(indicator, "?")
	if asked {
		query = "?" + query
	}
	return path + "/explanations" + query
}

func CorrectionPath(id kpi.UpdateID) string {
	return fmt.Sprintf("/updates/%d/correction", id)
}

func withdrawalPath(id kpi.UpdateID) string {
	return fmt.Sprintf("/updates/%d/withdrawal", id)
}

// Landing returns the page of an actor's own work: what awaits the reviewer, what is due for those who log,
// and the board for everyone else, when nothing is due, and in a closed year.
func Landing(pc Context) string {
	year := pc.Year.Year
	switch {
	case pc.Year.CheckOpen() != nil:
	case pc.Actor.Role == kpi.Reviewer && pc.Waiting > 0:
		return ReviewPath(year)
	case pc.Actor.Role == kpi.Reporter, pc.Actor.Role == kpi.Staff:
		return MinePath(year)
	}
	return BoardPath(year)
}

// WithQuery adds a parameter to an address.
func WithQuery(address, name, value string) string {
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	return address + mark + name + "=" + url.QueryEscape(value)
}

func PlanPath(y kpi.Year) string { return yearPath(y, partPlan) }

func planIndicatorPath(y kpi.Year, code string) string {
	return PlanPath(y) + "/indicators/" + url.PathEscape(code)
}

// TargetsPath returns the address of a unit's targets for an indicator; without a unit, of the root's.
func TargetsPath(y kpi.Year, code, unit string) string {
	path := planIndicatorPath(y, code) + "/targets"
	if unit != "" {
		path += "?unit=" + url.QueryEscape(unit)
	}
	return path
}

func UnitPath(code string) string { return "/units/" + url.PathEscape(code) }

// ProposalPath is the address of the page that reads a year's indicators from a table.
func ProposalPath(y kpi.Year) string { return PlanPath(y) + "/table" }
