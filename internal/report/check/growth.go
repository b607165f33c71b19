package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

const (
	grew   = `增长|增加|上升|提高|提升|扩大|上涨|上调|调高|攀升|延长|增`
	shrank = `减少|下降|降低|下滑|回落|缩减|压减|下调|调低|缩短|压缩|缩小|降|减`
)

var (
	growthWords = regexp.MustCompile(`(?:(?:` + grew + `|` + shrank +
		`)(?:了|约)?|(?:增长率|增长幅度|增幅|涨幅|升幅|下降率|下降幅度|降幅|减幅)(?:为|达到?|是|约)?)\s*$`)
	growingUp = regexp.MustCompile(`增|升|提|扩|涨|延|多|上调|调高`)
	moreSaid  = regexp.MustCompile(`(?:^|[，,])[^，,]*[比较][^，,]*(?:多|少)\p{Han}{0,2}\s*$`)
	moreWord  = regexp.MustCompile(`(?:多|少)\p{Han}{0,2}\s*$`)
	// alone matches the words allowed before such a word if it refers to the two numbers before it.
	alone    = regexp.MustCompile(`^[）)\s]*(?:相比|有所|的基础上)?\s*(?:同比|较上年|较去年|比上年|比去年|净|实际)*$`)
	fromSaid = regexp.MustCompile(`[由从][^，,；;。]*$`)
	toSaid   = regexp.MustCompile(`^[^，,；;。（(]{0,12}(?:[到至]|[增减升降改变][成为])\s*$`)
	oldSaid  = regexp.MustCompile(`上年|去年|上一年|前年|同期|基期`)
	oldMark  = regexp.MustCompile(`(?:较|比).*(?:上年|去年|上一年|前年|同期|\d{4}\s*年)`)
	// reachedSaid matches the words between how much something grew and what it grew to.
	reachedSaid = regexp.MustCompile(`^\s*[，,]?\s*(?:上升|下降|增加|减少|提高|降低|降|减|增|升|达)[至到]\s*$`)
	nowSaid     = regexp.MustCompile(`今年|本年|全年|当年|本期`)
)

// growthSaid returns the word, such as 增长, that makes a number the growth of another; "" if there is
// none.
func growthSaid(s string, m intake.Mention) string {
	if word := growthWords.FindString(s[:m.From]); word != "" {
		return word
	}
	if clause := afterLast(s[:m.From], "，,；;。"); moreSaid.MatchString(clause) { // 比计划的220例多修16例
		return moreWord.FindString(clause)
	}
	return ""
}

// growth finds growth that is not the difference of the two numbers before it: 由100增长到110，增长5%.
func growth(s string, c *checker) (out []Finding) {
	var said []intake.Mention
	end, ok := 0, true // end of what was read; ok: the word there refers to the numbers before it
	mentions := c.mentions(s)
	for i, m := range mentions {
		word := growthSaid(s, m)
		if word == "" && distance.MatchString(lastClause(s[:m.From])) && !strings.HasPrefix(s[m.To:], "的") {
			end = m.To // 超目标2.6万人次
			continue
		}
		if word == "" && c.roleOf(s, m) == isGoal && i > 0 {
			end = m.To // 比目标2200人次多8.36%，比上年2516人次少132人次
			continue
		}
		if word == "" || toSaid.MatchString(s[end:m.From]) {
			said, ok = append(said, m), true
		} else if old, now, is := reached(s, mentions, i); is && alone.MatchString(s[old.To:m.From-len(word)]) {
			out = append(out, grown(old, now, m, growthWording{m.Written + unitBehind(s[m.To:]), strings.TrimSpace(word)})...)
		} else if n := len(said); n > 1 {
			if ok = ok && alone.MatchString(lastClause(s[end:m.From-len(word)])); ok {
				if old, now, both := pair(s, wholeOf(s, said, n-2), said[n-1]); both {
					out = append(out, grown(old, now, m, growthWording{m.Written + unitBehind(s[m.To:]), strings.TrimSpace(word)})...)
				}
			}
		}
		end = m.To + len(unitBehind(s[m.To:]))
	}
	return out
}

