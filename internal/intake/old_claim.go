package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

var (
	targetWords = regexp.MustCompile(`(?:(?:年度|全年|年初)?(?:下达)?(?:目标任务|任务目标|任务数|目标数|目标值|任务|目标|计划数?))(?:数|为|是|共)*$`)
	rateOfPlan  = regexp.MustCompile(`(?:完成率|完成比例|占(?:年度)?(?:目标|任务)\S*|完成(?:了)?(?:年度|全年)?(?:目标|任务)\S*)(?:为|达到|达|的)*$`)
	doneWords   = regexp.MustCompile(`^(?:实际)?完成(?:数|人数)?$|^实际$|^$`)
	partWords   = regexp.MustCompile(`^\s*其中`)
	moneyWords  = regexp.MustCompile(`金|款|资|募捐|销售|收入|产值|经费`)
)

// claim takes the claim that a mention makes with the words around it.
func (s *sentence) claim(i int, before, behind string) {
	m := s.found[i]
	if ofFuture.MatchString(before) || strings.HasPrefix(behind, "左右的增长") || s.isChange(i, before) {
		return
	}
	s.date(before)
	switch {
	case s.carry != "":
		name := s.carry
		s.carry = ""
		s.named(i, before, name)
		return
	case plansAhead.MatchString(before):
		s.target, s.aim, s.of = &s.found[i], i, s.about(cleanedName(plansAhead.ReplaceAllString(before, "")))
		return
	case rateOfPlan.MatchString(before) && m.Measure == kpi.PercentSign:
		if n := len(s.claims); n > s.first {
			s.places[i] = strconv.Itoa(n) + "·rate"
			s.claims[n-1].Rate = m.Written
		}
		return
	case s.rated > 0 && m.Measure == kpi.PercentSign && strings.Trim(before, ")） ") == "的":
		s.places[i], s.claims[s.rated-1].Rate, s.rated = strconv.Itoa(s.rated)+"·rate", m.Written, 0
		return
	case heldWithin.MatchString(before):
		s.ceiling(m)
		return
	case s.ofLast(i, before):
		return
	case s.aimBehind(i, before):
		return
	case targetWords.MatchString(cleanedTail(before)) && !taskDone.MatchString(before):
		s.target, s.aim = &s.found[i], i
		s.of = cleanedName(targetWords.ReplaceAllString(cleanedTail(before), ""))
		if s.of == "" {
			s.of = s.clause
		}
		return
	}
	name := nameOf(before, behind)
	if of := s.attributed(i, before); of != "" {
		name = of
	}
	s.doing = verbFirst.FindString(cleanedName(before))
	if strings.HasPrefix(name, "其中") {
		name = cleanedName(name)
	}
	s.named(i, before, name)
}

// heldWithin stands before a limit that something was kept to, which is no figure of its own: 投诉3件，控制在5件以内.
var heldWithin = regexp.MustCompile(`(?:控制|限制|压降|压减)(?:在|到|至)\s*$`)

// ceiling takes a limit as the target of the figure before it.
func (s *sentence) ceiling(m Mention) {
	if n := len(s.claims); n > s.first && s.claims[n-1].Measure == m.Measure && s.claims[n-1].Target == "" {
		s.claims[n-1].Target = "≤" + m.Written
	}
}

// taskDone is a task that was carried out, and no number to be reached: 开展抽查任务52批.
var taskDone = regexp.MustCompile(`(?:开展|执行|承担|实施|参加|参与)[^，。；]{2,}任务$`)

var (
	ofPlan     = regexp.MustCompile(`^[，,（(\s]*(?:完成|占|达到?|为|是|实现)?[^，。；\d]{0,6}?(?:目标任务|任务目标|任务数|目标数|目标值|任务|目标|计划数?)[（(为是共\s]*$`)
	shareOfAim = regexp.MustCompile(`^[）)\s]*的\s*[\d.．]+\s*[%％]`)
)

