package board

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dabiao/internal/browsertest"
)

var updateLook = flag.Bool("update", false, "write the golden files anew")

// look is what a page's parts look like, as the browser computes it: sizes of type, colours, columns.
// Pixels would differ with a machine's fonts; these do not, and a change of them is a change of design.
const look = `(() => {
	const parts = {page: "body", bar: ".bar", sentence: "h1.sentence", red: ".sentence .l-far_behind", meta: ".meta", tab: ".tabs a[aria-current]",
		columns: ".columns", card: ".card.late", name: ".late h3", number: ".late .reading b", of: ".late .of", bullet: ".late .bullet .done",
		expected: ".late .bullet .expected", tick: ".late .bullet .tick", gap: ".late .gap dt", note: ".late .note",
		cell: ".heat td", shape: ".heat .l-far_behind", rank: ".rank .done", whole: ".rank .whole", fold: "details.area > summary", hint: ".hint"};
	const properties = ["color", "backgroundColor", "fill", "stroke", "fontSize", "fontWeight", "lineHeight", "borderRadius", "borderTopColor", "gridTemplateColumns", "fontVariantNumeric"];
	const out = {};
	for (const [name, selector] of Object.entries(parts)) {
		const e = document.querySelector(selector);
		if (!e) { out[name] = null; continue; }
		const style = getComputedStyle(e), said = {};
		for (const p of properties) { said[p] = style[p]; }
		out[name] = said;
	}
	return out;
})()`

func TestTheBoardLooksAsItDid(t *testing.T) {
	p := browsertest.Open(t, "leader")
	got := map[string]map[string]map[string]string{}
	for _, theme := range []string{"light", "dark", "contrast"} {
		p.Size(1440, 900)
		p.Go("/")
		p.Click(".menu-me summary")
		p.Follow(`.prefs button[value=` + theme + `]`)
		for name, width := range map[string]int64{"desk": 1440, "phone": 390} {
			p.Size(width, 900)
			var parts map[string]map[string]string
			p.Ask(look, &parts)
			for part, said := range parts {
				if said == nil {
					t.Errorf("%s %s: the board has no %s", theme, name, part)
				}
			}
			got[theme+" "+name] = parts
			p.Shot("board-" + theme + "-" + name)
		}
		p.Axe()
	}
	raw, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "look.json")
	if *updateLook {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]map[string]map[string]string
	if err := json.Unmarshal(golden, &want); err != nil {
		t.Fatal(err)
	}
	for at, parts := range want {
		for part, said := range parts {
			for property, value := range said {
				if now := got[at][part][property]; now != value {
					t.Errorf("%s, %s: %s is %q, was %q (go test ./internal/browsertest -run LooksAsItDid -update when that is meant)",
						at, part, property, now, value)
				}
			}
		}
	}
}

// The board comes in at most 45,000 bytes with all it needs, and stands still while it comes. How soon it is ready
// is told only: that is the machine's too.
func TestTheBoardIsLightAndStandsStill(t *testing.T) {
	p := browsertest.Open(t, "leader")
	for _, width := range []int64{1440, 390} {
		p.Size(width, 844)
		for _, path := range []string{"/", "/years/2022"} {
			p.Go(path)
			watchShifts(p)
			time.Sleep(700 * time.Millisecond)
			var m struct {
				Shifted, Ready, Bytes float64
				Moved                 []string
			}
			p.Ask(`({Shifted: window.shifted, Moved: window.moved, Ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
				Bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].filter(e => e.initiatorType !== "fetch").reduce((sum, e) => sum + e.encodedBodySize, 0)})`, &m)
			t.Logf("%s at %d px: %.1f kB, layout shift %.4f, ready after %.0f ms", path, width, m.Bytes/1000, m.Shifted, m.Ready)
			if m.Shifted > 0.01 || m.Bytes > 45_000 {
				t.Errorf("%s at %d px: %.1f kB, layout shift %.4f of %q", path, width, m.Bytes/1000, m.Shifted, m.Moved)
			}
		}
	}
	browsertest.OpenIndicator(t, p, "两癌免费检查完成人数")
	watchShifts(p)
	time.Sleep(900 * time.Millisecond)
	var m struct {
		Shifted float64
		Moved   []string
	}
	if p.Ask(`({Shifted: window.shifted, Moved: window.moved})`, &m); m.Shifted > 0.01 {
		t.Errorf("an indicator's page moves by %.4f while it comes and its charts are drawn: %q", m.Shifted, m.Moved)
	}
}

// watchShifts keeps in the page how far its parts have moved by themselves since it came, and which.
func watchShifts(p *browsertest.Page) {
	var n int
	p.Ask(`(() => {
		window.shifted = 0; window.moved = [];
		new PerformanceObserver(list => list.getEntries().filter(e => !e.hadRecentInput).forEach(e => {
			window.shifted += e.value;
			window.moved.push(...e.sources.map(s => s.node
				? s.node.nodeName + "." + (s.node.className || "") + ": " + JSON.stringify([s.previousRect, s.currentRect]) : ""));
		})).observe({type: "layout-shift", buffered: true});
		return 0; })()`, &n)
}

// Every chart says what it shows, has its numbers as a table and, without scripts, is there as a picture.
func TestEveryChartHasItsTableAndItsPicture(t *testing.T) {
	p := browsertest.Open(t, "leader")
	for _, path := range []string{"/years/" + p.Program.Today()[:4] + "/indicators/two-cancer-screened",
		"/years/" + p.Program.Today()[:4] + "/budget"} {
		p.Go(path)
		var wrong []string
		p.Ask(`Array.from(document.querySelectorAll("figure.chart")).flatMap(f => {
			const out = [], box = f.querySelector(".chart-box");
			if ((box.getAttribute("aria-label") || "").length < 10) { out.push(f.innerText + ": no description"); }
			const months = f.querySelectorAll("table tbody tr").length;
			if (f.querySelector("#span-title") ? months < 13 : months !== 12) { out.push(f.innerText + ": no table of months"); }
			return out; })`, &wrong)
		if p.Count("figure.chart") == 0 || len(wrong) > 0 {
			t.Errorf("%s: %d charts, %q", path, p.Count("figure.chart"), wrong)
		}
		p.Ask(`Array.from(document.querySelectorAll("main svg")).filter(s => !s.closest("svg svg, [aria-hidden=true], [role=img], .chart-box") && !s.getAttribute("role") && !s.parentElement.closest("svg")).map(s => s.outerHTML.slice(0, 120))`, &wrong)
		if len(wrong) > 0 {
			t.Errorf("%s: drawings that neither say anything nor are hidden: %q", path, wrong)
		}
	}
	still := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	still.WithoutScripts()
	still.SignIn("leader")
	still.Go("/years/" + p.Program.Today()[:4] + "/indicators/two-cancer-screened")
	var width float64
	still.Ask(`Math.max(...Array.from(document.querySelectorAll(".chart-box .drawing"), d => d.getBoundingClientRect().width))`, &width)
	if width < 300 {
		t.Errorf("without scripts the chart's drawing is %.0f px wide", width)
	}
	still.Shot("indicator-without-scripts")
}
