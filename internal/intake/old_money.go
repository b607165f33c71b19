package intake

import (
	"regexp"

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

// readBudget takes the amounts a sentence states of basic or project spending.
func (r *oldReader) readBudget(text string) {
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
	for _, m := range moneyBefore.FindAllStringSubmatch(text, -1) {
		q, err := Quantity(m[2]+m[3], kpi.Yuan)
		if err != nil {
			continue
		}
		a := q.Amount
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
		case "年末结转", "结余":
			line.Closing, seen = a, true
		}
	}
	if !seen {
		return
	}
	if line.Income == 0 && line.Spent > line.Opening { // what was spent and is left was there
		line.Income = line.Spent + line.Closing - line.Opening
	}
	if r.budget == nil {
		r.budget = map[kpi.Nature]kpi.BudgetLine{}
	}
	r.budget[nature] = line
}
