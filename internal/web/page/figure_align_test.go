package page

import (
	"slices"
	"strings"
	"testing"
)

func TestTheNumbersOfAColumnHaveTheSameDecimals(t *testing.T) {
	for given, want := range map[string]string{
		"166 119.5 0":           "166.0 119.5 0.0",
		"1,660 -3.25 —":         "1,660.00 -3.25 —",
		"12 7 0":                "12 7 0",
		"0.1 未填报 2":             "0.1 未填报 2.0",
		"¥1.5 2.25% 200余 3 3.0": "¥1.5 2.25% 200余 3.0 3.0",
		"":                      "",
	} {
		texts := strings.Split(given, " ")
		column := make([]*string, len(texts))
		for i := range texts {
			column[i] = &texts[i]
		}
		if align(column...); !slices.Equal(texts, strings.Split(want, " ")) {
			t.Errorf("%s: %s, want %s", given, texts, want)
		}
	}
}
