package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// oldMeasures are measures that are often written with a character of the same sound: 138厅.
var oldMeasures = []kpi.Measure{"听", "册", "块", "封"}

var (
	sentenceEnds = "。；;！!？?\n"
	plansAhead   = regexp.MustCompile(`明年|下年|下一年|来年|下一步|力争|今后|预计|争取(?:在|到|实现|达|完成|于|使|让)|将(?:于|在|会|继续|进一步|全面|全力|重点|达|新)|` +
		`(?:^|[^划实执按年原定])计划(?:于|在|到|再|新|建|完|投|招|培|举|开|实|安|启|用|修|购|引|创)|(?:^|[^模])拟(?:于|在|新|建|投|招|培|举|开|实|安|启|购|引|创)`)
	fulfilled    = regexp.MustCompile(`[，,、]\s*(?:现已|已|实际|目前已|累计|全年|共|建成|完成)`)
	spelledCount = regexp.MustCompile(`([二两三四五六七八九十]+)(个)(村|社区|乡镇|街道|单位|集体|点|站|基地|示范|家庭|部门|试点)`)
	everywhere   = regexp.MustCompile(`全(部)?覆盖`)
)

// work takes the claims of a line about what was done, and returns the line with their places marked.
func (r *oldReader) work(line int, text string) string {
	counts := func(c rune) bool { return unicode.IsDigit(c) || isNumeral(c) }
	if len(r.claims) == MaxClaims || !strings.ContainsFunc(text, counts) && !everywhere.MatchString(text) {
		return text // a long report is read no longer than there is room
	}
	var out strings.Builder
	r.subject, r.standing = "", false
	for first := true; len(text) > 0; first = false {
		end := len(text)
		if at := strings.IndexAny(text, sentenceEnds); at >= 0 {
			end = at + len(firstString(text[at:]))
		}
		if title := oldBullet.ReplaceAllString(text[:end], ""); first && end < len(text) && isSubject(title) {
			r.subject = cleanedName(tidyArea(title))
		}
		out.WriteString(r.sentence(line, text[:end]))
		r.standing = r.standing && strings.HasSuffix(text[:end], "；")
		text = text[end:]
	}
	return out.String()
}

func firstString(s string) string { return string(firstRune(s)) }

// sentence is a sentence being read.
type sentence struct {
	*oldReader
	line   int
	text   string
	found  []Mention
	topic  string   // what the sentence is about: the object of its first claim
	verb   string   // of the claim before, which those in the same list share
	doing  string   // the verb before the last figure
	clause string   // the last clause that states no number
	lead   string   // what stands before a colon, of all that follows
	places []string // ⟦#3⟧ of each mention; "" for those that are no claims
	first  int      // the first claim of the sentence
	target *Mention // one that was read and waits for its achievement
	of     string   // what that is the target of
	aim    int      // its place
	rated  int      // the claim whose target was read last, and whose rate may follow: 任务1300人的106.62%
	dated  kpi.Date
	carry  string // what a value that has changed is of: 由27.1%提升到29.8%
}

var (
	oldBullet  = regexp.MustCompile(`^\s*[◆◇●○•·▪■□▲△★☆※➢➤✓√—–-]+\s*`)
	limitAfter = regexp.MustCompile(`^(?:及|（含）|\(含\))?以[上下内外]\s*(?:的\s*)?[^\s，,。；;、：:）)的]`)
	ageAfter   = regexp.MustCompile(`^\s*(?:周?岁|[多余]?岁)`)
	changed    = regexp.MustCompile(`(?:由|从)[^，]*$`)
	changedTo  = regexp.MustCompile(`^(?:的)?[^，。；、\d]{0,6}(?:到|至|为)\s*$`)
	pointsOff  = regexp.MustCompile(`(?:增长|减少|下降|提高|提升|上升|降低|增加|压减|缩减|减|增|升|降)(?:了|约|近|超过?|逾|率?为|幅度?为?|幅达|达)*$`)
)

// isSubject reports whether a sentence only says what those behind it are about: ◆高标准农田。
func isSubject(title string) bool {
	title = strings.TrimRight(title, sentenceEnds)
	return title != "" && utf8.RuneCountInString(title) <= 14 && !strings.ContainsAny(title, clauseEnds+"、") &&
		len(oldMentions(title)) == 0
}

