package intake

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// countWords are measures that follow numbers in reports, besides those that an office uses itself.
var countWords = strings.Fields("百分点 千分点 平方米 平方公里 立方米 公顷 万人次 万元 千元 场次 人次 户次 亿元 公里 小时 人 名 户 起 场 期 份 个 件 次 元 " +
	"% ‰ ㎡ 条 项 家 所 处 卷 页 册次 人份 间夜 头 只 桶 瓶 宗 款 部 课时 学时 千瓦时 千瓦 千克 千米 公斤 毫升 分钟 画幅 " +
	"块 封 听 套 册 本 分 篇 位 对 批 班 例 吨 亩 株 辆 台 箱 袋 盒 天 间 支 张 幅 座 门 站 村 " +
	"斤 克 升 剂 羽 尾 匹 枚 颗 粒 棵 节 堂 届 幢 栋 层 种 类 面 首 笔 担 趟 艘 架 盏 根 段 口 眼 字 帧 兆瓦 千伏安")

// spoken are measures that follow spelled numbers in figures of speech: 两个方面, 一次, 三项, 一类疫苗.
var spoken = strings.Fields("个 次 项 批 条 年 天 家 所 处 村 位 本 站 门 支 对 场 间 分 套 斤 克 升 节 堂 届 层 种 类 面 首 笔 根 段 口 眼 字 头 块")

// times returns the width of what makes a measure one of visits or doses: the 次 of 12.7万剂次, 41.5万亩次.
func times(measure, behind string) int {
	if utf8.RuneCountInString(measure) == 1 && measure != "次" && measure != "%" && strings.HasPrefix(behind, "次") {
		return len("次")
	}
	return 0
}

// alsoCounted returns the width of a second measure that stands in brackets: 2170台（套）.
func alsoCounted(behind string, words []string) int {
	for _, pair := range []string{"（）", "()"} {
		open, shut := firstString(pair), pair[len(firstString(pair)):]
		inner, ok := strings.CutPrefix(behind, open)
		if !ok {
			continue
		}
		for _, w := range words {
			if strings.HasPrefix(inner, w+shut) {
				return len(open + w + shut)
			}
		}
	}
	return 0
}

// Counts reports whether a word is one of the measures that reports use.
func Counts(word string) bool { return slices.Contains(countWords, word) }
