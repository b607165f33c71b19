package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

var ctx = context.Background()

// bureau is a small office with one county and two townships, its year open, on 15 June 2026.
type bureau struct {
	*testing.T
	app   *app.App
	clock time.Time
	staff kpi.Actor
	east  kpi.Actor // the reporter of township east
}

func eachBureau(t *testing.T, story func(b *bureau)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { story(newBureau(t, db)) })
}

func newBureau(t *testing.T, db *store.DB) *bureau {
	t.Helper()
	files, err := blob.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &bureau{T: t, clock: newYear}
	b.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return b.clock }, Zone: time.UTC,
		Passwords: app.CheapPasswords})
	b.must(b.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局", NameEn: "A bureau"}, UnitCode: "county",
		Year: 2026, Name: "admin", Password: "correct horse"}))
	for _, code := range []string{"east", "west"} {
		_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: code, Name: code, Parent: "county"})
		b.must(err)
	}
	b.staff = b.account("clerk", kpi.Staff, "")
	b.east = b.account("east", kpi.Reporter, "east")
	b.indicator("screened", kpi.Flow, "人")
	b.indicator("users", kpi.Running, "户")
	b.indicator("disputes", kpi.Flow, "起")
	b.indicator("settled", kpi.Flow, "起")
	_, err = b.app.CreateIndicator(ctx, b.staff, app.NewIndicator{Indicator: kpi.Indicator{Code: "rate", Name: "rate",
		Kind: kpi.Ratio, Measure: "%", Decimals: 2}, Numerator: "settled", Denominator: "disputes"})
	b.must(err)
	b.clock = june // the months before would be due of nobody if all this were set up in June
	return b
}

// A bureau is set up on New Year's Day; its stories are told in June.
var newYear, june = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC), time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)

// inJanuary does something as of the day the bureau was set up.
func (b *bureau) inJanuary(do func()) {
	now := b.clock
	b.clock = newYear
	do()
	b.clock = now
}

func (b *bureau) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bureau) account(name string, role kpi.Role, unit string) kpi.Actor {
	b.Helper()
	a, err := b.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: name, Role: role, Unit: unit,
		Password: "correct horse"})
	b.must(err)
	return a.Actor()
}

func (b *bureau) indicator(code string, kind kpi.Kind, measure kpi.Measure) {
	b.Helper()
	_, err := b.app.CreateIndicator(ctx, b.staff,
		app.NewIndicator{Indicator: kpi.Indicator{Code: code, Name: code, Kind: kind, Measure: measure}})
	b.must(err)
}

func entry(code, unit string, day kpi.Date, n int64) kpi.NewUpdate {
	return kpi.NewUpdate{Indicator: code, Unit: unit, Dated: day, Quantity: kpi.Exactly(kpi.Whole(n)),
		Origin: kpi.FromForm}
}

func (b *bureau) log(code, unit string, day kpi.Date, n int64) kpi.Update {
	b.Helper()
	u, err := b.app.LogUpdate(ctx, b.staff, entry(code, unit, day, n))
	b.must(err)
	return u
}

// achieved returns the achievement of an indicator at a unit as the API prints it, "" if absent.
func (b *bureau) achieved(code, unit string) string {
	b.Helper()
	return achieved(b.T, b.app, b.staff, code, unit)
}

func achieved(t *testing.T, a *app.App, actor kpi.Actor, code, unit string) string {
	t.Helper()
	v, err := a.Indicator(ctx, actor, app.Query{Year: 2026, Unit: unit}, code)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Figure.Achievement.Ok() {
		return ""
	}
	return v.Figure.Achievement.Value.Amount.String()
}

func (b *bureau) wantAchieved(code, unit, want string) {
	b.Helper()
	if got := b.achieved(code, unit); got != want {
		b.Errorf("%s at %s: %q, want %q", code, unit, got, want)
	}
}

func (b *bureau) wantVerified() {
	b.Helper()
	wantVerified(b.T, b.app)
}

func wantVerified(t *testing.T, a *app.App) {
	t.Helper()
	differences, err := a.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		t.Errorf("verify: %s", d)
	}
}

func wantRefusal(t *testing.T, err error, code kpi.Code, keys ...string) {
	t.Helper()
	var e *kpi.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("got %v, want a refusal of sort %s", err, code)
	}
	have := map[string]bool{e.Text.Key: true}
	for _, f := range e.Fields {
		have[f.Text.Key] = true
	}
	for _, key := range keys {
		if !have[key] {
			t.Errorf("%v does not say %q", err, key)
		}
	}
}
