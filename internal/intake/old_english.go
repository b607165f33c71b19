package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// English reports are read by their own rules: which words stand around a number and which verb goes with it.

const (
	englishNumber = `(?:(?:over|more than|at least|nearly|almost|about|around|approximately)\s+)?[£$€]?` +
		`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:million|m|k|bn)\b)?\s?(?:%|per cent\b)?\+?`
	englishDone = `[a-z]{2,}ed|held|ran|gave|made|met|built|taught|won|sent|led|paid|wrote|took|grew|found|set up|` +
		`read|lent|bought|sold|saw|spent`
)

var (
	englishFigure   = regexp.MustCompile(`(?i)` + englishNumber)
	englishSentence = regexp.MustCompile(`[.!?;](?:\s+|$)`)
	englishAhead    = regexp.MustCompile(`(?i)\b(?:will|plan(?:s|ned)? to|next year|aims? to|expect(?:s|ed)? to|hopes? to|intends? to)\b`)
	englishTarget   = regexp.MustCompile(`(?i)(?:target|goal|[(;,]\s*(?:planned|plan))(?:\s+(?:of|was|is|being|for the year|set at))*\s*[:=]?\s*$`)
	englishLimit    = regexp.MustCompile(`(?i)\b(?:within|below|under)\s+(?:the|a|its|our)\s+(?:\w+ )?(?:limit|ceiling|maximum|cap)(?:\s+of)?\s*$`)
	englishPlanned  = regexp.MustCompile(`(?i)^\s*(?:planned|scheduled|targeted|intended)\b`)
	englishOf       = regexp.MustCompile(`(?i)^\s*(?:out )?of(?: the)?\s*$`)
	englishChange   = regexp.MustCompile(`(?i)^\s*(?:points?\b|(?:more|less|fewer|higher|lower|up|down|above|below)\b|` +
		`(?:increase|rise|fall|drop)\b)`)
	englishChanged = regexp.MustCompile(`(?i)\b(?:by|up|down|from|rose|fell|grew|compared (?:with|to)|` +
		`last year(?: it was)?)\s*$`)
	englishNoCount = regexp.MustCompile(`(?i)^\s*(?:(?:january|february|march|april|may|june|july|august|september|october|november|` +
		`december)\b|years?|months?|weeks?|days?|minutes?|seconds?)\b`)
	englishRun     = regexp.MustCompile(`^\s*((?:[A-Za-z][A-Za-z'-]*\s*)+)`)
	englishVerb    = regexp.MustCompile(`(?i)(?:^|\s)(` + englishDone + `)\s*$`)
	englishPassive = regexp.MustCompile(`(?i)^(?:was|were|have been|has been|had been)\s+(.+)$`)
	englishIs      = regexp.MustCompile(`(?i)^(?:the\s+)?(.+?)\s+(?:was|is|were|stood at|reached|averaged|came to|totalled|` +
		`rose to|fell to)\s*$`)
	englishStops = strings.Fields("in at to for from with and against were was who that which by as on during through " +
		"across when while within under or but have has had gave passed took came joined attended used said is are than between after " +
		"before")
)

// isEnglish reports whether a text is in Latin letters.
func isEnglish(lines []Line) bool {
	latin, han := 0, 0
	for _, l := range lines {
		for _, r := range l.Text {
			switch {
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.Is(unicode.Latin, r):
				latin++
			}
		}
	}
	return latin > 40 && han*10 < latin
}

// englishLine reads a line of an English report: a heading, or sentences below one.
func (r *oldReader) englishLine(n int, text string) {
	number, text := r.englishTitle(text)
	if text == "" {
		return
	}
	if r.section == OldNone && strings.Contains(text, ".") {
		r.section = OldWork
	}
	var marks []englishMark
	if r.section == OldWork {
		from := 0
		for _, at := range append(englishSentence.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
			s := text[from:at[0]]
			if s != "" && !englishAhead.MatchString(s) && len(r.claims) < MaxClaims && !r.englishGoals(n, s) {
				for _, m := range r.englishClaims(n, s) {
					marks = append(marks, englishMark{from + m.from, from + m.to, m.mark})
				}
			}
			from = at[1]
		}
	}
	r.keep(number + markedText(text, marks))
}

