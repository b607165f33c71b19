package kpi

// Light is a status shown as a word, a shape and a colour (亮灯).
type Light string

// The lights. The last six are grey: no judgement is possible, for the reason named.
const (
	Done      Light = "done"       // ✓ 已完成
	Ahead     Light = "ahead"      // ◆ 超前
	OnPace    Light = "on_pace"    // ● 正常
	Behind    Light = "behind"     // ▼ 滞后
	FarBehind Light = "far_behind" // ■ 严重滞后
	Over      Light = "over"       // ■ 超标, for targets that are ceilings
	NoTarget  Light = "no_target"  // – 未设目标
	NoData    Light = "no_data"    // ○ 未填报
	NotDue    Light = "not_due"    // – 未到期
	Stale     Light = "stale"      // ○ 数据过期
	Unclear   Light = "unclear"    // ○ 无法判定: the entries are too approximate to compare with the target
)

// Lights lists all lights, worst first: an area takes the first of its indicators' lights in this
// order.
var Lights = []Light{FarBehind, Over, Behind, NoData, Unclear, Stale, OnPace, Ahead, Done, NotDue, NoTarget}

// Red reports whether the light is red.
func (l Light) Red() bool { return l == FarBehind || l == Over }

// Late reports whether the light is red or yellow.
func (l Light) Late() bool { return l.Red() || l == Behind }

// Standing returns the word of a light: its code, or "beyond" (超出目标) where the target is exceeded so far
// that it may be too low, or an entry a slip of the pen.
func (l Light) Standing(beyond bool) string {
	if beyond && !l.Late() && l != Stale {
		return "beyond"
	}
	return string(l)
}

// Worst returns the worst of the lights, NoTarget if there are none.
func Worst(lights []Light) Light {
	for _, l := range Lights {
		if contains(lights, l) {
			return l
		}
	}
	return NoTarget
}
