package web

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/web/api"
)

// apiYear is what the API says of a year at a month, and so what every paper of it must say.
type apiYear struct {
	p       lang.Printer
	board   api.BoardJSON
	budget  api.YearBudgetJSON
	figures map[string]api.FigureJSON
	scores  map[string]api.ScoreRowJSON
	project map[string]api.ProjectJSON
	basic   api.StaffingJSON
	counts  []string // of all indicators: listed, with a target, without one, done, without a value
}

func readAPIYear(t *testing.T, o *office, tag lang.Tag, year, month string) apiYear {
	t.Helper()
	y := apiYear{p: lang.For(tag), figures: map[string]api.FigureJSON{}, scores: map[string]api.ScoreRowJSON{}}
	for path, into := range map[string]any{"board": &y.board, "budget": &y.budget} {
		g := o.send(t, request{method: "GET", path: "/api/v1/years/" + year + "/" + path + "?as_of=" + month, as: "leader",
			header: map[string]string{"Accept-Language": string(tag)}}).want(t, 200)
		must(t, json.Unmarshal([]byte(g.body), into))
	}
	var projects api.ProjectsJSON
	g := o.send(t, request{method: "GET", path: "/api/v1/years/" + year + "/projects?as_of=" + month, as: "leader"}).
		want(t, 200)
	must(t, json.Unmarshal([]byte(g.body), &projects))
	y.project = map[string]api.ProjectJSON{}
	for _, x := range projects.Items {
		y.project[x.Code] = x
	}
	g = o.send(t, request{method: "GET", path: "/api/v1/years/" + year + "/staffing", as: "leader"}).want(t, 200)
	must(t, json.Unmarshal([]byte(g.body), &y.basic))
	with, missing := 0, 0
	for _, a := range y.board.Areas {
		for _, f := range a.Indicators {
			y.figures[f.Code] = f
			if f.Sign != "" {
				with++
			}
			if f.AchievementText == "" {
				missing++
			}
		}
	}
	all := y.board.Summary["indicators"]
	for _, n := range []int{all, with, all - with, y.board.Summary["done"], missing} {
		y.counts = append(y.counts, fmt.Sprint(n))
	}
	for _, row := range y.board.Score.Rows {
		y.scores[row.Indicator] = row
	}
	return y
}

