package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

func itoa(n int) string { return strconv.Itoa(n) }

// numbering matches what precedes a name in lists: 1. （一） 其中：
var numbering = regexp.MustCompile(`^(?:\d{1,3}[.、)](?:\d{1,3}[.、)]?)*|\(?[一二三四五六七八九十]{1,3}[)、.]|\(\d{1,3}\)|其中[:、]?|[☆★*·-])+\s*`)

// plainName returns a name without what people write differently: width, case, spaces, punctuation, list numbers.
func plainName(s string) string {
	s = strings.ToLower(width.Fold.String(norm.NFC.String(strings.TrimSpace(s))))
	if rest := numbering.ReplaceAllString(s, ""); rest != "" {
		s = rest
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) && r != '%' || unicode.IsControl(r) || unseen(r) {
			return -1
		}
		return r
	}, s)
}

var parenthesised = regexp.MustCompile(`[(（\[【〔][^)）\]】〕]*[)）\]】〕]`)

// vocabulary resolves the names of indicators, units and measures.
type vocabulary struct {
	indicators []kpi.Indicator
	units      []kpi.Unit
	byName     map[string][]int // plain name or code of an indicator → its places in indicators
	byBare     map[string][]int // likewise for names without a measure behind them
	unitByName map[string][]int
	measures   map[string]bool
	found      map[string]foundIndicator
	foundUnit  map[string]foundUnit
	searches   int // number of searches for similar names
}

// maxSearches is the limit for searches for similar names, which are slow.
const maxSearches = 300

// commonMeasures are read as measures even if no indicator has them.
var commonMeasures = []string{"人", "人次", "户", "户次", "起", "期", "场", "场次", "次", "份", "元", "万元",
	"亿元", "个", "名", "件", "条", "篇",
	"家", "所", "支", "村", "天", "小时", "分", "%", "百分比", "册", "套", "对", "项", "批", "张", "封", "千克", "公里", "亩"}

func newVocabulary(known Known) *vocabulary {
	v := &vocabulary{indicators: known.Indicators, units: known.Units, byName: map[string][]int{},
		unitByName: map[string][]int{}, byBare: map[string][]int{},
		measures: map[string]bool{}, found: map[string]foundIndicator{}, foundUnit: map[string]foundUnit{}}
	for _, m := range commonMeasures {
		v.measures[m] = true
	}
	add := func(to map[string][]int, i int, names ...string) {
		for _, n := range names {
			if n = plainName(n); n != "" && !slices.Contains(to[n], i) {
				to[n] = append(to[n], i)
			}
		}
	}
	for i, ind := range known.Indicators {
		add(v.byName, i, ind.Code, ind.Name, ind.NameEn)
		v.measures[strings.ToLower(string(ind.Measure.Canonical()))] = true
	}
	for i, ind := range known.Indicators {
		add(v.byBare, i, v.withoutCounting(ind.Name), v.withoutCounting(ind.NameEn))
	}
	for i, u := range known.Units {
		add(v.unitByName, i, u.Code, u.Name, u.NameEn)
	}
	return v
}

// measure returns s as a measure, one known to the program or used by the office, in any scale; "" for others.
func (v *vocabulary) measure(s string) kpi.Measure {
	m := kpi.Measure(width.Fold.String(strings.TrimSpace(s))).Canonical()
	if m == "" || len(m) > 40 {
		return ""
	}
	if v.measures[strings.ToLower(string(m))] || m.Known() || m.Scale() > 1 && v.measures[string(m.Base())] {
		return m
	}
	return ""
}

type foundIndicator struct {
	ind  kpi.Indicator
	text kpi.Text // the reason, if there is none
}

// indicator returns the one indicator that a text means. Otherwise why names the candidates.
func (v *vocabulary) indicator(text string) (ind kpi.Indicator, why kpi.Text) {
	f, ok := v.found[text]
	if !ok {
		f = v.findIndicator(text)
		if len(v.found) < maxGridRows {
			v.found[text] = f
		}
	}
	return f.ind, f.text
}

func (v *vocabulary) findIndicator(text string) foundIndicator {
	for _, names := range []map[string][]int{v.byName, v.byBare} {
		for _, name := range []string{text, v.withoutMeasure(text), v.withoutCounting(text)} {
			switch places := names[plainName(name)]; len(places) {
			case 0:
			case 1:
				return foundIndicator{ind: v.indicators[places[0]]}
			default:
				return foundIndicator{text: kpi.T("import_indicator_ambiguous", quote(text), v.indicatorNames(places))}
			}
		}
	}
	if near := v.near(plainName(text)); len(near) > 0 {
		return foundIndicator{text: kpi.T("import_indicator_near", quote(text), v.indicatorNames(near))}
	}
	return foundIndicator{text: kpi.T("import_indicator_unknown", quote(text))}
}

var lastParenthesis = regexp.MustCompile(`[(（\[【〔]([^()（）\[\]【】〔〕]{1,30})[)）\]】〕]\s*$`)

// withoutMeasure returns a name without the measure in parentheses at its end. Other parentheses belong to the
// name.
func (v *vocabulary) withoutMeasure(text string) string {
	m := lastParenthesis.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	if len(v.statements(text[m[0]:])) == 0 {
		return text
	}
	return text[:m[0]]
}

func (v *vocabulary) indicatorNames(places []int) string {
	var out []string
	for _, i := range places {
		out = append(out, v.indicators[i].Name+"（"+v.indicators[i].Code+"）")
	}
	return strings.Join(out, "、")
}

