package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// PackageAnswers are what somebody says to what is asked about a package before it is taken in.
type PackageAnswers struct {
	Key       bool   // the office's key is the first, or has changed, and that is right
	Typed     string // what was typed in here for the same months: answerReplace or answerAdd; "": not said
	Corrected bool   // figures of earlier packages that were corrected here by hand become the package's again
	Below     bool   // what units below the office's unit have counts beside it
	Name      bool   // what has another name here is the same indicator
	Signed    bool   // the year's report is signed here, and its figures change all the same
}

// The questions about a package.
const (
	AskKey       = "key"
	AskName      = "name"
	AskTyped     = "typed"
	AskBelow     = "below"
	AskCorrected = "corrected"
	AskSigned    = "signed"
)

// PackageQuestion is something that somebody has to decide before a package is taken in.
type PackageQuestion struct {
	Kind string
	Text kpi.Text
}

// PackagePlan is what comes of a package.
type PackagePlan struct {
	Taken     kpi.TakenPackage
	Content   handup.Package
	Unit      kpi.Unit
	Year      kpi.YearInfo
	Former    *kpi.TakenPackage // the last one of the unit and year that was taken
	Changes   []handup.Change   // against what was handed up before
	Silent    []kpi.Name        // indicators here that the package says nothing of
	Refused   []kpi.Text        // why it cannot be taken as things are
	Questions []PackageQuestion

	steps []packageStep
	bulk  *bulk
}

// Open returns the questions that are not answered.
func (p PackagePlan) open(n PackageAnswers) (open []PackageQuestion) {
	for _, q := range p.Questions {
		said := map[string]bool{AskKey: n.Key, AskName: n.Name, AskTyped: n.Typed == answerReplace || n.Typed == answerAdd,
			AskBelow: n.Below, AskCorrected: n.Corrected, AskSigned: n.Signed}
		if !said[q.Kind] {
			open = append(open, q)
		}
	}
	return open
}

// packageStep is one change of the log: an entry that is logged, corrected, or withdrawn.
type packageStep struct {
	entry    kpi.Update // that is corrected or withdrawn; zero: a new one
	withdraw bool
	update   kpi.NewUpdate
}

// PackagePlan returns what would come of a package that waits, or what came of one that was taken. Refusals: Forbidden,
// NotFound.
func (a *App) PackagePlan(ctx context.Context, actor kpi.Actor, id kpi.PackageID) (PackagePlan, error) {
	if err := actor.MayTakeIn(); err != nil {
		return PackagePlan{}, err
	}
	return read(ctx, a, func(r *store.Reader) (PackagePlan, error) {
		t, p, err := openTaken(ctx, r, id)
		if err != nil {
			return PackagePlan{}, err
		}
		return a.planPackage(ctx, r, actor, t, p, PackageAnswers{})
	})
}

// describePackage returns what a package says against what was taken before, and what it says nothing of.
func (a *App) describePackage(ctx context.Context, r *store.Reader, t kpi.TakenPackage,
	p handup.Package) (plan PackagePlan, before handedUp, err error) {
	plan = PackagePlan{Taken: t, Content: p}
	if plan.Unit, err = r.UnitByID(ctx, t.Unit); err != nil {
		return plan, before, err
	}
	if plan.Year, err = cachedYear(ctx, r, t.Year); err != nil {
		return plan, before, err
	}
	taken, err := r.TakenPackages(ctx, t.Year)
	if err != nil {
		return plan, before, err
	}
	if before, err = plan.before(ctx, r, taken); err != nil {
		return plan, before, err
	}
	plan.Changes = handup.Changes(before.said, p)
	return plan, before, plan.fillSilent(ctx, r)
}

