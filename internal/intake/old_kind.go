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
	averages = regexp.MustCompile(`人均|户均|生均|平均|每[百千万]?(?:人|户|名|亩|万)|率$|水平$|占比$|覆盖面$|比重$|满意度|得分$|均分$|[指系]数$`)
	// what says that something is there, and is no news of the year
	standingNow = regexp.MustCompile(`现有|拥有|设有|下设|下辖|存栏|年末|在[校册岗职管编]|在用|在建(?:项目|工程|面积)|占地|建筑面积|馆藏|患者|对象|粉丝|纳入|管理[^，]*人|目前有|目前已?建|现已建|建有|试点[村社单]`)
	standingAt  = regexp.MustCompile(`现有|拥有|设有|下设|下辖|占地|馆藏`) // for all of a list
	lasting     = regexp.MustCompile(`建立|建成|设立|组建|成立|创建|认定|登记|建档|入库|接入|签约`)
	covers      = regexp.MustCompile(`覆盖|建立`)
	// what an office does, or is given, in the course of a year
	deeds = regexp.MustCompile(strings.Join(strings.Fields(`新增 新建 推广 认证 合格 签约 复耕 复种 安排 修建 修复 修缮 维修 查处 查办 查封 整改 验收 检查 检测 监测 抽检 抽查 巡查 巡检 帮扶 上线 招聘 出栏 出笼 产量 吸引
		改厕 改造 改建 推出 指导 移交 接收 补植 绿化 种植 清理 清除 拆除 关停 取缔 疏浚 硬化 亮化 安装 铺设 架设 更换 购置 采购 添置 配备 配发 出版 编辑 翻译 拍摄
		播出 播放 刊登 推送 转发 报道 接待 选派 派出 派驻 引进 招引 签订 落地 开工 竣工 投产 申报 立项 结题 获批 审批 核准 审核 审查 审计 评审 评估 测评 考核 督查
		督办 督导 约谈 问责 处分 立案 结案 侦破 抓获 打击 打掉 扣押 收缴 没收 追缴 移送 起诉 援助 救治 救援 转移 搬迁 加固 维护 抢修 养护 检修 更新 升级 扫描 录入
		采集 归档 录制 演出 展出 比赛 竞赛 讲解 授课 辅导 家访 回访 座谈 调研 视察 提出 提交 答复 采纳 批示 转办 交办 反馈 结对 认领 捐献 筹资 张贴 悬挂 订阅 发现
		完工 入户 宣传 隐患 最美 文明 先进 示范 优秀 标兵 模范 五好 星级 获奖 等奖 表彰`), "|"))
)

// deedBegins are characters that words for what is done begin with: 修订预案, 清淤渠道, 治理河长. Words that begin with
// one of them and say what there is are not among them: 开放, 管护, 服务.
var (
	deedBegins = regexp.MustCompile(`^(?:新|[消修清整治恢改拆建办举组完实引招推印制定培审核查检巡排处化调解救帮扶助资投争置购添补种植造绿疏浚拓延签接收移转交提获荣评选表宣授演播编写录扫加` +
		`维养更换升采销产出抓追打破督约问退减免降压关停取撤注启指派邀赴印张悬分划拨兑奖征募捐赠慰走送发开])`)
	noDeeds = regexp.MustCompile(`^(?:新型|新兴|新生|新媒体|新闻|新农合|建筑|建制|组织部|处级|处室|制度|定点|定编|产业|产品|产权|出租|出生|收养|资产|资源|资金|资格|选民|` +
		`表外|解放|调度|核心|查体|开放|开发区|开户|发改|分管|分散|分布|关工|加盟|交通|交警|提供服务的|治安|改革|引水|整体|签约|退休|退役|退伍|注册|定向|接口|化工|化肥|移民|减灾|投资者|教)`)
	// what a table calls by its noun: 安全鉴定, 监督项目
	standsIn = regexp.MustCompile(`总量|总数|保有|规模|存量|现有|在[校册岗职管编]|年末|床位|注册|队伍|人员数|人口|户籍|馆藏|系数|水平`)
)

// newly says that what follows came in the course of the year.
var newly = regexp.MustCompile(`新增|新[登注]`)

// reached says what all of them come to by now.
var reached = regexp.MustCompile(`(?:累计|总数|总量|目前|现)已?(?:达到?|有|共有|为)[^，]{0,4}$`)

// deedFirst reports whether a name begins with what was done: 指导建档, of which 建档 alone is what there is.
func deedFirst(said string) bool {
	at := deeds.FindStringIndex(said)
	return at != nil && at[0] == 0 || deedBegins.MatchString(said) && !noDeeds.MatchString(said)
}

// yearsWork is the kind of what a table of the year's targets and figures counts: what was done, unless it is named as
// something that is there.
func yearsWork(kind kpi.Kind, name string, m kpi.Measure) kpi.Kind {
	if kind == kpi.Running && !m.IsRate() && !averages.MatchString(name) && !standsIn.MatchString(name) &&
		!Standing(name) && !standingNow.MatchString(name) && !covers.MatchString(name) {
		return kpi.Flow
	}
	return kind
}

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
	case reached.MatchString(before) && (stock || strings.Contains(before, "总")): // 新建基地4家，累计达到17家
		return kpi.Running
	case newly.MatchString(before) && !c.Measure.IsRate(): // 新增注册商标183件
		return kpi.Flow
	case c.Measure.IsRate(), averages.MatchString(said), standingNow.MatchString(before + said),
		Standing(said) && !strings.Contains(said, "隐患") && !deedFirst(said),
		summed && !Doing(said) && !deeds.MatchString(said),
		stock && covers.MatchString(said) && !strings.Contains(before+said, "新"):
		return kpi.Running
	case s.standing && !doing:
		return kpi.Running
	case doing, deedFirst(said), deeds.MatchString(s.lead + before + said):
		return kpi.Flow
	}
	if n := len(s.claims); n > s.first { // 在册儿童3425人，妇女754人
		if last := s.claims[n-1]; last.Kind == kpi.Flow || last.Kind == kpi.Running && !last.Measure.IsRate() {
			return last.Kind
		}
	}
	return GuessKind(full, c.Measure)
}
