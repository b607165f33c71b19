package report

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/token"
)

// Subject is something a token can refer to: an indicator, a budget, the count of indicators, the year or
// the office.
type Subject struct {
	Code    string // how it is stored: two-cancer-screened, budget:project, indicators, year, office
	Name    kpi.Name
	Aspects []TokenAspect // what can be said of it, the default first

	inToken kpi.Name // the name as it may stand in a token

	figure *progress.Figure
	budget *progress.BudgetFigure
	staff  *progress.StaffFigure
}

// TokenAspect is what a token says about its subject.
type TokenAspect string

// The aspects as tokens are stored. The catalogue has the words that people write.
const (
	SayValue       TokenAspect = "value"
	SayTarget      TokenAspect = "target"
	SayRate        TokenAspect = "rate"
	SayDifference  TokenAspect = "difference" // how far from the target: 93人次
	SayDeviation   TokenAspect = "deviation"  // the same with its direction: 少93人次
	SayWords       TokenAspect = "words"
	SayChange      TokenAspect = "change"
	SayYuan        TokenAspect = "yuan"
	SayWan         TokenAspect = "wan"
	SayApproximate TokenAspect = "approximate"
	SayNumber      TokenAspect = "number"
	SayName        TokenAspect = "name"
	SayNumerator   TokenAspect = "numerator"
	SayDenominator TokenAspect = "denominator"
	SayDate        TokenAspect = "date"

	SayBudget    TokenAspect = "budget"
	SaySpent     TokenAspect = "spent"
	SayExecution TokenAspect = "execution"
	SayOpening   TokenAspect = "opening"
	SayIncome    TokenAspect = "income"
	SayClosing   TokenAspect = "closing"

	SayPosts  TokenAspect = "posts"
	SayPeople TokenAspect = "people"

	SayAll     TokenAspect = "all"
	SayDone    TokenAspect = "done"
	SayWith    TokenAspect = "with_target"
	SayWithout TokenAspect = "without_target"
	SayMissing TokenAspect = "missing"
)

// The aspects of an indicator that a condition asks for.
const (
	IsReached  TokenAspect = "reached"
	IsExceeded TokenAspect = "exceeded"
	IsMissed   TokenAspect = "missed"
	HasTarget  TokenAspect = "has_target"
	HasValue   TokenAspect = "has_value"
)

var conditions = []TokenAspect{IsReached, IsExceeded, IsMissed, HasTarget, HasValue}

var (
	figureAspects = []TokenAspect{SayValue, SayTarget, SayRate, SayDifference, SayDeviation, SayWords, SayChange,
		SayApproximate, SayNumber, SayName, SayDate}
	moneyAspects  = []TokenAspect{SayYuan, SayWan}
	ratioAspects  = []TokenAspect{SayNumerator, SayDenominator}
	budgetAspects = []TokenAspect{SaySpent, SayBudget, SayExecution, SayOpening, SayIncome, SayClosing}
	staffAspects  = []TokenAspect{SayPeople, SayPosts}
	countAspects  = []TokenAspect{SayAll, SayDone, SayWith, SayWithout, SayMissing}
)

const (
	budgetCode = "budget:"
	staffCode  = "staff:"
	countsCode = "indicators"
	yearCode   = "year"
	officeCode = "office"
	itself     = "" // the current indicator in a repetition
)

// Subjects returns all that tokens can refer to in a year, indicators first, in the board's order.
func (in Input) Subjects() []Subject { return NewDraft(in).subjects() }