// wholeOf is the nth number, or the whole it is a part of: 支出412万元，其中公用38万元，比上年398万元增加14万元.
func wholeOf(s string, said []intake.Mention, n int) intake.Mention {
	for at := n; at > 0; at-- {
		if strings.Contains(s[said[at-1].To:said[at].From], "其中") && strings.HasPrefix(strings.TrimLeft(
			s[said[n].To:], "。，, "), "比") {
			return said[at-1]
		}
	}
	return said[n]
}

var changedTo = regexp.MustCompile(`(` + grew + `|` + shrank + `)[到至成为]`)

// changedSome is a change without its number: 较2023年的5.4万元有所减少.
var changedSome = regexp.MustCompile(`^\s*(?:相比)?[，,]?\s*(?:有所|略有|有|明显|显著|大幅|进一步|稳步|均)*(` + grew + `|` + shrank + `)了?\s*(?:[，,；;。）)]|$)`)

// directions finds changes that go the other way than is said: 由35件下降到41件, 6.1万元，较2023年的5.4万元有所减少.
func directions(s string, c *checker) (out []Finding) {
	mentions := c.mentions(s)
	for i := range mentions[min(1, len(mentions)):] {
		old, now := mentions[i], mentions[i+1]
		if word := changedSome.FindStringSubmatch(s[now.To:]); word != nil && oldMark.MatchString(lastClause(s[:now.From])) {
			if was, is, ok := pair(s, old, now); ok && was.From == now.From {
				out = append(out, grown(was, is, intake.Mention{Precision: kpi.Exact, Written: word[1]},
					growthWording{word[1], word[1]})...)
			}
			continue
		}
		said := changedTo.FindStringSubmatch(s[old.To:now.From])
		up := now.Amount > old.Amount
		if said == nil || !isPair(s, old, now) || oneOf(old.Measure) != oneOf(now.Measure) ||
			old.Amount == now.Amount || old.Precision != kpi.Exact || now.Precision != kpi.Exact ||
			growingUp.MatchString(said[1]) == up {
			continue
		}
		direction := map[bool]string{true: "up", false: "down"}[up]
		out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: now.Written,
			Text: kpi.T("check.growth_is_"+direction, said[1], old.Written, now.Written)})
	}
	return out
}

// unitBehind returns what follows a number of growth in place of a measure: 百分点, 倍 or "".
func unitBehind(rest string) string {
	for _, word := range []string{"百分点", "倍"} {
		if strings.HasPrefix(rest, word) {
			return word
		}
	}
	return ""
}

// lastClause returns the text after the last comma, colon or bracket.
func lastClause(words string) string {
	if at := clauseEnd.FindAllStringIndex(words, -1); len(at) > 0 {
		words = words[at[len(at)-1][1]:]
	}
	return words
}

// isPair reports whether two numbers are the before and after of a change: 由100增长到110.
func isPair(s string, a, b intake.Mention) bool {
	return fromSaid.MatchString(s[:a.From]) && toSaid.MatchString(s[a.To:b.From])
}

// pair returns which of two numbers was before and which is now; ok is false if the sentence does not
// say.
func pair(s string, a, b intake.Mention) (old, now intake.Mention, ok bool) {
	first, second := lastClause(s[:a.From]), lastClause(s[:b.From])
	firstYear, secondYear := yearSaid.FindStringSubmatch(first), yearSaid.FindStringSubmatch(second)
	bothYears := firstYear != nil && secondYear != nil && firstYear[1] != secondYear[1]
	switch {
	case oneOf(a.Measure) != oneOf(b.Measure) && a.Measure != "" || a.Precision != kpi.Exact || b.Precision != kpi.Exact ||
		strings.ContainsAny(s[a.To:b.From], "；;"):
		return a, b, false
	case isPair(s, a, b), bothYears && firstYear[1] < secondYear[1]:
		return a, b, true
	case bothYears, (oldSaid.MatchString(second) || oldMark.MatchString(second)) && !oldSaid.MatchString(first):
		return b, a, strings.Count(s[a.To:b.From], "，") < 2
	case oldSaid.MatchString(first) && nowSaid.MatchString(second):
		return a, b, true
	}
	return a, b, false
}

