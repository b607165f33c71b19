package paperpages

import (
	"testing"

	"dabiao/internal/browsertest"
)

// Every page of the report is sound on a desk and a phone, by day and by night.
func TestTheReportsPagesAreSound(t *testing.T) {
	t.Parallel()
	p := browsertest.Open(t, "staff")
	for _, path := range []string{"/report", "/report/edit", "/report/edit/improvements", "/report/figures?q=pxfn",
		"/report/outline", "/report/sign", "/report/pages", "/check", "/check/document"} {
		for _, width := range []int64{browsertest.Desk, browsertest.Phone} {
			p.Screens("/years/2022"+path, width, func(l browsertest.Screen) {
				if n := p.Overflow(); n > 0 {
					t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
				}
				p.Axe()
			})
		}
	}
}

// The pages beside the budget are sound on a desk and a phone, by day and by night.
func TestThePagesBesideTheBudgetAreSound(t *testing.T) {
	t.Parallel()
	p := browsertest.Open(t, "staff")
	for _, path := range []string{"/projects", "/projects?new=1", "/projects?project=health-and-work", "/staffing",
		"/staffing?edit=1", "/report?form=project", "/report?form=basic-data", "/report/rekey?form=project"} {
		for _, width := range []int64{browsertest.Desk, browsertest.Phone} {
			p.Screens("/years/2026"+path, width, func(l browsertest.Screen) {
				if n := p.Overflow(); n > 0 {
					t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
				}
				p.Axe()
			})
		}
	}
}
