package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// follower is a group that runs while the one before it is being stored.
type follower struct {
	*testing.T
	db   *DB
	url  string // of the database, past the line
	line *pgtest.Line

	ran  map[string]*atomic.Int32 // how often each change of the second group ran, rehearsals not counted
	told map[string]error
}

func newFollower(t *testing.T) *follower { return newFollowerAt(t, "", "") }

// newFollowerAt opens a database at an address with something added to it, and looks at it past the line likewise.
func newFollowerAt(t *testing.T, by, past string) *follower {
	t.Helper()
	f := &follower{T: t, url: pgtest.URL(t), ran: map[string]*atomic.Int32{}, told: map[string]error{}}
	f.line = pgtest.Disturbable(t, f.url)
	f.url += past
	var err error
	if f.db, err = Open(t.Context(), Config{URL: f.line.URL + by}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.line.Mend(); f.db.Close() })
	return f
}

type byName map[string]func(*Writer) error

// run has a first group wait in the middle of being stored, at the first row it adds to a table, while a second one
// runs. Then it does what is to happen in between, lets the first go on and waits for both.
func (f *follower) run(table string, first, second byName, between func()) {
	f.Helper()
	raw, err := sql.Open("pgx", f.url)
	f.must(err)
	defer raw.Close()
	gate, err := raw.Begin()
	f.must(err)
	_, err = gate.Exec("LOCK TABLE " + table + " IN SHARE MODE")
	f.must(err)
	var all sync.WaitGroup
	var mu sync.Mutex
	together := func(changes byName) {
		f.db.turn <- struct{}{}
		for name, change := range changes {
			ran := &atomic.Int32{}
			f.ran[name] = ran
			all.Go(func() {
				err := f.db.WriteForeseen(context.Background(), func(w *Writer) error {
					if !w.Rehearses() {
						ran.Add(1)
					}
					return change(w)
				})
				mu.Lock()
				f.told[name] = err
				mu.Unlock()
			})
		}
		f.await("they wait", func() bool { return f.db.Waiting() == len(changes) })
		<-f.db.turn
	}
	together(first)
	f.await("the first is being stored", func() bool {
		var n int
		f.must(raw.QueryRow(`SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = '` + table +
			`'::regclass`).Scan(&n))
		return n == 1 && len(f.db.turn) == 0
	})
	together(second)
	f.await("the second has run", func() bool {
		for name := range second {
			if f.ran[name].Load() == 0 {
				return false
			}
		}
		return true
	})
	if between != nil {
		between()
	}
	f.must(gate.Rollback())
	all.Wait()
}

// await waits until something is so, as long as the test may take.
func (f *follower) await(what string, is func() bool) {
	f.Helper()
	for range 6000 {
		if is() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	f.Fatalf("it does not come about that %s", what)
}

func (f *follower) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// wantStored checks that the named changes were told that they are stored, and are, once, and that the chain of the
// audit log is whole.
func (f *follower) wantStored(names ...string) {
	f.Helper()
	there := times(f.T, f.db)
	for _, name := range names {
		if f.told[name] != nil || there[name] != 1 {
			f.Errorf("%s: told %v, stored %d times", name, f.told[name], there[name])
		}
	}
	f.must(f.db.Read(f.Context(), func(r *Reader) error {
		head, err := r.AuditHead(f.Context())
		if err != nil {
			return err
		}
		said, err := r.CheckHead(f.Context(), head)
		if !said.Agrees || head.Entries < int64(len(names)) {
			f.Errorf("the log of %d entries does not hold together", head.Entries)
		}
		return err
	}))
}

// wantRuns checks how often a change of the second group ran: twice where the first was not stored as it was thought.
func (f *follower) wantRuns(name string, n int32) {
	f.Helper()
	if ran := f.ran[name].Load(); ran != n {
		f.Errorf("%s ran %d times, want %d", name, ran, n)
	}
}

// A group runs while the one before it is stored, is stored after it, and takes one trip for that.
func TestAGroupRunsWhileTheOneBeforeIsStored(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.run("audit", byName{"a": noted("a")}, byName{"b": noted("b")}, nil) // and prepare the statements
	var before int64
	f.run("audit", byName{"c": noted("c"), "d": noted("d"), "refused": func(w *Writer) error {
		return errors.Join(noted("refused")(w), kpi.Clash("key_reused"))
	}}, byName{"e": noted("e"), "f": noted("f")}, func() { before = f.line.Trips() })
	if trips := f.line.Trips() - before; trips != 1 {
		t.Errorf("it took %d trips", trips)
	}
	f.wantStored("a", "b", "c", "d", "e", "f")
	f.wantRuns("e", 1)
	if f.told["refused"] == nil || times(t, f.db)["refused"] > 0 {
		t.Errorf("who was refused is told %v", f.told["refused"])
	}
}

// Whatever becomes of a group, the one that ran on it is stored once, on what is there.
func TestAGroupThatRanOnWhatWasNotStoredRunsAgain(t *testing.T) {
	for what, c := range map[string]struct {
		before, between func(*follower)
		runs            int32
	}{
		"its connection ends": {nil, func(f *follower) {
			f.wait(`SELECT COUNT(pg_terminate_backend(pid)) = 1 FROM pg_locks WHERE NOT granted AND relation = 'audit'::regclass`)
		}, 2},
		"it is to be made again": {nil, func(f *follower) {
			f.wait(`SELECT COUNT(pg_cancel_backend(pid)) = 1 FROM pg_locks WHERE NOT granted AND relation = 'audit'::regclass`)
		}, 2},
		"its answer is lost": {func(f *follower) { f.line.BreakTrip(2, true) }, nil, 1},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			f := newFollower(t)
			f.run("audit", byName{"x": noted("x")}, byName{"y": noted("y")}, nil) // and prepare the statements
			if c.before != nil {
				c.before(f)
			}
			f.run("audit", byName{"a": noted("a"), "b": noted("b")}, byName{"c": noted("c"), "d": noted("d")}, func() {
				if c.between != nil {
					c.between(f)
				}
			})
			f.wantStored("a", "b", "c", "d")
			f.wantRuns("c", c.runs)
		})
	}
}

