package notice

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Text returns a notice as one sentence, with the figures at its moment.
func Text(p lang.Printer, n kpi.Notice) string {
	if n.Kind == kpi.NoticeBudget {
		return p.T("notice.said.budget", n.Month, percent(p, n.Rate),
			line(p, n.Target))
	}
	return p.T("notice.said."+string(n.Kind), p.Name(n.Indicator.Name, n.Indicator.NameEn),
		p.T("light."+Stands(n))) +
		Figures(p, n.Indicator, n.Frozen) + p.T("summary.stop")
}

// Stands is the word of the light; of a notice that was not read from the records, the light itself.
func Stands(n kpi.Notice) string {
	if n.Stands == "" {
		return string(n.Light)
	}
	return n.Stands
}

// Figures describes a figure as it was: achievement, target, rate. What was absent is left out.
func Figures(p lang.Printer, ind kpi.Indicator, f kpi.Frozen) string {
	var b strings.Builder
	if f.HasAmount {
		b.WriteString(p.T("notice.value", p.Quantity(ind, f.Quantity)))
	}
	if f.Target != nil && ind.Kind != kpi.Level {
		key := "notice.target"
		switch f.Sign {
		case kpi.AtMostSign:
			key = "notice.target_at_most"
		case kpi.LessSign:
			key = "notice.target_less"
		case kpi.MoreSign:
			key = "notice.target_more"
		case kpi.EqualSign:
			key = "notice.target_equal"
		}
		b.WriteString(p.T(key, p.Quantity(ind, kpi.Exactly(*f.Target))))
	}
	if f.Rate != nil {
		b.WriteString(p.T("notice.rate", percent(p, f.Rate)))
	}
	return b.String()
}

func percent(p lang.Printer, r *kpi.Percent) string {
	if r == nil {
		return ""
	}
	return p.Percent(*r)
}

// line is a monitoring line as the rules state it.
func line(p lang.Printer, a *kpi.Amount) string {
	if a == nil {
		return ""
	}
	return p.ShareOf(*a)
}

// message is what one channel is sent at once.
type message struct {
	subject string
	lines   []string
}

func newMessage(p lang.Printer, office string, sample bool, notices []kpi.Notice) message {
	m := message{subject: p.T("notice.subject", office, len(notices))}
	if sample {
		m.lines = append(m.lines, p.T("page.sample_text"))
	}
	for _, n := range notices {
		m.lines = append(m.lines, p.Day(n.Dated)+" "+Text(p, n))
	}
	return m
}

// text returns the whole message, cut after a line if it would be longer than limit bytes.
func (m message) text(limit int) string {
	out := m.subject
	for _, l := range m.lines {
		if len(out)+len(l)+len("\n…") > limit {
			return out + "\n…"
		}
		out += "\n" + l
	}
	return out
}
