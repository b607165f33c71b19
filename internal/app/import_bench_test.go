package app_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

const importRows = 3_000

// bigTable is a workbook of importRows rows, each different from one run to the next.
func bigTable(t testing.TB, run int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	write := func(row int, cells ...any) {
		if err := w.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
			t.Fatal(err)
		}
	}
	write(1, "序号", "指标名称", "乡镇", "计量单位", "日期", "本次新增", "备注")
	for i := range importRows {
		write(i+2, i+1, []string{"screened", "disputes", "settled"}[i%3], []string{"east", "west"}[i%2],
			[]string{"人", "起", "起"}[i%3], fmt.Sprintf("2026-%02d-%02d", 1+i%5, 1+i%28), 1+(i+run)%97,
			fmt.Sprintf("第%d批，集中开展", i%40))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Thousands of rows are imported whole, and the time of it told beside a bare bulk insert of as many.
func TestThousandsOfRowsAreImportedWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db)
		content := bigTable(t, 0)
		f, err := b.app.StageImport("表.xlsx", bytes.NewReader(content))
		b.must(err)
		defer f.Discard()
		start := time.Now()
		r, err := b.app.Import(ctx, b.staff, app.NewImport{File: f, Year: 2026, DryRun: true})
		b.must(err)
		preview := time.Since(start)
		start = time.Now()
		r, err = b.app.Import(ctx, b.staff, app.NewImport{File: f, Year: 2026})
		b.must(err)
		whole := time.Since(start)
		if r.Entries != importRows || len(r.Rejected) > 0 {
			t.Fatalf("%d entries, rejected %v", r.Entries, reasons(r)[:min(3, len(r.Rejected))])
		}
		b.wantVerified()
		bare := make([]kpi.Update, importRows)
		for i, fig := range r.Plan {
			bare[i] = kpi.Update{Indicator: fig.Indicator.ID, Unit: 2 + kpi.UnitID(i%2), Dated: fig.Dated,
				Quantity: fig.Quantity, Note: fig.Note, Act: kpi.ActLog,
				Origin: kpi.FromImport, Author: "clerk", State: kpi.StateApproved}
		}
		start = time.Now()
		b.must(db.Write(ctx, func(w *store.Writer) error { return w.InsertUpdates(ctx, bare) }))
		insert := time.Since(start)
		t.Logf("%d rows: bare insert %v, preview %v, import %v (%.1f ×)", importRows, insert.Round(time.Millisecond),
			preview.Round(time.Millisecond), whole.Round(time.Millisecond), whole.Seconds()/insert.Seconds())
	})
}
