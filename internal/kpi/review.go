package kpi

import (
	"cmp"
	"slices"
)

// State is how far the review of an entry has come (审核状态).
type State string

// The states. Without review, entries are approved from the start.
const (
	StateDraft     State = "draft"     // 草稿: saved by its author, not submitted
	StateSubmitted State = "submitted" // 待审核
	StateReturned  State = "returned"  // 已退回, with the reason
	StateApproved  State = "approved"  // 已审核
)

// States lists all states in the order an entry passes through them.
var States = []State{StateDraft, StateSubmitted, StateReturned, StateApproved}

// Known reports whether s is one of the states.
func (s State) Known() bool { return contains(States, s) }

// ReviewAct is a step in a review.
type ReviewAct string

// The steps.
const (
	ReviewDraft   ReviewAct = "draft"
	ReviewSubmit  ReviewAct = "submit"
	ReviewApprove ReviewAct = "approve"
	ReviewReturn  ReviewAct = "return"
)

// Review is one step in the review of an entry. Steps are only ever added; the latest one determines
// the entry's state.
type Review struct {
	Update UpdateID
	Act    ReviewAct
	State  State // from this step on
	Reason string
	By     string // the account's name
	ByName string // the person's full name
	At     UnixMilli
}

// Doubt is what a person was asked about an entry that was saved all the same.
type Doubt struct {
	Update   UpdateID
	Question Text
}

// ReviewRule says whether entries are reviewed and which of them count (计入口径).
type ReviewRule string

// The rules. The zero rule is ReviewOff.
const (
	ReviewOff      ReviewRule = "off"       // entries count as soon as they are logged
	SubmittedCount ReviewRule = "submitted" // entries are reviewed, and count until they are returned
	ApprovedCount  ReviewRule = "approved"  // entries count once they are approved
)

// ReviewRules lists all rules in the order shown to people.
var ReviewRules = []ReviewRule{ReviewOff, SubmittedCount, ApprovedCount}

// Known reports whether r is one of the rules.
func (r ReviewRule) Known() bool { return contains(ReviewRules, r) }

// On reports whether new entries are reviewed.
func (r ReviewRule) On() bool { return r == SubmittedCount || r == ApprovedCount }

// Counts reports whether an entry in state s is included in the figures.
func (r ReviewRule) Counts(s State) bool {
	return s == StateApproved || s == StateSubmitted && r != ApprovedCount
}

// Enters returns the state an entry has when it is submitted.
func (r ReviewRule) Enters() State {
	if r.On() {
		return StateSubmitted
	}
	return StateApproved
}

// ReviewSetting is the rule in force and who set it when; SetBy is empty if it was never set.
type ReviewSetting struct {
	Rule  ReviewRule
	SetBy string
	SetAt UnixMilli
}

// Standing returns the entries of a log that its figures are computed from. A correction replaces what
// it answers once it counts itself; until then what was approved stays in force. Withdrawing an
// approved entry takes the fact back; withdrawing one not yet approved takes back everything since the
// last approved entry, which is in force again.
//
// log must hold whole facts: with each entry all it answers, back to the last approved one. Where all of it stands it
// is returned itself, which is most often so; nobody may change what was returned.
func Standing(log []Update, rule ReviewRule) []Update {
	all, plain := true, true
	for i := range log {
		plain = plain && log[i].State == StateApproved
		all = all && log[i].AnsweredBy == 0 && log[i].Act != ActWithdraw
	}
	if plain && all {
		return log[:len(log):len(log)]
	}
	stands := make([]Update, 0, len(log))
	if plain {
		for i := range log { // then only the last entry of each fact matters
			if u := &log[i]; u.AnsweredBy == 0 && u.Act != ActWithdraw {
				stands = append(stands, *u)
			}
		}
		return stands
	}
	entries := make(map[UpdateID]Update, len(log))
	held := make(map[UpdateID]fact, len(log))
	for _, u := range slices.SortedFunc(slices.Values(log), func(a, b Update) int { return cmp.Compare(a.ID, b.ID) }) {
		entries[u.ID] = u
		f := held[u.Answers].then(u, entries[u.Answers], rule)
		if held[u.ID] = f; u.AnsweredBy == 0 && f.counts != 0 {
			stands = append(stands, entries[f.counts])
		}
	}
	return stands
}

// Withdrawn returns the entries of a log that were taken back in the end, together with their
// corrections. log must hold with each entry all that answer it, oldest first.
func Withdrawn(log []Update, rule ReviewRule) map[UpdateID]bool {
	chains, ended := map[UpdateID][]Update{}, map[UpdateID]bool{}
	for _, u := range slices.Backward(log) { // an answer is visited before the entry it answers
		chains[u.ID] = append(chains[u.AnsweredBy], u)
		ended[u.ID] = u.Act == ActWithdraw || ended[u.AnsweredBy]
	}
	out := map[UpdateID]bool{}
	for id, chain := range chains {
		if ended[id] && len(Standing(chain, rule)) == 0 {
			out[id] = true
		}
	}
	return out
}

// fact holds the entries that represent a fact at some moment: by the rule, and if only approved
// entries counted.
type fact struct{ counts, approved UpdateID }

// then returns the fact after u has answered old.
func (f fact) then(u, old Update, rule ReviewRule) fact {
	switch {
	case u.Act == ActWithdraw && old.State != StateApproved:
		return fact{f.approved, f.approved}
	case u.State == StateApproved && u.Act == ActWithdraw:
		return fact{}
	case u.State == StateApproved:
		return fact{u.ID, u.ID}
	case !rule.Counts(u.State):
		return f
	case u.Act == ActWithdraw:
		return fact{0, f.approved}
	}
	return fact{u.ID, f.approved}
}

// Answerable returns the entry that a correction or withdrawal of the entry id has to answer: id
// itself, or the last of the later ones that came to nothing. chain holds id's fact from id on. It
// refuses with Conflict for a withdrawal and for an entry already answered by a later one.
func Answerable(chain []Update, id UpdateID) (UpdateID, error) {
	by := map[UpdateID]Update{}
	var asked Update
	for _, u := range chain {
		by[u.Answers] = u
		if u.ID == id {
			asked = u
		}
	}
	if asked.Act == ActWithdraw {
		return 0, Clash("update_is_withdrawal")
	}
	last := asked
	for by[last.ID].ID != 0 {
		next := by[last.ID]
		void := next.State == StateReturned // for a withdrawal only
		for next.Act != ActWithdraw && next.State != StateApproved && by[next.ID].ID != 0 {
			next, void = by[next.ID], true
		}
		if asked.State != StateApproved || next.Act != ActWithdraw || !void {
			return 0, Clash("update_answered")
		}
		last = next
	}
	return last.ID, nil
}
