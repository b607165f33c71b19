package internal_test

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wcag are the success criteria of WCAG 2.2, levels A and AA, by guideline; 4.1.1 is none any more.
const wcag = `1.1: 1A
1.2: 1A 2A 3A 4AA 5AA
1.3: 1A 2A 3A 4AA 5AA
1.4: 1A 2A 3AA 4AA 5AA 10AA 11AA 12AA 13AA
2.1: 1A 2A 4A
2.2: 1A 2A
2.3: 1A
2.4: 1A 2A 3A 4A 5AA 6AA 7AA 11AA
2.5: 1A 2A 3A 4A 7AA 8AA
3.1: 1A 2AA
3.2: 1A 2A 3AA 4AA 6A
3.3: 1A 2A 3AA 4AA 7A 8AA
4.1: 2A 3AA`

var (
	wcagRow = regexp.MustCompile(`(?m)^\| (\d\.\d\.\d+) \| (AA?) \| ([^|]+) \| ([^|]+) \| (.+) \|$`)
	wcagSum = regexp.MustCompile(`(?m)^\| (met|in part|not met|not applicable|\*\*all\*\*) \| \**(\d+)\** \|$`)
)

// The statement on accessibility has every criterion of levels A and AA once; what is met names a test or a file, all
// that is named exists, the rest says why; the sums are those of the rows.
func TestTheAccessibilityTableIsWholeAndShown(t *testing.T) {
	want := map[string]string{}
	for line := range strings.Lines(wcag) {
		guideline, criteria, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for c := range strings.FieldsSeq(criteria) {
			number := strings.TrimRight(c, "A")
			want[guideline+"."+number] = strings.TrimPrefix(c, number)
		}
	}
	if len(want) != 55 { // 31 of level A and 24 of level AA
		t.Fatalf("there are %d criteria", len(want))
	}
	doc := read(t, "docs/accessibility.md")
	tests, files := places(t)
	counts := map[string]int{}
	rows := wcagRow.FindAllStringSubmatch(doc, -1)
	for _, row := range rows {
		number, level, state, why := row[1], row[2], row[4], row[5]
		if want[number] != level {
			t.Errorf("%s of level %s is no criterion, or stands there twice", number, level)
		}
		delete(want, number)
		counts[state]++
		n, missing := shown(why, tests, files)
		if len(missing) > 0 {
			t.Errorf("%s names what does not exist: %v", number, missing)
		}
		if state == "met" && n == 0 {
			t.Errorf("%s is met, and neither a test nor a file shows it: %s", number, why)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(want)) {
		t.Errorf("%s is missing", number)
	}
	counts["**all**"] = len(rows)
	for _, s := range wcagSum.FindAllStringSubmatch(doc, -1) {
		if now := strconv.Itoa(counts[s[1]]); now != s[2] {
			t.Errorf("%s: the rows come to %s", s[0], now)
		}
		delete(counts, s[1])
	}
	if len(counts) > 0 {
		t.Errorf("no sum of %v", counts)
	}
	if all := anyTableRow.FindAllString(doc, -1); len(all) != len(rows) {
		t.Errorf("%d rows of the table, %d of them readable", len(all), len(rows))
	}
}