// englishClaims takes the figures of one sentence and returns the marks for them.
func (r *oldReader) englishClaims(line int, text string) (marks []englishMark) {
	first, verb, topic := len(r.claims), "", ""
	found := englishFigure.FindAllStringIndex(text, -1)
	for i := 0; i < len(found); i++ {
		at := []int{found[i][0], len(strings.TrimRight(text[:found[i][1]], " "))}
		if at[0] > 0 && (isDigit(text[at[0]-1]) || unicode.IsLetter(rune(text[at[0]-1])) || text[at[0]-1] == '-') ||
			at[1] < len(text) && unicode.IsLetter(rune(text[at[1]])) {
			continue // 1st, Covid-19, B12
		}
		before, behind := text[:at[0]], text[at[1]:]
		if i > 0 {
			before = text[found[i-1][1]:at[0]]
		}
		written := strings.TrimSpace(text[at[0]:at[1]])
		percent := strings.HasSuffix(written, "%") || strings.HasSuffix(written, "per cent")
		switch n := len(r.claims); {
		case englishTarget.MatchString(before):
			if n > first && r.claims[n-1].Target == "" && percent == (r.claims[n-1].Measure == kpi.PercentSign) {
				r.claims[n-1].Target = written
			} else if n > 0 && n == first && r.claims[n-1].Line == line && r.claims[n-1].Target == "" {
				r.claims[n-1].Target = written
			}
			continue
		case englishLimit.MatchString(before):
			if n > first && r.claims[n-1].Target == "" && percent == (r.claims[n-1].Measure == kpi.PercentSign) {
				r.claims[n-1].Target = "≤" + written
			}
			continue
		case percent && strings.HasSuffix(before, "(") && n > first && strings.HasPrefix(behind, ")"):
			r.claims[n-1].Rate = written
			continue
		case englishChange.MatchString(behind), englishChanged.MatchString(before), englishNoCount.MatchString(behind),
			isYearAlone(written, before):
			continue
		}
		whole := ""
		if i+1 < len(found) && englishOf.MatchString(text[at[1]:found[i+1][0]]) { // 28 of 30 planned sessions
			whole, behind = strings.TrimSpace(text[found[i+1][0]:found[i+1][1]]), text[found[i+1][1]:]
			i++
		}
		planned := englishPlanned.FindString(behind)
		behind = behind[len(planned):]
		if m := englishVerb.FindStringSubmatch(before); m != nil {
			verb = strings.ToLower(m[1])
		} else if !regexpAnd.MatchString(before) {
			verb = ""
		}
		noun, rest := englishNoun(behind)
		c, ok := r.englishClaim(englishName(noun, rest, verb, before, topic), noun, written, before, percent)
		if !ok {
			continue
		}
		if whole != "" && planned != "" {
			c.Target = whole
		}
		c.Line, c.From, c.To = line, at[0], at[1]
		r.claims, topic = append(r.claims, c), noun
		marks = append(marks, markOf(text, at, c, len(r.claims)))
	}
	return marks
}

// englishGoals reads a sentence of targets alone, which are of what was counted before it: Targets of 3,500 enquiries
// and 1,200 cases had been set.
func (r *oldReader) englishGoals(line int, text string) bool {
	if !goalSentence.MatchString(text) {
		return false
	}
	for _, at := range englishFigure.FindAllStringIndex(text, -1) {
		noun, _ := englishNoun(text[at[1]:])
		for i := range r.claims {
			if c := &r.claims[i]; c.Line == line && c.Target == "" && noun != "" && string(c.Measure) == noun {
				c.Target = strings.TrimSpace(text[at[0]:at[1]])
			}
		}
	}
	return true
}

var goalSentence = regexp.MustCompile(`(?i)^(?:the |our )?(?:annual |yearly )?(?:targets|goals)\s+(?:of|were|for)\b`)

// englishClaim is a figure with its measure; not ok where it has no name of its own or nothing to count in.
func (r *oldReader) englishClaim(name, noun, written, before string, percent bool) (c Claim, ok bool) {
	c = Claim{Name: name, Written: written, Area: r.area, Dated: r.lastDay(), Kind: kpi.Flow}
	switch words := strings.Fields(strings.ToLower(name)); {
	case name == "":
		return c, false
	case percent:
		c.Measure, c.Kind = kpi.PercentSign, kpi.Running
	case strings.Contains(written, "£"):
		c.Measure = "GBP"
	case strings.Contains(written, "$"):
		c.Measure = "USD"
	case strings.Contains(written, "€"):
		c.Measure = "EUR"
	case noun == "" && englishLabel.MatchString(before): // Football sessions: 212
		c.Measure = kpi.Measure(words[len(words)-1])
	default:
		c.Measure = kpi.Measure(noun)
	}
	q, err := Quantity(strings.ReplaceAll(written, "per cent", "%"), c.Measure)
	if err != nil || c.Measure == "" ||
		slices.ContainsFunc(r.claims, func(o Claim) bool { return plainName(o.Name) == plainName(name) }) {
		return c, false
	}
	c.Mention = Mention{Written: written, Amount: q.Amount, Precision: q.Precision, Measure: c.Measure}
	return c, true
}

var regexpAnd = regexp.MustCompile(`(?i)(?:^|\s|,)and\s*$|^,\s*$`)

// isYearAlone reports whether a number is a year: in 2025.
func isYearAlone(written, before string) bool {
	return len(written) == 4 && (strings.HasPrefix(written, "20") || strings.HasPrefix(written, "19")) &&
		regexp.MustCompile(`(?i)\b(?:in|of|since|by|until|during|year|to|report)\s*$`).MatchString(before)
}

