package progress_test

import (
	"math/rand/v2"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Whatever is stated, a sum exists if all its parts do, and then equals their sum; nothing absent has a
// value.
func TestBasicDataSumsWhatIsStatedAndNothingElse(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 9))
	amount := func() *kpi.Amount {
		if dice.IntN(4) == 0 {
			return nil
		}
		a := kpi.Whole(int64(dice.IntN(90_000)))
		return &a
	}
	for range 2000 {
		var costs []kpi.OfficialCost
		of := map[kpi.OfficialKind]kpi.OfficialCost{}
		for _, k := range kpi.OfficialKinds {
			c := kpi.OfficialCost{Kind: k, Last: amount(), Initial: amount(), Full: amount(), Spent: amount()}
			if dice.IntN(5) > 0 {
				costs, of[k] = append(costs, c), c
			}
		}
		d := progress.Basic(nil, costs, nil, progress.Budget{})
		for row, kinds := range map[int][]kpi.OfficialKind{0: kpi.OfficialKinds, 3: {kpi.VehiclePurchase, kpi.VehicleRunning},
			1: {kpi.OfficialAbroad}} {
			want, known := kpi.Amount(0), true
			for _, k := range kinds {
				if spent := of[k].Spent; spent != nil {
					want += *spent
				} else {
					known = false
				}
			}
			f := d.Official[row]
			if f.Spent.Ok() != known || known && f.Spent.Value != want || !known && f.Spent.Value != 0 {
				t.Fatalf("row %d: %+v, want %s (%v) of %+v", row, f.Spent, want, known, costs)
			}
			if f.Execution.Ok() != (f.Full.Ok() && f.Spent.Ok() && f.Full.Value > 0) {
				t.Fatalf("row %d: execution %+v of %+v and %+v", row, f.Execution, f.Spent, f.Full)
			}
		}
	}
}

func TestStaffIsCountedByKind(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	d := progress.Basic([]kpi.StaffCount{{Kind: kpi.Administrative, Posts: n(5), People: n(4)},
		{Kind: kpi.Institution, Posts: n(0), People: n(1)}, {Kind: kpi.Retired, People: n(0)}}, nil, nil, progress.Budget{})
	if d.StaffOf("").People.Ok() || !d.Stated() || d.OfficialStated() {
		t.Errorf("a sum without its workers: %+v", d.Staff)
	}
	if f := d.StaffOf(kpi.Administrative); f.Rate.Value != 80_00 || f.Posts.Value != 5 {
		t.Errorf("%+v", f)
	}
	if f := d.StaffOf(kpi.Institution); f.Rate.Ok() {
		t.Errorf("people without posts have no rate: %+v", f)
	}
	if f := d.StaffOf(kpi.Retired); !f.People.Ok() || f.People.Value != 0 || f.Posts.Ok() {
		t.Errorf("0 is stated, posts are not: %+v", f)
	}
	if progress.Basic(nil, nil, nil, progress.Budget{}).Stated() {
		t.Error("nothing is stated")
	}
}
