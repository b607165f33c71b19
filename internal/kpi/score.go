package kpi

// CeilingRule is one of the two published ways to score an exceeded ceiling.
type CeilingRule string

// The rules; T is the target, A the achievement above it.
const (
	CeilingLinear   CeilingRule = "linear"   // weight × (1 − (A−T)/T), nothing from 2T on
	CeilingQuotient CeilingRule = "quotient" // weight × T/A
)

// Cap limits the total score while the execution rate is below a bound.
type Cap struct {
	Below  Percent // execution rate
	AtMost Percent // total points
}

// Grade expresses the total score in a word (评价等级).
type Grade string

// The grades.
const (
	Excellent Grade = "excellent" // 优
	Good      Grade = "good"      // 良
	Fair      Grade = "fair"      // 中
	Poor      Grade = "poor"      // 差
)

// Grade returns the grade for a total score.
func (r RuleSet) Grade(total Percent) Grade {
	switch {
	case total >= r.Excellent:
		return Excellent
	case total >= r.Good:
		return Good
	case total >= r.Fair:
		return Fair
	}
	return Poor
}

// Band is the range in which a judgement is scored. From is included; To is included only for 达成,
// whose band ends at the full weight.
type Band struct {
	From, To Percent // points
	Whole    bool    // To is included
}

// Holds reports whether points lie in the band.
func (b Band) Holds(points Percent) bool {
	return points >= b.From && (points < b.To || b.Whole && points == b.To)
}

// Band returns the range for a judgement on a given weight: 80 (incl.) to 100 % of it for 达成, 60
// (incl.) to 80 % for 部分达成, 0 to 60 % for 未达成, by default. The exact shares decide: 80 % of 3.33
// points begin at 2.67, because 2.66 is 79.88 %.
func (r RuleSet) Band(l LevelValue, weight Percent) Band {
	met, partly := r.MetFrom.part(weight), r.PartlyFrom.part(weight)
	switch l {
	case LevelMet:
		return Band{met, weight, true}
	case LevelPartly:
		return Band{partly, met, false}
	}
	return Band{0, partly, false}
}

// part returns p of some points, rounded up to a hundredth of a point: the fewest points that are p of
// them or more.
func (p Percent) part(points Percent) Percent { return (points*p + Hundred - 1) / Hundred }

// ManualScore is one entry in the scoring history of an indicator; the latest is in force. Points are
// nil in an entry that only explains, or that reverts an earlier score to the proposal.
type ManualScore struct {
	ID        int64
	Year      Year
	Indicator IndicatorID
	Points    *Percent
	Proposed  *Percent // what the rules proposed at that moment; nil: nothing
	Weight    Percent  // the weight at that moment
	Reason    string
	SetBy     string
	SetAt     UnixMilli
}
