package intake

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// The slow reader knows every way a period is written by having written them all. It shares nothing
// with the reader it is held against.

// meant is what a writing means: its year (0: not said), first month, last month, last day (0: of the
// month), and whether it is a sum so far.
type meant struct {
	year, first, month, day int
	sofar                   bool
}

var numeralsZh = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}

func dayZh(d int) string {
	switch {
	case d <= 10:
		return numeralsZh[d]
	case d < 20:
		return "十" + numeralsZh[d-10]
	case d%10 == 0:
		return numeralsZh[d/10] + "十"
	}
	return numeralsZh[d/10] + "十" + numeralsZh[d%10]
}

var yearWritings = map[int][]string{
	0: {""}, 2026: {"2026年", "2026年度", "26年", "'26年", "今年", "本年", "二〇二六年", "2026 年 "}, 2025: {"2025年", "25年", "’25年", "去年",
		"上年", "二〇二五年"},
}

var joins = []string{"-", "—", "~", "至", "到", "－", "～"}

// writings is every writing the slow reader knows, with what it means.
var writings = sync.OnceValue(func() map[string]meant {
	all := map[string]meant{}
	days := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	for year, prefixes := range yearWritings {
		for _, y := range prefixes {
			add := func(m meant, texts ...string) {
				m.year = year
				for _, text := range texts {
					all[y+text] = m
				}
			}
			for a := 1; a <= 12; a++ {
				add(meant{first: a, month: a}, fmt.Sprintf("%d月", a), numeralsZh[a]+"月", fmt.Sprintf("%d月份", a),
					fmt.Sprintf("%d月底", a), numeralsZh[a]+"月末", fmt.Sprintf("%02d月", a))
				add(meant{first: 1, month: a, sofar: a > 1}, fmt.Sprintf("前%d个月", a), "前"+numeralsZh[a]+"个月")
				add(meant{first: a, month: a, day: 10}, fmt.Sprintf("%d月上旬", a))
				for d := 1; d <= days[a-1]; d++ {
					add(meant{first: a, month: a, day: d}, fmt.Sprintf("%d月%d日", a, d), fmt.Sprintf("%d月%d号", a, d),
						numeralsZh[a]+"月"+dayZh(d)+"日")
				}
				for b := a + 1; b <= 12; b++ {
					m := meant{first: a, month: b, sofar: a == 1}
					for _, j := range joins {
						add(m, fmt.Sprintf("%d%s%d月", a, j, b), fmt.Sprintf("%d月%s%d月", a, j, b), numeralsZh[a]+j+numeralsZh[b]+"月",
							fmt.Sprintf("%d月份%s%d月份", a, j, b), numeralsZh[a]+"月"+j+numeralsZh[b]+"月")
					}
				}
				for b := a; b <= 12; b++ {
					for _, from := range []int{1, 8, 26} {
						for _, to := range []int{9, 25, days[b-1]} {
							if a == b && from > to {
								continue
							}
							m := meant{first: a, month: b, day: to, sofar: a == 1 && from == 1 && b > 1}
							for _, j := range joins[:4] {
								add(m, fmt.Sprintf("%d月%d日%s%d月%d日", a, from, j, b, to),
									numeralsZh[a]+"月"+dayZh(from)+"日"+j+numeralsZh[b]+"月"+dayZh(to)+"日")
								if a == b {
									add(m, fmt.Sprintf("%d月%d日%s%d日", a, from, j, to), fmt.Sprintf("%d月%d%s%d日", a, from, j, to))
								}
							}
						}
					}
				}
			}
			for q := 1; q <= 4; q++ {
				add(meant{first: 3*q - 2, month: 3 * q, sofar: q == 1}, fmt.Sprintf("第%d季度", q), "第"+numeralsZh[q]+"季度",
					numeralsZh[q]+"季度", fmt.Sprintf("%d季度", q), fmt.Sprintf("%d季度末", q))
				add(meant{first: 1, month: 3 * q, sofar: true}, "前"+[]string{"", "一", "两", "三", "四"}[q]+"季度")
				for r := q + 1; r <= 4; r++ {
					for _, j := range joins {
						add(meant{first: 3*q - 2, month: 3 * r, sofar: q == 1}, fmt.Sprintf("%d%s%d季度", q, j, r),
							numeralsZh[q]+j+numeralsZh[r]+"季度", "第"+numeralsZh[q]+j+"第"+numeralsZh[r]+"季度")
					}
				}
			}
			add(meant{first: 1, month: 6, sofar: true}, "上半年")
			add(meant{first: 7, month: 12}, "下半年")
		}
	}
	for year := 2025; year <= 2026; year++ {
		for a := 1; a <= 12; a++ {
			m := meant{year: year, first: a, month: a}
			for _, f := range []string{"%d.%d", "%d-%d", "%d/%d", "%d-%02d", "%d年%d月"} {
				all[fmt.Sprintf(f, year, a)] = m
			}
			for b := a + 1; b <= 12; b++ {
				r := meant{year: year, first: a, month: b, sofar: a == 1}
				all[fmt.Sprintf("%d.%d-%d", year, a, b)] = r
				all[fmt.Sprintf("%d.%d-%d.%d", year, a, year, b)] = r
				all[fmt.Sprintf("%d年%d月至%d年%d月", year, a, year, b)] = r
				all[englishNames[a-1][:3]+"-"+englishNames[b-1][:3]+fmt.Sprintf(" %d", year)] = r
				all[englishNames[a-1]+" to "+englishNames[b-1]+fmt.Sprintf(" %d", year)] = r
			}
			all[englishNames[a-1]+fmt.Sprintf(" %d", year)] = m
			for d := 1; d <= 28; d++ {
				day := meant{year: year, first: a, month: a, day: d}
				all[fmt.Sprintf("%d-%02d-%02d", year, a, d)], all[fmt.Sprintf("%d/%d/%d", year, a, d)], all[fmt.Sprintf("%d.%d.%d",
					year, a, d)] = day, day, day
				all[fmt.Sprintf("%d%02d%02d", year, a, d)] = day
				all[fmt.Sprintf("%d %s %d", d, englishNames[a-1], year)], all[fmt.Sprintf("%s %d, %d", englishNames[a-1], d,
					year)] = day, day
			}
		}
		for q := 1; q <= 4; q++ {
			m := meant{year: year, first: 3*q - 2, month: 3 * q, sofar: q == 1}
			all[fmt.Sprintf("%dQ%d", year, q)], all[fmt.Sprintf("Q%d %d", q, year)], all[fmt.Sprintf("%d年Q%d", year,
				q)] = m, m, m
		}
	}
	return all
})

var englishNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December"}

var writingList = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(writings())) })

// slowPeriods finds the writings in a text by looking every part of it up, the longest first.
func slowPeriods(text string) (found []meant) {
	known := writings()
	for i := 0; i < len(text); {
		n := 0
		for j := len(text); j > i && n == 0; j-- {
			if m, ok := known[text[i:j]]; ok {
				found, n = append(found, m), j-i
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
	}
	return found
}

// slowTitle is the one period a text is about: none, one, or ask.
func slowTitle(text string, until bool) (m meant, outcome string) {
	found := slowPeriods(text)
	if len(found) == 0 {
		return meant{}, "none"
	}
	year := 0
	for _, f := range found {
		if year == 0 {
			year = f.year
		}
	}
	for i := range found {
		if found[i].year == 0 {
			found[i].year = year
		}
	}
	m = found[0]
	for _, f := range found[1:] {
		if f.year != m.year || f.month != m.month || f.day != m.day && f.day != 0 && m.day != 0 {
			return meant{}, "ask"
		}
		m.day = max(m.day, f.day)
		if f.first < m.first {
			m.first, m.sofar = f.first, f.sofar
		}
	}
	if until && len(found) == 1 {
		m.first, m.sofar = 1, m.month > 1
	}
	return m, "one"
}

var (
	titleHeads = []string{"", "云溪县", "关于", "表一：", "（", "全县妇联系统", "Report "}
	titleTails = []string{"", "工作进度表", "完成情况", "）", "重点工作统计表", " report", "，单位：万元"}
	between    = []string{"工作（", "，", "；", " 情况 ", "）（"}
)

func FuzzTitlesOfPeriods(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{1, 1, 2, 77, 9, 3, 4, 5, 6, 1})
	f.Add([]byte{2, 200, 2, 77, 250, 3, 4, 5, 6, 0})
	f.Fuzz(func(t *testing.T, seed []byte) {
		for len(seed) < 12 {
			seed = append(seed, 0)
		}
		list := writingList()
		pick := func(b []byte) string { return list[int(binary.BigEndian.Uint32(append([]byte{0}, b...)))%len(list)] }
		text := pick(seed[1:4])
		until := seed[0]%4 == 3
		switch seed[0] % 4 {
		case 1:
			text += between[int(seed[4])%len(between)] + pick(seed[5:8])
		case 2:
			text = ""
		case 3:
			text = "截至" + text
		}
		text = titleHeads[int(seed[8])%len(titleHeads)] + text + titleTails[int(seed[9])%len(titleTails)]
		want, outcome := slowTitle(text, until)
		written := text
		if seed[10]%2 == 1 {
			written = width.Widen.String(text)
		}
		p := readPeriods(written, 2026)
		s, found, doubt := p.one()
		got := meant{int(s.year), s.first, s.month, s.day, s.sum}
		switch {
		case outcome == "one" && (!found || got != want), outcome == "ask" && (found || doubt == ""), outcome == "none" &&
			(found || doubt != ""):
			t.Errorf("%q: %+v %v %q, the slow reader says %s %+v", written, got, found, doubt, outcome, want)
		}
	})
}

func FuzzCellsOfPeriods(f *testing.F) {
	f.Add(uint32(0), false)
	f.Add(uint32(77777), true)
	f.Fuzz(func(t *testing.T, n uint32, wide bool) {
		list := writingList()
		text := list[int(n%uint32(len(list)))]
		m := writings()[text]
		if wide {
			text = width.Widen.String(text)
		}
		if m.year == 0 {
			m.year = 2026
		}
		want := kpi.Period{Year: kpi.Year(m.year), Month: m.month}.End()
		if m.day > 0 {
			want = kpi.Date(fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day))
		}
		d, err := dateCell(Cell{Text: text, Kind: CellText}, 2026, "2027-01-15", false)
		if keyOf(t, err) != "" || d != want {
			t.Errorf("%q: %s %v, the slow reader says %s", text, d, err, want)
		}
	})
}