// wait waits until the database answers a question with yes, asked past the line.
func (f *follower) wait(question string) {
	f.Helper()
	raw, err := sql.Open("pgx", f.url)
	f.must(err)
	defer raw.Close()
	f.await(question, func() (yes bool) {
		f.must(raw.QueryRow(question).Scan(&yes))
		return yes
	})
}

// What the database refuses of the first group when everything is sent is refused to one alone, and the second runs on
// the others'.
func TestAGroupRunsAgainWhenOneOfTheFirstIsRefused(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.run("doubts", byName{"a": noted("a"), "none": func(w *Writer) error {
		return w.InsertDoubts(context.Background(), kpi.Doubt{Update: 4711, Question: kpi.T("entry_to_confirm")})
	}, "b": noted("b")}, byName{"c": noted("c")}, nil)
	f.wantStored("a", "b", "c")
	f.wantRuns("c", 2)
	if f.told["none"] == nil {
		t.Error("what cannot be was stored")
	}
}

// Another server that waits for the lock gets it before the second group, which then runs on what that one left,
// whether its entry of the audit log would be in the way or not.
func TestAGroupThatAnotherServerOvertakesRunsAgain(t *testing.T) {
	for what, change := range map[string]func(*Writer) error{"an entry of the audit log": noted("other"),
		"nothing else of the kind": func(w *Writer) error { return w.SetSetting(context.Background(), "other", "1") },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			f := newFollower(t)
			other, err := Open(t.Context(), Config{URL: f.url})
			f.must(err)
			defer other.Close()
			var all sync.WaitGroup
			f.run("audit", byName{"a": noted("a")}, byName{"b": noted("b")}, func() {
				all.Go(func() {
					if err := other.Write(context.Background(), change); err != nil {
						t.Error(err)
					}
				})
				f.wait(`SELECT COUNT(*) = 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
					AND query LIKE '%FOR NO KEY UPDATE'`)
				f.line.Far(time.Second) // whoever waits is not served before whoever comes while it wakes up
			})
			all.Wait()
			f.line.Far(0)
			f.wantStored("a", "b")
			f.wantRuns("b", 2)
		})
	}
}

// What the first group writes is seen by the second, which asked for it before that was stored.
func TestWhatTheGroupBeforeWroteIsKnown(t *testing.T) {
	for how, at := range map[string][2]string{"connections of its own": {}, "shared connections": {"&schema=east",
		"&search_path=east"}} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			newFollowerAt(t, at[0], at[1]).seesWhatWasWritten()
		})
	}
}

