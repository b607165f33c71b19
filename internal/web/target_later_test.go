package web

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A target that was revised in November: June's figures, wherever they stand, say so with the old amount; November's
// do not.
func TestJuneSaysEverywhereThatItsTargetWasRevisedInNovember(t *testing.T) {
	o := newScoredOffice(t)
	o.post(kpi.Staff, "/api/v1/years/2026/targets",
		`{"indicator":"screened","sign":">=","value":"1200","weight":"20","dated":"2026-11-05","reason":"任务追加"}`, 201)
	const said = "目标于2026年11月5日由 100 人调整为 1,200 人"
	const printed = "目标于2026年11月5日由 100 人调整为 1200 人" // a document's numbers, as the rule set says
	for path, role := range map[string]kpi.Role{
		"/years/2026": kpi.Leader, "/years/2026/indicators/screened": kpi.Leader,
		"/years/2026/overview": kpi.Leader, "/years/2026/trends": kpi.Leader, "/years/2026/compare": kpi.Leader,
		"/years/2026/score": kpi.Leader, "/years/2026/card": kpi.Leader,
		"/api/v1/years/2026/board": kpi.Staff, "/api/v1/years/2026/indicators/screened": kpi.Staff,
		"/api/v1/years/2026/report.html": kpi.Staff, "/api/v1/years/2026/report.html?form=bulletin": kpi.Staff,
		"/api/v1/years/2026/report.html?form=monitoring":      kpi.Staff,
		"/api/v1/years/2026/report.html?form=self-evaluation": kpi.Staff,
	} {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		want := said
		if strings.Contains(path, "report.html") {
			want = printed
		}
		if text := o.get(role, path+join+"as_of=2026-06", 200); !strings.Contains(text, want) {
			t.Errorf("%s of June does not say %s", path, want)
		}
		if text := o.get(role, path+join+"as_of=2026-11", 200); strings.Contains(text, said) ||
			strings.Contains(text, printed) {
			t.Errorf("%s of November says that it is revised later", path)
		}
	}
	o.holds(o.get(kpi.Staff, "/api/v1/years/2026/board?as_of=2026-06", 200),
		`"target_revised":{"on":"2026-11-05","sign":">=","value":"100"`)
	for _, path := range []string{"report.docx", "report.xlsx", "report.xlsx?form=bulletin"} {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		text := unpacked(t, o.get(kpi.Staff, "/api/v1/years/2026/"+path+join+"as_of=2026-06", 200))
		if !strings.Contains(text, printed) && !strings.Contains(text, strings.ReplaceAll(printed, " ", "")) {
			t.Errorf("%s of June does not say %s", path, printed)
		}
	}
}

// unpacked is the text of all parts of a file of Office Open XML.
func unpacked(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(raw)
	}
	return out.String()
}
