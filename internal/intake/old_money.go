package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

var (
	oldPosts  = regexp.MustCompile(`(行政|事业|工勤)(?:人员)?编制(?:人数)?\s*[:：为有共]?\s*(\d{1,4})\s*[名人个]`)
	oldPeople = regexp.MustCompile(`(行政|事业|工勤|离?退休)(?:编制)?(?:人员|干部|职工)*\s*[:：为有共]?\s*(\d{1,4})\s*[名人]`)
	staffOf   = map[string]kpi.StaffKind{"行政": kpi.Administrative, "事业": kpi.Institution, "工勤": kpi.Worker,
		"退休": kpi.Retired, "离退休": kpi.Retired}
)

// readStaff takes the posts and people a sentence states.
func (r *oldReader) readStaff(text string) {
	text, _ = foldRunes(text)
	if r.staff == nil {
		r.staff = map[kpi.StaffKind]kpi.StaffCount{}
	}
	take := func(form *regexp.Regexp, posts bool) {
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			a, err := Number(m[2])
			kind, ok := staffOf[m[1]]
			if err != nil || !ok {
				continue
			}
			n, c := int64(a/kpi.One), r.staff[kind]
			c.Kind = kind
			at := &c.People
			if posts {
				at = &c.Posts
			}
			if *at == nil {
				*at = &n
			}
			r.staff[kind] = c
		}
	}
	take(oldPosts, true)
	text = oldPosts.ReplaceAllString(text, "")
	take(oldPeople, false)
}

var (
	moneyBefore = regexp.MustCompile(`(年初预算|全年预算|调整预算|预算总?额|预算|上年结转|年初结转|收入|实际支出|支出|执行|年末结转|结余)(?:数|金额|总额|合计|为|共|了|是|：|:)*\s*([\d,.]+)\s*(万?元)`)
	ofProject   = regexp.MustCompile(`项目支出`)
	ofBasic     = regexp.MustCompile(`基本支出`)
)

// sumPosts and sumPeople are posts and staff that a text counts without their kinds: 核定编制12名，实有在职人员10人.
var (
	sumPosts  = regexp.MustCompile(`(?:^|[^政业勤])(编制(?:总?数|人数|总数)?(?:为|共|有|：|:)*\s*\d{1,4}\s*[名人个])`)
	sumPeople = regexp.MustCompile(`((?:实有|现有|在职|在编|在岗)(?:在职|在编|在岗)*(?:人员|干部|职工|人数|总?人数)*(?:为|共|有|：|:)*\s*\d{1,4}\s*[名人个])`)
)

// unsorted is what a text counts of posts and staff where it names no kind of them, for nobody knows which they are.
func (r *oldReader) unsorted(text string) {
	text, _ = foldRunes(text)
	for form, at := range map[*regexp.Regexp]*string{sumPosts: &r.sumPosts, sumPeople: &r.sumPeople} {
		if m := form.FindStringSubmatch(text); m != nil && *at == "" {
			*at = m[1]
		}
	}
}

// untaken returns the sums of posts and staff for which no kind was stated anywhere.
func (r *oldReader) untaken() (out []string) {
	posts, people := r.sumPosts, r.sumPeople
	for _, kind := range kpi.InPost {
		if r.staff[kind].Posts != nil {
			posts = ""
		}
		if r.staff[kind].People != nil {
			people = ""
		}
	}
	for _, said := range []string{posts, people} {
		if said != "" {
			out = append(out, said)
		}
	}
	return out
}

// budgetPart begins what is only part of a sum, and budgetWhole is what may stand before an amount of all of it:
// of 项目支出实际支出30万元, and not of “三公”经费支出2.35万元 or 上年支出20万元.
var (
	budgetPart  = regexp.MustCompile(`其中|包括`)
	budgetWhole = regexp.MustCompile(`^[\s（(]*(?:\d{4}年度?|本年度?|全年|当年|年度|我[局会办]|本?单位|本?部门|一般公共预算|财政拨款|基本|项目|支出|情况|资金|[:：]|` +
		`安排|下达|批复|实现|完成|实际|累计|共计?|总|年初|调整后?|调整为|的|为|是|数)*$`)
)

// readBudget takes the amounts that a paragraph states of basic or project spending, sentence by sentence.
func (r *oldReader) readBudget(text string) {
	for sentence := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(sentenceEnds, c) }) {
		if at := budgetPart.FindStringIndex(sentence); at != nil {
			sentence = sentence[:at[0]]
		}
		r.readBudgetSentence(sentence)
	}
}

func submatches(text string, at []int) (out []string) {
	for i := 0; i+1 < len(at); i += 2 {
		out = append(out, text[at[i]:at[i+1]])
	}
	return out
}

var spendingName = map[kpi.Nature]string{kpi.BasicSpend: "基本支出", kpi.ProjectSpend: "项目支出"}

// readBudgetSentence takes the amounts of a sentence that says of which spending they are, or stands below a heading
// that does.
func (r *oldReader) readBudgetSentence(text string) {
	text, _ = foldRunes(text)
	nature := map[OldSection]kpi.Nature{OldBasic: kpi.BasicSpend, OldProject: kpi.ProjectSpend}[r.section]
	switch basic, project := ofBasic.MatchString(text), ofProject.MatchString(text); {
	case basic && project:
		return // which amount is of which?
	case basic:
		nature = kpi.BasicSpend
	case project:
		nature = kpi.ProjectSpend
	}
	if nature == kpi.AnyNature {
		return
	}
	line, seen := r.budget[nature]
	line.Fund, line.Nature, line.Year = kpi.GeneralBudget, nature, r.year
	foreign, funded, spent := false, false, ""
	for _, at := range moneyBefore.FindAllStringSubmatchIndex(text, -1) {
		m := submatches(text, at)
		clause := strings.ToValidUTF8(text[strings.LastIndexAny(text[:at[0]], "，,；;")+1:at[0]], "")
		q, err := Quantity(m[2]+m[3], kpi.Yuan)
		if foreign = foreign && clause == "" || !budgetWhole.MatchString(clause); err != nil || foreign {
			continue // 公用经费预算26.3万元，支出25.1万元 is of these costs only
		}
		a := q.Amount
		funded = funded || strings.Contains(m[1], "预算") || m[1] == "收入" || m[1] == "年末结转" || m[1] == "结余"
		switch m[1] {
		case "年初预算":
			line.Initial, seen = &a, true
		case "全年预算", "调整预算", "预算总额", "预算额", "预算":
			line.Full, seen = &a, true
		case "上年结转", "年初结转":
			line.Opening, seen = a, true
		case "收入":
			line.Income, seen = a, true
		case "支出", "实际支出", "执行":
			line.Spent, seen = a, true
			spent = spendingName[nature] + m[2] + m[3]
		case "年末结转", "结余":
			line.Closing, seen = a, true
		}
	}
	if !seen {
		return
	}
	if r.budget == nil {
		r.budget, r.funded = map[kpi.Nature]kpi.BudgetLine{}, map[kpi.Nature]bool{}
		r.spending = map[kpi.Nature]string{}
	}
	if r.funded[nature] = r.funded[nature] || funded; spent != "" {
		r.spending[nature] = spent
	}
	r.budget[nature] = line
}
