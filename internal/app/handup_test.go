package app_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// upOffice is an office of the stories about handing up, on 10 April 2026.
type upOffice struct {
	*testing.T
	app   *app.App
	clock *time.Time
	dir   string
}

var april = time.Date(2026, 4, 10, 9, 0, 0, 0, time.UTC)

// newUpOffice sets an office up on New Year's Day. Its records have a key, with which it signs.
func newUpOffice(t *testing.T, c store.Config, name string) *upOffice {
	t.Helper()
	o := &upOffice{T: t, dir: t.TempDir()}
	c.KeyFile = filepath.Join(o.dir, store.KeyFileName)
	db, err := store.Open(t.Context(), c)
	o.must(err)
	t.Cleanup(func() { db.Close() })
	files, err := blob.Open(o.dir, nil)
	o.must(err)
	now := newYear
	o.clock = &now
	o.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return *o.clock }, Zone: time.UTC,
		Passwords: app.CheapPasswords})
	o.must(o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: name}, UnitCode: "root", Year: 2026, Name: "admin",
		Password: "correct horse"}))
	return o
}

func (o *upOffice) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *upOffice) unit(code, name string) {
	o.Helper()
	_, err := o.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: code, Name: name, Parent: "root"})
	o.must(err)
}

func (o *upOffice) indicator(i kpi.Indicator, parts ...string) {
	o.Helper()
	n := app.NewIndicator{Indicator: i}
	if i.Kind == kpi.Ratio {
		n.Numerator, n.Denominator = parts[0], parts[1]
	}
	_, err := o.app.CreateIndicator(ctx, kpi.Operator, n)
	o.must(err)
}

func (o *upOffice) log(n kpi.NewUpdate) kpi.Update {
	o.Helper()
	n.Origin = kpi.FromForm
	u, err := o.app.LogUpdate(ctx, kpi.Operator, n)
	o.must(err)
	return u
}

// achieved returns the achievement of an indicator at a unit as the API prints it, "" if absent.
func (o *upOffice) achieved(code, unit string) string {
	o.Helper()
	return achieved(o.T, o.app, kpi.Operator, code, unit)
}

func (o *upOffice) wantAchieved(code, unit, want string) {
	o.Helper()
	if got := o.achieved(code, unit); got != want {
		o.Errorf("%s at %s: %q, want %q", code, unit, got, want)
	}
}

func (o *upOffice) wantVerified() {
	o.Helper()
	wantVerified(o.T, o.app)
}

// common is the dictionary of the stories: every kind there is.
func (o *upOffice) common() {
	o.Helper()
	for _, i := range []kpi.Indicator{
		{Code: "trained", Name: "培训人数", Kind: kpi.Flow, Measure: "人"},
		{Code: "users", Name: "注册用户", Kind: kpi.Running, Measure: "户"},
		{Code: "spent", Name: "支出", Kind: kpi.Money, Measure: "万元", Decimals: 2},
		{Code: "disputes", Name: "受理", Kind: kpi.Flow, Measure: "起"},
		{Code: "settled", Name: "化解", Kind: kpi.Flow, Measure: "起"},
		{Code: "best", Name: "最高覆盖率", Kind: kpi.Running, Measure: "%", Decimals: 1, Units: kpi.Highest},
		{Code: "charter", Name: "制度建立", Kind: kpi.Level},
		{Code: "floor", Name: "低保标准", Kind: kpi.Standard, Measure: "元"},
	} {
		o.indicator(i)
	}
	rate := kpi.Indicator{Code: "rate", Name: "化解率", Kind: kpi.Ratio, Measure: "%", Decimals: 2}
	o.indicator(rate, "settled", "disputes")
}

// ownIndicators are those of an office below: other codes, money in 元, and one that nobody above asks for.
func (o *upOffice) ownIndicators() {
	o.Helper()
	for _, i := range []kpi.Indicator{
		{Code: "px", Name: "培训人数", Kind: kpi.Flow, Measure: "人"},
		{Code: "users", Name: "平台用户", Kind: kpi.Running, Measure: "户"},
		{Code: "zc", Name: "经费支出", Kind: kpi.Money, Measure: "元"},
		{Code: "disputes", Name: "受理", Kind: kpi.Flow, Measure: "起"},
		{Code: "settled", Name: "化解", Kind: kpi.Flow, Measure: "起"},
		{Code: "best", Name: "最高覆盖率", Kind: kpi.Running, Measure: "%", Decimals: 1, Units: kpi.Highest},
		{Code: "charter", Name: "制度建立", Kind: kpi.Level},
		{Code: "floor", Name: "低保标准", Kind: kpi.Standard, Measure: "元"},
		{Code: "own", Name: "自设", Kind: kpi.Flow, Measure: "场"},
	} {
		o.indicator(i)
	}
}

