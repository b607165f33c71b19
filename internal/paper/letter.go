package paper

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Letter is an official letter, to be shown as text or on a page or written as a Word file.
type Letter struct {
	Title     string
	To        string // 主送
	Body      []Block
	From      string // 落款
	Dated     string
	Contact   string // whom to ask (附注); "" for nobody
	Name      string // of the file
	Notice    string // printed above the title if the figures are invented
	Date      kpi.Date
	Language  lang.Tag
	Addressee kpi.Unit // of a reminder; zero in a bulletin
}

// Text returns the letter as plain text.
func (l Letter) Text() string {
	lines := []string{l.Title, "", l.To}
	for _, b := range l.Body {
		switch {
		case b.Paragraph != nil:
			lines = append(lines, l.indent()+b.Paragraph.Text())
		case b.Table != nil:
			for _, row := range b.Table.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, c.Text())
				}
				lines = append(lines, strings.Join(cells, "\t"))
			}
		}
	}
	lines = append(lines, "", l.From, l.Dated)
	if l.Contact != "" {
		lines = append(lines, l.indent()+l.Contact)
	}
	return strings.Join(append(lines, ""), "\n")
}

func (l Letter) indent() string {
	if l.Language == lang.English {
		return ""
	}
	return "　　"
}
