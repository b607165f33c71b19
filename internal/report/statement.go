package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// inOneSentence is how many figures without a target one sentence holds, and numberedMost how many with one
// are counted 一是、二是.
const inOneSentence, numberedMost = 4, 10

// passage says figures in sentences: first those held to a target, counted where there are several, then
// the others, a few to a sentence. Parts stay with their whole.
func (b *Draft) passage(figures []progress.Figure) (out []paper.Block) {
	var with, without []whole
	for _, w := range wholes(figures) {
		if w.hasTarget() {
			with = append(with, w)
		} else {
			without = append(without, w)
		}
	}
	if len(with) > 0 {
		out = append(out, paper.NewParagraph(b.numberedList(with)...))
	}
	if len(without) > 0 {
		out = append(out, paper.NewParagraph(b.inSentences(without)...))
	}
	return out
}

// numberedList is a sentence of several statements: 一是……；二是…….
func (b *Draft) numberedList(all []whole) (out []paper.Run) {
	for i, w := range all {
		if i > 0 {
			out = join(out, phrase(b.p, "report.figure.separator")...)
		}
		if b.p.Chinese() && len(all) > 1 && len(all) <= numberedMost {
			out = addText(out, chinese(i+1)+"是")
		}
		out = join(out, b.statement(w)...)
	}
	return join(out, phrase(b.p, "report.figure.end")...)
}

// inSentences makes a sentence of a few statements, and one of each whole with its parts.
func (b *Draft) inSentences(all []whole) (out []paper.Run) {
	inside := 0
	for i, w := range all {
		if inside > 0 {
			out = join(out, phrase(b.p, "report.figure.comma")...)
		} else {
			out = b.sentences(out)
		}
		out = join(out, b.statement(w)...)
		inside++
		ends := inside == inOneSentence || len(w.parts) > 0 || i+1 == len(all) || len(all[i+1].parts) > 0
		if ends {
			out, inside = join(out, phrase(b.p, "report.figure.end")...), 0
		}
	}
	return out
}

// statement is one figure with its parts: 两癌免费检查完成人数，任务数10361人，实际完成10780人，完成任务数的104.04%.
func (b *Draft) statement(w whole) []paper.Run {
	return join(b.single(w.Figure), b.partsOf(w, "report.figure.parts")...)
}

// partsOf lists a figure's parts, and theirs in brackets.
func (b *Draft) partsOf(w whole, key string) []paper.Run {
	var list []paper.Run
	for i, part := range w.parts {
		if i > 0 {
			list = join(list, phrase(b.p, "report.figure.and")...)
		}
		list = join(list, b.against(b.partName(part.Figure), part.Figure)...)
		list = join(list, b.partsOf(part, "report.figure.subparts")...)
	}
	if list == nil {
		return nil
	}
	return phrase(b.p, key, list)
}

// single is a figure's own statement. A part that stands without its whole names it.
func (b *Draft) single(f progress.Figure) []paper.Run {
	if whole, ok := b.figureByID(f.Indicator.PartOf); ok {
		return b.against(b.p.T("report.figure.part_of", b.name(whole), b.partName(f)), f)
	}
	return b.against(b.name(f), f)
}

// against says a figure beside its target, by the kind of both, or without a target.
func (b *Draft) against(name string, f progress.Figure) []paper.Run {
	value := join(b.figure(f), b.readAt(f)...)
	target, aimed := b.Target(f, false)
	switch {
	case !aimed || f.Indicator.Kind == kpi.Level:
		return phrase(b.p, b.plain(name, f), name, value)
	case !f.Achievement.Ok():
		return phrase(b.p, "report.figure.nothing", name, target, value)
	case f.Target.Sign.Ceiling():
		return join(phrase(b.p, b.plain(name, f), name, value), b.ceiling(f, target)...)
	case f.Indicator.Rated() || f.Indicator.Kind == kpi.Standard:
		return join(phrase(b.p, b.plain(name, f), name, value), b.beside(f, target)...)
	}
	key := "report.figure.reached"
	if f.Indicator.Kind.Sums() {
		key = "report.figure.done"
	}
	return join(phrase(b.p, key, name, target, value), b.rate(f)...)
}

// plain is the sentence of a name and a value: a number follows its noun at once, 培训妇女1259人; what would run into
// the name stands behind a colon.
func (b *Draft) plain(name string, f progress.Figure) string {
	last, _ := utf8.DecodeLastRuneInString(name)
	first, _ := utf8.DecodeRuneInString(b.Achieved(f))
	switch {
	case f.Indicator.Kind == kpi.Level && f.Achievement.Ok() && f.Achievement.Value.Wording == "" && f.Met:
		return "report.figure.met_level"
	case !b.p.Chinese() || last < unicode.MaxASCII && (unicode.IsLetter(last) || unicode.IsDigit(last)) ||
		!unicode.IsDigit(first) && !strings.ContainsRune("近约不超逾平-", first):
		return "report.figure.colon"
	}
	return "report.figure.plain"
}

// figure is the achievement in running text. The two numbers of a quotient stand beside it only where no other
// indicator of the year says them.
func (b *Draft) figure(f progress.Figure) []paper.Run {
	_, numerator := b.figureByID(f.Indicator.Numerator)
	_, denominator := b.figureByID(f.Indicator.Denominator)
	if numerator && denominator {
		return []paper.Run{paper.Live(b.Achieved(f), ref(f, paper.RefValue))}
	}
	return b.achieved(f)
}

// ceiling says whether a figure has kept to its upper limit.
func (b *Draft) ceiling(f progress.Figure, limit paper.Run) []paper.Run {
	d := f.Deviation()
	switch {
	case f.Light == kpi.Unclear:
		return phrase(b.p, "report.figure.unclear", limit)
	case f.Light == kpi.Over && d.Ok():
		return phrase(b.p, "report.figure.over", limit, b.deviating(&f, d.Value))
	case f.Light == kpi.Over:
		return phrase(b.p, "report.figure.missed", limit)
	}
	return phrase(b.p, "report.figure.within", limit)
}

// beside says how far a rate or a standard is from its target: of a rate, a rate of completion misleads.
func (b *Draft) beside(f progress.Figure, target paper.Run) []paper.Run {
	switch d := f.Deviation(); {
	case f.Light == kpi.Unclear:
		return phrase(b.p, "report.figure.unclear", target)
	case d.Ok():
		return phrase(b.p, "report.figure.apart", target, b.deviating(&f, d.Value))
	case f.Met:
		return phrase(b.p, "report.figure.met", target)
	}
	return phrase(b.p, "report.figure.missed", target)
}

// rate is how much of the target is done; where that cannot be said, whether it is met.
func (b *Draft) rate(f progress.Figure) []paper.Run {
	switch {
	case f.Completion.Ok():
		return phrase(b.p, "report.figure.rate",
			paper.Live(b.p.RateSaid(f.Bound, f.Completion.Value), ref(f, paper.RefRate)))
	case f.Met:
		return phrase(b.p, "report.figure.enough")
	}
	return phrase(b.p, "report.figure.short")
}

// figureByID returns the figure of an indicator of the year.
func (b *Draft) figureByID(id kpi.IndicatorID) (f progress.Figure, ok bool) {
	if id == 0 {
		return f, false
	}
	for _, f := range b.Board.Figures() {
		if f.Indicator.ID == id {
			return f, true
		}
	}
	return f, false
}
