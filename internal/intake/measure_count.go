package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// countedAs are words that count the same as another: 12名 are 12人, 3家 are 3户. Visits (人次, 户次) are others.
var countedAs = map[kpi.Measure]kpi.Measure{"名": "人", "位": "人", "个人": "人", "人数": "人", "person": "人",
	"individual": "人", "participant": "人", "attendee": "人", "家": "户", "户数": "户", "家庭": "户", "个家庭": "户",
	"family": "户", "familie": "户"}

// commonCount is a measure by the common word for what it counts, in its scale: 万人 for 万名.
func commonCount(m kpi.Measure) kpi.Measure {
	base := m.Base()
	common, ok := countedAs[base]
	if !ok {
		return m
	}
	if scale, ok := strings.CutSuffix(string(m), string(base)); ok {
		return kpi.Measure(scale) + common
	}
	return common
}

// conversion is what one of a measure is in another, as n ÷ d: [kpi.Measure.Conversion], and of words that count
// the same.
func conversion(from, to kpi.Measure) (n, d int64, ok bool) {
	if n, d, ok = from.Conversion(to); ok {
		return n, d, ok
	}
	return commonCount(from).Conversion(commonCount(to))
}
