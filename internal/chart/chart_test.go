package chart

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sampleMonths() Months {
	m := Months{Target: progress.Some(kpi.Whole(10361)), TargetText: "年度目标 10,361 人", Cumulative: "2,870"}
	for i := range m.Months {
		p := &m.Months[i]
		p.Name = string(rune('1'+i)) + "月"
		p.Expected = progress.Some(kpi.Whole(int64(863 * (i + 1))))
		p.Achieved, p.Cumulative = progress.None[kpi.Amount](progress.ReasonNotYet), progress.None[kpi.Amount](progress.ReasonNotYet)
		if i < 3 {
			p.Achieved, p.Cumulative = progress.Some(kpi.Whole(int64(100*i))), progress.Some(kpi.Whole(int64(50*i*(i+1))))
		}
	}
	return m
}

func TestOptionsGolden(t *testing.T) {
	for name, option := range map[string]func() (json.RawMessage, error){
		"months.json": sampleMonths().Option,
	} {
		raw, err := option()
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := json.Indent(&got, raw, "", "  "); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs; run go test ./internal/chart -update and read the difference", path)
		}
	}
}

// Every month without a value is a gap, never a zero.
func TestMonthsToComeAreGaps(t *testing.T) {
	raw, err := sampleMonths().Option()
	if err != nil {
		t.Fatal(err)
	}
	var option struct {
		XAxis  []struct{ Data []string }
		Series []struct {
			Type string
			Data []struct{ Value any }
		}
	}
	if err := json.Unmarshal(raw, &option); err != nil {
		t.Fatal(err)
	}
	if n := len(option.XAxis[0].Data); n != 12 {
		t.Errorf("the axis has %d months", n)
	}
	bars, plan, sums := option.Series[0].Data, option.Series[1].Data, option.Series[2].Data
	if len(bars) != 12 || bars[0].Value != 0.0 || bars[3].Value != nothing {
		t.Errorf("bars %v", bars)
	}
	if len(plan) != 12 || len(sums) != 3 {
		t.Errorf("plan %d points, sums %d", len(plan), len(sums))
	}
}

func TestAxisEndsAreRoundAndAboveTheTarget(t *testing.T) {
	for in, want := range map[int64]int64{1: 1, 25: 30, 10361: 12000, 11398: 12000, 99: 100, 6100: 8000} {
		if got := roundUp(kpi.Whole(in)); got != kpi.Whole(want) {
			t.Errorf("roundUp(%d) = %s, want %d", in, got, want)
		}
	}
}