func (f *follower) seesWhatWasWritten() {
	t, ctx := f.T, context.Background()
	of := withEntries(t, f.db, kpi.Update{Dated: "2026-03-04", Act: kpi.ActLog, State: kpi.StateApproved})
	var below kpi.UnitID
	f.must(f.db.Write(ctx, func(w *Writer) (err error) {
		below, err = w.InsertUnit(ctx, kpi.Unit{Code: "b", Name: "某乡", Parent: of.Unit})
		return err
	}))
	var months kpi.Series
	months[2] = kpi.Tally{Amount: 7, Entries: 1, LastDate: "2026-03-05"}
	write := func(w *Writer) error {
		u := kpi.Update{Dated: "2026-03-05", Act: kpi.ActCorrect, Answers: 1, Unit: of.Unit, Indicator: of.Indicator,
			State: kpi.StateApproved, Reason: "笔误", Quantity: kpi.Exactly(7), Origin: kpi.FromForm, Author: "王敏"}
		_, err := w.InsertUpdate(ctx, u, []kpi.UnitID{of.Unit})
		u.Act, u.Answers, u.Unit, u.Reason = kpi.ActLog, 0, below, ""
		_, beneath := w.InsertUpdate(ctx, u, []kpi.UnitID{below, of.Unit})
		return errors.Join(err, beneath, w.SetSeries(ctx, of, 2026, months), noted("first")(w))
	}
	read := func(w *Writer) error {
		logs, err := w.LatestLogs(ctx, []FigureYear{{of, 2026}})
		sums, other := w.FiguresSeries(ctx, 2026, []kpi.UnitID{of.Unit}, []kpi.IndicatorID{of.Indicator})
		day, failed := w.DayUpdates(ctx, 2026, []kpi.Date{"2026-03-05"}, []kpi.IndicatorID{of.Indicator},
			[]kpi.UnitID{of.Unit})
		if err := errors.Join(err, other, failed, noted("second")(w)); err != nil || w.Rehearses() {
			return err
		}
		if log := logs[of]; len(log) != 2 || log[0].AnsweredBy != 2 || log[1].ID != 2 {
			t.Errorf("the log is %v", log)
		}
		if sums.Of(of) != months {
			t.Errorf("the sums are %v", sums.Of(of))
		}
		if len(day) != 1 || day[0].Unit != below {
			t.Errorf("below lies %v", day)
		}
		return nil
	}
	for range 2 { // and prepare the statements, or have them described
		if err := f.db.WriteForeseen(ctx, func(w *Writer) error {
			_, err := w.LatestLogs(ctx, []FigureYear{{of, 2020}})
			_, other := w.FiguresSeries(ctx, 2020, []kpi.UnitID{of.Unit}, []kpi.IndicatorID{of.Indicator})
			_, failed := w.DayUpdates(ctx, 2020, []kpi.Date{"2020-01-01"}, []kpi.IndicatorID{of.Indicator},
				[]kpi.UnitID{of.Unit})
			return errors.Join(err, other, failed, w.SetSeries(ctx, of, 2020, months), noted("x")(w))
		}); err != nil {
			t.Fatal(err)
		}
	}
	f.run("audit", byName{"first": write}, byName{"second": read}, nil)
	f.wantStored("first", "second")
	f.wantRuns("second", 1)
}

// A key that the first group uses is used for the second, which asked before the first was stored.
func TestAKeyOfTheGroupBeforeIsKnown(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	again := errors.New("it was answered before")
	use := func(name string) func(*Writer) error {
		return func(w *Writer) error {
			_, result, used, err := w.Answered(context.Background(), "王敏", "key")
			if err != nil {
				return err
			}
			if used {
				return fmt.Errorf("%w, with %d", again, result)
			}
			return errors.Join(noted(name)(w), w.InsertAnswer(context.Background(), "王敏", "key", "0123456789abcdef", 7, 1))
		}
	}
	f.run("audit", byName{"first": use("first")}, byName{"second": use("second"), "c": noted("c")}, nil)
	f.wantStored("first", "c")
	f.wantRuns("second", 1)
	if err := f.told["second"]; !errors.Is(err, again) || !strings.Contains(err.Error(), "7") {
		t.Errorf("told %v", err)
	}
}

// Wherever a connection breaks while many groups follow each other, each change is stored once.
func TestGroupsThatFollowEachOtherAreStoredOnce(t *testing.T) {
	for trip := 1; trip <= 9; trip += 2 {
		for _, carriedOut := range []bool{false, true} {
			t.Run(fmt.Sprint(trip, carriedOut), func(t *testing.T) {
				t.Parallel()
				f := newFollower(t)
				f.run("audit", byName{"x": noted("x")}, byName{"y": noted("y")}, nil) // and prepare the statements
				f.line.Far(4 * time.Millisecond)
				f.line.BreakTrip(trip, carriedOut)
				var all sync.WaitGroup
				var names []string
				var mu sync.Mutex
				for writer := range 16 {
					all.Go(func() {
						for i := range 8 {
							name := fmt.Sprint(writer, "-", i)
							err := f.db.WriteForeseen(context.Background(), noted(name))
							mu.Lock()
							names, f.told[name] = append(names, name), err
							mu.Unlock()
						}
					})
				}
				all.Wait()
				f.line.Far(0)
				f.wantStored(names...)
			})
		}
	}
}
