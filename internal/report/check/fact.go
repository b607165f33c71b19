package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// fact is a statement of how many of something there are, by an indicator or a clause of the text.
type fact struct {
	name      kpi.Name
	core      string // the name without the words that only say that something was counted
	stage     stage
	amount    kpi.Amount
	exact     bool
	precision kpi.Precision // of a clause
	measure   kpi.Measure
	indicator string // code; "" for a clause
}

// stage is the stage of a selection at which a count was taken: only who was recommended can be
// awarded.
type stage int

const (
	anyStage stage = iota
	proposed
	awarded
)

var (
	proposing = strings.Fields("推荐申报 推荐为 推荐 申报为 申报 推报 推选 报送 上报 选送")
	awarding  = strings.Fields("被认定为 认定为 认定 获批为 获批 入选为 入选 被评为 获评为 获评 评为 荣获 被授予 授予 命名为 获得")
	// filler lists words that say that something was counted, or what kind of body it is, but not what
	// was counted.
	filler = strings.Fields("今年 一年来 一年里 我单位 本单位 本年度 本年 全年 全市 全县 全区 累计 共计 合计 总计 一共 完成 实现 达到 开展 举办 组织 " +
		"下达 按照 对照 根据 依照 针对 各类 各种 各级 有关 相关 人数 户数 次数 场次 期数 个数 数量 总数 金额 其中 涉及 家庭 荣誉 称号 等 市 省 县 区 共 达 的 为 被 有 了 已")
	coreOf = strings.NewReplacer(blanked(proposing, awarding, filler)...)
)

func blanked(lists ...[]string) []string {
	var out []string
	for _, list := range lists {
		for _, word := range list {
			out = append(out, word, "")
		}
	}
	return out
}

// core returns what a name counts: 推荐为邵阳市最美庭院家庭 and 被评为邵阳最美庭院 both count
// 邵阳最美庭院.
func core(name string) string {
	han := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) || unicode.IsLetter(r) {
			return r
		}
		return -1
	}, name)
	return coreOf.Replace(choosing.Replace(han))
}

// choosing is one word for the choosing of somebody or something.
var choosing = strings.NewReplacer("培训班", "培训", "开办", "", "选出", "评选", "评出", "评选", "选树", "评选", "评定", "评选")

// telling reports whether a core is long enough to distinguish facts.
func telling(core string) bool { return utf8.RuneCountInString(core) >= 4 }

func stageOf(name string) stage {
	switch {
	case containsAny(name, proposing):
		return proposed
	case containsAny(name, awarding):
		return awarded
	}
	return anyStage
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// same reports whether two facts count the same thing in the same measure.
func (f fact) same(g fact) bool {
	tells := telling(f.core) || f.stage*g.stage == proposed*awarded && utf8.RuneCountInString(f.core) == 3
	return tells && (f.core == g.core || anagrams(f.core, g.core)) &&
		(oneOf(f.measure) == oneOf(g.measure) || f.measure == "" || g.measure == "")
}

// anagrams reports whether two names have the same characters in another order: 纠纷调处 and 调处纠纷.
func anagrams(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// base returns the measure in canonical form, with 元 for 万元.
func base(m kpi.Measure) kpi.Measure {
	if m = m.Canonical(); m == kpi.TenThousandY {
		return kpi.Yuan
	}
	return m
}
