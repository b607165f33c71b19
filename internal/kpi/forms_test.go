package kpi

import (
	"strings"
	"testing"
)

func TestShippedFormsCanBePrinted(t *testing.T) {
	for name, f := range ShippedForms {
		if err := f.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFormsThatCannotBePrinted(t *testing.T) {
	columns := []FormColumn{{Key: "c", Name: "数"}}
	row := func(key, name string) FormBlock {
		return FormBlock{Kind: BlockRows, Columns: columns, Rows: []FormRow{{Key: key, Name: name}}}
	}
	rows := func(all ...FormRow) []FormBlock { return []FormBlock{{Kind: BlockRows, Columns: columns, Rows: all}} }
	if err := (Forms{Basic: []FormBlock{row("a", "甲")}}).Check(); err != nil {
		t.Fatal(err)
	}
	for name, blocks := range map[string][]FormBlock{
		"a key that comes twice": {row("a", "甲"), row("a", "乙")},
		"a key with a point":     {row("a.b", "甲")},
		"a row without a name":   {row("a", "")},
		"no kind":                {{}},
		"a part of nothing":      rows(FormRow{Key: "a", Name: "甲", Level: 1}),
		"a level left out":       rows(FormRow{Key: "a", Name: "甲"}, FormRow{Key: "b", Name: "乙", Level: 2}),
		"an unknown source":      rows(FormRow{Key: "a", Name: "甲", From: "official.boats"}),
		"a block without rows":   {{Kind: BlockRows, Columns: columns}},
		"a block of no columns":  {{Kind: BlockRows, Rows: []FormRow{{Key: "a", Name: "甲"}}}},
		"a text without rows":    {{Kind: BlockText, Title: "措施"}},
		"a long name":            {row("a", strings.Repeat("长", 61))},
		"a rate of a rate": {{Kind: BlockRows, Columns: []FormColumn{{Key: "c", Name: "数"}, {Key: "r", Name: "率",
			Of: []string{"c", "c"}}, {Key: "s", Name: "率率", Of: []string{"r", "c"}}}, Rows: []FormRow{{Key: "a", Name: "甲"}}}},
		"a rate of nothing": {{Kind: BlockRows, Columns: []FormColumn{{Key: "r", Name: "率", Of: []string{"a", "b"}}},
			Rows: []FormRow{{Key: "a", Name: "甲"}}}},
		"too many columns": {{Kind: BlockRows, Columns: make([]FormColumn, 7)}},
	} {
		if (Forms{Basic: blocks}).Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if (Forms{Lists: true}).Check() == nil {
		t.Error("forms of no block are accepted")
	}
}

// A number that was stated in 万元 is never read in another measure.
func TestAColumnThatHoldsNumbersKeepsItsMeasure(t *testing.T) {
	of := func(m Measure) Forms {
		return Forms{Basic: []FormBlock{{Kind: BlockRows, Columns: []FormColumn{{Key: "c", Name: "数", Measure: m}},
			Rows: []FormRow{{Key: "a", Name: "甲"}}}}}
	}
	stated := FormValues{Amounts: map[string]Amount{"a.c": One}}
	if got := of("㎡").Remeasured(of(TenThousandY), stated); len(got) != 1 || got[0] != "数" {
		t.Errorf("%q", got)
	}
	if got := of("㎡").Remeasured(of(TenThousandY), FormValues{}); got != nil {
		t.Errorf("without numbers: %q", got)
	}
	if got := of(TenThousandY).Remeasured(of(TenThousandY), stated); got != nil {
		t.Errorf("in the same measure: %q", got)
	}
}
