//go:build peers

package peers

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
)

// county is a year of a county: 18 towns, 315 villages, and what each of them did in each month.
type county struct {
	units      []unit // parents before children
	indicators []indicator
}

type unit struct{ code, name, parent string }

type indicator struct {
	code, name string
	target     int // of the county, at least
}

// entry is one figure of a log.
type entry struct {
	unit, indicator, day string
	amount               int
}

const (
	year = 2025
	root = "c"
)

func newCounty(towns, villages, indicators int) county {
	c := county{units: []unit{{root, "某县", ""}}}
	for t := range towns {
		town := fmt.Sprintf("c-%d", t+1)
		c.units = append(c.units, unit{town, fmt.Sprintf("第%d镇", t+1), root})
		for v := range villages + t%2 {
			code := fmt.Sprintf("%s-%d", town, v+1)
			c.units = append(c.units, unit{code, fmt.Sprintf("第%d镇第%d村", t+1, v+1), town})
		}
	}
	for i := range indicators {
		c.indicators = append(c.indicators, indicator{fmt.Sprintf("i%02d", i), fmt.Sprintf("服务人次%02d", i), 500_000 + 1000*i})
	}
	return c
}

// entries are one a month of each village and indicator, in the order of days, always the same.
func (c county) entries() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		rng := rand.New(rand.NewPCG(2026, 12))
		for month := 1; month <= 12; month++ {
			for _, u := range c.villages() {
				for _, i := range c.indicators {
					if !yield(entry{u.code, i.code, fmt.Sprintf("%d-%02d-%02d", year, month, 1+rng.IntN(28)), rng.IntN(500)}) {
						return
					}
				}
			}
		}
	}
}

func (c county) villages() (out []unit) {
	for _, u := range c.units {
		if strings.Count(u.code, "-") == 2 {
			out = append(out, u)
		}
	}
	return out
}

// sums are the year's figures of the whole county, by the code of the indicator.
func (c county) sums() map[string]int {
	out := map[string]int{}
	for e := range c.entries() {
		out[e.indicator] += e.amount
	}
	return out
}