// FuzzHeadingsOfPeriods hands any text to the readers as title, heading and cell: whatever comes back
// is a period that exists.
func FuzzHeadingsOfPeriods(f *testing.F) {
	for _, s := range []string{"2026年1月1日至9月30日", "FY26", "第10周", "截至10月底", "Q3 2026", "3月、6月", "1/2/2026", "十四五",
		"去年10月上旬", "12月26日-1月25日", strings.Repeat("1月", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := readPeriods(text, 2026)
		s, found, _ := p.one()
		if found && (s.month < 1 || s.month > 12 || s.first < 0 || s.first > s.month || s.day < 0 || s.day > 31) {
			t.Errorf("%q: %+v", text, s)
		}
		for _, m := range p.marks {
			if m.from < 0 || m.to > len(p.text) || m.from >= m.to {
				t.Errorf("%q: %+v", text, m)
			}
		}
		_ = p.bare()
		roleOfHeading(text)
		if d, err := dateCell(Cell{Text: text, Kind: CellText}, 2026, "2026-11-29", false); err == nil {
			if _, err := kpi.ParseDate(string(d)); err != nil {
				t.Errorf("%q: %s", text, d)
			}
		}
	})
}

func TestEveryWritingOfAPeriodMeansWhatTheSlowReaderSays(t *testing.T) {
	wrong, list := 0, writingList()
	const step = 37 // all of them take half a minute; fuzzing picks from all
	for i := 0; i < len(list); i += step {
		text := list[i]
		want := writings()[text]
		s, found, doubt := readPeriods("云溪县"+text+"工作进度表", 2026).one()
		if got := (meant{int(s.year), s.first, s.month, s.day, s.sum}); !found || got != want {
			if wrong++; wrong < 40 {
				t.Errorf("%d %q: %+v %v %q, want %+v", i, text, got, found, doubt, want)
			}
		}
	}
	t.Logf("%d of %d writings", len(list)/step, len(list))
}
