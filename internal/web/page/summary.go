package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// sentencePart is a piece of the sentence; Light colours it.
type sentencePart struct {
	Text  string
	Light string
}

// summarySentence answers "how are we doing" in one sentence. Parts that are zero are left out.
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

// joinSentence puts groups behind the head: a comma between groups, a lighter mark within the
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

// countText picks the form for one where the language has one.
func countText(p lang.Printer, key string, n int) string {
	if n == 1 && p.Has(key+".one") {
		return p.T(key+".one", n)
	}
	return p.T(key, n)
}
