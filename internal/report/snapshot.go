package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// Snapshot is a year's frozen report: figures, budget, score and rules, outline, the texts in both
// languages, and the entries and evidence hashes behind the figures. It suffices to make every paper of the
// year.
type Snapshot struct {
	Input Input
	Texts map[string]map[SectionKey]string // by language
}

// Encode returns the snapshot as it is stored. The same snapshot gives the same bytes.
func (s Snapshot) Encode() (string, error) {
	s.Input.Texts, s.Input.Language = nil, lang.Printer{}
	raw, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("freeze the report: %w", err)
	}
	return string(raw), nil
}

// DecodeSnapshot reads what Encode wrote.
func DecodeSnapshot(body string) (s Snapshot, err error) {
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		return s, fmt.Errorf("read a frozen report: %w", err)
	}
	return s, nil
}

// Languages are the languages that a report is frozen in, the default first.
var Languages = []string{string(lang.Chinese), string(lang.English)}

// In returns the report's input in a language: in Chinese if it is unknown.
func (s Snapshot) In(language string) Input {
	in := s.Input
	in.Language = Printer(language)
	in.Texts = s.Texts[string(in.Language.Tag())]
	return in
}

// Digest identifies a snapshot by its content, which does not depend on the day: an unchanged report has the same
// digest tomorrow.
func (s Snapshot) Digest() (string, error) {
	body, err := s.Encode()
	return Sum(body), err
}

// Sum returns the SHA-256 of an encoded snapshot, in hex.
func Sum(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// Change is a statement of a frozen report that is no longer true.
type Change struct {
	Section   SectionKey // of a text; "" for figures
	Indicator string     // code; "" for texts, the budget and the rules
	What      kpi.Text
	Frozen    string // as printed; "" for nothing
	Now       string
}

// Changes lists the differences between a frozen report and another state of it: the records, then every figure that
// the year's tables print otherwise because of them, texts last. Both are worded in the language of now.
func Changes(frozen, now Input) []Change {
	frozen.Language = now.Language
	was, is := NewDraft(frozen), NewDraft(now)
	out := figureChanges(was, is)
	out = append(out, budgetChanges(was, is)...)
	out = append(out, projectChanges(was, is)...)
	out = append(out, staffingChanges(was, is)...)
	out = append(out, printedChanges(was, is, out)...)
	for _, key := range slices.Concat(frozen.Places(), now.Places()) {
		if frozen.Texts[key] != now.Texts[key] && !slices.ContainsFunc(out, func(c Change) bool { return c.Section == key }) {
			out = append(out, Change{Section: key, What: kpi.T("signoff.change.text"),
				Frozen: frozen.Readable(frozen.Texts[key]), Now: now.Readable(now.Texts[key])})
		}
	}
	if frozen.Board.Rules.Name != now.Board.Rules.Name || !sameJSON(frozen.Board.Rules, now.Board.Rules) {
		out = append(out, Change{What: kpi.T("signoff.change.rules"), Frozen: frozen.Board.Rules.Name,
			Now: now.Board.Rules.Name})
	}
	if frozen.Cover != now.Cover {
		out = append(out, Change{What: kpi.T("signoff.change.cover"),
			Frozen: frozen.Cover.said(was), Now: now.Cover.said(is)})
	}
	if !sameJSON(frozen.YearOutline(), now.YearOutline()) {
		out = append(out, Change{What: kpi.T("signoff.change.outline"), Frozen: frozen.Outline.Name, Now: now.Outline.Name})
	}
	return out
}

func figureChanges(was, is *Draft) []Change {
	var out []Change
	after := map[string]progress.Figure{}
	for _, f := range is.Board.Figures() {
		after[f.Indicator.Code] = f
	}
	for _, f := range was.Board.Figures() {
		g, ok := after[f.Indicator.Code]
		delete(after, f.Indicator.Code)
		if !ok {
			out = append(out, Change{Indicator: f.Indicator.Code, What: kpi.T("signoff.change.gone"), Frozen: was.Achieved(f)})
			continue
		}
		add := func(key, frozen, now string) {
			if frozen != now {
				out = append(out, Change{Indicator: f.Indicator.Code, What: kpi.T(key), Frozen: frozen, Now: now})
			}
		}
		add("signoff.change.value", was.Achieved(f), is.Achieved(g))
		add("signoff.change.target", targetText(was, f), targetText(is, g))
		add("signoff.change.evidence", hashes(was, f), hashes(is, g))
	}
	for _, f := range is.Board.Figures() {
		if _, fresh := after[f.Indicator.Code]; fresh {
			out = append(out, Change{Indicator: f.Indicator.Code, What: kpi.T("signoff.change.new"), Now: is.Achieved(f)})
		}
	}
	return out
}

func targetText(b *Draft, f progress.Figure) string {
	r, ok := b.Target(f, true)
	if !ok {
		return b.p.T("report.dash")
	}
	return r.Text
}

// hashes gives the number of files behind a figure and one hash of them all.
func hashes(b *Draft, f progress.Figure) string {
	var all []string
	for _, e := range b.Trails[f.Indicator.ID].Entries {
		for _, file := range e.Evidence {
			all = append(all, file.SHA256)
		}
	}
	if len(all) == 0 {
		return b.p.T("report.dash")
	}
	slices.Sort(all)
	return b.p.T("signoff.files", len(all), Sum(fmt.Sprint(all))[:8])
}

func budgetChanges(was, is *Draft) []Change {
	var out []Change
	for _, l := range was.Board.Budget.Lines {
		for _, m := range is.Board.Budget.Lines {
			if l.Fund != m.Fund || l.Nature != m.Nature || l.Spent == m.Spent && l.Budget() == m.Budget() {
				continue
			}
			frozen, now := was.budgetSaid(l, 2), is.budgetSaid(m, 2)
			if frozen == now {
				frozen, now = was.budgetSaid(l, 6), is.budgetSaid(m, 6)
			}
			out = append(out, Change{What: kpi.T("signoff.change.budget", budgetLineNames(l.BudgetLine)),
				Frozen: frozen, Now: now})
		}
	}
	return out
}

// budgetSaid writes a line's budget and spending, in 万元.
func (b *Draft) budgetSaid(l progress.BudgetFigure, decimals int) string {
	return b.p.T("signoff.budget", b.tenThousand(l.Budget(), decimals), b.tenThousand(l.Spent, decimals))
}

func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
