package report

import (
	"math"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// tableNumber is a cell that is a number and nothing else.
type tableNumber struct {
	written  string
	amount   kpi.Amount
	decimals int
	measure  string // as written; % for a rate, "" for none
}

var numberCell = regexp.MustCompile(`^[≥≤＞＜＝>=<]?\s*((\d[\d,]*)(?:\.(\d{1,6}))?)\s*([%％]|\p{Han}{0,3})$`)

func readNumber(cell string) (n tableNumber, ok bool) {
	m := numberCell.FindStringSubmatch(strings.TrimSpace(cell))
	if m == nil {
		return n, false
	}
	amount, err := kpi.ParseAmount(strings.ReplaceAll(m[1], ",", ""))
	return tableNumber{m[1] + m[4], amount, len(m[3]), strings.ReplaceAll(m[4], "％", "%")}, err == nil
}

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

// over reports whether a rate can be a ÷ b, all three rounded to what they show.
func (a tableNumber) over(b, rate tableNumber) bool {
	x, y, p := a.float(), b.float(), rate.float()
	least, most := (x-a.off())/(y+b.off())*100, math.Inf(1)
	if y > b.off() {
		most = (x + a.off()) / (y - b.off()) * 100
	}
	half := 0.5*math.Pow10(-rate.decimals) + 1e-9
	return least <= p+half && most >= p-half
}

// off is how far a number may be from what it shows. One without decimals was counted.
func (a tableNumber) off() float64 {
	if a.decimals == 0 {
		return 0
	}
	return 0.5 * math.Pow10(-a.decimals)
}

func (a tableNumber) float() float64 { return float64(a.amount) / float64(kpi.One) }

// sumOf adds up a column.
type sumOf struct {
	amount  kpi.Amount
	count   int
	off     float64
	measure string
	mixed   bool // of several measures, which do not add
}

func (s *sumOf) add(n tableNumber, measure string) {
	s.mixed = s.mixed || s.count > 0 && s.measure != measure || n.measure == "%"
	s.amount, s.count, s.off, s.measure = s.amount+n.amount, s.count+1, s.off+n.off(), measure
}

func (s *sumOf) is(n tableNumber) bool {
	return math.Abs(float64(s.amount-n.amount))/float64(kpi.One) <= s.off+n.off()+1e-9
}
