package kpi

// Light is a status in a word, a shape and a colour (亮灯).
type Light string

// The lights. The last six are grey: nothing can be said, and why.
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
	Unclear   Light = "unclear"    // ○ 无法判定: what was logged is too approximate for the target
)

// Lights lists all, worst first: the light of an area is the first of its indicators' here.
var Lights = []Light{FarBehind, Over, Behind, NoData, Unclear, Stale, OnPace, Ahead, Done, NotDue, NoTarget}

// Red reports whether the light calls for somebody's attention first.
func (l Light) Red() bool { return l == FarBehind || l == Over }

// Late reports whether the light is red or yellow.
func (l Light) Late() bool { return l.Red() || l == Behind }

// Worst is the worst of the lights, NoTarget without any.
func Worst(lights []Light) Light {
	for _, l := range Lights {
		if contains(lights, l) {
			return l
		}
	}
	return NoTarget
}
