package app

import (
	"slices"
	"testing"
	"time"

	"dabiao/internal/kpi"
)

// The clock jumps a year ahead or back and is set right again. Whoever may get in gets in at each moment, what was sent
// under a key counts once, what is done by itself is done again, and the state says what is odd about the clock.
func TestAClockThatJumpsLocksNobodyOutAndEndsNothing(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what  string
		jump  time.Time
		while []string // what the state says meanwhile
		after []string // and when the clock is right again
	}{
		{"ahead", noon.AddDate(1, 0, 0), []string{"state.clock_ahead"}, []string{"state.clock_back"}},
		{"back", noon.AddDate(-1, 0, 0), []string{"state.clock_back"}, nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			free, clock := int64(1<<40), noon
			a := stated(t, &free, &clock)
			j := beforeJump(t, a)
			for _, at := range []struct {
				what  string
				clock time.Time
				want  []string
			}{
				{"before", noon, nil},
				{"at the jump", c.jump, c.while},
				{"a little later", c.jump.Add(time.Hour), c.while},
				{"set right", noon.Add(2 * time.Hour), c.after},
			} {
				clock = at.clock
				if got := a.State().keys(); !slices.Equal(got, at.want) {
					t.Errorf("%s: the state says %v, want %v", at.what, got, at.want)
				}
				j.hold(t, a, at.what)
			}
			clock = noon.Add(3 * time.Hour)
			for range 60 { // people go on working
				if _, err := a.SignIn(t.Context(), "admin", "correct horse", Browser{Address: "192.0.2.1"}); err != nil {
					t.Fatal(err)
				}
			}
			if got := a.State().keys(); len(got) > 0 {
				t.Errorf("long after it was set right the state says %v", got)
			}
		})
	}
}

// jumped is what was there before the clock jumped.
type jumped struct {
	admin kpi.Actor
	entry kpi.NewUpdate
	id    kpi.UpdateID
	token string
}

func beforeJump(t *testing.T, a *App) (j jumped) {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(a.SetUp(t.Context(), Setup{Office: Office{Name: "某局"}, UnitCode: "office", Year: 2026, Name: "admin",
		Password: "correct horse"}))
	_, err := a.CreateIndicator(t.Context(), kpi.Operator, NewIndicator{Indicator: kpi.Indicator{Code: "screened",
		Name: "体检", Kind: kpi.Flow, Measure: "人"}})
	check(err)
	accounts, err := a.Accounts(t.Context(), kpi.Operator)
	check(err)
	j.admin = accounts[0].Actor()
	j.entry = kpi.NewUpdate{Indicator: "screened", Unit: "office", Dated: "2025-11-02",
		Quantity: kpi.Exactly(kpi.Whole(7)), Origin: kpi.FromForm, Key: "sent once"}
	_, err = a.OpenYear(t.Context(), kpi.Operator, NewYear{Year: 2025, From: 2026})
	check(err)
	made, err := a.LogUpdate(t.Context(), j.admin, j.entry)
	check(err)
	j.id = made.ID
	_, j.token, err = a.AddToken(t.Context(), kpi.Operator, NewToken{Account: "admin", Name: "program"})
	check(err)
	_, _, err = a.CheckSelf(t.Context())
	check(err)
	return j
}

// hold holds at a moment that nobody is locked out, nothing ended, and nothing counts twice.
func (j jumped) hold(t *testing.T, a *App, when string) {
	t.Helper()
	from := Browser{Address: "192.0.2.1"}
	for range failuresPerPair - 1 {
		if _, err := a.SignIn(t.Context(), "admin", "wrong", from); !isRefusal(err, kpi.Forbidden) {
			t.Errorf("%s: a wrong password is told %v", when, err)
		}
	}
	entered, err := a.SignIn(t.Context(), "admin", "correct horse", from)
	if err != nil {
		t.Fatalf("%s: sign in: %v", when, err)
	}
	at, err := a.Stamp(t.Context())
	if err == nil {
		_, err = a.Session(t.Context(), at, entered.Secret)
	}
	if err != nil {
		t.Errorf("%s: the session: %v", when, err)
	}
	if _, err := a.Tidy(t.Context()); err != nil {
		t.Errorf("%s: tidying: %v", when, err)
	}
	again, err := a.LogUpdate(t.Context(), j.admin, j.entry)
	if err != nil || again.ID != j.id {
		t.Errorf("%s: sent again under its key it is entry %d, %v; it was %d", when, again.ID, err, j.id)
	}
	last, err := a.LastSelfCheck(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	night := a.Now().Add(38 * time.Hour) // at two o'clock
	if !selfCheckDue(last, night) || !backupDue(last.At, night) ||
		!drillDue(Drill{At: last.At}, night.Add(40*24*time.Hour)) {
		t.Errorf("%s: in the night after the next the self-check, a backup or a drill is not due", when)
	}
	if _, _, err := a.CheckSelf(t.Context()); err != nil {
		t.Errorf("%s: the self-check: %v", when, err)
	}
}