// near returns at most three indicators with names similar to a plain name.
func (v *vocabulary) near(name string) []int {
	const enough = 0.45
	type scored struct {
		place int
		share float64
	}
	var all []scored
	if v.searches++; v.searches > maxSearches || len(v.indicators) > 2_000 {
		return nil
	}
	for i, ind := range v.indicators {
		other := plainName(ind.Name)
		share := likeness(name, other)
		if len([]rune(name)) >= 3 && (strings.Contains(other, name) || len([]rune(other)) >= 3 &&
			strings.Contains(name, other)) {
			share += 0.5
		}
		if share >= enough {
			all = append(all, scored{i, share})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.share, a.share) })
	var out []int
	for _, s := range all[:min(3, len(all))] {
		out = append(out, s.place)
	}
	return out
}

// likeness returns the share of pairs of neighbouring characters that two names have in common (Dice), from 0 to 1.
func likeness(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	common := 0
	for p, n := range x {
		common += min(n, y[p])
	}
	total := 0
	for _, m := range []map[[2]rune]int{x, y} {
		for _, n := range m {
			total += n
		}
	}
	return 2 * float64(common) / float64(total)
}

func pairs(s string) map[[2]rune]int {
	r := []rune(s)
	out := map[[2]rune]int{}
	for i := 0; i+1 < len(r) && i < 64; i++ {
		out[[2]rune{r[i], r[i+1]}]++
	}
	return out
}

type foundUnit struct {
	unit kpi.Unit
	text kpi.Text
}

// unit returns the one organisation that a text means: 荆竹 is 荆竹镇 if no other begins so.
func (v *vocabulary) unit(text string) (u kpi.Unit, why kpi.Text) {
	f, ok := v.foundUnit[text]
	if !ok {
		f = v.findUnit(text)
		if len(v.foundUnit) < maxGridRows {
			v.foundUnit[text] = f
		}
	}
	return f.unit, f.text
}

func (v *vocabulary) findUnit(text string) foundUnit {
	name := plainName(text)
	if name == "" {
		return foundUnit{text: kpi.T("unit_missing")}
	}
	places := v.unitByName[name]
	if len(places) == 0 {
		for i, u := range v.units {
			other := plainName(u.Name)
			if short, ok := strings.CutPrefix(other, name); ok && len([]rune(name)) >= 2 && slices.Contains(unitEndings, short) {
				places = append(places, i)
			} else if rest, ok := strings.CutPrefix(name, other); ok && slices.Contains(unitTails, rest) {
				places = append(places, i)
			}
		}
	}
	if len(places) == 0 {
		places = v.byRoot(name)
	}
	switch len(places) {
	case 0:
		return foundUnit{text: kpi.T("import_unit_unknown", quote(text))}
	case 1:
		return foundUnit{unit: v.units[places[0]]}
	}
	var names []string
	for _, i := range places {
		names = append(names, v.units[i].Name+"（"+v.units[i].Code+"）")
	}
	return foundUnit{text: kpi.T("import_unit_ambiguous", quote(text), strings.Join(names, "、"))}
}

var (
	unitEndings = []string{"镇", "乡", "街道", "村", "社区", "县", "市", "区", "街道办事处", "居委会", "村委会"}
	unitTails   = []string{"妇联", "人民政府", "政府", "办事处", "办", "村委会", "居委会", "本级", "机关", "妇女联合会", "党委"}
)

// isTotal reports whether a text is the heading of a total.
func isTotal(s string) bool {
	name := plainName(s)
	if totalWords[name] {
		return true
	}
	for _, end := range []string{"合计", "总计", "小计", "共计"} {
		if strings.HasSuffix(name, end) && len([]rune(name)) <= 8 {
			return true
		}
	}
	return false
}

// isSubtotal reports whether a total includes only the rows since the one before.
func isSubtotal(s string) bool {
	name := plainName(s)
	return strings.HasSuffix(name, "小计") || name == "subtotal"
}

var totalWords = map[string]bool{"合计": true, "小计": true, "总计": true, "共计": true, "总数": true,
	"合计数": true, "累计": true, "全县": true,
	"全市": true, "全区": true, "全镇": true, "全乡": true, "合": true, "total": true, "subtotal": true,
	"grandtotal": true, "sum": true}

// levelWords are the judgements as people write them.
var levelWords = map[string]kpi.LevelValue{
	"达成": kpi.LevelMet, "达标": kpi.LevelMet, "已达成": kpi.LevelMet, "完成": kpi.LevelMet,
	"已完成": kpi.LevelMet, "全面完成": kpi.LevelMet,
	"达成年度指标": kpi.LevelMet, "达成预期指标": kpi.LevelMet, "met": kpi.LevelMet, "done": kpi.LevelMet,
	"部分达成": kpi.LevelPartly, "部分完成": kpi.LevelPartly, "基本达成": kpi.LevelPartly, "部分达成并具有一定效果": kpi.LevelPartly,
	"partly": kpi.LevelPartly, "partlymet": kpi.LevelPartly, "notmet": kpi.LevelMissed, "未达成": kpi.LevelMissed,
	"未完成": kpi.LevelMissed, "未达标": kpi.LevelMissed,
	"未达成且效果较差": kpi.LevelMissed, "missed": kpi.LevelMissed,
}