// reached returns the numbers around a number of growth that is between them:
// 较上年60件下降25%，降至45件.
func reached(s string, mentions []intake.Mention, by int) (old, now intake.Mention, ok bool) {
	if by == 0 || by+1 >= len(mentions) {
		return old, now, false
	}
	old, now = mentions[by-1], mentions[by+1]
	behind := s[mentions[by].To:now.From]
	return old, now, oldMark.MatchString(lastClause(s[:old.From])) && reachedSaid.MatchString(behind) &&
		oneOf(old.Measure) == oneOf(now.Measure) && old.Precision == kpi.Exact && now.Precision == kpi.Exact
}

// growthWording is the wording of growth: how much, and the word before it.
type growthWording struct{ amount, word string }

// grown compares the growth stated with that between the two numbers.
func grown(old, now, by intake.Mention, said growthWording) []Finding {
	if old.Amount == now.Amount || old.Amount == 0 || by.Precision != kpi.Exact {
		return nil
	}
	up, f := now.Amount > old.Amount, Finding{Code: "quotient", Severity: SeverityError, Quote: by.Written}
	direction := map[bool]string{true: "up", false: "down"}[up]
	if growingUp.MatchString(said.word) != up {
		f.Text = kpi.T("check.growth_is_"+direction, said.word, old.Written, now.Written)
		return []Finding{f}
	}
	difference := max(old.Amount, now.Amount) - min(old.Amount, now.Amount)
	exact := difference - by.Amount
	off := rounding(old) + rounding(now) + rounding(by)
	equal := max(exact, -exact) <= off
	written := said.amount
	switch unit := strings.TrimPrefix(written, by.Written); {
	case (unit == "百分点" || by.Measure == "百分点" || by.Measure == kpi.PercentSign) && old.Measure == kpi.PercentSign:
		if !equal && !(by.Measure == kpi.PercentSign && grownBy(old, now, by, 100)) {
			f.Text = kpi.T("check.growth_points_"+direction, written, old.Written, now.Written, difference)
		}
	case unit == "百分点" || by.Measure == "百分点":
	case by.Measure == kpi.PercentSign && !grownBy(old, now, by, 100):
		f.Text = kpi.T("check.growth_rate_"+direction, written, old.Written, now.Written, kpi.Rate(difference, old.Amount))
	case unit == "倍" && !grownBy(old, now, by, 1) && up:
		f.Text = kpi.T("check.growth_times", written, old.Written, now.Written, kpi.Divide(difference, old.Amount).Amount(2))
	case by.Measure != "" && by.Measure != kpi.PercentSign && oneOf(by.Measure) == oneOf(now.Measure) && !equal:
		f.Text = kpi.T("check.growth_by_"+direction, written, old.Written, now.Written, quantity(difference, by.Measure))
	}
	if f.Text.Key == "" {
		return nil
	}
	return []Finding{f}
}

// grownBy reports whether the growth stated, in parts of a whole (100 for percent), can be that between
// two numbers, each as exact as it was written.
func grownBy(old, now, by intake.Mention, parts int64) bool {
	oldOff, nowOff := shownTo(old), shownTo(now)
	if oldOff > 0 && nowOff > 0 { // 3万 beside 2.5万 means 3.0万
		oldOff = min(oldOff, nowOff)
		nowOff = oldOff
	}
	least, most := now.Amount-nowOff, now.Amount+nowOff
	low := kpi.Divide(least-old.Amount-oldOff, old.Amount+oldOff)
	high := kpi.Divide(most-old.Amount+oldOff, max(1, old.Amount-oldOff))
	said, half := by.Amount, lastPlace(by)/2
	if now.Amount < old.Amount {
		said = -said
	}
	return high.CmpAmount((said-half).Times(1, parts)) >= 0 && low.CmpAmount((said+half).Times(1, parts)) <= 0
}

// shownTo returns how far a number may be from what was written: half its last digit, which counts 万
// in 12万; 0 for a plain whole number.
func shownTo(m intake.Mention) kpi.Amount {
	if m.Decimals == 0 && !strings.ContainsAny(m.Written, "万亿") {
		return 0
	}
	return lastPlace(m) / 2
}
