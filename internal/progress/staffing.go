package progress

import "dabiao/internal/kpi"

// BasicData is a year's basic data besides the budget: staff and official costs (三公经费), with their
// sums.
type BasicData struct {
	Staff    []StaffFigure    // every kind in the form's order; the total of those in post comes first
	Official []OfficialFigure // every row of the form, the total first
	Findings []Finding
}

// StaffFigure is one kind of staff; Kind is empty for the total of those in post. What nobody stated is
// absent, and so is a sum that lacks a part.
type StaffFigure struct {
	Kind          kpi.StaffKind
	Posts, People Opt[int64]
	Rate          Opt[kpi.Percent] // 控制率: people ÷ posts
}

// OfficialFigure is a row of the official costs, in 元. A sum that lacks a part is absent.
type OfficialFigure struct {
	Row                        OfficialRow
	Last, Initial, Full, Spent Opt[kpi.Amount]
	Execution                  Opt[kpi.Percent]
}

// OfficialRow identifies a row of the form: a kind of cost, or a sum.
type OfficialRow string

// The sums.
const (
	OfficialTotal OfficialRow = "total"    // 三公经费合计
	Vehicles      OfficialRow = "vehicles" // 公务用车购置及运行维护费
)

// officialRows are the rows of the form and the kinds they add up.
var officialRows = []struct {
	row OfficialRow
	of  []kpi.OfficialKind
}{
	{OfficialTotal, kpi.OfficialKinds},
	{OfficialRow(kpi.OfficialAbroad), []kpi.OfficialKind{kpi.OfficialAbroad}},
	{OfficialRow(kpi.OfficialReception), []kpi.OfficialKind{kpi.OfficialReception}},
	{Vehicles, []kpi.OfficialKind{kpi.VehiclePurchase, kpi.VehicleRunning}},
	{OfficialRow(kpi.VehiclePurchase), []kpi.OfficialKind{kpi.VehiclePurchase}},
	{OfficialRow(kpi.VehicleRunning), []kpi.OfficialKind{kpi.VehicleRunning}},
}

// Basic computes a year's basic data. before holds the costs stated for the previous year, b is this
// year's budget.
func Basic(staff []kpi.StaffCount, costs, before []kpi.OfficialCost, b Budget) BasicData {
	var out BasicData
	out.Staff = append(out.Staff, staffFigure("", kpi.InPost, staff))
	for _, k := range kpi.StaffKinds {
		out.Staff = append(out.Staff, staffFigure(k, []kpi.StaffKind{k}, staff))
	}
	out.Official = official(costs)
	out.Findings = append(out.staffFindings(), out.officialFindings(official(before), b)...)
	return out
}

// Stated reports whether anything was stated.
func (d BasicData) Stated() bool { return d.StaffStated() || d.OfficialStated() }

// StaffStated reports whether any staff was stated.
func (d BasicData) StaffStated() bool {
	for _, f := range d.Staff {
		if f.Posts.Ok() || f.People.Ok() {
			return true
		}
	}
	return false
}

// OfficialStated reports whether any official cost was stated.
func (d BasicData) OfficialStated() bool {
	for _, f := range d.Official {
		if f.Last.Ok() || f.Initial.Ok() || f.Full.Ok() || f.Spent.Ok() {
			return true
		}
	}
	return false
}

// StaffOf returns the figure of a kind, "" for all in post.
func (d BasicData) StaffOf(k kpi.StaffKind) StaffFigure {
	for _, f := range d.Staff {
		if f.Kind == k {
			return f
		}
	}
	return StaffFigure{Kind: k, Posts: None[int64](ReasonNoValue), People: None[int64](ReasonNoValue),
		Rate: None[kpi.Percent](ReasonNoValue)}
}

func staffFigure(name kpi.StaffKind, kinds []kpi.StaffKind, staff []kpi.StaffCount) StaffFigure {
	f := StaffFigure{Kind: name, Posts: Some(int64(0)), People: Some(int64(0)), Rate: None[kpi.Percent](ReasonNoValue)}
	for _, k := range kinds {
		own := kpi.StaffCount{}
		for _, c := range staff {
			if c.Kind == k {
				own = c
			}
		}
		f.Posts, f.People = plus(f.Posts, own.Posts), plus(f.People, own.People)
	}
	if f.Posts.Ok() && f.People.Ok() && f.Posts.Value > 0 {
		f.Rate = Some(kpi.AtMostSign.Rate(kpi.Divide(kpi.Amount(f.People.Value), kpi.Amount(f.Posts.Value)), kpi.Hundred))
	}
	return f
}

// plus adds a part to a sum. If the part is missing, the sum becomes absent.
func plus[T int64 | kpi.Amount](sum Opt[T], part *T) Opt[T] {
	if !sum.Ok() || part == nil {
		return None[T](ReasonNoValue)
	}
	return Some(sum.Value + *part)
}

func official(costs []kpi.OfficialCost) []OfficialFigure {
	var out []OfficialFigure
	for _, r := range officialRows {
		zero := Some(kpi.Amount(0))
		f := OfficialFigure{Row: r.row, Last: zero, Initial: zero, Full: zero, Spent: zero,
			Execution: None[kpi.Percent](ReasonNoBudget)}
		for _, k := range r.of {
			own := kpi.OfficialCost{}
			for _, c := range costs {
				if c.Kind == k {
					own = c
				}
			}
			f.Last, f.Initial, f.Full, f.Spent = plus(f.Last, own.Last), plus(f.Initial, own.Initial),
				plus(f.Full, own.Full), plus(f.Spent, own.Spent)
		}
		if f.Full.Ok() && f.Spent.Ok() && f.Full.Value > 0 {
			f.Execution = Some(kpi.AtMostSign.Rate(kpi.Divide(f.Spent.Value, f.Full.Value), kpi.Hundred))
		}
		out = append(out, f)
	}
	return out
}

// staffFindings lists kinds with more people than posts.
func (d BasicData) staffFindings() []Finding {
	var out []Finding
	for _, f := range d.Staff {
		if f.Kind != "" && f.Posts.Ok() && f.People.Ok() && f.People.Value > f.Posts.Value {
			out = append(out, warn("staffing.finding.over_posts", kpi.T("staff."+string(f.Kind)),
				int(f.People.Value), int(f.Posts.Value)))
		}
	}
	return out
}

// officialFindings lists costs spent beyond their budget, costs whose 上年决算数 differs from what the
// previous year states, and a total above all spending.
func (d BasicData) officialFindings(before []OfficialFigure, b Budget) []Finding {
	var out []Finding
	for i, f := range d.Official {
		if len(officialRows[i].of) > 1 {
			continue // reported for its parts
		}
		name := kpi.T("official." + string(f.Row))
		if f.Spent.Ok() && f.Full.Ok() && f.Spent.Value > f.Full.Value {
			out = append(out, warn("staffing.finding.overspent", name, wan(f.Spent.Value), wan(f.Full.Value)))
		}
		if was := before[i].Spent; f.Last.Ok() && was.Ok() && f.Last.Value != was.Value {
			out = append(out, warn("staffing.finding.last_year", name, wan(f.Last.Value), wan(was.Value)))
		}
	}
	var spent kpi.Amount
	for _, l := range b.Lines {
		spent += spentInYear(l.BudgetLine)
	}
	if total := d.Official[0].Spent; total.Ok() && len(b.Lines) > 0 && total.Value > spent {
		out = append(out, Finding{Error: true, Text: kpi.T("staffing.finding.over_all", wan(total.Value), wan(spent))})
	}
	return out
}
