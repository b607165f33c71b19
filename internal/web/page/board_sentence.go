package page

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// boardSentence returns the sentence on top of a board. It names the budget where that is late.
func boardSentence(p lang.Printer, b progress.Board) []sentencePart {
	parts, total := figuresSentence(p, b), b.Budget.Total
	if !total.Light.Late() {
		return parts
	}
	last, budget := &parts[len(parts)-1], sentencePart{Light: string(total.Light)}
	last.Text = strings.TrimSuffix(last.Text, p.T("summary.stop"))
	budget.Text = p.T("summary.budget_"+budget.Light, p.Percent(total.Execution.Value))
	if alarm := b.BelowAlarm(); alarm != nil {
		budget.Text = p.T("summary.budget_below", p.Percent(total.Execution.Value), p.Number(alarm.Below.Amount(), 2))
	}
	return append(parts, sentencePart{Text: p.T("summary.semicolon")}, budget, sentencePart{Text: p.T("summary.stop")})
}

// figuresSentence is boardSentence without the budget. A year in which nothing is late and most indicators
// have no target says what was done:
//
//	66 项工作有数：两癌免费检查完成人数 10,780 人、接受妇女咨询 200余人次。
//
// with the two or three figures that progress.Board.Highlights names, as many as make a short line.
func figuresSentence(p lang.Printer, b progress.Board) []sentencePart {
	s, done := b.Summary, b.Achieved()
	if s.Late() > 0 || 2*s.Count(kpi.NoTarget) <= s.Indicators || done == 0 {
		return summarySentence(p, s)
	}
	out := []sentencePart{{Text: countText(p, "summary.achieved", done)}}
	mark, length := p.T("summary.colon"), 0
	for _, f := range b.Highlights(3) {
		text := p.T("summary.highlight", p.Name(f.Indicator.Name, f.Indicator.NameEn),
			measured(p, f.Indicator, p.Value(f.Indicator, f.Achievement.Value)))
		if length += len(text); length > highlightRoom && mark != p.T("summary.colon") {
			break
		}
		out = append(out, sentencePart{Text: mark}, sentencePart{Text: text})
		mark = p.T("summary.and")
	}
	return append(out, sentencePart{Text: p.T("summary.stop")})
}

// highlightRoom is how long highlights may be together, in bytes: two lines of a phone's screen.
const highlightRoom = 150

// sentencePart is a piece of the sentence; Light colours it.
type sentencePart struct {
	Text  string
	Light string
}

// summarySentence summarizes the board in one sentence. Counts of zero are left out.
//
//	23 项指标，18 项达到序时进度；1 项严重滞后、2 项滞后，2 项未填报。
//	66 项指标：1 项已完成，65 项未设目标。
func summarySentence(p lang.Printer, s progress.Summary) []sentencePart {
	head := countText(p, "summary.indicators", s.Indicators)
	if s.Indicators == 0 {
		return []sentencePart{{Text: p.T("summary.none")}}
	}
	late := summaryParts(p, s, kpi.FarBehind, kpi.Over, kpi.Behind)
	grey := summaryParts(p, s, kpi.NoData, kpi.Unclear, kpi.Stale, kpi.NotDue, kpi.NoTarget)
	onPace := s.Count(kpi.Done, kpi.Ahead, kpi.OnPace)
	if onPace == s.Count(kpi.Done) && len(late) == 0 || onPace == 0 {
		done := summaryParts(p, s, kpi.Done)
		return joinSentence(p, head, p.T("summary.colon"), done, late, grey)
	}
	head += p.T("summary.after_head") + countText(p, "summary.on_pace", onPace)
	return joinSentence(p, head, p.T("summary.semicolon"), late, grey)
}

// joinSentence joins the head and the groups: with a comma between groups, and a lighter mark within the
// group of late ones.
func joinSentence(p lang.Printer, head, first string, groups ...[]sentencePart) []sentencePart {
	out := []sentencePart{{Text: head}}
	separator := first
	for _, group := range groups {
		for i, part := range group {
			if i > 0 {
				separator = p.T("summary.comma")
				if isLate(part) {
					separator = p.T("summary.and")
				}
			}
			out = append(out, sentencePart{Text: separator}, part)
			separator = p.T("summary.comma")
		}
	}
	return append(out, sentencePart{Text: p.T("summary.stop")})
}

func isLate(s sentencePart) bool { return kpi.Light(s.Light).Late() }

func summaryParts(p lang.Printer, s progress.Summary, lights ...kpi.Light) []sentencePart {
	var out []sentencePart
	for _, l := range lights {
		if n := s.Count(l); n > 0 {
			part := sentencePart{Text: countText(p, "summary."+string(l), n)}
			if l.Late() {
				part.Light = string(l)
			}
			out = append(out, part)
		}
	}
	return out
}

// countText uses the singular for one if the language has one.
func countText(p lang.Printer, key string, n int) string {
	if n == 1 && p.Has(key+".one") {
		return p.T(key+".one", n)
	}
	return p.T(key, n)
}
