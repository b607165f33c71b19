package web

import (
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

// Who works on an indicator beside its owner is said wherever the owner is.
func TestPartnersStandBesideTheOwner(t *testing.T) {
	o := smallOffice(t)
	edit := func(body string) {
		o.send(t, request{method: "PATCH", path: api.Path + "/indicators/screened", as: "admin", body: body}).want(t, 200)
	}
	edit(`{"owner":"发展部","partners":"卫健局、妇幼保健院"}`)
	for _, path := range []string{"/years/2026/indicators/screened", "/years/2026/plan", api.Path + "/years/2026/board",
		api.Path + "/years/2026/indicators/screened", api.Path + "/indicators"} {
		if body := o.get(t, "admin", path).body; !strings.Contains(body, "卫健局、妇幼保健院") {
			t.Errorf("%s does not name the partners: %.300s", path, body)
		}
	}
	edit(`{"owner":""}`)
	if body := o.get(t, "leader", "/years/2026/indicators/screened").body; !strings.Contains(body, "配合：卫健局、妇幼保健院") {
		t.Error("without an owner the partners are not named")
	}
}
