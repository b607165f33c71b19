package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// size is how much data an office holds.
type size struct {
	tree       []int // how many units below each, level by level
	indicators int   // a tenth of them are ratios, which log nothing
	years      []kpi.Year
}

// sizes are the three of the contract and a small one, which keeps the code of this package tested. A
// county has 1 + 18 + 315 units; half of its townships have one village fewer.
var sizes = map[string]size{
	"hamlet":     {[]int{2, 3}, 10, []kpi.Year{2025}},
	"county":     {[]int{18, 17}, 60, []kpi.Year{2023, 2024, 2025}},
	"prefecture": {[]int{12, 18, 17}, 60, []kpi.Year{2023, 2024, 2025}},
	"province":   {[]int{12, 8, 18, 17}, 30, []kpi.Year{2025}},
}

// thisYear is the year whose board is measured, complete.
const thisYear kpi.Year = 2025

var now = time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC)

// office is a database of one size, filled through the program's own use cases.
type office struct {
	size
	db      *store.DB
	app     *app.App
	dir     string
	config  store.Config
	staff   kpi.Actor
	root    string
	units   []string // codes, parents before children
	codes   []string // of the indicators that are logged
	updates int
	loading time.Duration // what LogUpdates took
}

func newOffice(t *testing.T, name string) *office {
	t.Helper()
	s, ok := sizes[name]
	if !ok {
		t.Fatalf("BENCH_SIZE=%q: county, prefecture or province", name)
	}
	dir := t.TempDir()
	o := &office{size: s, dir: dir, config: store.Config{Dir: dir}, root: "u"}
	o.settle(t)
	o.load(t)
	return o
}

// settle opens the office and sets up its units, indicators, years and targets.
func (o *office) settle(t *testing.T) {
	t.Helper()
	o.open(t)
	ctx, s := t.Context(), o.size
	must(t, o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局"}, UnitCode: o.root, Year: s.years[0], Name: "admin",
		Password: "correct horse"}))
	a, err := o.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: "clerk", FullName: "王敏", Role: kpi.Staff,
		Password: "correct horse"})
	must(t, err)
	o.staff = a.Actor()
	o.addUnits(t)
	o.addIndicators(t)
	for _, y := range s.years[1:] {
		_, err := o.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: y, From: s.years[0]})
		must(t, err)
	}
	o.addTargets(t)
}

func (o *office) open(t *testing.T) {
	t.Helper()
	var err error
	o.db, err = store.Open(t.Context(), o.config)
	must(t, err)
	t.Cleanup(func() { o.db.Close() })
	files, err := blob.Open(o.dir+"/evidence", nil)
	must(t, err)
	o.app = app.New(app.Config{DB: o.db, Files: files, Now: func() time.Time { return now }, Zone: time.UTC})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// addUnits adds the tree level by level, many units at a time, which share commits.
func (o *office) addUnits(t *testing.T) {
	t.Helper()
	o.units = []string{o.root}
	level := o.units
	for depth, below := range o.tree {
		var next []app.NewUnit
		for i, parent := range level {
			n := below
			if depth == len(o.tree)-1 && i%2 == 1 {
				n++
			}
			for child := range n {
				code := fmt.Sprintf("%s-%d", parent, child+1)
				next = append(next, app.NewUnit{Code: code, Name: "单位" + code, Parent: parent})
			}
		}
		together(32, len(next), func(i int) {
			if _, err := o.app.CreateUnit(context.Background(), kpi.Operator, next[i]); err != nil {
				t.Error(err)
			}
		})
		level = nil
		for _, n := range next {
			level = append(level, n.Code)
		}
		o.units = append(o.units, level...)
	}
}

// together runs fn for 0 to n-1 on a number of workers.
func together(workers, n int, fn func(i int)) {
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for i := worker; i < n; i += workers {
				fn(i)
			}
		})
	}
	all.Wait()
}

func (o *office) addIndicators(t *testing.T) {
	t.Helper()
	kinds := []kpi.Kind{kpi.Flow, kpi.Flow, kpi.Running, kpi.Flow, kpi.Money, kpi.Flow, kpi.Running, kpi.Flow, kpi.Flow}
	ctx := t.Context()
	for area := range 6 {
		must(t, o.addArea(ctx, area))
	}
	for i := range o.indicators {
		n := app.NewIndicator{Indicator: kpi.Indicator{Code: fmt.Sprintf("i%02d", i), Name: fmt.Sprintf("指标%02d", i),
			Measure: "人"}, Area: fmt.Sprintf("a%d", i*6/o.indicators)}
		switch {
		case i%10 == 9:
			n.Indicator.Kind, n.Indicator.Measure, n.Indicator.Decimals = kpi.Ratio, "%", 2
			n.Numerator, n.Denominator = fmt.Sprintf("i%02d", i-9), fmt.Sprintf("i%02d", i-8)
		default:
			n.Indicator.Kind = kinds[i%10]
			if n.Indicator.Kind == kpi.Money {
				n.Indicator.Measure = kpi.TenThousandY
			}
			o.codes = append(o.codes, n.Indicator.Code)
		}
		_, err := o.app.CreateIndicator(ctx, o.staff, n)
		must(t, err)
	}
}

func (o *office) addArea(ctx context.Context, i int) error {
	_, err := o.app.CreateArea(ctx, o.staff, 0, kpi.Area{Code: fmt.Sprintf("a%d", i), Name: fmt.Sprintf("板块%d", i)})
	return err
}

// addTargets sets this year's targets of the root, a unit in the middle and a village.
func (o *office) addTargets(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	together(16, 3*len(o.codes), func(i int) {
		unit := []string{o.root, o.units[1], o.village()}[i%3]
		target := kpi.Target{Year: thisYear, Sign: ">=", Amount: kpi.Whole(int64(1000 * (1 + i))), Weight: 100,
			Document: "某政发〔2025〕1号", Dated: "2025-01-10", Reason: "年初"}
		if _, err := o.app.SetTarget(ctx, o.staff, app.NewTarget{Indicator: o.codes[i/3], Unit: unit,
			Target: target}); err != nil {
			t.Error(err)
		}
	})
}

// village returns the code of the last unit of the deepest level.
func (o *office) village() string { return o.units[len(o.units)-1] }

// load logs about 1.1 entries per unit, indicator and month, some 100,000 at a time.
func (o *office) load(t *testing.T) {
	t.Helper()
	rng := rand.New(rand.NewPCG(2026, 11))
	var batch []kpi.NewUpdate
	flush := func() {
		start := time.Now()
		refused, err := o.app.LogUpdates(t.Context(), o.staff, "bench", batch)
		o.loading += time.Since(start)
		must(t, err)
		if len(refused) > 0 {
			t.Fatal(refused[0].Err)
		}
		o.updates += len(batch)
		batch = batch[:0]
	}
	for _, y := range o.years {
		for i, code := range o.codes {
			for _, unit := range o.units {
				for month := 1; month <= 12; month++ {
					for range 1 + max(0, rng.IntN(9)-7) {
						batch = append(batch, kpi.NewUpdate{Indicator: code, Unit: unit, Dated: day(y, month, 1+rng.IntN(28)),
							Quantity: kpi.Exactly(kpi.Whole(rng.Int64N(500)))})
					}
				}
			}
			if len(batch) > 100_000 || i == len(o.codes)-1 {
				flush()
			}
		}
	}
}

func day(y kpi.Year, month, day int) kpi.Date {
	return kpi.Date(fmt.Sprintf("%04d-%02d-%02d", y, month, day))
}
