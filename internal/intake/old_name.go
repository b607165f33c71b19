package intake

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	nameLead = regexp.MustCompile(`^(?:` + strings.Join([]string{
		`[一二三四五六七八九十]是`, `[\s、，,。；（(和及与·◆◇●○•▪■□▲△★☆※➢➤✓√—–-]+`, `首先|其次|再次|同时|此外|另外|目前|全年|今年以来|今年|一年来|年内|年初|年底|上半年|下半年|[上中下]旬|本年度?`,
		`(?:\d{4}年度?)`, `(?:截止到?|截至|至)?\s*\d{1,2}月(?:\d{1,2}日|底|末|初|份)?`, `\d{4}年`, `\d{1,2}日`,
		`先后|累计|共计|总共|一共|共有|另有|共|已经|已|成功地|隆重|全面|深入|积极|持续|广泛|大力|认真|切实|扎实|进一步|精心|陆续|分批|均|新增了?`,
		`我会|我局|我办|我单位|本单位|各级妇联|[市县区]?妇联|全[市县区]|全系统`, `[^，]{1,8}?(?:期间|前夕|当天|之际)`, `其中|有|并|且|还|又|也|吸引|实现`,
	}, "|") + `)`)
	nameTail = regexp.MustCompile(`(?:(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少|发展|稳定|保持|控制)(?:到|至|为|在)|共计|共有|累计|总计|合计|达到|达成?|多达|约|为|至|超|了|有|的|计|共|已|分别|人数为|数为|[：:（(\s、，]+)$`)
)

// wholeWord and wordEnd are words that begin or end like what leads to a name or away from it: 有机农产品, 签约.
var (
	wholeWord = regexp.MustCompile(`^(?:有[机关效线色害毒偿氧序限]|并[购网轨]|还[款原贷林]|也门|共[青建享育治同]|均[衡等]|已婚|全面[两二]孩|持续期|实现率|本年利)`)
	wordEnd   = regexp.MustCompile(`(?:[审会设统估]计|[节预签履违公制合条契续特大]约|公共|[行作成认]为|[所拥占含私国]有|[竞冬夏残]奥?至|转达|目的|标的|一共青)$`)
)

// itemLead is the number of a list's item that stands on the line of its text: 3.改善人居环境.
var itemLead = regexp.MustCompile(`^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])\s*(\p{Han})`)

// cleanedName returns what a clause is about, without what leads to it and without what ends it.
func cleanedName(s string) string {
	s = itemLead.ReplaceAllString(strings.TrimSpace(strings.TrimRight(s, sentenceEnds)), "$1")
	for {
		cut := strings.TrimPrefix(s, nameLead.FindString(s))
		if cut == s || cut == "" || wholeWord.MatchString(s) {
			break
		}
		s = cut
	}
	if nameLead.FindString(s) == s && !wholeWord.MatchString(s) {
		s = ""
	}
	for {
		cut := nameTail.ReplaceAllString(s, "")
		if cut == s || strings.HasSuffix(s, "达成") && cut != "" || wordEnd.MatchString(s) {
			break
		}
		s = cut
	}
	s = strings.Trim(s, " ")
	for _, pair := range []string{"（）", "()"} {
		open, shut := firstString(pair), pair[len(firstString(pair)):]
		if strings.Count(s, shut) > strings.Count(s, open) {
			s = strings.TrimPrefix(strings.TrimSuffix(s, shut), shut)
		}
	}
	return s
}

// doingVerbs begin what an office does; a noun behind one in a list shares it.
const doingVerbs = `推荐评选|评选推荐|编制完成|走访慰问|被评为|被列为|被授予|召开|表彰|接收|接受|提供|发放|赠送|送去|送|举办|开展|组织|推荐|完成|救助|培训|参训|获评|荣获|` +
	`获得|列为|入选|注册|发布|奖励|兑换|承办|印发|印制|制作|覆盖|建成|建立|设立|新建|创建|调处|调解|化解|达成|发出|出具|签发|宣讲|摸排|排查|慰问|募捐|募集|筹集|编制|制定|` +
	`征集|收到|选树|评选|命名|参与|参加|涉及|受到|受理|办理|处理|帮扶|资助|关爱|惠及|走访|安排|争取|投入|落实|建设|打造|评为|修建|改造|销售|收集|报送|刊发|招募|安置|带动|新增|成为|散发|捐赠|支出|拨付`