// mapAll maps an office's indicators to the dictionary of the office above.
func (o *upOffice) mapAll(above *upOffice, unit string) {
	o.Helper()
	d, err := above.app.HandupDictionary(ctx, kpi.Operator, 2026)
	o.must(err)
	file, err := d.Encode()
	o.must(err)
	_, err = o.app.TakeDictionary(ctx, kpi.Operator, file)
	o.must(err)
	o.must(o.app.SetMapping(ctx, kpi.Operator, 2026, app.NewMapping{Unit: unit, Own: map[string]string{"trained": "px",
		"users": "users", "spent": "zc", "disputes": "disputes", "settled": "settled", "best": "best",
		"charter": "charter", "floor": "floor"}}))
}

// pack makes a package of January to March and returns its file.
func (o *upOffice) pack() []byte {
	o.Helper()
	made, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 3})
	o.must(err)
	_, file, err := o.app.MadePackage(ctx, kpi.Operator, 2026, made.Number)
	o.must(err)
	return file
}

// take brings a package and takes it in; a first key is right.
func (o *upOffice) take(file []byte, n app.PackageAnswers) app.PackageResult {
	o.Helper()
	t, err := o.app.BringPackage(ctx, kpi.Operator, file)
	o.must(err)
	plan, err := o.app.PackagePlan(ctx, kpi.Operator, t.ID)
	o.must(err)
	n.Key = n.Key || isFirst(plan)
	out, err := o.app.TakePackage(ctx, kpi.Operator, t.ID, n)
	o.must(err)
	return out
}

// isFirst reports whether the key of a package is asked about because it is the unit's first.
func isFirst(plan app.PackagePlan) bool {
	first := func(q app.PackageQuestion) bool { return q.Text.Key == "package_ask_first" }
	return slices.ContainsFunc(plan.Questions, first)
}

// dealt is what the test itself knows of what was logged, apart from the program's arithmetic.
type dealt struct {
	sums   map[string]int64 // in millionths, of what adds up
	last   map[string]int64 // the sum of each unit's last reading
	best   int64
	atMost map[string]bool // whether some amount of it is approximate
}

// deal logs invented entries of January to March and returns what they add up to.
func (o *upOffice) deal(r *rand.Rand, d *dealt) {
	o.Helper()
	readings := map[string]int64{}
	for month := 1; month <= 3; month++ {
		for _, unit := range []string{"root", "t1", "t2"} {
			day := func() kpi.Date { return kpi.Date(fmt.Sprintf("2026-%02d-%02d", month, 1+r.IntN(28))) }
			for _, code := range []string{"px", "disputes", "settled"} {
				if r.IntN(4) == 0 {
					continue // nothing in this month
				}
				n := int64(100 * (1 + r.IntN(9)))
				q := kpi.Exactly(kpi.Whole(n))
				if r.IntN(5) == 0 {
					q.Precision, q.Wording = kpi.AtLeast, strconv.FormatInt(n, 10)+"余"
					d.atMost[code] = true
				}
				o.log(kpi.NewUpdate{Indicator: code, Unit: unit, Dated: day(), Quantity: q})
				d.sums[code] += n * 1_000_000
			}
			fen := int64(r.IntN(50_000_000))
			o.log(kpi.NewUpdate{Indicator: "zc", Unit: unit, Dated: day(), Quantity: kpi.Exactly(kpi.Amount(fen * 10_000))})
			d.sums["zc"] += fen * 10_000 / 10_000 // 元 to 万元
			if month != 2 || unit == "t1" {       // some readings stand over a month without one
				n := int64(1000 + r.IntN(9000))
				o.log(kpi.NewUpdate{Indicator: "users", Unit: unit, Dated: day(), Quantity: kpi.Exactly(kpi.Whole(n))})
				readings[unit] = n * 1_000_000
			}
		}
	}
	for _, n := range readings {
		d.last["users"] += n
	}
	best := int64(500+r.IntN(500)) * 100_000
	o.log(kpi.NewUpdate{Indicator: "best", Unit: "t1", Dated: "2026-03-02", Quantity: kpi.Exactly(kpi.Amount(best))})
	half := kpi.Amount(best / 2 / 100_000 * 100_000)
	o.log(kpi.NewUpdate{Indicator: "best", Unit: "t2", Dated: "2026-02-02", Quantity: kpi.Exactly(half)})
	d.best = max(d.best, best)
	o.log(kpi.NewUpdate{Indicator: "charter", Dated: "2026-02-20", Level: kpi.LevelPartly, Quantity: kpi.Exactly(0)})
	o.log(kpi.NewUpdate{Indicator: "floor", Dated: "2026-01-20", Quantity: kpi.Exactly(kpi.Whole(640))})
	o.log(kpi.NewUpdate{Indicator: "own", Dated: "2026-01-20", Quantity: kpi.Exactly(kpi.Whole(7))})
}

