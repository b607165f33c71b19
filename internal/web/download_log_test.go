package web

import (
	"net/http"
	"strings"
	"testing"
)

// Each paper, log and export that is given out is in the audit log once; asking how large it is gives nothing out.
func TestWhatIsGivenOutIsInTheLogOnce(t *testing.T) {
	o := smallOffice(t)
	for _, c := range []struct{ path, action string }{
		{"/years/2026/report.docx", "report.download"}, {"/api/v1/years/2026/report.xlsx", "report.download"},
		{"/api/v1/years/2026/report.csv?form=bulletin", "report.download"},
		{"/years/2026/updates.csv", "log.download"}, {"/audit.xlsx", "audit.export"},
		{"/api/v1/audit.csv?action=update.log&unit=west", "audit.export"},
	} {
		logged := func() int {
			body := o.get(t, "admin", "/api/v1/audit?limit=100&action="+c.action).want(t, http.StatusOK).body
			return strings.Count(body, `"action":"`+c.action+`"`)
		}
		before := logged()
		cookie, _ := o.browser(t, "admin")
		ask := func(method string) got {
			if strings.HasPrefix(c.path, "/api/") {
				return o.send(t, request{method: method, path: c.path, as: "admin"})
			}
			return o.send(t, request{method: method, path: c.path, cookie: cookie})
		}
		ask("HEAD")
		if n := logged() - before; n != 0 {
			t.Errorf("HEAD %s is in the log %d times", c.path, n)
		}
		ask("GET").want(t, http.StatusOK)
		if n := logged() - before; n != 1 {
			t.Errorf("GET %s is in the log %d times", c.path, n)
		}
	}
	csv := o.get(t, "admin", "/api/v1/audit.csv?action=audit.export&lang=en").want(t, http.StatusOK).body
	if !strings.HasPrefix(csv, "\ufeff") || !strings.Contains(csv, "Audit log exported") {
		t.Errorf("the export says %.300s", csv)
	}
}
