package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// An account that people would take for another's is refused, and one is signed in to as an input method types it.
func TestAccountsAreToldApart(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		add := func(name string) error {
			_, err := b.app.AddAccount(ctx, kpi.Operator,
				app.NewAccount{Name: name, Role: kpi.Leader, Password: "correct horse"})
			return err
		}
		for _, name := range []string{"admin", "ａｄｍｉｎ", "аdmin", "Admin", "adrnin", "АDMIN"} {
			wantRefusal(b.T, add(name), kpi.Conflict)
		}
		for _, name := range []string{"admin\u200B", "ad\u00ADmin", "\u3164", "adm\u202Ein"} {
			wantRefusal(b.T, add(name), kpi.Invalid)
		}
		b.must(add("ｗａｎｇ"))
		for _, typed := range []string{"wang", "ｗａｎｇ", " ｗang "} {
			if _, err := b.app.SignIn(ctx, typed, "correct horse", app.Browser{Address: "192.0.2.1"}); err != nil {
				t.Errorf("%q: %v", typed, err)
			}
		}
		_, err := b.app.SignIn(ctx, "ԝang", "correct horse", app.Browser{Address: "192.0.2.1"})
		wantRefusal(b.T, err, kpi.Forbidden)
	})
}

// A unit or an indicator with the look of another, in other characters, is refused in every way in.
func TestNamesAreToldApart(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "kou", Name: "口岸村", Parent: "county"})
		b.must(err)
		_, err = b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "ro", Name: "ロ岸村", Parent: "county"})
		wantRefusal(b.T, err, kpi.Invalid)
		// none is beside this one
		_, err = b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "below", Name: "ロ岸村", Parent: "kou"})
		b.must(err)
		_, err = b.app.RenameUnit(ctx, kpi.Operator, "kou", "口岸村 A", "")
		b.must(err)
		_, err = b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "fresh", Name: "新村", Parent: "county"})
		b.must(err)
		_, err = b.app.RenameUnit(ctx, kpi.Operator, "fresh", "口岸村 А", "")
		wantRefusal(b.T, err, kpi.Invalid)
		rows := func(names ...string) app.UnitImport {
			var out []app.UnitRow
			for i, name := range names {
				out = append(out, app.UnitRow{Row: i + 2, NewUnit: app.NewUnit{Code: string(rune('p' + i)), Name: name,
					Parent: "county"}})
			}
			result, err := b.app.ImportUnits(ctx, kpi.Operator, out, true)
			b.must(err)
			return result
		}
		if r := rows("口岸村 А", "工业园", "エ业园", "西村", "东村"); r.Bad != 2 || r.New != 3 {
			t.Errorf("of five rows two are others' looks: %+v", r)
		}
		ind := func(code, name string) error {
			_, err := b.app.CreateIndicator(ctx, kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: code,
				Name: name, Kind: kpi.Flow, Measure: "人"}})
			return err
		}
		b.must(ind("a1", "培训A类人数"))
		wantRefusal(b.T, ind("a2", "培训А类人数"), kpi.Invalid)
		b.must(ind("a3", "培训B类人数"))
		name := "培训А类人数"
		_, err = b.app.EditIndicator(ctx, kpi.Operator, "a3", app.IndicatorEdit{Name: &name})
		wantRefusal(b.T, err, kpi.Invalid)
	})
}