// isLimit reports whether a number is one that others are held against, or an age: 年收入20万元以上的村, 65岁.
func isLimit(text string, m Mention) bool {
	return limitAfter.MatchString(text[m.To:]) || ageAfter.MatchString(text[m.To:])
}

// later reports whether a text names a year to come.
func (r *oldReader) later(text string) bool {
	plain, _ := foldRunes(text)
	for _, m := range ofYear.FindAllStringSubmatch(plain, -1) {
		if year, err := strconv.Atoi(m[1]); err == nil && kpi.Year(year) > r.year && r.year != 0 {
			return true
		}
	}
	return false
}

// sentence takes the claims of one sentence, and returns it with their places marked.
func (r *oldReader) sentence(line int, text string) string {
	if at := plansAhead.FindStringIndex(text); at != nil && !fulfilled.MatchString(text[at[1]:]) || r.later(text) {
		return text
	}
	s := &sentence{oldReader: r, line: line, text: text, first: len(r.claims), dated: r.lastDay(),
		found: slices.DeleteFunc(oldMentions(text), func(m Mention) bool { return isLimit(text, m) })}
	s.places = make([]string, len(s.found))
	from := 0
	for i := 0; i < len(s.found); {
		m := s.found[i]
		start := s.startOf(i, from)
		s.between(text[from:start])
		if n, ok := s.respectively(i, start); ok {
			from = s.found[i+n-1].To
			i += n
			continue
		}
		before, behind, end := text[start:m.From], s.behind(i), 0
		end = m.To + len(behind)
		s.claim(i, before, s.completed(i, before, behind))
		from = end
		i++
	}
	s.between(text[from:])
	return s.marked()
}

// measuredAlone is a measure that no list has, as its place says: 清运垃圾820车，.
var measuredAlone = regexp.MustCompile(`\d[余多]?[万亿]?[余多]?(\p{Han})(?:[，,。；;、：（(）)\s]|$)`)

// noMeasures are characters that stand behind a number and are no measure of it.
const noMeasures = "余多万亿千百十的了时后前中内外上下以左年月日号者等及和与或整倍岁成"

func oldMentions(text string) []Mention {
	measures := oldMeasures
	for _, m := range measuredAlone.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(noMeasures, m[1]) && !slices.Contains(countWords, m[1]) {
			measures = append(slices.Clip(measures), kpi.Measure(m[1]))
		}
	}
	out := Mentions(text, measures, nil)
	for _, at := range spelledCount.FindAllStringSubmatchIndex(text, -1) {
		written := text[at[2]:at[5]]
		q, err := Quantity(written, "个")
		if err != nil || slices.ContainsFunc(out, func(m Mention) bool { return m.From < at[5] && at[2] < m.To }) {
			continue
		}
		out = append(out, Mention{From: at[2], To: at[5], Written: written, Amount: q.Amount, Precision: q.Precision,
			Measure: "个"})
	}
	slices.SortFunc(out, func(a, b Mention) int { return cmp.Compare(a.From, b.From) })
	return out
}

// lastDay returns the day a figure without a date is of.
func (r *oldReader) lastDay() kpi.Date { return kpi.Date(fmt.Sprintf("%04d-12-31", int(r.year))) }

const clauseEnds = "，,：:—"

// startOf is where the clause of a mention begins: behind the last comma, or behind the 、 that follows the
// mention before.
func (s *sentence) startOf(i, from int) int {
	part := s.text[from:s.found[i].From]
	start := from
	if at := strings.LastIndexAny(part, clauseEnds); at >= 0 {
		start = from + at + len(firstString(part[at:]))
	}
	return start
}

// behind returns what follows a mention and belongs to it: up to the end of the clause, or up to the words of the
// next mention in it.
func (s *sentence) behind(i int) string {
	rest := s.text[s.found[i].To:]
	if at := strings.IndexAny(rest, clauseEnds+sentenceEnds); at >= 0 {
		rest = rest[:at]
	}
	if i+1 == len(s.found) || s.found[i+1].From >= s.found[i].To+len(rest) {
		return rest
	}
	rest = rest[:s.found[i+1].From-s.found[i].To]
	for _, and := range []string{"、", "和", "及", "与"} {
		if strings.HasPrefix(rest, and) {
			return ""
		}
		if strings.HasSuffix(rest, and) {
			return rest
		}
	}
	if at := strings.Index(rest, "、"); at >= 0 {
		return rest[:at]
	}
	if verb := verbIn(rest); verb > 0 { // 31名低收入妇女发放救助金31万元
		return rest[:verb]
	}
	return ""
}