// onSQLite is a new, empty database on SQLite.
func onSQLite(t *testing.T) store.Config { return storetest.In(t, t.TempDir()) }

// eachUp runs a story for an office above on each database; the offices below are on SQLite, some on PostgreSQL too.
func eachUp(t *testing.T, story func(t *testing.T, above *upOffice, below func(i int) *upOffice)) {
	t.Parallel()
	engines := map[string]func(t *testing.T) store.Config{
		"sqlite":   onSQLite,
		"postgres": func(t *testing.T) store.Config { return store.Config{URL: storetest.Migrated(t)} },
	}
	for name, config := range engines {
		t.Run(name, func(t *testing.T) {
			above := newUpOffice(t, config(t), "某市某局")
			above.common()
			story(t, above, func(i int) *upOffice {
				c := engines["sqlite"]
				if i%5 == 0 {
					c = config
				}
				code := fmt.Sprintf("c%02d", i)
				above.unit(code, "第"+strconv.Itoa(i)+"县")
				o := newUpOffice(t, c(t), "第"+strconv.Itoa(i)+"县某局")
				o.unit("t1", "一镇")
				o.unit("t2", "二镇")
				o.ownIndicators()
				return o
			})
		})
	}
}

// Fourteen offices with figures of all kinds hand up, and the board above is what their own entries come to.
func TestTheBoardAboveIsTheSumOfThePackages(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		r := rand.New(rand.NewPCG(17, 3))
		d := dealt{sums: map[string]int64{}, last: map[string]int64{}, atMost: map[string]bool{}}
		var all []*upOffice
		for i := range 14 {
			all = append(all, below(i))
		}
		*above.clock = april
		for i, o := range all {
			*o.clock = april
			o.deal(r, &d)
			o.mapAll(above, fmt.Sprintf("c%02d", i))
			if got := above.take(o.pack(), app.PackageAnswers{}); got.Logged < 15 || got.Corrected+got.Withdrawn > 0 {
				t.Errorf("office %d: %+v", i, got)
			}
		}
		amount := func(n int64) string { return kpi.Amount(n).String() }
		above.wantAchieved("trained", "", amount(d.sums["px"]))
		above.wantAchieved("disputes", "", amount(d.sums["disputes"]))
		above.wantAchieved("settled", "", amount(d.sums["settled"]))
		above.wantAchieved("spent", "", amount(d.sums["zc"]))
		above.wantAchieved("users", "", amount(d.last["users"]))
		above.wantAchieved("best", "", amount(d.best))
		above.wantAchieved("charter", "", "") // a judgement is of an office alone
		v, err := above.app.Indicator(ctx, kpi.Operator, app.Query{Year: 2026}, "rate")
		above.must(err)
		if v.Figure.Achievement.Ok() {
			want := kpi.Fraction(d.sums["settled"], 100, d.sums["disputes"], 1)
			if got := v.Figure.Achievement.Value.Amount.Fixed(2); got != want.Amount(2).Fixed(2) {
				t.Errorf("the rate is %s, want %s", got, want.Amount(2).Fixed(2))
			}
		} else {
			t.Error("no rate above")
		}
		for i, o := range all { // unit by unit, with how exact each is and how far up it may reach
			code := fmt.Sprintf("c%02d", i)
			for theirs, ours := range map[string]string{"px": "trained", "users": "users", "disputes": "disputes",
				"settled": "settled", "best": "best", "charter": "charter", "floor": "floor"} {
				is, err := above.app.Indicator(ctx, kpi.Operator, app.Query{Year: 2026, Unit: code}, ours)
				above.must(err)
				was, err := o.app.Indicator(ctx, kpi.Operator, app.Query{Year: 2026}, theirs)
				above.must(err)
				a, b := is.Figure.Achievement.Value, was.Figure.Achievement.Value
				if a.Amount != b.Amount || a.Precision != b.Precision || !is.Figure.Achievement.Ok() {
					t.Errorf("%s of %s: %v above, %v there", ours, code, a, b)
				}
			}
		}
		above.wantVerified()
	})
}
