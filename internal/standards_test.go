package internal_test

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// asvsLevels are the levels of the requirements of each section of OWASP ASVS 5.0.0, in their order: 1.5 has three, of
// the levels 1, 2 and 3.
const asvsLevels = `
1.1: 22
1.2: 1111122223
1.3: 112222222223
1.4: 222
1.5: 123
2.1: 122
2.2: 112
2.3: 12223
2.4: 23
3.1: 3
3.2: 113
3.3: 12223
3.4: 11222233
3.5: 11122333
3.6: 3
3.7: 22333
4.1: 12233
4.2: 23333
4.3: 22
4.4: 1222
5.1: 2
5.2: 112333
5.3: 113
5.4: 222
6.1: 122
6.2: 111111112222
6.3: 11223333
6.4: 112233
6.5: 22222333
6.6: 2223
6.7: 33
6.8: 2222
7.1: 222
7.2: 1111
7.3: 22
7.4: 11222
7.5: 223
7.6: 22
8.1: 1233
8.2: 1123
8.3: 133
8.4: 23
9.1: 111
9.2: 1222
10.1: 22
10.2: 223
10.3: 22223
10.4: 1111122222233333
10.5: 22222
10.6: 22
10.7: 222
11.1: 2233
11.2: 22233
11.3: 11233
11.4: 1222
11.5: 23
11.6: 23
11.7: 33
12.1: 12233
12.2: 11
12.3: 22223
13.1: 2333
13.2: 222223
13.3: 2233
13.4: 1222233
14.1: 22
14.2: 12223333
14.3: 122
15.1: 12233
15.2: 12233
15.3: 1222222
15.4: 3333
16.1: 2
16.2: 22222
16.3: 2222
16.4: 222
16.5: 2223
17.1: 23
17.2: 22223333
17.3: 22
`

// dengbaoClauses are the clauses of GB/T 22239—2019, second level, that the table must speak of.
var dengbaoClauses = strings.Fields(`7.1.2.2 7.1.3.2 7.1.3.3 7.1.3.5 7.1.4.1:a 7.1.4.1:b 7.1.4.1:c 7.1.4.2:a 7.1.4.2:b
7.1.4.2:c 7.1.4.2:d 7.1.4.3:a 7.1.4.3:b 7.1.4.3:c 7.1.4.4:a 7.1.4.4:b 7.1.4.4:c 7.1.4.4:d 7.1.4.4:e 7.1.4.5 7.1.4.6
7.1.4.7 7.1.4.8:a 7.1.4.8:b 7.1.4.9 7.1.4.10:a 7.1.4.10:b 7.1.5.1 7.1.5.2 7.1.9.4 7.1.9.5 7.1.9.7 7.1.10.5 7.1.10.8
7.1.10.9 7.1.10.10 7.1.10.11 7.1.10.12`)

var (
	namedTest   = regexp.MustCompile("`(Test\\w+)`")
	namedPlace  = regexp.MustCompile("`((?:[\\w.-]+/)+[\\w.-]+|Makefile|go\\.mod|SECURITY\\.md)`")
	asvsRow     = regexp.MustCompile(`(?m)^\| (\d+\.\d+\.\d+) \| ([123]) \| ([^|]+) \| ([^|]+) \| (.+) \|$`)
	asvsSum     = regexp.MustCompile(`(?m)^\| (?:V(\d+) [^|]+|\**all\**)` + strings.Repeat(` \| \**(\d+)\**`, 4) + ` \|$`)
	dengbaoRow  = regexp.MustCompile(`(?m)^\| (7\.1(?:\.\d+)+)(?: ([a-e])| [^|a-z]+) \| ([^|]+) \| ([^|]+) \| (.+) \|$`)
	anyTableRow = regexp.MustCompile(`(?m)^\| \d.*$`)
)

// places hold what the tables may name: every test and every file of the clone.
func places(t *testing.T) (tests, files map[string]bool) {
	t.Helper()
	tests, files = map[string]bool{}, map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, name := range repository(t) {
		files[name] = true
		if strings.HasSuffix(name, "_test.go") {
			for _, m := range declared.FindAllStringSubmatch(read(t, name), -1) {
				tests[m[1]] = true
			}
		}
	}
	return tests, files
}