// completed returns what follows a mention with the verb behind the last of its list, which they share:
// 25名先进个人和27个先进 单位受到表彰.
func (s *sentence) completed(i int, before, behind string) string {
	if behind != "" && verbIn(behind) > 0 || behind == "" && !handled.MatchString(before) {
		return behind
	}
	for next := i + 1; next < len(s.found); next++ {
		between := s.text[s.found[next-1].To:s.found[next].From]
		if strings.ContainsAny(between, clauseEnds+sentenceEnds) || !strings.ContainsAny(between, "、和及与") {
			break
		}
		last := s.behind(next)
		if verb := verbAny.FindStringIndex(last); behind == "" && verb != nil {
			return last[verb[0]:]
		}
		if verb := verbIn(last); verb > 0 {
			return withoutAnd(behind) + last[verb:]
		}
	}
	return behind
}

// handled begins what is done to those it names: 对先进个人25名予以表彰.
var handled = regexp.MustCompile(`^\s*(?:对|给)[^，]*$`)

var (
	onDay    = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|底|末|份)?`)
	ofFuture = regexp.MustCompile(`(同比|比上年|较上年|比去年|较去年|环比|[比较][^，。；赛例较重武学拼选大好快多强][^，。；]{0,9}[多少高低增减超升降])[^，。；]*$`)
)

// date notes a date that a clause states; it holds for the rest of the sentence.
func (s *sentence) date(clause string) {
	clause, _ = foldRunes(clause)
	m := onDay.FindStringSubmatch(clause)
	if m == nil || m[1] != "" && m[1] != fmt.Sprint(int(s.year)) {
		return
	}
	day := m[3]
	month, err := kpi.ParseDate(fmt.Sprintf("%04d-%s-01", int(s.year), pad(m[2])))
	if err != nil {
		return
	}
	d := month.Period().End()
	if day != "" {
		if d, err = kpi.ParseDate(fmt.Sprintf("%04d-%s-%s", int(s.year), pad(m[2]), pad(day))); err != nil {
			return
		}
	}
	s.dated = d
}

func pad(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// between reads clauses that state no figure.
func (s *sentence) between(text string) {
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return strings.ContainsRune(clauseEnds+sentenceEnds, r)
	}) {
		s.date(clause)
		name := cleanedName(clause)
		if at := everywhere.FindStringIndex(clause); at != nil {
			s.level(clause[:at[0]])
		}
		if name != "" {
			s.clause = name
		}
		if at := strings.Index(text, clause) + len(clause); strings.HasPrefix(text[at:], "：") {
			s.lead = name
		}
	}
}

// level takes 全覆盖 as a judgement that is met.
func (s *sentence) level(before string) {
	name := strings.TrimSuffix(cleanedName(before), "实现")
	if name = cleanedName(name); thin(name) {
		return
	}
	s.add(-1, Claim{Name: name + "覆盖", Kind: kpi.Level, Written: "全覆盖",
		Mention: Mention{Written: "全覆盖", Amount: kpi.Whole(100), Precision: kpi.Exact, Measure: kpi.PercentSign}})
}

// marked returns the sentence with ⟦#3⟧ in place of what was taken.
func (s *sentence) marked() string {
	var out strings.Builder
	from := 0
	for i, m := range s.found {
		if s.places[i] == "" {
			continue
		}
		out.WriteString(s.text[from:m.From] + "⟦#" + s.places[i] + "⟧")
		from = m.To
	}
	return out.String() + s.text[from:]
}

// add keeps a claim; i is its mention's place, -1 for none.
func (s *sentence) add(i int, c Claim) {
	if len(s.claims) == MaxClaims {
		return
	}
	c.Line, c.Area, c.Dated = s.line, s.area, s.dated
	s.claims = append(s.claims, c)
	if i >= 0 {
		s.places[i] = fmt.Sprint(len(s.claims))
	}
}
