package injection

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

//go:embed testdata/xss.txt
var payloads string

// Whatever people write is shown as it was written, on every page, and never runs. The tab listens
// all the while: a payload that only the content security policy stopped is a failure too.
func TestTextsNeverRunAsScripts(t *testing.T) {
	t.Parallel()
	program, err := programtest.Demo()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Stop(); err != nil {
			t.Error(err)
		}
	})
	var units struct {
		Items []struct{ Code string } `json:"items"`
	}
	if err := program.JSON("admin", "/api/v1/units?limit=1", &units); err != nil {
		t.Fatal(err)
	}
	send := func(path string, body map[string]any) {
		t.Helper()
		if err := program.Post("admin", path, body, nil); err != nil {
			t.Errorf("%v\n%v", err, body)
		}
	}
	unit, lines := units.Items[0].Code, strings.Split(strings.TrimSpace(payloads), "\n")
	for i, payload := range lines {
		code := fmt.Sprintf("injected-%d", i)
		send("/api/v1/indicators", map[string]any{"code": code, "name": payload, "name_en": payload, "kind": "flow",
			"measure": "人", "definition": payload, "source": payload, "owner": payload})
		send(fmt.Sprintf("/api/v1/years/%d/targets", program.Year), map[string]any{"indicator": code, "unit": unit,
			"sign": ">=", "value": "10", "document": payload, "reason": payload})
		send("/api/v1/updates", map[string]any{"indicator": code, "unit": unit,
			"date": program.Today(), "value": "1", "note": payload})
	}
	p := browsertest.Shared(t).Open(t, program)
	p.SignIn("admin")
	harmless := func() {
		t.Helper()
		var ran bool
		p.Ask(`"pwned" in window`, &ran)
		if ran {
			t.Fatalf("a text ran as a script on %s", p.Address())
		}
	}
	browsertest.EveryPage(t, p, "/", func(string) { harmless() })
	p.Go("/")
	shown := map[string]string{}
	for _, r := range p.Rows() {
		shown[r.Name] = r.Href
	}
	for _, payload := range lines {
		href, ok := shown[strings.Join(strings.Fields(payload), " ")]
		if !ok {
			t.Errorf("the board does not show %q as it was written", payload)
			continue
		}
		p.Go(href)
		harmless()
	}
}