// englishNoun returns what is counted, and what is said behind it: health workers.
func englishNoun(behind string) (noun, rest string) {
	words := strings.Fields(leadingOf.ReplaceAllString(englishRun.FindString(behind), ""))
	n := 0
	for n < len(words) && n < 5 && !slices.Contains(englishStops, strings.ToLower(words[n])) {
		if n > 0 && strings.HasSuffix(words[n], "ed") && !strings.HasSuffix(words[n-1], "ly") {
			break // learners finished their course
		}
		n++
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ")
}

// englishName makes a name of what is counted and what was done with it: Women screened.
func englishName(noun, rest, verb, before, topic string) string {
	name := ""
	head := strings.TrimSpace(before[strings.LastIndexAny(before, ",;:(")+1:])
	head = strings.TrimPrefix(strings.TrimPrefix(head, "and "), "And ")
	passive := englishPassive.FindStringSubmatch(rest)
	if own := strings.Fields(rest); len(own) > 0 && ownVerb.MatchString(own[0]) {
		verb = "" // we ran 48 story hours, and 1,130 children came
	}
	if done, ok := englishParticiples[verb]; ok {
		verb = done
	}
	label := englishLabel.FindStringSubmatch(before)
	switch subject := englishIs.FindStringSubmatch(head); {
	case worth.MatchString(head):
		name = worth.FindStringSubmatch(head)[1]
	case noun == "times" && head != "":
		name = strings.TrimPrefix(strings.TrimPrefix(head, "The "), "the ")
	case noun == "" && subject != nil:
		name = subject[1]
	case noun == "" && head == "" && label != nil:
		name = label[1]
	case noun == "" && passive != nil:
		name = strings.TrimSpace(topic + " " + passive[1])
	case noun == "" && verb != "" && topic == "" && rest == "":
		name = "amount " + verb
	case noun == "" && verb != "": // grants of £45,200 to families
		name = strings.TrimSpace("amount " + verb + " " + rest)
	case noun == "":
		name = strings.TrimSuffix(strings.TrimSpace(afterVerb.ReplaceAllString(head, "")), " of")
	case verb != "":
		name = noun + " " + verb
	case passive != nil:
		name = noun + " " + passive[1]
	case rest != "" && !slices.Contains([]string{"in", "and", "for", "at", "against"}, strings.Fields(rest)[0]):
		name = noun + " " + rest
	default:
		name = noun
	}
	return namedBy(name, head, verb)
}

// namedBy shortens a name, and says whose doing it was if it was not the office's.
func namedBy(name, head, verb string) string {
	words := strings.Fields(name)
	words = words[:min(len(words), 7)]
	by := bySubject(head)
	if verb != "" && by != "" && len(words) < 5 &&
		!strings.Contains(strings.ToLower(name), strings.TrimPrefix(by, "the ")) {
		words = append(words, strings.Fields("by "+by)...)
	}
	for len(words) > 1 && slices.Contains(looseEnds, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	name = strings.Join(words, " ")
	if len(name) < 4 {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

var (
	leadingOf    = regexp.MustCompile(`(?i)^\s*of (?:the |our |all )?`) // 88% of clients
	ownVerb      = regexp.MustCompile(`^(?:[a-z]{2,}ed|came|gave|took|went|met|won|had|read|left)$`)
	englishLabel = regexp.MustCompile(`([A-Za-z][A-Za-z ,'-]{2,50}):\s*$`) // Training sessions: 412
	// englishParticiples are those that differ from the past.
	englishParticiples = map[string]string{"ran": "run", "gave": "given", "wrote": "written", "took": "taken",
		"grew": "grown", "saw": "seen"}
)

// worth is what a sum is of: Grants worth £75,000.
var worth = regexp.MustCompile(`(?i)^(?:the\s+)?([A-Za-z][A-Za-z' -]{2,40}?)\s+(?:worth|totalling|totaling|valued at|amounting to)\s*$`)

// looseEnds are words that no name ends with.
var looseEnds = strings.Fields("and of in for the a to at or by about around nearly over approximately almost with from")

// ourselves is who an office's report speaks of without naming anybody else.
var ourselves = regexp.MustCompile(`(?i)^(?:we|it|they|our\b.*|the (?:trust|charity|centre|center|office|service|council|team|society|association))$`)

// bySubject is who did what a clause says, if it is somebody else than the office: Children borrowed 61,250 books.
func bySubject(head string) string {
	m := subjectVerb.FindStringSubmatch(head)
	if m == nil || m[1][0] < 'A' || m[1][0] > 'Z' || strings.Contains(m[1], " and ") ||
		ourselves.MatchString(m[1]) || len(strings.Fields(m[1])) > 3 {
		return ""
	}
	return strings.ToLower(m[1][:1]) + m[1][1:]
}

var subjectVerb = regexp.MustCompile(`(?i)^([A-Za-z][A-Za-z' -]*?)\s+(?:` + englishDone + `)\s*$`)

// afterVerb is who did what, before what it was done with: We made grants of.
var afterVerb = regexp.MustCompile(`(?i)^.*\b(?:` + englishDone + `)\s+`)
