package intake

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

var (
	// what is done over the year, whatever it is counted in
	yearlyDoings = regexp.MustCompile(`新[增建发办改创认开设引签成获评登识]|播种|种植|复耕|出栏|改造|治理|认证|抽检|检测|建设|入户|开展|举办|召开|组织|发放|走访|慰问|培训|表彰|评选|创建|建成|处理|化解|调解|办理|制定|发布|编印|` +
		`评为|获评|荣获|入选|授予|命名|选树|推荐|参与|参加|印发|编制|改善|帮助|受益|惠及|奖励|兑换|承办|设立|募捐|赠送|获得|签发|发出|出具|征集|成为|提供`)
	// what there is at a time
	standing = regexp.MustCompile(`累计|现有|注册|总数|总量|在册|存量|存栏|保有|登记|建档|常住|摸排|摸底|排查|[月年期]末|在校|在读|在岗|在职|在编|` +
		`(?i:end of (?:the )?(?:month|quarter|year)|currently|active )`)
	stockMeasures = strings.Fields("户 个 家 所 支 村 社区 亩 公顷 平方米 平方公里 公里 处 座 站")
)

// averaged is what is divided already, in whatever it is counted: 平均等待天数, cost per client.
var averaged = regexp.MustCompile(`平均|人均|户均|亩均|村均|均价|单价|(?i:\baverage\b|\bmean\b|\bper (?:client|case|person|head|household|unit|visit)\b)`)

// Averaged reports whether a name says that its values are averages, which never add up.
func Averaged(name string) bool { return averaged.MatchString(name) }

// Doing reports whether a name says what is done over the year.
func Doing(name string) bool { return yearlyDoings.MatchString(name) }

// Standing reports whether a name says what there is at a time.
func Standing(name string) bool { return standing.MatchString(name) }

// GuessKind concludes how a count, an amount or a rate adds up, from its name and what it is measured in.
func GuessKind(name string, m kpi.Measure) kpi.Kind {
	m = m.Canonical()
	switch {
	case m.IsMoney() && m.Base() == kpi.Yuan && !Averaged(name):
		return kpi.Money
	case m.IsRate(), Standing(name), Averaged(name):
		return kpi.Running
	case !Doing(name) && (slices.Contains(stockMeasures, string(m)) || slices.Contains(stockMeasures, string(m.Base()))):
		return kpi.Running
	}
	return kpi.Flow
}
