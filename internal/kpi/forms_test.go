package kpi

import "testing"

func TestShippedFormsCanBePrinted(t *testing.T) {
	for name, f := range ShippedForms {
		if err := f.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFormsThatCannotBePrinted(t *testing.T) {
	row := func(key, name string) FormBlock {
		return FormBlock{Kind: BlockRows, Rows: []FormRow{{Key: key, Name: name}}}
	}
	for name, blocks := range map[string][]FormBlock{
		"a key that comes twice": {row("a", "甲"), row("a", "乙")},
		"a key with a point":     {row("a.b", "甲")},
		"a row without a name":   {row("a", "")},
		"no kind":                {{}},
		"a rate of nothing": {{Kind: BlockRows, Columns: []FormColumn{{Key: "r", Name: "率", Of: []string{"a", "b"}}},
			Rows: []FormRow{{Key: "a", Name: "甲"}}}},
		"too many columns": {{Kind: BlockRows, Columns: make([]FormColumn, 7)}},
	} {
		if (Forms{Basic: blocks}).Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
