package web

import (
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// Every number of every paper, read back from every kind of file by readers that are not the program's
// own, is the number that the API gives for the same year and month.
func TestEveryFormInEveryFormatReadsBackWhatTheAPISays(t *testing.T) {
	o, all := demoOffice(t), 0
	for _, tag := range lang.Tags {
		for _, month := range []string{"2022-12", "2026-06", "2026-11"} {
			all += o.papersReadBack(t, tag, month, 10)
		}
	}
	if all < 5000 {
		t.Errorf("%d figures were compared: the demo has more", all)
	}
}

// papersReadBack holds every paper, as of a month, to the API, and gives how many figures it compared. sums is
// how many figures the annex of sources must list the entries of.
func (o *office) papersReadBack(t *testing.T, tag lang.Tag, month string, sums int) (figures int) {
	t.Helper()
	lists := map[report.Paper]bool{report.WholeReport: true, report.SelfEvaluation: true, report.Monitoring: true,
		report.Bulletin: true, report.Sources: true, report.SourceLog: true}
	year := month[:4]
	y := readAPIYear(t, o, tag, year, month)
	send := func(format string, f report.Paper) string {
		t.Helper()
		return o.get(t, "leader", "/api/v1/years/"+year+"/report."+format+"?lang="+string(tag)+"&as_of="+month+"&form="+
			string(f)).want(t, 200).body
	}
	_, sheets := readBook(t, send("xlsx", report.WholeReport))
	for _, f := range append([]report.Paper{report.WholeReport}, report.Papers...) {
		name := strings.Join([]string{string(tag), month, string(f) + "."}, " ")
		c := y.check(t, name+"json", readTree(t, send("json", f)))
		if c.figures == 0 && !c.silent() {
			t.Errorf("%s: no figure was compared", name)
		}
		for code, figure := range y.figures {
			if lists[f] && figure.AchievementText != "" && !c.shown[code] {
				t.Errorf("%s: %s is not in it", name, code)
			}
		}
		figures += c.figures
		c.readsBack(t, name+"docx", readDocx(t, send("docx", f)), false)
		c.readsBack(t, name+"html", readHTML(t, send("html", f)).without(c), false)
		if f == report.SourceLog {
			if added := y.checkEntries(t, name, c.treePaper); added < sums {
				t.Errorf("%s: the entries of %d figures were added up", name, added)
			}
		}
		if f == report.WholeReport {
			continue
		}
		if len(y.project) == 0 && f == report.ProjectScores {
			continue // a sentence, and no table
		}
		c.readsBack(t, name+"csv", readCSV(t, send("csv", f)), true)
		title := y.p.T(f.TitleKey())
		own, rows := readBook(t, send("xlsx", f))
		c.readsBack(t, name+"xlsx", readSheet(rows[own[0]], title, c.treePaper), true)
		c.readsBack(t, name+"whole.xlsx", readSheet(sheets[y.p.T("report.book."+string(f))], title, c.treePaper), true)
	}
	y.checkList(t, string(tag)+" "+month+" list", sheets[y.p.T("report.book.indicators")])
	return figures
}

// without drops the tables that stand for charts, which only a page writes as tables.
func (p readPaper) without(c checked) readPaper {
	at := 0
	for _, b := range c.blocks {
		switch {
		case b.Chart != nil && b.Chart.Tabled: // drawn
		case b.Chart != nil:
			p.tables = append(p.tables[:at:at], p.tables[at+1:]...)
		case b.Table != nil:
			at++
		}
	}
	return p
}
