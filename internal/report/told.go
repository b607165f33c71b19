package report

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// tells are the aspects that say what was achieved; a token of another one, such as the target, leaves that open.
var tells = []TokenAspect{SayValue, SayYuan, SayWan, SayApproximate, SayNumber}

// Lists reports whether what the office's words leave out of an area is listed below them. It is, unless the
// office has switched that off; an area without words always lists its figures.
func (in Input) Lists(area string) bool {
	return !slices.Contains(in.Outline.Unlisted, area) || strings.TrimSpace(in.Texts[AreaText(area)]) == ""
}

// told are the indicators whose achievement the office's words on its work say, in whichever area; the words of one
// place are left out of it.
func (b *Draft) told(without SectionKey) map[kpi.IndicatorID]bool {
	out := map[kpi.IndicatorID]bool{}
	for _, e := range b.YearOutline().all() {
		if e.Writes != WritesPerformance {
			continue
		}
		b.tell(out, b.stored(), b.Texts[e.Key])
		for _, a := range b.areasOf(e) {
			if key := AreaText(a.Area.Code); key != without {
				b.tell(out, b.stored(), b.Texts[key])
			}
		}
	}
	return out
}

// tell adds the indicators that a text says.
func (b *Draft) tell(out map[kpi.IndicatorID]bool, as reader, text string) {
	pieces, _ := as.read(text)
	var walk func(pieces []resolved, current *Subject)
	walk = func(pieces []resolved, current *Subject) {
		for _, x := range pieces {
			switch {
			case x.Token != "" && x.means != nil:
				if m := x.means.of(current); m.figure != nil && slices.Contains(tells, m.aspect) {
					out[m.figure.Indicator.ID] = true
				}
			case x.When != "" && x.means != nil:
				if x.means.of(current).true() {
					walk(x.body, current)
				} else {
					walk(x.other, current)
				}
			case x.Loop:
				for _, f := range b.goesOver(x.over) {
					s := ofFigure(&f)
					walk(x.body, &s)
				}
			}
		}
	}
	walk(pieces, nil)
}

// untold are the figures that no words say.
func untold(figures []progress.Figure, told map[kpi.IndicatorID]bool) (out []progress.Figure) {
	for _, f := range figures {
		if !told[f.Indicator.ID] {
			out = append(out, f)
		}
	}
	return out
}

// Untold are the figures of an area that the report's text does not say: neither the office's words nor, where it is
// not switched off, the list below them.
func (in Input) Untold(area string) (out []progress.Figure) {
	b := NewDraft(in)
	for _, a := range b.Board.Areas {
		if a.Area.Code == area && !b.Lists(area) {
			out = untold(a.Figures, b.told(""))
		}
	}
	return out
}

// Offer is a sentence on a figure that the words of an area leave out.
type Offer struct {
	Name     kpi.Name
	Sentence string // with tokens, as people write them
	Says     string // as it prints
}

// Offers are sentences on the figures of an area that neither its text, as it is being written, nor the other texts
// say: the same that the list below the words would print.
func (in Input) Offers(key SectionKey, text string) (out []Offer) {
	b := NewDraft(in)
	told := b.told(key)
	b.tell(told, b.typed(), text)
	for _, a := range b.Board.Areas {
		if AreaText(a.Area.Code) != key {
			continue
		}
		for _, f := range untold(a.Figures, told) {
			said := join(b.single(f), phrase(b.p, "report.figure.end")...)
			out = append(out, Offer{f.Indicator.Names(), b.inTokens(said), paper.Text(said)})
		}
	}
	return out
}

// aspectOf is the aspect of a token that prints what a reference stands for.
var aspectOf = map[paper.RefAspect]TokenAspect{paper.RefValue: SayValue, paper.RefTarget: SayTarget,
	paper.RefRate: SayRate, paper.RefDifference: SayDeviation, paper.RefNumerator: SayNumerator,
	paper.RefDenominator: SayDenominator, paper.RefDate: SayDate}

// inTokens writes runs with a token in place of each figure that prints the same; others stay as they are.
func (b *Draft) inTokens(runs []paper.Run) string {
	var out strings.Builder
	for _, r := range runs {
		s, ok := b.tokenOf(r)
		if !ok {
			s = r.Text
		}
		out.WriteString(s)
	}
	return out.String()
}

func (b *Draft) tokenOf(r paper.Run) (string, bool) {
	if r.Ref == nil {
		return "", false
	}
	aspect, ok := aspectOf[r.Ref.Aspect]
	if !ok {
		return "", false
	}
	for _, s := range b.subjects() {
		if s.figure == nil || s.Code != r.Ref.Indicator || !slices.Contains(s.Aspects, aspect) {
			continue
		}
		m := meaning{s, aspect}
		if paper.Text(b.say(m)) == r.Text {
			return b.Token(s, aspect), true
		}
	}
	return "", false
}
