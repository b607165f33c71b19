package check

import (
	"math"
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// tableNumber is a cell that contains only a number.
type tableNumber struct {
	written  string
	amount   kpi.Amount
	decimals int
	measure  string   // as written; % for a rate, "" for none
	sign     kpi.Sign // of a target: ≥
}

var (
	numberCell = regexp.MustCompile(`^([≥≤><=]|>=|<=|大于等于|大于或等于|小于等于|小于或等于|不低于|不少于|不小于|至少|不高于|不超过|不大于|不多于|至多|大于|高于|多于|超过|小于|低于|少于|等于)?\s*(-?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.(\d{1,6}))?)\s*([%‰㎡]|\p{Han}{0,3})$`)
	thinSpaces = strings.NewReplacer("\u00a0", " ", "\u2009", " ", "\u202f", " ", "\u2007", " ",
		"\u200a", " ", "−", "-", "㎡", "㎡")
	noMeasure = regexp.MustCompile(`^[年月日号至到以]|[余多]|[以之][上下内]|[以上下]$`) // a date, a range, an approximate number
)

// readNumber reads a cell with one exact number; numbers are parsed as everywhere in the program.
func readNumber(cell string) (n tableNumber, ok bool) {
	m := numberCell.FindStringSubmatch(width.Fold.String(thinSpaces.Replace(strings.TrimSpace(cell))))
	if m == nil || noMeasure.MatchString(m[4]) {
		return n, false
	}
	amount, err := intake.Number(strings.ReplaceAll(m[2], " ", ""))
	return tableNumber{m[2] + m[4], amount, len(m[3]), m[4], signOf(m[1])}, err == nil
}

// signOf returns the sign of a target as written, or "".
func signOf(s string) kpi.Sign {
	switch s {
	case "≥", ">=", "＞＝", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "正向":
		return kpi.AtLeastSign
	case "≤", "<=", "＜＝", "小于等于", "小于或等于", "不高于", "不超过", "不大于", "不多于", "至多", "反向", "逆向":
		return kpi.AtMostSign
	case ">", "＞", "大于", "高于", "多于", "超过":
		return kpi.MoreSign
	case "<", "＜", "小于", "低于", "少于":
		return kpi.LessSign
	case "=", "＝", "等于":
		return kpi.EqualSign
	}
	return ""
}

var (
	reachedWords = regexp.MustCompile(`^(达到|达)\s*`)
	upward       = regexp.MustCompile(`\s*(及以上|以上|之上)$`)
	downward     = regexp.MustCompile(`\s*(及以下|以下|以内|之内|之下)$`)
)

// readGoal reads a target, including one with its sign in words: 50起以上, 达到50起, 3件以内.
func readGoal(cell string) (n tableNumber, ok bool) {
	if n, ok = readNumber(cell); ok {
		return n, true
	}
	text, sign := strings.TrimSpace(cell), kpi.Sign("")
	if word := reachedWords.FindString(text); word != "" {
		text, sign = text[len(word):], kpi.AtLeastSign
	}
	for words, says := range map[*regexp.Regexp]kpi.Sign{upward: kpi.AtLeastSign, downward: kpi.AtMostSign} {
		if at := words.FindStringIndex(text); at != nil {
			text, sign = text[:at[0]], says
		}
	}
	if n, ok = readNumber(text); ok && n.sign == "" {
		n.sign = sign
	}
	return n, ok && sign != ""
}

// achieved is the achievement in a cell, between least and most.
type achieved struct {
	tableNumber
	least, most kpi.Amount
	open        bool // whether there is no upper limit: 200以上
}

// readDone reads an achievement, exact or not: 190余 is from 190 to just below 200, 近200 just below
// 200.
func readDone(cell string) (a achieved, ok bool) {
	if n, exact := readNumber(cell); exact {
		return achieved{n, n.amount, n.amount, false}, true
	}
	mentions := intake.Mentions(strings.TrimSpace(cell), nil, nil)
	if len(mentions) != 1 || mentions[0].Written != strings.TrimSpace(cell) {
		return a, false
	}
	m := mentions[0]
	q, err := intake.Quantity(m.Written, m.Measure)
	if err != nil || q.Precision == kpi.Exact {
		return a, false
	}
	a = achieved{tableNumber{written: m.Written, amount: q.Amount, decimals: m.Decimals, measure: string(m.Measure)},
		q.Amount, q.Amount, false}
	switch below, ends := intake.UpperBound(q, m.Measure); {
	case q.Precision == kpi.Below:
		a.least, a.most = q.Amount-1, q.Amount-1
	case q.Precision == kpi.AtLeast && ends:
		a.most = below - 1
	case q.Precision == kpi.AtLeast:
		a.open = true
	}
	return a, true
}

// misses reports whether an achievement cannot meet a target.
func (a achieved) misses(sign kpi.Sign, goal kpi.Amount) bool {
	if sign.Ceiling() {
		return !sign.Met(a.least, goal)
	}
	return !a.open && !sign.Met(a.most, goal)
}

// inOneMeasure converts two numbers to one measure; a number without a measure takes the other's. ok is
// false if they cannot be converted, or it is uncertain what the bare number counts: 0.95 beside 90%.
func inOneMeasure(a, b tableNumber) (x, y tableNumber, ok bool) {
	bare := func(n, of tableNumber) bool {
		_, rest := withoutScale(of) // 855000 beside 90万元
		return n.measure == "" && (of.measure == "%" && n.amount <= kpi.One && of.amount > kpi.One || rest != of.measure &&
			n.amount/1000 >= of.amount)
	}
	if bare(a, b) || bare(b, a) {
		return a, b, false
	}
	if a.measure == "" || b.measure == "" || a.measure == b.measure {
		return a, b, true
	}
	a.amount, a.measure = withoutScale(a)
	b.amount, b.measure = withoutScale(b)
	return a, b, kpi.Measure(a.measure).Canonical() == kpi.Measure(b.measure).Canonical()
}

// withoutScale returns a number and its measure with 万 or 亿 multiplied out.
func withoutScale(n tableNumber) (kpi.Amount, string) {
	for prefix, times := range map[string]kpi.Amount{"万": 10_000, "亿": 100_000_000} {
		if rest, ok := strings.CutPrefix(n.measure, prefix); ok && n.amount < math.MaxInt64/times {
			return n.amount * times, rest
		}
	}
	return n.amount, n.measure
}

func isWhole(p float64) bool { return math.Abs(p-math.Round(p)) < 1e-9 }

func anyQuotient(numbers []tableNumber, rate tableNumber) bool {
	for i, a := range numbers {
		for k, b := range numbers {
			if i != k && a.over(b, rate) {
				return true
			}
		}
	}
	return false
}

// over reports whether a rate can be a ÷ b, all three rounded to the decimals they show.
func (a tableNumber) over(b, rate tableNumber) bool {
	x, y, p := a.float(), b.float(), rate.float()
	least, most := (x-a.off())/(y+b.off())*100, math.Inf(1)
	if y > b.off() {
		most = (x + a.off()) / (y - b.off()) * 100
	}
	step := math.Pow10(-rate.decimals)
	above, below := step/2, step/2
	if rate.decimals > 0 && isWhole(p+step) { // 99.99 may also be just below 100, and 100.01 just above
		above = step
	}
	if rate.decimals > 0 && isWhole(p-step) {
		below = step
	}
	return least <= p+above+1e-9 && most >= p-below-1e-9
}

// isProduct reports whether a number can be a × p %, all three rounded to the decimals they show.
func (n tableNumber) isProduct(a, p tableNumber) bool {
	half := 0.5*math.Pow10(-n.decimals) + a.float()*0.5*math.Pow10(-p.decimals)/100 + 1e-9
	return math.Abs(n.float()-a.float()*p.float()/100) <= half
}

// product returns a × p %, to two decimals.
func product(a, p tableNumber) kpi.Amount {
	return kpi.Amount(math.Round(a.float()*p.float())) * kpi.One / 100
}

// off returns how far a number may be from what it shows: 0 without decimals, as it was counted then.
func (a tableNumber) off() float64 {
	if a.decimals == 0 {
		return 0
	}
	return 0.5 * math.Pow10(-a.decimals)
}

// exactly returns a number as points: exact, and without a measure whatever follows it.
func (a tableNumber) exactly() tableNumber {
	a.decimals, a.measure = 0, ""
	return a
}

func (a tableNumber) float() float64 { return float64(a.amount) / float64(kpi.One) }

// sumOf is the sum of a column.
type sumOf struct {
	amount  kpi.Amount
	count   int
	off     float64
	measure string
	mixed   bool // whether several measures were added, which gives no sum
}

func (s *sumOf) add(n tableNumber, measure string) {
	s.mixed = s.mixed || s.count > 0 && s.measure != measure || n.measure == "%"
	s.amount, s.count, s.off, s.measure = s.amount+n.amount, s.count+1, s.off+n.off(), measure
}

func (s *sumOf) is(n tableNumber) bool {
	return math.Abs(float64(s.amount-n.amount))/float64(kpi.One) <= s.off+n.off()+1e-9
}
