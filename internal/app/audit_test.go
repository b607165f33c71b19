package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// Every action the program logs is in kpi.AuditActions, so that the audit page can filter by it and words it in both
// languages. They are found in the source.
func TestEveryActionThatIsLoggedIsListed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range []string{"download", "handler"} {
		given, err := filepath.Glob("../web/" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, given...)
	}
	var found []string
	literal := regexp.MustCompile(`"([a-z]+\.[a-z_]+)"`)
	logs := regexp.MustCompile(`(?:audit|auditBackup)\(ctx|Given\(ctx|\.Given\(c,|changeAccount\(ctx|setPublic\(ctx|action := |action = |act, detail`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if !logs.MatchString(line) {
				continue
			}
			for _, m := range literal.FindAllStringSubmatch(line, -1) {
				found = append(found, m[1])
			}
		}
	}
	for _, act := range []kpi.Act{kpi.ActLog, kpi.ActCorrect, kpi.ActWithdraw} {
		found = append(found, "update."+string(act))
	}
	for _, act := range []kpi.LockAct{kpi.LockMonth, kpi.UnlockMonth} {
		found = append(found, "month."+string(act))
	}
	found = append(found, "review."+string(kpi.ReviewApprove), "review."+string(kpi.ReviewReturn),
		"year."+string(kpi.YearClosed))
	found = append(found, "records.begin", "records.keep") // by the store itself
	for _, action := range found {
		if !slices.Contains(kpi.AuditActions, action) {
			t.Errorf("%q is logged and not listed", action)
		}
	}
	for _, action := range kpi.AuditActions {
		if !slices.Contains(found, action) {
			t.Errorf("%q is listed and never logged", action)
		}
	}
}
