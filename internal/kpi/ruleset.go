package kpi

// RuleSet is what a place and year measures by (domain.md, sections 4 and 5). Places differ, so
// nothing else in the program knows these numbers.
type RuleSet struct {
	FarBehindBelow Percent // pace ratio below which the light is 严重滞后
	BehindBelow    Percent // … 滞后
	AheadFrom      Percent // … 超前
	StaleAfter     int     // whole months without an entry after which a figure is 数据过期
}

// DefaultRules are the thresholds seen in filled forms: 60, 80 and 120 %.
var DefaultRules = RuleSet{FarBehindBelow: 60_00, BehindBelow: 80_00, AheadFrom: 120_00, StaleAfter: 3}
