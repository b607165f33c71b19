package web

import (
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

func TestAMonthInAnAddressIsAMonthOrItsNumber(t *testing.T) {
	o := smallOffice(t)
	for month, want := range map[string]int{"3": 200, "03": 200, "2026-03": 200, "10": 200, "2026-10": 200,
		"2025-03": 422, "13": 422, "0": 422, "00": 422, "003": 422, "-3": 422, "+3": 422, "3.0": 422, "2026-3": 422,
		"2026-13": 422, "march": 422, "2026-03-01": 422} {
		for _, act := range []string{"lock", "unlock"} {
			g := o.send(t, request{method: "POST", path: api.Path + "/years/2026/months/" + month + "/" + act, as: "admin",
				body: `{"reason":"r"}`}).want(t, want)
			if want == http.StatusOK && act == "lock" && !strings.Contains(g.body, `"2026-`) {
				t.Errorf("%s is not locked: %s", month, g.body)
			}
		}
	}
}
