package intake

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dabiao/internal/kpi"
)

// line is a list that many may add to.
type line struct {
	mu  sync.Mutex
	got []int
}

func (l *line) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got = append(l.got, n)
}

// Files are read in the order in which they came, and each who waits is told how many are before.
func TestWhoWaitsIsToldOfTheirPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fresh()
		first, err := Turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var order line
		told := make([]line, 3)
		for i := range 3 {
			go func() {
				done, err := Turn(Waiting(t.Context(), Waiter{Tell: told[i].add}))
				if err != nil {
					t.Error(err)
					return
				}
				order.add(i)
				time.Sleep(time.Second)
				done()
			}()
			synctest.Wait()
		}
		if all, _, _ := Queue(""); all != 4 {
			t.Errorf("%d files in the queue, want 4", all)
		}
		first()
		time.Sleep(4 * time.Second)
		if want := []int{0, 1, 2}; !slices.Equal(order.got, want) {
			t.Errorf("read in the order %v", order.got)
		}
		for i, want := range [][]int{{1}, {2, 1}, {3, 2, 1}} {
			got := slices.DeleteFunc(told[i].got, func(n int) bool { return n == 0 })
			if got = slices.Compact(got); !slices.Equal(got, want) {
				t.Errorf("the waiter %d was told %v, want %v", i, got, want)
			}
		}
		if all, _, _ := Queue(""); all != 0 {
			t.Errorf("%d files are left in the queue", all)
		}
	})
}

// Who has no patience is told the place, keeps it for a while under a key, and is not passed by those who came later;
// who does not come back holds up nobody.
func TestAPlaceIsHeldForWhoComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fresh()
		first := turned(t)
		impatient := Waiting(t.Context(), Waiter{Key: "a", Patience: 3 * time.Second})
		wantWait := func(want int) {
			t.Helper()
			_, err := Turn(impatient)
			var refusal *kpi.Error
			if !errors.As(err, &refusal) || refusal.Text.Key != "reading_waits" || refusal.Text.Args[0] != want {
				t.Errorf("%v, want %d ahead", err, want)
			}
		}
		wantWait(1)
		var order line
		go func() {
			done, err := Turn(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			order.add(2)
			time.Sleep(time.Second)
			done()
		}()
		synctest.Wait()
		if _, ahead, waits := Queue("a"); ahead != 1 || !waits {
			t.Errorf("%d before the one who will be back, %v", ahead, waits)
		}
		wantWait(1) // not behind the later one
		go func() {
			done, err := Turn(impatient)
			if err != nil {
				t.Error(err)
				return
			}
			order.add(1)
			time.Sleep(time.Second)
			done()
		}()
		synctest.Wait()
		first()
		time.Sleep(5 * time.Second)
		if want := []int{1, 2}; !slices.Equal(order.got, want) {
			t.Errorf("read in the order %v", order.got)
		}
		second := turned(t)
		wantWait(1)
		second()
		if third, err := Turn(Waiting(t.Context(), Waiter{Patience: time.Second})); err != nil {
			t.Errorf("somebody who went away holds up others: %v", err)
		} else {
			third()
		}
		time.Sleep(heldFor + time.Second)
		if all, _, _ := Queue(""); all != 0 {
			t.Errorf("%d files are left in the queue", all)
		}
	})
}

// Whose time is up, or who goes away, leaves the queue, and the others move up.
func TestWhoseTimeIsUpLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fresh()
		first := turned(t)
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var told line
		go func() {
			synctest.Wait()
			done, err := Turn(Waiting(t.Context(), Waiter{Tell: told.add}))
			if err != nil {
				t.Error(err)
				return
			}
			done()
		}()
		_, err := Turn(short)
		var refusal *kpi.Error
		if !errors.As(err, &refusal) || refusal.Text.Key != "reading_busy" {
			t.Errorf("%v", err)
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := Turn(gone); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		synctest.Wait()
		first()
		synctest.Wait()
		if want := []int{2, 1}; !slices.Equal(slices.DeleteFunc(told.got, func(n int) bool { return n == 0 }), want) {
			t.Errorf("told %v", told.got)
		}
		if all, _, _ := Queue(""); all != 0 {
			t.Errorf("%d files are left in the queue", all)
		}
	})
}

// Who hands in many files waits between them for one of each other person, and everybody is told so.
func TestPeopleTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fresh()
		first := turned(t)
		var order line
		told := map[int]*line{}
		ask := func(who string, n int) {
			told[n] = &line{}
			ctx := Waiting(t.Context(), Waiter{Who: who, Tell: told[n].add})
			go func() {
				done, err := Turn(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				order.add(n)
				time.Sleep(time.Second)
				done()
			}()
			synctest.Wait()
		}
		for n := range 5 {
			ask("many", n)
		}
		ask("one", 10)
		ask("two", 20)
		ask("two", 21)
		first()
		synctest.Wait() // many's first is read
		ask("late", 30)
		time.Sleep(3500 * time.Millisecond) // 0, 10, 20 were read, 30 is
		ask("one", 11)
		time.Sleep(20 * time.Second)
		if want := []int{0, 10, 20, 30, 1, 21, 11, 2, 3, 4}; !slices.Equal(order.got, want) {
			t.Errorf("read in the order %v, want %v", order.got, want)
		}
		for n, want := range map[int][]int{1: {2, 3, 4, 3, 4, 3, 2, 1}, 4: {5, 6, 7, 8, 7, 8, 7, 6, 5, 6, 5, 4, 3, 2, 1},
			10: {2, 1}, 21: {5, 4, 5, 4, 3, 2, 1}, 30: {3, 2, 1}, 11: {3, 2, 1}} {
			got := slices.DeleteFunc(told[n].got, func(n int) bool { return n == 0 })
			if got = slices.Compact(got); !slices.Equal(got, want) {
				t.Errorf("%d was told %v, want %v", n, got, want)
			}
		}
		if all, _, _ := Queue(""); all != 0 {
			t.Errorf("%d files are left in the queue", all)
		}
	})
}

// fresh is an empty queue of the bubble that a test runs in.
func fresh() {
	turns.changed = make(chan struct{})
	turns.people, turns.busy, turns.reading = nil, false, ""
}

// turned waits for a turn and returns what ends it.
func turned(t *testing.T) (done func()) {
	t.Helper()
	done, err := Turn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return done
}
