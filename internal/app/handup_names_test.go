package app_test

import (
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
)

// takeDictionary takes the dictionary of the office above in as it is now.
func (o *upOffice) takeDictionary(above *upOffice, change func(*handup.Dictionary)) app.HandupView {
	o.Helper()
	d, err := above.app.HandupDictionary(ctx, kpi.Operator, 2026)
	o.must(err)
	if change != nil {
		change(&d)
		d = handup.NewDictionary(d)
	}
	file, err := d.Encode()
	o.must(err)
	_, err = o.app.TakeDictionary(ctx, kpi.Operator, file)
	o.must(err)
	v, err := o.app.Handup(ctx, kpi.Operator, 2026)
	o.must(err)
	return v
}

// swap gives two indicators each other's names.
func swap(a, b string) func(*handup.Dictionary) {
	return func(d *handup.Dictionary) {
		names := map[string]string{}
		for _, i := range d.Indicators {
			names[i.Code] = i.Name
		}
		names[a], names[b] = names[b], names[a]
		for n := range d.Indicators {
			d.Indicators[n].Name = names[d.Indicators[n].Code]
		}
	}
}

func mappedRow(t *testing.T, v app.HandupView, code string) app.MappedIndicator {
	t.Helper()
	for _, row := range v.Rows {
		if row.Code == code {
			return row
		}
	}
	t.Fatalf("no %s", code)
	return app.MappedIndicator{}
}

// A code that has another name above may be another indicator: nothing is handed up as it until somebody says so.
func TestACodeOfAnotherNameIsNotHandedUpUnasked(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("disputes", "t1", "2026-03-05", 120))
		o.log(count("settled", "t1", "2026-03-05", 90))
		v := o.takeDictionary(above, swap("disputes", "settled"))
		for code, suggested := range map[string]string{"disputes": "settled", "settled": "disputes"} { // by name
			row := mappedRow(t, v, code)
			if row.Own.ID != 0 || row.Held.Code != code || row.Suggested.Code != suggested || row.Problem == nil ||
				row.Problem.Text.Key != "handup_renamed" {
				t.Errorf("%s: %+v", code, row)
			}
		}
		sealed, err := handup.Open(o.pack())
		o.must(err)
		if _, told := sealed.Package.Figure("disputes"); told || len(sealed.Package.Absent) != 2 {
			t.Errorf("handed up all the same: %+v", sealed.Package.Absent)
		}
		o.must(o.app.SetMapping(ctx, kpi.Operator, 2026, v.Suggestion()))
		sealed, err = handup.Open(o.pack())
		o.must(err)
		if f, _ := sealed.Package.Figure("disputes"); f.Name != "化解" || f.Own.Code != "settled" {
			t.Errorf("%+v", f.Own)
		}
		v = o.takeDictionary(above, nil) // as it was: what was said for those names stands
		if row := mappedRow(t, v, "disputes"); row.Own.Code != "disputes" || row.Problem != nil {
			t.Errorf("%+v", row)
		}
	})
}

// The same codes of another office above are not mapped before somebody has looked.
func TestAnotherOfficeAboveIsMappedAnew(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		v := o.takeDictionary(above, func(d *handup.Dictionary) { d.Office.ID = "0123456789abcdef" })
		row := mappedRow(t, v, "spent")
		if row.Own.ID != 0 || row.Suggested.Code != "zc" || row.Problem == nil ||
			row.Problem.Text.Key != "handup_other_office" {
			t.Errorf("%+v", row)
		}
		_, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 3})
		wantRefusal(t, err, kpi.Conflict, "handup_unmapped")
		o.must(o.app.SetMapping(ctx, kpi.Operator, 2026, v.Suggestion()))
		if v, err = o.app.Handup(ctx, kpi.Operator, 2026); err != nil || mappedRow(t, v, "spent").Own.Code != "zc" {
			t.Errorf("%+v %v", v.Rows, err)
		}
	})
}

// Above, a package that calls an indicator otherwise than it is called now is asked about, with both names.
func TestAPackageOfAnotherNameIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("disputes", "t1", "2026-03-05", 120))
		above.take(o.pack(), app.PackageAnswers{Key: true})
		o.takeDictionary(above, swap("disputes", "settled"))
		v, err := o.app.Handup(ctx, kpi.Operator, 2026)
		o.must(err)
		o.must(o.app.SetMapping(ctx, kpi.Operator, 2026, v.Suggestion()))
		*o.clock = o.clock.Add(time.Hour)
		*above.clock = *o.clock
		above.wantAsked(o.pack(), app.PackageAnswers{Name: true}, "package_ask_name", "package_ask_name")
	})
}