// number is the API's figure that a reference names; "" where the API has none. label is the name of
// the row the number stands in, "" in running text.
func (y apiYear) number(r paper.Ref, label string) string {
	f, score, scores := y.figures[r.Indicator], y.board.Score, y.scores
	if x, ok := y.project[r.Project]; ok {
		score, scores = &x.Score, map[string]api.ScoreRowJSON{}
		for _, row := range x.Score.Rows {
			scores[row.Indicator] = row
		}
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	switch r.Aspect {
	case paper.RefValue, paper.RefStated:
		return text(f.Achievement)
	case paper.RefTarget:
		return text(f.Target)
	case paper.RefRate:
		return text(f.Completion)
	case paper.RefNumerator:
		return text(f.Numerator)
	case paper.RefDenominator:
		return text(f.Denominator)
	case paper.RefChange:
		return strings.TrimPrefix(text(f.YearOverYear), "-")
	case paper.RefDifference:
		return apart(text(f.Achievement), text(f.Target))
	case paper.RefWeight:
		if r.Indicator == "" {
			return score.Execution.Weight
		}
		return scores[r.Indicator].Weight
	case paper.RefScore:
		if r.Indicator == "" {
			return text(score.Execution.Score)
		}
		return text(scores[r.Indicator].Score)
	case paper.RefAllWeight:
		return score.Weight
	case paper.RefTotal:
		return text(score.Total)
	case paper.RefForecast:
		if r.Indicator != "" {
			return text(f.Forecast)
		}
		for _, l := range y.budget.Items {
			if l.Fund == r.Fund && l.Nature == r.Nature {
				return text(l.Forecast)
			}
		}
	}
	if r.Basic != "" {
		return y.basicNumber(r)
	}
	if r.Project != "" {
		return y.projectMoney(r, label)
	}
	return y.money(r, label)
}

// basicNumber is a number of the basic data beside the budget.
func (y apiYear) basicNumber(r paper.Ref) string {
	group, kind, _ := strings.Cut(r.Basic, ":")
	for _, s := range y.basic.Staff {
		for form, n := range map[paper.RefAspect]*int64{paper.RefPosts: s.Posts, paper.RefPeople: s.People} {
			if group == "staff" && s.Kind == kind && form == r.Aspect && n != nil {
				return fmt.Sprint(*n)
			}
		}
		if group == "staff" && s.Kind == kind && r.Aspect == paper.RefInPost && s.InPost != nil {
			return *s.InPost
		}
	}
	for _, c := range y.basic.Costs {
		for form, text := range map[paper.RefAspect]*string{paper.RefLast: c.Last, paper.RefInitial: c.Initial,
			paper.RefBudget: c.Budget, paper.RefSpent: c.Spent, paper.RefExecution: c.Execution} {
			if group == "costs" && string(c.Row) == kind && form == r.Aspect && text != nil {
				return *text
			}
		}
	}
	return ""
}

// projectMoney is a project's money of the source that the row names, or all of it.
func (y apiYear) projectMoney(r paper.Ref, label string) string {
	for _, m := range y.project[r.Project].Money {
		name := y.p.T("report.paper.total")
		if m.Source != "" {
			name = y.p.T("report.project.source." + string(m.Source))
		}
		if !strings.HasSuffix(label, name) {
			continue
		}
		switch r.Aspect {
		case paper.RefBudget:
			return m.Budget
		case paper.RefSpent:
			return m.Spent
		case paper.RefInitial:
			return *m.Initial
		case paper.RefExecution:
			return *m.Execution
		}
	}
	return ""
}

// money adds up the lines of the budget that a reference names. One that names none is all of them, or what
// the form calls other money: state capital and social insurance.
func (y apiYear) money(r paper.Ref, label string) string {
	other := strings.HasSuffix(label, y.p.T("report.paper.source.other"))
	sum := map[paper.RefAspect]*big.Rat{}
	for _, l := range y.budget.Items {
		if l.Fund == "" || r.Fund != "" && l.Fund != r.Fund || r.Nature != "" && l.Nature != r.Nature ||
			other && l.Fund != kpi.StateCapital && l.Fund != kpi.SocialInsurance {
			continue
		}
		for form, amount := range map[paper.RefAspect]string{paper.RefBudget: l.Budget, paper.RefSpent: l.Spent,
			paper.RefOpening: l.Opening, paper.RefIncome: l.Income, paper.RefClosing: l.Closing} {
			sum[form] = plus(sum[form], amount)
		}
		if l.Initial != nil {
			sum[paper.RefInitial] = plus(sum[paper.RefInitial], *l.Initial)
		}
	}
	if r.Aspect == paper.RefExecution && sum[paper.RefBudget] != nil && sum[paper.RefBudget].Sign() != 0 {
		rate := new(big.Rat).Quo(sum[paper.RefSpent], sum[paper.RefBudget])
		return rate.Mul(rate, big.NewRat(100, 1)).FloatString(2)
	}
	if sum[r.Aspect] == nil {
		return ""
	}
	return sum[r.Aspect].FloatString(6)
}

// ownMoney is money that no line of the budget carries, by the name of its row.
func (y apiYear) ownMoney(label string) string {
	for _, s := range y.budget.Sources {
		if label == y.p.T("report.paper.source."+string(s.Source)) {
			return string(s.Amount)
		}
	}
	for _, x := range y.budget.Others {
		if label == y.p.T("report.basic.other", x.Name) {
			return string(x.Amount)
		}
	}
	return ""
}

func plus(sum *big.Rat, amount string) *big.Rat {
	if sum == nil {
		sum = new(big.Rat)
	}
	return sum.Add(sum, rat(amount))
}

func rat(decimal string) *big.Rat {
	x, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return new(big.Rat)
	}
	return x
}

// apart is how far two decimals are from each other.
func apart(a, b string) string {
	if a == "" || b == "" {
		return ""
	}
	x := new(big.Rat).Sub(rat(a), rat(b))
	return x.Abs(x).FloatString(6)
}
