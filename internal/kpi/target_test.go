package kpi_test

import (
	"errors"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func TestARevisionSaysWhy(t *testing.T) {
	ind := kpi.Indicator{Kind: kpi.Flow, Measure: "人"}
	set := kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(5)}
	more := kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(6)}
	said := kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(6), Reason: "more money"}
	wrong := kpi.Target{Sign: kpi.AtLeastSign, Amount: -kpi.One}
	for _, c := range []struct {
		name string
		t    kpi.Target
		held *kpi.Target
		want string
	}{
		{"the first", more, nil, ""},
		{"the same again", set, &set, ""},
		{"another", more, &set, "reason:revision_reason_missing"},
		{"another, with a reason", said, &set, ""},
		{"another, and wrong", wrong, &set, "value:number_negative reason:revision_reason_missing"},
		{"the first, and wrong", wrong, nil, "value:number_negative"},
	} {
		var got []string
		var e *kpi.Error
		if errors.As(c.t.CheckRevision(ind, c.held), &e) {
			for _, f := range e.Fields {
				got = append(got, f.Name+":"+f.Text.Key)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// Whatever happens is at least 0: such a target says nothing.
func TestAFloorOfZeroIsRefused(t *testing.T) {
	for _, c := range []struct {
		sign   kpi.Sign
		amount kpi.Amount
		ok     bool
	}{
		{kpi.AtLeastSign, 0, false}, {kpi.AtLeastSign, kpi.One, true}, {kpi.AtMostSign, 0, true}, {kpi.EqualSign, 0, true},
		{kpi.MoreSign, 0, true}, {kpi.LevelSign, 0, true},
	} {
		if err := (kpi.Target{Sign: c.sign, Amount: c.amount}).CheckFloor(); (err == nil) != c.ok {
			t.Errorf("%s %s: %v", c.sign, c.amount, err)
		}
	}
}
