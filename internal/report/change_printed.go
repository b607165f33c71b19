package report

import (
	"cmp"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// told are the aspects whose changes are listed by the records they come from.
var told = map[paper.RefAspect]bool{paper.RefValue: true, paper.RefStated: true, paper.RefTarget: true,
	paper.RefWords: true, paper.RefBudget: true, paper.RefSpent: true, paper.RefCount: true}

// printed is a figure as a paper prints it.
type printed struct {
	ref  paper.Ref
	text string
}

// printedChanges returns the figures that the year's tables print otherwise than the frozen report did, beyond the
// records themselves: rates, deviations, points and their totals, parts of ratios, forecasts. Each is listed once, with
// the tables it stands in.
func printedChanges(was, is *Draft, listed []Change) []Change {
	type change struct {
		frozen, now string
		forms       []string
	}
	found := map[paper.Ref]*change{}
	var order []paper.Ref
	for _, p := range Papers {
		before, after := figuresOf(p.blocks(was)), figuresOf(p.blocks(is))
		now := map[paper.Ref]string{}
		for _, x := range after {
			now[x.ref] = x.text
		}
		differs := func(ref paper.Ref, frozen, text string) {
			frozen, text = cmp.Or(frozen, is.p.T("report.dash")), cmp.Or(text, is.p.T("report.dash"))
			if found[ref] == nil {
				found[ref] = &change{frozen: frozen, now: text}
				order = append(order, ref)
			}
			found[ref].forms = append(found[ref].forms, is.p.T(p.TitleKey()))
		}
		for _, x := range before {
			text := now[x.ref]
			delete(now, x.ref)
			if text != x.text {
				differs(x.ref, x.text, text)
			}
		}
		for _, x := range after {
			if _, fresh := now[x.ref]; fresh {
				differs(x.ref, "", x.text)
			}
		}
	}
	var out []Change
	for _, ref := range order {
		if gone(listed, ref.Indicator) {
			continue
		}
		c := found[ref]
		what := kpi.T("signoff.aspect." + string(ref.Aspect))
		if name, ok := is.projectNamed(ref.Project); ok {
			what = kpi.T("signoff.change.of_line", kpi.T("signoff.change.project", name), what)
		} else if ref.Fund != "" {
			what = kpi.T("signoff.change.of_line", budgetLineNames(kpi.BudgetLine{Fund: ref.Fund, Nature: ref.Nature}), what)
		}
		out = append(out, Change{Indicator: ref.Indicator, Frozen: c.frozen, Now: c.now,
			What: kpi.T("signoff.change.printed", what, strings.Join(c.forms, is.p.T("letter.and")))})
	}
	frozen, now := paper.Text(was.counts()), paper.Text(is.counts())
	if frozen != now {
		out = append(out, Change{What: kpi.T("signoff.change.counts"), Frozen: frozen, Now: now})
	}
	return out
}

// projectNamed returns the name of the project with a code.
func (b *Draft) projectNamed(code string) (kpi.Name, bool) {
	for _, p := range b.Projects {
		if code != "" && p.Code == code {
			return p.Names(), true
		}
	}
	return kpi.Name{}, false
}

// gone reports whether an indicator as a whole is listed as left or new.
func gone(listed []Change, code string) bool {
	for _, c := range listed {
		if code != "" && c.Indicator == code && (c.What.Key == "signoff.change.gone" || c.What.Key == "signoff.change.new") {
			return true
		}
	}
	return false
}

// figuresOf returns the figures of tables and paragraphs, each once.
func figuresOf(blocks []paper.Block) (out []printed) {
	seen := map[paper.Ref]bool{}
	add := func(runs []paper.Run) {
		for _, r := range runs {
			if r.Ref == nil || told[r.Ref.Aspect] || r.Ref.Basic != "" {
				continue
			}
			ref := *r.Ref
			ref.Number = ""
			if !seen[ref] {
				seen[ref] = true
				out = append(out, printed{ref, r.Text})
			}
		}
	}
	for _, b := range blocks {
		if b.Paragraph != nil {
			add(b.Paragraph.Runs)
		}
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				add(cell.Runs)
			}
		}
	}
	return out
}