// ofLast reads the target that the figure before it is a share of: 新增就业1386人，完成任务数（1300人）的106.62%.
func (s *sentence) ofLast(i int, before string) bool {
	n, m := len(s.claims), s.found[i]
	if n == s.first || !ofPlan.MatchString(before) || !shareOfAim.MatchString(s.text[m.To:]) ||
		s.claims[n-1].Measure != m.Measure || s.claims[n-1].Target != "" {
		return false
	}
	s.claims[n-1].Target, s.places[i], s.rated = m.Written, strconv.Itoa(n)+"·target", n
	return true
}

// aimBehind reads the target that stands behind its figure in a clause of its own: 改造68户，目标70户; 培训520人次
// （任务数500人次）. One with what was done behind it is that one's: 培训520人次，任务数500人，完成510人.
func (s *sentence) aimBehind(i int, before string) bool {
	n, m := len(s.claims), s.found[i]
	said := cleanedTail(strings.TrimLeft(before, " （(，,"))
	if n == s.first || targetWords.FindString(said) != said || said == "" || s.claims[n-1].Measure != m.Measure ||
		s.claims[n-1].Target != "" || !strings.ContainsAny(s.text[s.found[i-1].To:m.From], "（(，,") {
		return false
	}
	if i+1 < len(s.found) && s.found[i+1].Measure == m.Measure {
		next := s.text[m.To:s.found[i+1].From]
		if at := strings.LastIndexAny(next, clauseEnds); at >= 0 {
			next = next[at+len(firstString(next[at:])):]
		}
		if next = cleanedName(next); doneWords.MatchString(next) {
			return false
		}
	}
	s.claims[n-1].Target, s.places[i], s.rated = m.Written, strconv.Itoa(n)+"·target", n
	return true
}

// isChange reports whether a number says by how much something changed, or what it was before.
func (s *sentence) isChange(i int, before string) bool {
	m := s.found[i]
	if slices.Contains([]kpi.Measure{"百分点", "千分点"}, m.Measure) ||
		m.Measure.IsSign() && pointsOff.MatchString(strings.TrimSpace(before)) {
		return true
	}
	if at := changed.FindStringIndex(before); at != nil && i+1 < len(s.found) &&
		changedTo.MatchString(s.text[m.To:s.found[i+1].From]) {
		if s.carry = cleanedName(before[:at[0]]); s.carry == "" {
			s.carry = s.about("")
		}
		return s.carry != ""
	}
	return false
}

// attributed names a figure whose words begin behind another one: the 档案 of 接收39家单位移交的档案210卷.
func (s *sentence) attributed(i int, before string) string {
	at := strings.LastIndex(before, "的")
	if at < 0 || i == 0 || s.places[i-1] == "" || len(s.claims) == s.first ||
		s.found[i].From-len(before) != s.found[i-1].To {
		return ""
	}
	verb, noun := s.doing, cleanedName(before[at+len("的"):])
	if verb == "" || utf8.RuneCountInString(noun) < 2 {
		return ""
	}
	return verb + noun
}

// about is what a clause without a name of its own speaks of.
func (s *sentence) about(name string) string {
	switch {
	case !thin(name) && name != "":
		return name
	case s.topic != "":
		return nameAbout(s.topic, name)
	case s.clause != "":
		return nameAbout(object(s.clause), name)
	}
	return nameAbout(s.subject, name)
}

func cleanedTail(s string) string { return strings.TrimRight(s, " 为是：:") }

