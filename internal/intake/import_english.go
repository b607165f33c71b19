package intake

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// The meanings of words in English headings.
const (
	saysNo = 1 << iota // nothing: of, the, number
	saysDone
	saysValue
	saysSoFar
	saysMonth
	saysTarget
	saysRate
	saysEarlier
	saysIndicator
	saysPlace
	saysNote
	saysYear // of what a target is
)

// englishWords are the known words of English headings.
var englishWords = func() map[string]int {
	out := map[string]int{}
	add := func(says int, words string) {
		for _, w := range strings.Fields(words) {
			out[w] |= says
		}
	}
	add(saysNo, "the of for in at by and no nos number total key reporting responsible lead implementing name current overall project")
	add(saysDone, "actual actuals achieved achievement achievements completed complete done delivered result results outturn output outputs "+
		"realised realized reached executed accomplished attained performance")
	add(saysValue, "value values amount amounts quantity qty figure figures count counts")
	add(saysSoFar, "todate cumulative cumulated accumulated ytd")
	add(saysMonth, "month monthly thismonth")
	add(saysTarget, "target targets targeted goal goals quota plan")
	add(saysRate, "rate percent percentage pct %")
	add(saysEarlier, "last previous prior")
	add(saysIndicator, "indicator indicators kpi kpis metric metrics item items activity activities task tasks")
	add(saysPlace, "township townships town towns village villages district street community communities unit units organisation "+
		"organization department office agency subdistrict location county")
	add(saysNote, "note notes remark remarks comment comments explanation")
	add(saysYear, "annual yearly year full")
	return out
}()

var (
	soFarPhrase = regexp.MustCompile(`year[ -]to[ -]date|to[ -]date|so far|since january|since jan`)
	monthPhrase = regexp.MustCompile(`(?:in|for|during)?\s*(?:this|the|current|reporting)\s+month`)
)

// roleEnglish returns the role of an English heading of which every word is known; "" for others. Headings of
// plans, dues and arrears are left to their own readers.
func roleEnglish(text string) ColumnRole {
	text = strings.ToLower(width.Fold.String(text))
	if strings.IndexFunc(text, func(r rune) bool { return r >= 0x2E80 || unicode.IsDigit(r) }) >= 0 ||
		strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return ""
	}
	text = monthPhrase.ReplaceAllString(soFarPhrase.ReplaceAllString(text, " todate "), " thismonth ")
	said := 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) {
		says := englishWords[word]
		if says == 0 {
			return ""
		}
		said |= says
	}
	has := func(says int) bool { return said&says != 0 }
	figures := has(saysDone | saysValue)
	switch {
	case said&^saysNo == 0, has(saysTarget) && has(saysDone) && !has(saysRate):
		return ""
	case has(saysEarlier):
		return ColIgnore
	case has(saysRate):
		return ColRate
	case has(saysNote):
		return ColNote
	case has(saysIndicator):
		return ColIndicator
	case has(saysTarget):
		return ColTarget
	case has(saysPlace):
		return ColUnit
	case has(saysSoFar):
		return ColTotal
	case has(saysMonth) && figures:
		return ColValue
	case has(saysDone):
		return colDone
	case figures && said&saysYear == 0:
		return ColValue
	}
	return ""
}

// Words around an indicator's name that only say that it is counted.
var (
	countedBefore = regexp.MustCompile(`(?i)^(?:the\s+)?(?:total\s+)?(?:number|no\.?|nos\.?|#|count|amount)\s*of\s+`)
	countedBehind = regexp.MustCompile(`(?i)\s*[(（\[](?:number|no\.?|nos\.?|#|count|total|数量?|个数|[人户次场件起份期]数|人次数|户次数)[)）\]]\s*$|\s*[,-]\s*(?:number|no\.|#|count)\s*$`)
	measureBehind = regexp.MustCompile(`^(.*\S)\s*(?:\s[-–—]\s|[,，:：])\s*([^,，:：]{1,20})$`)
)

// withoutCounting returns a name without words that only say that it is counted, or in which measure: Number of
// women trained, Registered users - households.
func (v *vocabulary) withoutCounting(text string) string {
	text = v.withoutMeasure(strings.TrimSpace(text))
	text = countedBehind.ReplaceAllString(countedBefore.ReplaceAllString(text, ""), "")
	if m := measureBehind.FindStringSubmatch(text); m != nil && v.measure(m[2]) != "" {
		text = m[1]
	}
	return text
}
