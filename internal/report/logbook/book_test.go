package logbook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"dabiao/internal/paper/papertest"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/torture"
)

// sampleBook holds a plain entry, an approximate one that was corrected, and a judgement, with texts
// that spreadsheets would compute.
func sampleBook(tag lang.Tag) Book {
	flow := kpi.Indicator{Code: "screened", Name: "筛查人数", NameEn: "Screened", Kind: kpi.Flow, Measure: "人", Decimals: 1}
	level := kpi.Indicator{Code: "cover", Name: "覆盖", NameEn: "Cover", Kind: kpi.Level}
	east := kpi.Unit{Code: "east", Name: "荆竹镇", NameEn: "Jingzhu"}
	entries := []Entry{
		{Update: kpi.Update{ID: 3, Dated: "2026-03-02", Quantity: kpi.Exactly(kpi.One * 1234 / 10), Act: kpi.ActCorrect,
			Answers: 2, State: kpi.StateApproved,
			Reason: "+1 too many", Note: "=HYPERLINK(\"http://evil\",\"x\")", Origin: kpi.FromAPI, LoggedAt: 1772442000000},
			Of: flow, At: east, By: "@王敏", Counts: true, Files: 2},
		{Update: kpi.Update{ID: 2, Dated: "2026-03-01", Quantity: kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast,
			Wording: "200余人"}, Act: kpi.ActLog,
			State: kpi.StateApproved, Note: "a\x01<b> & \"c\"", Origin: kpi.FromForm, LoggedAt: 1772355600000}, Of: flow,
			At: east, By: "王敏"},
		{Update: kpi.Update{ID: 1, Dated: "2026-01-31", Level: kpi.LevelMet, Quantity: kpi.Exactly(0), Act: kpi.ActLog,
			State: kpi.StateSubmitted,
			Note:  " -两端空格 ", Origin: kpi.FromImport, LoggedAt: 1769850000000}, Of: level, At: east, By: "王敏", Counts: true},
	}
	return Book{Year: kpi.YearInfo{Year: 2026, Sample: true}, Unit: east, Zone: time.FixedZone("", 8*3600),
		Language: lang.For(tag),
		Each: func(fn func(Entry) error) error {
			for _, e := range entries {
				if err := fn(e); err != nil {
					return err
				}
			}
			return nil
		}}
}

func logXlsx(t *testing.T, b Book, maxRows int) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := writeXlsx(&file, b, maxRows); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestALogIsAWorkbookOfNumbersDaysAndTexts(t *testing.T) {
	for tag, want := range map[lang.Tag]string{
		lang.Chinese: "3|2026-03-02|east|荆竹镇|screened|筛查人数|123.4|人|123.4|更正|2|是|已审核|=HYPERLINK(\"http://evil\",\"x\")|+1 too many|@王敏|2026-03-02 17:00|接口|2",
		lang.English: "3|2026-03-02|east|Jingzhu|screened|Screened|123.4|people|123.4|correction|2|yes|approved|=HYPERLINK(\"http://evil\",\"x\")|+1 too many|@王敏|2026-03-02 17:00|API|2",
	} {
		file := logXlsx(t, sampleBook(tag), 100)
		papertest.Valid(t, "log.xlsx", file)
		if !bytes.Equal(file, logXlsx(t, sampleBook(tag), 100)) {
			t.Error("the same log is another file")
		}
		book, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		sheet := book.GetSheetName(0)
		rows, err := book.GetRows(sheet)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%d rows: %v", len(rows), err)
		}
		if got := strings.Join(rows[1], "|"); got != want {
			t.Errorf("%s:\n%s\n%s", tag, got, want)
		}
		if note := rows[2][13]; note != `a<b> & "c"` {
			t.Errorf("the note is %q", note)
		}
		if note := rows[3][13]; note != " -两端空格 " {
			t.Errorf("the note is %q", note)
		}
		for column := range columns {
			for row := 1; row <= 4; row++ {
				if f, err := book.GetCellFormula(sheet, paper.CellName(column+1, row)); f != "" || err != nil {
					t.Errorf("%s is a formula: %s %v", paper.CellName(column+1, row), f, err)
				}
			}
		}
		if kind, err := book.GetCellType(sheet, "G2"); err != nil || kind != excelize.CellTypeUnset {
			t.Errorf("the number is a cell of type %v, %v", kind, err)
		}
		book.Close()
	}
}

func TestALogGoesOnOnAFurtherSheet(t *testing.T) {
	file := logXlsx(t, sampleBook(lang.Chinese), 3)
	papertest.Valid(t, "log.xlsx", file)
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	second, err := book.GetRows(book.GetSheetName(1))
	if err != nil || len(second) != 2 || second[0][0] != "编号" || second[1][0] != "1" {
		t.Errorf("the second sheet: %v, %v", second, err)
	}
}

func TestALogAsCSVHoldsNoFormula(t *testing.T) {
	var file bytes.Buffer
	if err := WriteCSV(&file, sampleBook(lang.Chinese)); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(file.String(), "\ufeff")
	if !ok {
		t.Error("no mark of UTF-8, which Excel needs")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	want := `3|2026-03-02|east|荆竹镇|screened|筛查人数|123.4|人|123.4|更正|2|是|已审核|'=HYPERLINK("http://evil","x")|'+1 too many|'@王敏|2026-03-02 17:00|接口|2`
	if got := strings.Join(rows[1], "|"); got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	for _, row := range rows {
		for i, cell := range row {
			if kpi.LooksLikeFormula(cell) {
				t.Errorf("%s: %q is computed", rows[0][i], cell)
			}
		}
	}
}

func TestALongLogTakesNoMoreMemory(t *testing.T) {
	book := sampleBook(lang.Chinese)
	var one Entry
	book.Each(func(e Entry) error { one = e; return nil }) //nolint:errcheck // of memory
	peak := func(lines int) (most uint64) {
		long := book
		long.Each = func(fn func(Entry) error) error {
			for n := range lines {
				if n%5000 == 0 {
					runtime.GC()
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
				if err := fn(one); err != nil {
					return err
				}
			}
			return nil
		}
		if err := WriteXlsx(io.Discard, long); err != nil {
			t.Fatal(err)
		}
		return most
	}
	many := torture.Times(t, 60_000, 60_000) // DABIAO_TORTURE=20: more than a sheet takes
	short, long := peak(5000), peak(many)
	t.Logf("%d entries hold %d bytes, 5,000 hold %d", many, long, short)
	if long > short+4<<20 {
		t.Errorf("%d entries hold %d bytes, 5,000 hold %d", many, long, short)
	}
}

func TestALogThatCannotBeReadIsNoFile(t *testing.T) {
	broken := errors.New("broken")
	book := sampleBook(lang.Chinese)
	book.Each = func(fn func(Entry) error) error { return broken }
	for format, writer := range Writers {
		if err := writer.To(io.Discard, book); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		if err := writer.To(failing{}, sampleBook(lang.Chinese)); err == nil {
			t.Errorf("%s: a writer that fails is no error", format)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("full") }