// named completes a name from the sentence and keeps the claim.
func (s *sentence) named(i int, before, name string) {
	m := s.found[i]
	c := Claim{Mention: m, Written: m.Written}
	part := partWords.MatchString(before)
	var whole *Claim
	if n := len(s.claims); part && n > s.first {
		whole = &s.claims[s.wholeOf(m, n)]
		c.PartOf = whole.Name
	}
	listed := strings.HasPrefix(strings.TrimSpace(before), "、")
	if listed && whole == nil && len(s.claims) > s.first { // a part's neighbour is one, too
		c.PartOf = s.claims[len(s.claims)-1].PartOf
	}
	said := name
	switch {
	case s.target != nil && (doneWords.MatchString(name) || strings.HasSuffix(s.of, object(name))):
		name = s.of
	case strings.HasPrefix(name, "在") && len(s.claims) > s.first && strings.Contains(s.claims[len(s.claims)-1].Name, "在"):
		before, _, _ := strings.Cut(s.claims[len(s.claims)-1].Name, "在") // 学校在城市建立16个，在农村建立12个
		name = before + name
	case listed && name != "" && s.verb != "" && !verbFirst.MatchString(name) && !awardOf.MatchString(name):
		name = s.verb + name
		said = name
	case name == "" && s.clause == "" && len(s.claims) > s.first: // 1284户3917人, 4期，合计683人次
		name = s.claims[len(s.claims)-1].Name
	case name == "":
		name = s.clause
	case thin(name):
		name = s.fuller(name, whole)
	case whole == nil && s.clause != "" && utf8.RuneCountInString(object(name)) <= 3:
		name = object(s.clause) + name
	case utf8.RuneCountInString(name) <= 6 && whole != nil:
		name = object(whole.Name) + name
	}
	if s.target != nil && (s.of == "" || strings.Contains(name, s.of) || name == s.of) {
		c.Target = s.target.Written
	}
	name = shortened(name)
	for n, said := range s.claims { // a figure that is told twice is one
		if plainName(said.Name) == plainName(name) && said.Amount == m.Amount && said.Measure == m.Measure {
			s.places[i] = strconv.Itoa(n + 1)
			return
		}
	}
	name = s.fresh(name, m.Measure)
	if utf8.RuneCountInString(name) < 2 || strings.Contains(name, "⟦") {
		return
	}
	c.Name = name
	s.measured(&c)
	if said == "" || s.target != nil {
		said = name
	}
	s.standing = s.standing || standingAt.MatchString(before+s.clause)
	c.Kind = s.kindOf(c, said, before)
	if v := verbFirst.FindString(name); v != "" && !listed {
		s.verb = v
	} else if !listed {
		s.verb = ""
	}
	if c.Kind == kpi.Ratio {
		s.divide(&c)
	}
	s.add(i, c)
	if c.Target != "" {
		s.places[s.aim], s.target = strconv.Itoa(len(s.claims))+"·target", nil
	}
	if topic := object(name); !thin(said) && !part && (s.topic == "" || utf8.RuneCountInString(topic) > 3) {
		s.topic = topic
	}
	s.clause = ""
}

// wholeOf is the place of the claim that a part belongs to: the last one of its measure that is no part.
func (s *sentence) wholeOf(m Mention, n int) int {
	for at := n - 1; at >= s.first; at-- {
		if s.claims[at].PartOf == "" && s.claims[at].Measure == m.Measure {
			return at
		}
	}
	return n - 1
}

// fuller says what a thin name is about.
func (s *sentence) fuller(name string, whole *Claim) string {
	switch {
	case whole != nil:
		return object(whole.Name) + name
	case s.clause != "" && (name == "惠及" || strings.HasPrefix(name, "受益")):
		return s.clause + name
	case s.topic != "":
		return nameAbout(s.topic, strings.TrimPrefix(name, "吸引"))
	case s.clause != "":
		return nameAbout(object(s.clause), name)
	case s.subject != "":
		return nameAbout(s.subject, name)
	}
	return name
}

// maxClaimName is how long a name that was concluded may be, in characters.
const maxClaimName = 40

func shortened(name string) string {
	if r := []rune(name); len(r) > maxClaimName {
		return string(r[len(r)-maxClaimName:])
	}
	return strings.Trim(name, "、，；：:-— ")
}

