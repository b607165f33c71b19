package progress

// Reason says why a figure is absent. The words are part of the API (…_reason).
type Reason string

// The reasons.
const (
	ReasonNoTarget    Reason = "no_target"   // no target was set
	ReasonNoValue     Reason = "no_value"    // nothing was logged
	ReasonTargetZero  Reason = "target_zero" // a rate needs a target other than 0
	ReasonNoDivisor   Reason = "no_divisor"  // the denominator is 0 or was not logged
	ReasonNoPace      Reason = "no_pace"     // this kind is met or not met; it has no pace
	ReasonNotDue      Reason = "not_due"     // the plan expects nothing yet
	ReasonNotYet      Reason = "not_yet"     // the month has not come
	ReasonReached     Reason = "reached"     // the target is reached
	ReasonPassed      Reason = "passed"      // the target asks for exactly this amount, and more was achieved
	ReasonApproximate Reason = "approximate" // the approximate figure may or may not be what the target asks for
	ReasonYearOver    Reason = "year_over"   // nothing can be caught up after the year's last day
	ReasonCeiling     Reason = "ceiling"     // a ceiling is kept or exceeded, which no completion rate says
	ReasonShort       Reason = "short"       // at this pace the target is not reached this year
	ReasonNoBudget    Reason = "no_budget"   // an execution rate needs a budget other than 0
	ReasonNotAdded    Reason = "not_added"   // judgements of several units do not add up

	ReasonRateAdded Reason = "rate_added" // rates that were logged as if they added up

	ReasonNoMonths   Reason = "no_months"   // money was spent of which only the year is known
	ReasonNoWeight   Reason = "no_weight"   // the target carries no points
	ReasonUnjudged   Reason = "unjudged"    // a judgement's points are the scorer's to choose within the band
	ReasonOpenPoints Reason = "open_points" // some points are not scored yet
	ReasonWeights    Reason = "weights"     // the weights do not add up to 100

	ReasonNoLastYear   Reason = "no_last_year"   // the year before has no figure at this date
	ReasonLastYearZero Reason = "last_year_zero" // last year's figure was 0, so there is no percentage of it
)

// Opt is a figure or the reason why there is none.
type Opt[T any] struct {
	Value  T
	Reason Reason // "" if there is a value
}

// Some returns an Opt with a value.
func Some[T any](v T) Opt[T] { return Opt[T]{Value: v} }

// None returns an Opt without a value, for the given reason.
func None[T any](r Reason) Opt[T] { return Opt[T]{Reason: r} }

// Ok reports whether there is a value.
func (o Opt[T]) Ok() bool { return o.Reason == "" }
