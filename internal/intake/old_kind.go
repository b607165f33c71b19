package intake

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// addedUp are measures of what happens: such figures add up over the year.
var addedUp = strings.Fields("次 人次 场次 户次 场 期 份 条 篇 批 届 节 堂")

var (
	averages = regexp.MustCompile(`人均|户均|生均|平均|每[百千万]?(?:人|户|名|亩|万)|率$|水平$|占比$|覆盖面$`)
	// what says that something is there, and is no news of the year
	standingNow = regexp.MustCompile(`现有|拥有|设有|下设|下辖|存栏|年末|在[校册岗职管编]|占地|建筑面积|馆藏|患者|对象|粉丝|纳入|管理[^，]*人|目前有|目前已?建|现已建|建有|试点[村社单]`)
	lasting     = regexp.MustCompile(`建立|建成|设立|组建|成立|创建|认定|登记|建档|入库|接入|签约`)
	covers      = regexp.MustCompile(`覆盖|建立`)
	deeds       = regexp.MustCompile(`新增|推广|认证|改[厕造建]|合格|签约|复[耕种]|安排|修[建复]|查[处办]|整改|验收|检查|检测|监测|抽检|巡查|帮扶|最美|文明|先进|示范|优秀|标兵|模范|` +
		`五好|星级|获奖|等奖|上线|招聘|出栏|出笼|产量|吸引`)
)

// kindOf concludes the kind from the name as the clause itself says it, from what leads to it there and from the
// figure before, whose list it may go on.
func (s *sentence) kindOf(c Claim, said, before string) kpi.Kind {
	full, stock := s.lead+said, slices.Contains(stockMeasures, string(c.Measure))
	addsUp, doing := slices.Contains(addedUp, string(c.Measure)), Doing(full) || verbAny.MatchString(said)
	summed := strings.Contains(before, "累计")
	switch {
	case c.Measure == kpi.PercentSign:
		return kpi.Ratio
	case c.Measure.IsMoney() && c.Measure.Base() == kpi.Yuan:
		return kpi.Money
	case summed && lasting.MatchString(said):
		return kpi.Running
	case addsUp:
		return kpi.Flow
	case c.Measure.IsRate(), averages.MatchString(said), standingNow.MatchString(before + said), Standing(said),
		summed && !Doing(said) && !deeds.MatchString(said),
		stock && covers.MatchString(said) && !strings.Contains(before+said, "新"):
		return kpi.Running
	case doing, deeds.MatchString(s.lead + before + said):
		return kpi.Flow
	}
	if n := len(s.claims); n > s.first { // 在册儿童3425人，妇女754人
		if last := s.claims[n-1]; last.Kind == kpi.Flow || last.Kind == kpi.Running && !last.Measure.IsRate() {
			return last.Kind
		}
	}
	return GuessKind(full, c.Measure)
}
