package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// countedAs are measures that count the same as another: 12名 are 12人, 3家 are 3户. Visits (人次, 户次) are not among
// them.
var countedAs = map[kpi.Measure]kpi.Measure{"名": "人", "位": "人", "个人": "人", "人数": "人", "person": "人",
	"individual": "人", "participant": "人", "attendee": "人", "家": "户", "户数": "户", "家庭": "户", "个家庭": "户",
	"family": "户", "familie": "户"}

// commonCount returns the common measure for what is counted, with its scale: 万人 for 万名.
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

// conversion returns the ratio n/d of two measures that convert ([kpi.Measure.Conversion]) or count the same.
func conversion(from, to kpi.Measure) (n, d int64, ok bool) {
	if n, d, ok = from.Conversion(to); ok {
		return n, d, ok
	}
	return commonCount(from).Conversion(commonCount(to))
}