var (
	verbAny   = regexp.MustCompile(doingVerbs)
	verbFirst = regexp.MustCompile(`^(?:` + doingVerbs + `)了?`)
	awardOf   = regexp.MustCompile(`^(?:[^，]{0,6}?)((?:被评为|被列为|被授予|获评|荣获|获得|列为|入选|评为|成为).+)$`)
	placing   = regexp.MustCompile(`^(?:在|走进|深入|到|走访)$`)
	serving   = regexp.MustCompile(`(?:为|向|对|给)$`)
	thinWords = regexp.MustCompile(`参与|参加|参会|受益|带动|销售|覆盖|惠及|群众|师生|妇女|儿童|人员|活动|销售总额|总额|销售金额|销售额|金额|完成|成功率|吸引|受教育|实际|人数|次数|人次|到场|的|和|办结率|满意度|满意率|城市社区|农村社区|总产量|产量|年末|年底|存栏|投入|投资|资金|农户|脱贫户|参演|参训|参赛|学员|市民|占比|比例|合计|面积|建成|新建|合格|达标`)
)

// verbIn is where the first verb of a text begins behind its first character; 0: nowhere.
func verbIn(s string) int {
	for _, at := range verbAny.FindAllStringIndex(s, -1) {
		if at[0] > 0 {
			return at[0]
		}
	}
	return 0
}

// thin reports whether a name says nothing by itself: 参与, 受益师生.
func thin(name string) bool {
	return effect.MatchString(name) || name == verbFirst.FindString(name) || bareRate.MatchString(name) ||
		utf8.RuneCountInString(thinWords.ReplaceAllString(name, "")) < 2
}

// effect is who had to do with what the sentence is about: 参加学生, 受训妇女.
var effect = regexp.MustCompile(`^(?:参[加与演训赛观会]|受[训益助教]|惠及|覆盖|吸引)\p{Han}{0,4}$`)

// bareRate is a rate of what the sentence is about: 筛查率.
var bareRate = regexp.MustCompile(`^\p{Han}{0,2}率$`)

// nameAbout sets a name behind what it is about, and says what both have but once: 疾病筛查 and 筛查率.
func nameAbout(topic, name string) string {
	for at, r := range topic {
		if tail := topic[at:]; at > 0 && len(tail) > utf8.RuneLen(r) && strings.HasPrefix(name, tail) {
			return topic[:at] + name
		}
	}
	return topic + name
}

// object returns a name without the verb it begins with.
func object(name string) string {
	if cut := verbFirst.ReplaceAllString(name, ""); utf8.RuneCountInString(cut) >= 2 {
		return cut
	}
	return name
}

// nameOf makes a name of the words before and behind a number.
func nameOf(before, behind string) string {
	b, a := cleanedName(before), strings.TrimLeft(cleanedName(behind), "的")
	a = withoutAnd(a)
	if verb := verbIn(a); b == "" && verb > 0 && serving.MatchString(strings.TrimSpace(before)) {
		return a[verb:] + "的" + a[:verb] // 为100余名儿童送去书籍
	}
	switch {
	case a != "" && handled.MatchString(before) && strings.Trim(b, "对给") == "" && verbFirst.FindString(a) == "" &&
		verbIn(a) > 0:
		return a[verbIn(a):] + "的" + a[:verbIn(a)] // 对72家单位开展检查
	case a != "" && handled.MatchString(before):
		return verbFirst.FindString(a) + strings.TrimLeft(strings.TrimSpace(b), "对给")
	case a == "":
		return b
	case b == "":
		if m := awardOf.FindStringSubmatch(a); m != nil {
			return m[1]
		}
		return a
	case placing.MatchString(b):
		if verb := verbIn(a); verb > 0 {
			return a[verb:] + "的" + a[:verb]
		}
	}
	return strings.TrimSuffix(b, "的") + a
}

var endsAnd = regexp.MustCompile(`(?:、|和|及|[^参]与)$`)

// withoutAnd returns a text without the word that leads to the next one of a list.
func withoutAnd(s string) string {
	if endsAnd.MatchString(s) {
		s = s[:len(s)-len("与")]
	}
	return s
}
