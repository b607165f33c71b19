package kpi

import "testing"

// What is about the whole office is nobody's who has a unit, whatever the role.
func TestAUnitTakesTheOfficesRightsAway(t *testing.T) {
	rights := map[string]struct {
		check func(Actor) error
		roles []Role // who has it without a unit
	}{
		"administer": {Actor.MayAdminister, []Role{Admin}},
		"audit":      {Actor.MayAudit, []Role{Auditor, Admin}},
		"report":     {Actor.MayReport, []Role{Leader, Staff, Reviewer, Auditor, Admin}},
		"sign":       {Actor.MaySign, []Role{Leader, Admin}},
		"check":      {Actor.MayCheckReport, []Role{Leader, Staff, Reviewer, Admin}},
		"plan":       {Actor.MayPlan, []Role{Staff, Admin}},
		"lock":       {Actor.MayLock, []Role{Reviewer, Admin}},
	}
	for name, right := range rights {
		for _, role := range append([]Role{""}, Roles...) {
			if got := right.check(Actor{Role: role}) == nil; got != contains(right.roles, role) {
				t.Errorf("%s, %q without a unit: %v", name, role, got)
			}
			if right.check(Actor{Role: role, Unit: 7}) == nil {
				t.Errorf("%s: %q of a unit may", name, role)
			}
		}
	}
}

// A unit's people open the sensitive files of their own unit; leaders see that there are some.
func TestSensitiveFilesAreForThoseWhoWorkWithThem(t *testing.T) {
	for _, role := range append([]Role{""}, Roles...) {
		may := contains([]Role{Staff, Reviewer, Reporter, Auditor, Admin}, role)
		for _, unit := range []UnitID{0, 7} {
			a := Actor{Role: role, Unit: unit}
			if (a.MayOpenSensitive() == nil) != may {
				t.Errorf("%q of unit %d: %v", role, unit, a.MayOpenSensitive())
			}
			if e := (Evidence{Name: "a.pdf", Sensitive: true}); (e.For(a).Name != "") != may {
				t.Errorf("%q is told %q", role, e.For(a).Name)
			}
			if e := (Evidence{Name: "a.pdf"}); e.For(a) != e {
				t.Errorf("%q sees %+v", role, e.For(a))
			}
		}
	}
}

func TestAnAccountHasAUnitWhereItsRoleIsNotTheOffices(t *testing.T) {
	wants := map[Role]struct{ without, with bool }{Leader: {true, true}, Staff: {true, true}, Reviewer: {true, true},
		Reporter: {false, true}, Auditor: {true, false}, Admin: {true, false}}
	for _, role := range Roles {
		for unit, want := range map[UnitID]bool{0: wants[role].without, 7: wants[role].with} {
			if err := (Account{Name: "li", Role: role, Unit: unit}).Check(); (err == nil) != want {
				t.Errorf("%s with unit %d: %v", role, unit, err)
			}
		}
	}
	if a := (Account{ID: 3, Name: "li", Role: Reporter}).Actor(); a != (Actor{}) {
		t.Errorf("a reporter without a unit, from an older database, acts as %+v", a)
	}
}