// fresh is a name that no other claim bears.
func (s *sentence) fresh(name string, measure kpi.Measure) string {
	for _, c := range s.claims {
		if plainName(c.Name) == plainName(name) && c.Measure != measure && measure != "" && measure != kpi.PercentSign {
			name += map[kpi.Measure]string{"人": "人数", "人次": "人次", kpi.Yuan: "金额"}[measure]
			if name == c.Name {
				name += "（" + string(measure) + "）"
			}
			break
		}
	}
	for n := 2; ; n++ {
		if !slices.ContainsFunc(s.claims, func(c Claim) bool { return plainName(c.Name) == plainName(name) }) {
			return name
		}
		switch {
		case n == 2 && s.clause != "" && !strings.Contains(name, s.clause):
			name = s.clause + name
		case n > 9:
			return ""
		default:
			name = strings.TrimRight(name, "0123456789 ") + " " + strconv.Itoa(n)
		}
	}
}

var misplaced = regexp.MustCompile(`([余多])([万亿])`)

// measured settles what a claim is addedUp in, and writes it so that an entry can be read from it.
func (s *sentence) measured(c *Claim) {
	if c.Measure == "" && moneyWords.MatchString(c.Name) && c.Odd == NoMeasure {
		c.Measure = kpi.Yuan
	}
	if c.Odd == Order { // 5余万元
		c.Written = misplaced.ReplaceAllString(c.Written, "$2$1")
	}
	if at := strings.IndexAny(c.Written, "（("); at > 0 { // 2170台（套）
		c.Written = c.Written[:at]
	}
	if c.Odd == Sounds {
		_, size := utf8.DecodeLastRuneInString(c.Written)
		c.Written = c.Written[:len(c.Written)-size] + string(c.Measure)
	}
}

// divide finds among the claims of the line two whose quotient a rate is; without any, it is a reading.
func (s *sentence) divide(c *Claim) {
	for d := len(s.claims) - 1; d >= 0; d-- {
		for n := len(s.claims) - 1; n >= 0; n-- {
			den, num := s.claims[d], s.claims[n]
			if n == d || den.Area != s.area || num.Area != s.area || den.Amount <= 0 || num.Amount > den.Amount ||
				den.Measure != num.Measure || den.Precision != kpi.Exact || num.Precision != kpi.Exact {
				continue
			}
			if (c.Decimals < 2 || c.Amount == kpi.Whole(100)) && min(n, d) < s.first {
				continue // a round rate is the quotient of many numbers; its own stand beside it
			}
			if rate := num.Amount.Times(100*int64(kpi.One), int64(den.Amount)).Round(c.Decimals); rate == c.Amount {
				c.Numerator, c.Denominator = num.Name, den.Name
				return
			}
		}
	}
	c.Kind = kpi.Running
}

var respectively = regexp.MustCompile(`分别(?:为|是|有|达|达到)?`)

// respectively reads a list and the numbers that go with it: 在城市、农村分别建立学校16个、12个, and 儿童、妇女、家庭，
// 分别为3人、4人、5户. n is how many.
func (s *sentence) respectively(i, start int) (n int, ok bool) {
	text := s.text
	at := respectively.FindStringIndex(text[start:s.found[i].From])
	if at == nil {
		return 0, false
	}
	head, middle := strings.Trim(text[start:start+at[0]], " 、，"), cleanedName(text[start+at[1]:s.found[i].From])
	if head == "" {
		before := strings.TrimRight(text[:start], "，, ")
		head = before[strings.LastIndexAny(before, clauseEnds+sentenceEnds)+1:]
		for len(head) > 0 && !utf8.ValidString(head) { // cut behind a character of several bytes
			head = head[1:]
		}
	}
	n = 1
	for i+n < len(s.found) {
		between := strings.TrimSpace(text[s.found[i+n-1].To:s.found[i+n].From])
		if !slices.Contains([]string{"、", "和", "，"}, between) {
			break
		}
		n++
	}
	items := strings.FieldsFunc(head, func(r rune) bool { return strings.ContainsRune("、和与及", r) })
	if n < 2 || len(items) != n {
		return 0, false
	}
	s.date(head)
	verb := ""
	for k, item := range items {
		if item = cleanedName(item); k == 0 {
			item = strings.TrimPrefix(item, "在")
			verb = verbFirst.FindString(item)
			item = strings.TrimPrefix(item, verb)
		}
		s.named(i+k, "", verb+item+middle)
	}
	return n, true
}
