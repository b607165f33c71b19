package overview

import (
	"testing"
	"time"

	"dabiao/internal/browsertest"
)

// On a slow line the charts are there before the library is, and stay where they are when it comes.
func TestChartsDoNotWaitForTheLibrary(t *testing.T) {
	p := browsertest.Open(t, "leader")
	browsertest.OpenIndicator(t, p, "两癌免费检查完成人数")
	var drawn struct{ Boxes, Drawings, Scripts int }
	p.Ask(`({Boxes: document.querySelectorAll(".chart-box").length, Drawings: document.querySelectorAll(".chart-box svg").length,
		Scripts: document.querySelectorAll("head script[src*=echarts]:not([data-library])").length})`, &drawn)
	if drawn.Boxes == 0 || drawn.Drawings < drawn.Boxes || drawn.Scripts > 0 {
		t.Errorf("%+v", drawn)
	}
	p.Until("the library has come", `!!window.echarts && document.querySelectorAll(".chart-box .drawing").length === 0`)
	if ids := p.UndrawnCharts(); len(ids) > 0 {
		t.Errorf("charts without a picture: %q", ids)
	}
}

// On slow 3G, with nothing kept from a visit before, the server's drawings are seen at once; the library, a
// megabyte, is not asked for before somebody points at a chart.
func TestChartsAreSeenEarlyOnASlowConnection(t *testing.T) {
	for _, width := range []int64{390, 1366} {
		p := browsertest.Open(t, "leader")
		p.AtFirst(`(function watch() {
			const drawn = Array.from(document.querySelectorAll(".drawing, .ov-rows svg")).some(e => e.getBoundingClientRect().height > 0);
			if (drawn) { window.drawnAfter = performance.now(); } else { requestAnimationFrame(watch); }
		})()`)
		p.Size(width, 844)
		p.SlowConnection(400_000, 400*time.Millisecond)
		for _, page := range []string{"/indicators/women-trained", "/overview"} {
			p.Go("/years/" + p.Program.Today()[:4] + page)
			p.Until("a chart is seen", `window.drawnAfter > 0`)
			var seen struct {
				After   float64
				Line    string
				Library int
			}
			p.Ask(`({After: window.drawnAfter / 1000, Line: navigator.connection.effectiveType,
				Library: document.querySelectorAll("script[data-library]").length})`, &seen)
			if seen.After > 5 || seen.Line != "3g" || seen.Library > 0 {
				t.Errorf("%s at %d px: %+v", page, width, seen)
			}
			t.Logf("%s at %d px: a chart is seen after %.1f s", page, width, seen.After)
		}
		p.FastConnection()
	}
}

// Each name of a legend hides and shows its series, by click and by key; the axis fits what is left.
func TestALegendSwitchesItsSeries(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/years/" + p.Program.Today()[:4] + "/indicators/women-trained")
	p.Until("the library has come", `!!document.querySelector("figure button[data-series]")`)
	const month = `echarts.getInstanceByDom(document.querySelector("[data-chart=months-option]"))`
	state := func() (s struct {
		Top                  float64
		Hidden, Drawn, Spans int
	}) {
		p.Ask(month+`.getZr().flush(), ({Top: `+month+`.getModel().getComponent("yAxis").axis.scale.getExtent()[1],
			Hidden: Object.values(`+month+`.getOption().legend[0].selected).filter(on => !on).length,
			Drawn: document.querySelectorAll("[data-chart=months-option] svg path, [data-chart=months-option] svg text").length,
			Spans: document.querySelectorAll("figure span[data-series]").length})`, &s)
		return s
	}
	before := state()
	if before.Hidden > 0 || before.Spans > 0 {
		t.Errorf("at first: %+v", before)
	}
	for _, series := range []string{"line", "dotted", "dashed", "cone"} {
		p.Focus("figure button[data-series=" + series + "]")
		p.Keys(" ")
		if got := p.Attribute("figure button[data-series="+series+"]", "aria-pressed"); got != "false" {
			t.Errorf("%s is pressed: %s", series, got)
		}
	}
	p.Shot("chart-bars-only")
	bars := state()
	if bars.Hidden != 4 || bars.Drawn >= before.Drawn || bars.Top >= before.Top/2 {
		t.Errorf("the months alone: %+v, with all %+v", bars, before)
	}
	p.Axe()
	p.Dark(true)
	p.Until("the chart is drawn in dark colours", month+`.getOption().legend[0].selected.line === false`)
	if dark := state(); dark.Hidden != 4 {
		t.Errorf("in dark colours: %+v", dark)
	}
	p.Dark(false)
	for _, series := range []string{"line", "dotted", "dashed", "cone"} {
		p.Click("figure button[data-series=" + series + "]")
	}
	if after := state(); after.Hidden != 0 || after.Top != before.Top || after.Drawn != before.Drawn {
		t.Errorf("all again: %+v, before %+v", after, before)
	}
}

// The months of several years can be looked at closely.
func TestALongChartIsZoomed(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/years/" + p.Program.Today()[:4] + "/indicators/women-trained")
	p.Until("the library has come", `!!window.echarts && !!echarts.getInstanceByDom(document.querySelector("[data-chart=span-option]"))`)
	var months struct{ Table, All, Chosen int }
	p.Ask(`(() => { const c = echarts.getInstanceByDom(document.querySelector("[data-chart=span-option]")),
		shown = () => { const [a, b] = c.getModel().getComponent("xAxis").axis.scale.getExtent(); return b - a + 1; },
		all = shown();
		c.dispatchAction({type: "dataZoom", start: 50, end: 100});
		return {All: all, Chosen: shown(), Table: document.querySelectorAll("#span-title").length &&
			document.querySelector("figure[aria-labelledby=span-title] tbody").rows.length}; })()`, &months)
	if months.All < 15 || months.Table != months.All || months.Chosen > months.All/2+1 {
		t.Errorf("%+v", months)
	}
}
