package kpi

// Role says what an account is for.
type Role string

// The roles.
const (
	Leader   Role = "leader"
	Staff    Role = "staff"
	Reviewer Role = "reviewer"
	Reporter Role = "reporter" // logs for one unit and what lies below it
	Auditor  Role = "auditor"
	Admin    Role = "admin"
)

// Roles lists all roles in the order shown to people.
var Roles = []Role{Leader, Staff, Reviewer, Reporter, Auditor, Admin}

// Known reports whether r is one of the roles.
func (r Role) Known() bool { return contains(Roles, r) }

// OfOffice reports whether the role is the office's: what it does goes beyond any unit, so its accounts have none.
func (r Role) OfOffice() bool { return r == Admin || r == Auditor }

// AccountID identifies an account.
type AccountID int64

// Actor is the person or program asking. The zero Actor is a stranger and may do nothing.
type Actor struct {
	ID   AccountID
	Name string // the account's sign-in name
	Role Role
	Unit UnitID // 0: the whole office

	Scope TokenScope // of the token it comes with, where that may do less; "" else
}

// Operator is whoever works at the machine's console and may do what an administrator may. The audit
// log shows it under this name.
var Operator = Actor{Name: "console", Role: Admin}

func (a Actor) is(roles ...Role) bool { return contains(roles, a.Role) }

// MayRead refuses strangers, and reporters outside their own unit's subtree. lineage holds the unit in
// question followed by its ancestors.
func (a Actor) MayRead(lineage []UnitID) error {
	if !a.Role.Known() {
		return Denied("sign_in_first")
	}
	return a.within(lineage)
}

// MayLog refuses actors who may not log updates for the unit that lineage begins with.
func (a Actor) MayLog(lineage []UnitID) error {
	if !a.is(Staff, Reviewer, Reporter, Admin) {
		return Denied("role_may_not_log")
	}
	return a.within(lineage)
}

// ofOffice refuses actors who have a unit: what is asked for is about the whole office.
func (a Actor) ofOffice() error {
	if a.Unit != 0 {
		return Denied("office_only")
	}
	return nil
}

// MayOpenSensitive refuses actors who may not open sensitive evidence of the units they may read, see its name, or
// get a picture with what its camera wrote beside it. It holds for every way out: one file, many, the original.
func (a Actor) MayOpenSensitive() error {
	if !a.is(Staff, Reviewer, Reporter, Auditor, Admin) {
		return Denied("role_may_not_open_sensitive")
	}
	return nil
}

// MayReview refuses actors who may not approve or return entries of the unit that lineage begins with.
func (a Actor) MayReview(lineage []UnitID) error {
	if !a.is(Reviewer, Admin) {
		return Denied("role_may_not_review")
	}
	return a.within(lineage)
}

// MayLock refuses actors who may not lock months or reopen them.
func (a Actor) MayLock() error {
	if !a.is(Reviewer, Admin) || a.Unit != 0 {
		return Denied("role_may_not_lock")
	}
	return nil
}

// MayPlan refuses actors who may not set indicators, targets and budgets.
func (a Actor) MayPlan() error {
	if !a.is(Staff, Admin) || a.Unit != 0 {
		return Denied("role_may_not_plan")
	}
	return nil
}

// MayAdminister refuses all but administrators of the whole office: with a unit, one could give oneself all others.
func (a Actor) MayAdminister() error {
	if !a.is(Admin) {
		return Denied("role_may_not_administer")
	}
	return a.ofOffice()
}

// MayAudit refuses actors who may not read the audit log, which tells of every unit.
func (a Actor) MayAudit() error {
	if !a.is(Auditor, Admin) {
		return Denied("role_may_not_audit")
	}
	return a.ofOffice()
}

// MayReport refuses strangers, reporters and whoever has a unit: the year-end documents, their texts, the budget and
// the score are about the whole office.
func (a Actor) MayReport() error {
	if !a.Role.Known() || a.is(Reporter) {
		return Denied("role_may_not_report")
	}
	return a.ofOffice()
}

func (a Actor) within(lineage []UnitID) error {
	if a.Unit != 0 && !contains(lineage, a.Unit) {
		return Denied("unit_not_yours")
	}
	return nil
}

// Account is someone who can sign in.
type Account struct {
	ID       AccountID
	Name     string // sign-in name
	FullName string
	Role     Role
	Unit     UnitID
	Disabled bool
	EndsOn   Date // the last day on which somebody gets in by it; "" for no end

	PasswordAt UnixMilli // when its owner chose the password; 0 if somebody else did
}

// Actor returns the actor who signs in with the account: a stranger if it is a reporter's without a unit, to whom
// the whole office would be open.
func (a Account) Actor() Actor {
	if a.Role == Reporter && a.Unit == 0 {
		return Actor{}
	}
	return Actor{ID: a.ID, Name: a.Name, Role: a.Role, Unit: a.Unit}
}

// Ended reports whether nobody gets in by the account today any more.
func (a Account) Ended(today Date) bool { return a.Disabled || a.EndsOn != "" && a.EndsOn < today }

// Check refuses an account with a malformed name or unknown role, a reporter without a unit, and a unit where the
// role is the office's.
func (a Account) Check() error {
	var m Mistakes
	if n := len([]rune(a.Name)); n == 0 || n > 64 {
		m.Add("name", "account_name_malformed")
	}
	if !a.Role.Known() {
		m.Add("role", "role_unknown", string(a.Role))
	}
	if a.Role == Reporter && a.Unit == 0 {
		m.Add("unit", "reporter_needs_unit")
	}
	if a.Role.OfOffice() && a.Unit != 0 {
		m.Add("unit", "role_takes_no_unit")
	}
	return m.Err()
}