func (b *Draft) subjects() []Subject {
	if b.known != nil {
		return b.known
	}
	figures := b.Board.Figures()
	for i := range figures {
		b.known = append(b.known, ofFigure(&figures[i]))
	}
	for i := range b.Board.Budget.Lines {
		l := &b.Board.Budget.Lines[i]
		code := budgetCode + string(l.Fund)
		if l.Nature != kpi.AnyNature {
			code += "." + string(l.Nature)
		}
		b.known = append(b.known, Subject{Code: code, Name: budgetLineNames(l.BudgetLine), Aspects: budgetAspects, budget: l})
	}
	total := &b.Board.Budget.Total
	b.known = append(b.known,
		Subject{Code: budgetCode + "total", Name: inBoth("token.subject.budget"), Aspects: budgetAspects, budget: total},
		Subject{Code: countsCode, Name: inBoth("token.subject.indicators"), Aspects: countAspects})
	staff := b.BasicFigures().Staff
	for i := range staff {
		name := "total"
		if staff[i].Kind != "" {
			name = string(staff[i].Kind)
		}
		b.known = append(b.known, Subject{Code: staffCode + name, Name: inBoth("token.subject.staff." + name),
			Aspects: staffAspects, staff: &staff[i]})
	}
	b.known = append(b.known,
		Subject{Code: yearCode, Name: inBoth("token.subject.year")},
		Subject{Code: officeCode, Name: inBoth("token.subject.office")})
	for i := range b.known {
		b.known[i].inToken = kpi.Name{Name: token.Dotted(b.known[i].Name.Name), NameEn: token.Dotted(b.known[i].Name.NameEn)}
	}
	return b.known
}

func ofFigure(f *progress.Figure) Subject {
	s := Subject{Code: f.Indicator.Code, Name: f.Indicator.Names(), Aspects: figureAspects, figure: f}
	switch f.Indicator.Kind {
	case kpi.Money:
		s.Aspects = slices.Concat(figureAspects, moneyAspects)
	case kpi.Ratio:
		s.Aspects = slices.Concat(figureAspects, ratioAspects)
	}
	return s
}

// alike returns the subjects whose name contains part, or else its characters in order.
func (b *Draft) alike(part string) (fits []Subject) {
	part = width.Fold.String(part)
	for _, pass := range []func(Subject) bool{
		func(s Subject) bool {
			return strings.Contains(width.Fold.String(s.Name.Name), part) || holdsFold(width.Fold.String(s.Name.NameEn), part)
		},
		func(s Subject) bool { return inOrder(part, width.Fold.String(s.Name.Name)) },
	} {
		for _, s := range b.subjects() {
			if part != "" && len(fits) < 4 && pass(s) {
				fits = append(fits, s)
			}
		}
		if len(fits) > 0 {
			break
		}
	}
	return fits
}

// likeliest returns the subjects that an unknown name may mean, at most three.
func (b *Draft) likeliest(name string) (out []Subject) {
	if out = b.alike(name); len(out) > 0 {
		return out
	}
	near := slices.Clone(b.subjects())
	slices.SortStableFunc(near, func(x,
		y Subject) int {
		return likeness(name, y.Name.Name) - likeness(name, x.Name.Name)
	})
	for _, x := range near[:min(len(near), 3)] {
		if likeness(name, x.Name.Name) > 1 {
			out = append(out, x)
		}
	}
	return out
}

// gone returns the indicator with a code or name that is not in the year.
func (b *Draft) gone(name string) (kpi.Name, bool) {
	for _, i := range b.Gone {
		if i.Code == name || i.Name == name || i.NameEn != "" && strings.EqualFold(i.NameEn, name) {
			return i.Names(), true
		}
	}
	return kpi.Name{}, false
}

func holdsFold(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

// inBoth returns a sentence of the catalogue in both languages.
func inBoth(key string) kpi.Name {
	return kpi.Name{Name: lang.For(lang.Chinese).T(key), NameEn: lang.For(lang.English).T(key)}
}

// budgetLineNames names a budget line: 基本支出, 政府性基金预算.
func budgetLineNames(l kpi.BudgetLine) kpi.Name {
	fund, nature := inBoth("fund."+string(l.Fund)), inBoth("nature."+string(l.Nature))
	switch {
	case l.Nature == kpi.AnyNature:
		return fund
	case l.Fund == kpi.GeneralBudget:
		return nature
	}
	return kpi.Name{Name: fund.Name + nature.Name, NameEn: fund.NameEn + ", " + nature.NameEn}
}

// inOrder reports whether all characters of part stand in whole in their order: 两癌检查 in
// 两癌免费检查完成人数.
func inOrder(part, whole string) bool {
	rest := []rune(part)
	for _, r := range whole {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// likeness counts the characters that two names share.
func likeness(a, b string) (n int) {
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return n
}
