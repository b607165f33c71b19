package days

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/daytest"
	"dabiao/internal/programtest"
)

// Whatever day it is, wherever the office lies and whatever the browser's clock says: someone signs in,
// sees the day, logs something on it, finds it in the log, on the board and on the wall.
func TestWorkIsDoneOnAnyDay(t *testing.T) {
	daytest.Each(t, func(t *testing.T, d daytest.Day) {
		const name, note = "新媒体宣传推送", "浏览器测试：当天补记"
		program, err := programtest.DemoOn(string(d.Date), d.Zone)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { // after the tabs, which listen to it
			if err := program.Stop(); err != nil {
				t.Error(err)
			}
		})
		p := browsertest.Shared(t).Open(t, program)
		p.SignIn("staff")
		year := "/years/" + string(d.Date[:4])
		for _, path := range []string{"/", year + "/mine", year + "/grid", year + "/report"} {
			p.Go(path)
		}
		p.Go(year + "/indicators/new-media-posts")
		if got := p.Holds(browsertest.UpdateForm + "[name=date]"); got != string(d.Date) {
			t.Errorf("the form begins on %q", got)
		}
		p.Axe()
		entries := p.LogRows()
		browsertest.FillUpdate(p, "20", note)
		if status := p.Follow(browsertest.Submit); status != 200 {
			t.Fatalf("log the update: status %d: %s", status, p.Text("main"))
		}
		if log := p.Text("table.log"); p.LogRows() != entries+1 || !strings.Contains(log, note) {
			t.Errorf("the log has %d entries, and had %d:\n%s", p.LogRows(), entries, log)
		}
		figure := p.Figure()
		p.Go(year)
		if got := p.Row(name).Value; got != figure {
			t.Errorf("the board shows %q, the indicator %q", got, figure)
		}
		wall, _ := browsertest.OpenWall(t, program, "大厅")
		wall.Until("the wall listens", `!!document.querySelector("main[data-heard]")`)
		if got := wall.Text(".wall-time"); !strings.Contains(got, ":") || strings.Contains(got, "网络中断") {
			t.Errorf("the wall says %q", got)
		}
	})
}