// shown reports how many tests and files a text names, and each that does not exist.
func shown(text string, tests, files map[string]bool) (n int, missing []string) {
	for _, m := range namedTest.FindAllStringSubmatch(text, -1) {
		if n++; !tests[m[1]] {
			missing = append(missing, m[1])
		}
	}
	for _, m := range namedPlace.FindAllStringSubmatch(text, -1) {
		inside := func(file string) bool { return strings.HasPrefix(file, m[1]+"/") }
		if n++; !files[m[1]] && !slices.ContainsFunc(slices.Collect(maps.Keys(files)), inside) {
			missing = append(missing, m[1])
		}
	}
	return n, missing
}

// The table of ASVS has every requirement of levels 1 and 2 once; what is met names a test or a file, all that is named
// exists, the rest says why; the sums by chapter are those of the rows.
func TestTheASVSTableIsWholeAndShown(t *testing.T) {
	want := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(asvsLevels)) {
		section, levels, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for i, level := range levels {
			if level != '3' {
				want[fmt.Sprintf("%s.%d", section, i+1)] = string(level)
			}
		}
	}
	if len(want) != 253 { // 70 of level 1 and 183 of level 2
		t.Fatalf("the levels name %d requirements", len(want))
	}
	doc := read(t, "docs/asvs.md")
	tests, files := places(t)
	counts := map[string]int{}
	rows := asvsRow.FindAllStringSubmatch(doc, -1)
	for _, row := range rows {
		number, level, state, why := row[1], row[2], row[4], row[5]
		if want[number] != level {
			t.Errorf("%s of level %s is no requirement, or stands there twice", number, level)
		}
		delete(want, number)
		chapter, _, _ := strings.Cut(number, ".")
		counts[chapter+" "+state]++
		counts[" "+state]++
		n, missing := shown(why, tests, files)
		if len(missing) > 0 {
			t.Errorf("%s names what does not exist: %v", number, missing)
		}
		switch state {
		case "met":
			if n == 0 {
				t.Errorf("%s is met, and neither a test nor a file shows it: %s", number, why)
			}
		case "not met", "not applicable":
			if len(why) < len("there is none") {
				t.Errorf("%s is %s and does not say why", number, state)
			}
		default:
			t.Errorf("%s is %q", number, state)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(want)) {
		t.Errorf("%s is missing", number)
	}
	sums := asvsSum.FindAllStringSubmatch(doc, -1)
	if len(sums) != 18 {
		t.Errorf("there are %d sums, want one for each of 17 chapters and one of all", len(sums))
	}
	for _, s := range sums {
		met, not, na := counts[s[1]+" met"], counts[s[1]+" not met"], counts[s[1]+" not applicable"]
		if now := fmt.Sprint(met, not, na, met+not+na); now != strings.Join(s[2:], " ") {
			t.Errorf("%s: the rows come to %s", s[0], now)
		}
	}
	if all := anyTableRow.FindAllString(doc, -1); len(all) != len(rows) {
		t.Errorf("%d rows of the table, %d of them readable", len(all), len(rows))
	}
}

// The table of 等级保护 has every clause that the software is about once, with one of four verdicts; what is met names a
// test or a file, and all that is named exists.
func TestTheDengbaoTableIsWholeAndShown(t *testing.T) {
	tests, files := places(t)
	var clauses []string
	for _, row := range dengbaoRow.FindAllStringSubmatch(read(t, "docs/dengbao.md"), -1) {
		clause := strings.TrimSuffix(row[1]+":"+row[2], ":")
		clauses = append(clauses, clause)
		n, missing := shown(row[5], tests, files)
		if len(missing) > 0 {
			t.Errorf("%s names what does not exist: %v", clause, missing)
		}
		switch verdict := row[4]; {
		case !slices.Contains([]string{"符合", "部分符合", "不符合", "单位负责"}, verdict):
			t.Errorf("%s: %q is no verdict", clause, verdict)
		case verdict == "符合" && n == 0:
			t.Errorf("%s is met, and neither a test nor a file shows it", clause)
		}
	}
	if !slices.Equal(clauses, dengbaoClauses) {
		t.Errorf("the clauses are\n%v\nwant\n%v", clauses, dengbaoClauses)
	}
}

// What no test or file shows is found, and so is a name that leads nowhere.
func TestWhatATableNamesIsLookedUp(t *testing.T) {
	tests, files := map[string]bool{"TestA": true}, map[string]bool{"docs/a.md": true, "internal/web/b.go": true}
	for text, want := range map[string]string{
		"there is no LDAP":                     "0 []",
		"`TestA`, `docs/a.md`, `internal/web`": "3 []",
		"`TestB` and `docs/b.md`":              "2 [TestB docs/b.md]",
	} {
		n, missing := shown(text, tests, files)
		if got := fmt.Sprint(n, " ", cmp.Or(fmt.Sprint(missing), "[]")); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
