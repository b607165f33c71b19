package demo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/demo"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/report/evidence"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// What an office sees and hands in does not depend on where its records are kept: the same work on SQLite and on
// PostgreSQL gives the same boards, papers and packages, byte for byte, in every format and both languages.
func TestBothDatabasesGiveTheSameBoardsPapersAndPackages(t *testing.T) {
	var first map[string][]byte
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		given := everything(t, db)
		if first == nil {
			first = given
			return
		}
		for name, content := range first {
			if !bytes.Equal(given[name], content) {
				t.Errorf("%s is another one: %s", name, firstDifference(content, given[name]))
			}
		}
		if len(given) != len(first) || len(first) < 50 {
			t.Errorf("%d and %d files", len(first), len(given))
		}
	})
}

// everything returns the boards and papers of the demo's years.
func everything(t *testing.T, db *store.DB) map[string][]byte {
	t.Helper()
	files, err := blob.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2026, 10, 15, 12, 0, 0, 0, time.UTC)
	a := app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return clock }, Zone: time.UTC,
		Passwords: app.CheapPasswords})
	if _, err := demo.Load(t.Context(), a, a.Today()); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, year := range []kpi.Year{2022, 2025, 2026} {
		b, err := a.Board(t.Context(), kpi.Operator, app.Query{Year: year})
		if err != nil {
			t.Fatal(err)
		}
		if out[fmt.Sprint(year, " board")], err = json.Marshal(b); err != nil {
			t.Fatal(err)
		}
		for _, language := range lang.Tags {
			in, err := a.Report(t.Context(), kpi.Operator, app.Query{Year: year}, string(language))
			if err != nil {
				t.Fatal(err)
			}
			for _, format := range report.Formats {
				for _, paper := range append(report.Papers, "") {
					write, refused := report.WriterOf(format, paper)
					if refused != nil {
						continue // no paper of this format
					}
					var file bytes.Buffer
					if err := write.To(&file, in, paper); err != nil {
						t.Fatal(err)
					}
					out[fmt.Sprint(year, " ", language, " ", paper, ".", format)] = file.Bytes()
				}
			}
		}
	}
	maps.Copy(out, packed(t, a, 2022))
	return out
}

// packed signs a year and returns what is handed in of it: the sealed package, and the evidence.
func packed(t *testing.T, a *app.App, year kpi.Year) map[string][]byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := a.CheckReport(t.Context(), kpi.Operator, year, "逐项核对")
	must(err)
	_, err = a.SignReport(t.Context(), kpi.Operator, year, app.NewSigning{Reason: "按已公布的数据"})
	must(err)
	sealed, err := a.Seal(t.Context(), kpi.Operator, app.SealQuery{Year: year, Language: string(lang.Chinese)})
	must(err)
	sealed.Input.AuditCode, sealed.Signing = "", kpi.ReportSigning{} // of an audit log that holds what is drawn by lot
	figures, err := json.Marshal([]any{sealed.Input, sealed.Entries})
	must(err)
	var evidences bytes.Buffer
	pack, err := a.EvidencePack(t.Context(), kpi.Operator, app.EvidenceQuery{Year: 2026}, evidence.With{})
	must(err)
	must(evidence.Write(&evidences, pack))
	return map[string][]byte{"sealed package": figures, "evidence": evidences.Bytes()}
}

func firstDifference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	around := func(s []byte) []byte { return s[max(0, min(at-80, len(s))):min(at+80, len(s))] }
	return fmt.Sprintf("%q instead of %q", around(b), around(a))
}