// planPackage also decides what becomes of a package that waits, as the actor would take it.
func (a *App) planPackage(ctx context.Context, r *store.Reader, actor kpi.Actor, t kpi.TakenPackage, p handup.Package,
	n PackageAnswers) (PackagePlan, error) {
	plan, before, err := a.describePackage(ctx, r, t, p)
	if err != nil || t.State != kpi.PackageWaiting {
		return plan, err
	}
	if err := a.refusePackage(ctx, r, &plan); err != nil || len(plan.Refused) > 0 {
		return plan, err
	}
	if err := plan.askKey(ctx, r); err != nil {
		return plan, err
	}
	if err := a.askNames(ctx, r, &plan); err != nil {
		return plan, err
	}
	if plan.bulk, err = newBulk(ctx, a, r, actor); err != nil {
		return plan, err
	}
	if err := a.planEntries(ctx, r, &plan, before, n); err != nil {
		return plan, err
	}
	signings, err := r.ReportSignings(ctx, t.Year)
	if len(signings) > 0 && len(plan.steps) > 0 {
		plan.ask(AskSigned, kpi.T("package_ask_signed", int(t.Year), len(signings)))
	}
	return plan, err
}

func (p *PackagePlan) ask(kind string, text kpi.Text) {
	p.Questions = append(p.Questions, PackageQuestion{kind, text})
}

func (p *PackagePlan) refuse(key string, args ...any) {
	p.Refused = append(p.Refused, kpi.T(key, args...))
}

// handedUp is what was taken of a unit's year so far.
type handedUp struct {
	said    handup.Statement
	settled map[handup.Point]kpi.UnixMilli // when that was taken
	asked   map[handup.Point]kpi.UnixMilli // when a figure was last taken, and somebody was asked what counts beside it
}

// before reads what was taken before the package came, of its unit and year: of each point the newest version's word.
// Packages are large: those that have nothing more to say are not read.
func (p *PackagePlan) before(ctx context.Context, r *store.Reader, taken []kpi.TakenPackage) (h handedUp, err error) {
	h = handedUp{handup.Statement{}, map[handup.Point]kpi.UnixMilli{}, map[handup.Point]kpi.UnixMilli{}}
	earlier := slices.DeleteFunc(slices.Clone(taken), func(t kpi.TakenPackage) bool {
		before := p.Taken.State == kpi.PackageWaiting || t.DecidedAt < p.Taken.DecidedAt ||
			t.DecidedAt == p.Taken.DecidedAt && t.ID < p.Taken.ID
		return t.Unit != p.Taken.Unit || t.State != kpi.PackageTaken || t.ID == p.Taken.ID || !before
	})
	slices.SortFunc(earlier, func(a, b kpi.TakenPackage) int { // by another key it may be counted anew
		return cmp.Or(cmp.Compare(b.DecidedAt, a.DecidedAt), b.Number-a.Number)
	})
	if len(earlier) > 0 {
		p.Former = &earlier[0]
	}
	open := p.Content.Statement()
	for _, t := range earlier {
		if !adds(t, open) {
			continue
		}
		_, content, err := openTaken(ctx, r, t.ID)
		if err != nil {
			return h, err
		}
		for at, said := range content.Statement() {
			if _, wanted := open[at]; !wanted {
				continue
			}
			if _, newer := h.said[at]; !newer {
				h.said[at], h.settled[at] = said, t.DecidedAt
			}
			if len(said.Lines) > 0 {
				h.asked[at] = t.DecidedAt
				delete(open, at)
			}
		}
	}
	return h, nil
}

// adds reports whether a package may say something of points that are open.
func adds(t kpi.TakenPackage, open handup.Statement) bool {
	for at := range open {
		if t.Covers(at.Month) {
			return true
		}
	}
	return false
}

// fillSilent lists the year's indicators that the package says nothing of.
func (p *PackagePlan) fillSilent(ctx context.Context, r *store.Reader) error {
	indicators, err := loggable(ctx, r, p.Taken.Year)
	for _, i := range indicators {
		if _, told := p.Content.Figure(i.Code); !told {
			p.Silent = append(p.Silent, i.Names())
		}
	}
	return err
}

// refusePackage says why a package cannot be taken, as far as that is not about single entries.
func (a *App) refusePackage(ctx context.Context, r *store.Reader, plan *PackagePlan) error {
	p := plan.Content
	taken, err := r.TakenPackages(ctx, p.Year)
	if err != nil {
		return err
	}
	year, err := cachedYear(ctx, r, p.Year)
	if err != nil {
		return err
	}
	if year.State != kpi.YearOpen {
		plan.refuse("package_year_closed", int(p.Year))
	}
	if p.Sample != year.Sample {
		plan.refuse("package_sample")
	}
	if p.AsOf > a.Today() || p.Last > lastMonth(p.Year, a.Today()) {
		plan.refuse("package_future", string(p.AsOf), p.Last, string(a.Today()))
	}
	for _, t := range taken {
		if t.Unit != plan.Taken.Unit || t.State != kpi.PackageTaken || t.First > p.Last || t.Last < p.First ||
			t.Key != plan.Taken.Key { // whoever signs anew counts anew, and is asked about
			continue
		}
		if t.Number > p.Version {
			plan.refuse("package_older", p.Version, t.Number)
			break
		}
		if t.Number == p.Version {
			plan.refuse("package_version_twice", p.Version)
			break
		}
	}
	d, err := a.dictionary(ctx, r, p.Year)
	if err != nil {
		return err
	}
	for _, f := range p.Figures {
		is, known := d.Indicator(f.Code)
		switch said := f.Indicator; {
		case !known:
			plan.refuse("package_code_unknown", f.Names(), f.Code)
		case is.Kind != said.Kind || is.Measure != said.Measure || is.Units != said.Units || is.Computed():
			plan.refuse("package_dictionary_other", is.Names(), said.Measure, is.Measure, p.To.Dictionary, d.ID)
		}
	}
	return nil
}

// askKey asks about a package that is signed by somebody else than those before, or is the first of its unit: whoever
// may bring it is not thereby the office, so somebody compares the key.
func (p *PackagePlan) askKey(ctx context.Context, r *store.Reader) error {
	trusted, err := r.PackageKeys(ctx)
	if err != nil {
		return err
	}
	was, known := trusted[p.Unit.ID]
	switch {
	case known && was.Office != p.Content.Office.ID:
		p.ask(AskKey, kpi.T("package_ask_office", p.Unit.Names(), p.Content.Office.Names(), handup.Print(was.Key),
			handup.Print(p.Taken.Key)))
	case !known:
		p.ask(AskKey, kpi.T("package_ask_first", p.Unit.Names(), p.Content.Office.Names(), handup.Print(p.Taken.Key)))
		for _, unit := range slices.Sorted(maps.Keys(trusted)) { // an office that is above two may count twice
			if of := trusted[unit]; of.Office != p.Content.Office.ID && of.Key != p.Taken.Key {
				continue
			}
			as, err := r.UnitByID(ctx, unit)
			if err != nil {
				return err
			}
			p.ask(AskKey, kpi.T("package_ask_unit", p.Content.Office.Names(), as.Names(), p.Unit.Names()))
			break
		}
	case was.Key != p.Taken.Key:
		p.ask(AskKey, kpi.T("package_ask_key", p.Unit.Names(), handup.Print(was.Key), handup.Print(p.Taken.Key)))
	}
	return nil
}

// askNames asks about indicators that have another name here than in the package, each by itself: what the office below
// mapped may be another indicator.
func (a *App) askNames(ctx context.Context, r *store.Reader, plan *PackagePlan) error {
	d, err := a.dictionary(ctx, r, plan.Content.Year)
	for _, f := range plan.Content.Figures {
		if is, known := d.Indicator(f.Code); known && is.Name != f.Name {
			plan.ask(AskName, kpi.T("package_ask_name", f.Code, f.Names(), is.Names()))
		}
	}
	return err
}

// reason is what entries say of the package that made them.
func (p PackagePlan) reason() string {
	of := kpi.Period{Year: p.Content.Year, Month: p.Content.First}.String()
	if p.Content.Last != p.Content.First {
		of += "—" + kpi.Period{Year: p.Content.Year, Month: p.Content.Last}.String()
	}
	return fmt.Sprintf("%s %s v%d (%s)", p.Content.Office.Name, of, p.Content.Version, p.Content.AsOf)
}
