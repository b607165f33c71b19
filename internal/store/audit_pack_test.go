package store

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"

	"dabiao/internal/kpi"
)

// What was packed says the same when it is read.
func TestAPackedEntrySaysWhatItSaid(t *testing.T) {
	noise := make([]byte, 5000)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	for what, e := range map[string]kpi.AuditEntry{
		"nothing":                  {},
		"no detail":                {Records: `[["units",1]]`},
		"an empty object":          {Detail: "{}"},
		"a short one":              {Detail: `{"ID":7}`},
		"two texts":                {Detail: `{"ID":7}`, Records: `[["units",1,"东镇"]]`},
		"letters of four bytes":    {Detail: "𠮷" + strings.Repeat("妇联", 300)},
		"what no one deflates":     {Detail: string(noise), Records: "x"},
		"as long as any deflated":  {Detail: strings.Repeat("a", maxDeflated)},
		"longer than any deflated": {Detail: strings.Repeat("a", maxDeflated-1), Records: "bb"},
	} {
		packed, err := packAudit(e)
		if err != nil {
			t.Fatal(err)
		}
		got := kpi.AuditEntry{}
		if unpack(&got, packed); got != e {
			t.Errorf("%s: it says %.80q and %.80q", what, got.Detail, got.Records)
		}
		if most := len(e.Detail) + len(e.Records) + 4; len(packed) > most {
			t.Errorf("%s: %d bytes became %d", what, most-4, len(packed))
		}
	}
}

// The words as they are, and an entry that they packed.
const (
	wordsSum  = "816eab2e9295def40cd34d5c4b9f68f7824a370aac140569029e82a6613fbac4"
	entryOnce = `{"ID":7,"Indicator":12,"Unit":34,"Dated":"2026-03-01","Quantity":{"Amount":15000000,"Precision":"exact",` +
		`"Wording":"15"},"Level":"","Note":"","Act":"log","Answers":0,"Reason":"","Origin":"form","Author":"clerk",` +
		`"LoggedAt":1772355600000,"State":"approved","AnsweredBy":0,"AnsweredState":""}`
	packedOnce = "64a00283848b396ab818c102c6d8042d640c8cf1848c29286008078da1296d82253927b50894dd91c3c6dcc8d8" +
		"d4d40ce42a509b00ea6d52020800"
)

// What this version packed every later one reads, so the words stay as they are.
func TestTheWordsOfPackedEntriesStay(t *testing.T) {
	sum := sha256.Sum256(auditWords)
	if got := hex.EncodeToString(sum[:]); got != wordsSum {
		t.Errorf("the words are others (%s): what was packed with them nobody could read", got)
	}
	packed, err := hex.DecodeString(packedOnce)
	if err != nil {
		t.Fatal(err)
	}
	if detail, records, err := unpackAudit(packed); err != nil || detail != entryOnce || records != "" {
		t.Errorf("it says %q and %q, %v", detail, records, err)
	}
	if len(packed) > len(entryOnce)/4 {
		t.Errorf("%d bytes became %d", len(entryOnce), len(packed))
	}
}

// What somebody put in the place of a packed entry is read as no entry, and takes no more memory than one.
func TestWhatIsNoPackedEntryIsNotRead(t *testing.T) {
	whole, err := packAudit(kpi.AuditEntry{Detail: entryOnce})
	if err != nil {
		t.Fatal(err)
	}
	var bomb bytes.Buffer
	if err := flate.StatelessDeflate(&bomb, make([]byte, 20<<20), true, auditWords); err != nil {
		t.Fatal(err)
	}
	for what, packed := range map[string][]byte{
		"nothing":                   {},
		"a form that there is not":  {'x', 0},
		"no length":                 {formPlain},
		"a length without end":      bytes.Repeat([]byte{0xff}, 12),
		"a length beyond the text":  {formPlain, 200, 1, 'a'},
		"cut off":                   whole[:len(whole)-1],
		"with something after it":   append(slices.Clone(whole), 0),
		"twenty megabytes of zeros": append([]byte{formDeflated, 0}, bomb.Bytes()...),
	} {
		if detail, records, err := unpackAudit(packed); err == nil {
			t.Errorf("%s is read as %.40q, %.40q", what, detail, records)
		}
		e := kpi.AuditEntry{}
		if unpack(&e, packed); e.Detail != unreadable || e.Records != "" {
			t.Errorf("%s: the entry says %.40q, %.40q", what, e.Detail, e.Records)
		}
	}
}

// A hash is stored in fewer letters and read in full, whatever it is.
func TestAHashIsReadAsItWas(t *testing.T) {
	plain := strings.Repeat("0123456789abcdef", 4)
	for hash, letters := range map[string]int{
		"":                                 0,
		plain:                              keptPlain,
		strings.ToUpper(plain):             64,
		plain[:63]:                         63,
		keyMark + "89abcdef:" + plain:      keptKeyed,
		keyMark + "89ABCDEF:" + plain:      77,
		keyMark + "89abcde:" + plain + "f": 77,
		keyMark + ":" + plain:              69,
		"key":                              3,
		strings.Repeat("-", keptKeyed):     0,
	} {
		kept := keptHash(hash)
		if letters > 0 && len(kept) != letters {
			t.Errorf("%q is stored as %q", hash, kept)
		}
		if got := fullHash(kept); got != hash && letters > 0 {
			t.Errorf("%q is read as %q", hash, got)
		}
	}
}

// kinds adds an entry of each action to a log, with details as they come: of a single entry of figures, of records,
// with letters of all sorts, long, none.
func kinds(t *testing.T, db *DB) {
	t.Helper()
	for i, action := range kpi.AuditActions {
		e := kpi.AuditEntry{At: kpi.UnixMilli(1000 * i), Actor: []string{"w", "王", kpi.Program}[i%3], Action: action,
			Subject: fmt.Sprintf("year 2026 i%02d %d", i, i%2),
			Detail:  []string{"{}", `{"name":"<妇联> \"\\u0000"}`, strings.Repeat(`{"a":"长"}`, 9000), entryOnce, "null"}[i%5]}
		if strings.HasPrefix(action, "update.") {
			e.Detail = `{"ID":99}` // an entry that is not there: verify names it
		}
		err := db.Write(t.Context(), func(w *Writer) error {
			if i%4 == 0 {
				if err := w.SetSetting(t.Context(), "office_name", fmt.Sprint(i)); err != nil {
					return err
				}
			}
			return w.InsertAudit(t.Context(), e)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// unpackedFrom writes all entries of a log as programs did that packed none.
func unpackedFrom(t *testing.T, raw *sql.DB) {
	t.Helper()
	ctx := t.Context()
	rows, err := raw.QueryContext(ctx, `SELECT `+wholeAudit+` FROM audit WHERE packed IS NOT NULL`)
	if err != nil {
		t.Fatal(err)
	}
	var all []kpi.AuditEntry
	for rows.Next() {
		e, err := scanWholeAudit(rows)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if err := rows.Close(); err != nil || rows.Err() != nil {
		t.Fatal(err, rows.Err())
	}
	for _, e := range all {
		if _, err := raw.ExecContext(ctx, `UPDATE audit SET detail = $1, records = $2, hash = $3, packed = NULL WHERE id = $4`,
			e.Detail, e.Records, e.Hash, e.ID); err != nil {
			t.Fatal(err)
		}
	}
}

// told is all that anybody is told of an audit log.
type told struct {
	All, Narrowed, Of []kpi.AuditEntry
	Head              Head
	Office            string
	Replayed          Replayed
	Check             HeadCheck
}

func toldOf(t *testing.T, db *DB, kept Head) (out told) {
	t.Helper()
	ctx := t.Context()
	err := db.Read(ctx, func(r *Reader) (err error) {
		if out.All, err = r.Audit(ctx, 0, 1000); err != nil {
			return err
		}
		if out.Narrowed, err = r.FilteredAudit(ctx, kpi.AuditFilter{Actor: "王", From: 5000}, 0, 1000); err != nil {
			return err
		}
		if out.Of, err = r.AuditOf(ctx, "target.set"); err != nil {
			return err
		}
		if out.Head, err = r.AuditHead(ctx); err != nil {
			return err
		}
		if out.Check, err = r.CheckHead(ctx, kept); err != nil {
			return err
		}
		out.Replayed, err = r.Replay(ctx, &Marks{}, kept)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if out.Office, err = db.OfficeCode(ctx); err != nil {
		t.Fatal(err)
	}
	return out
}

// packs packs what is not packed, at most so many steps; 0: all.
func packs(t *testing.T, db *DB, steps int) (packed int) {
	t.Helper()
	for step := 0; steps == 0 || step < steps; step++ {
		n := 0
		err := db.Write(t.Context(), func(w *Writer) (err error) { n, err = w.PackAudit(t.Context()); return err })
		if err != nil {
			t.Fatal(err)
		}
		if packed += n; n == 0 {
			break
		}
	}
	return packed
}

// A log from before entries were packed says the same before it is packed, when packing was broken off, and after:
// page, filters, head, codes that were kept, what verify tells. It goes on under the same key.
func TestALogThatIsPackedLaterSaysTheSame(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			plain := e.opened(t)
			say(t, plain, 3)
			e.config.KeyFile = t.TempDir() + "/" + KeyFileName
			db := e.opened(t)
			kinds(t, db)
			kept := headOf(t, db)
			for range 5 { // more than one step
				kinds(t, db)
			}
			kinds(t, db)
			want := toldOf(t, db, kept)
			if len(want.Replayed.Broken) > 0 || !want.Check.Agrees || !want.Check.Proven || len(want.Narrowed) == 0 {
				t.Fatalf("as it was written: %+v, %+v", want.Replayed.Broken, want.Check)
			}
			same := func(when string) {
				t.Helper()
				if got := toldOf(t, db, kept); !reflect.DeepEqual(got, want) {
					t.Errorf("%s it says otherwise: %+v, %+v", when, got.Head, got.Check)
				}
			}
			raw, err := sql.Open(e.driver, e.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			unpackedFrom(t, raw)
			same("unpacked")

			enough := errors.New("enough")
			err = db.Write(t.Context(), func(w *Writer) error {
				if n, err := w.PackAudit(t.Context()); err != nil || n != packedAtOnce {
					t.Errorf("packed %d, %v", n, err)
				}
				return enough
			})
			if !errors.Is(err, enough) {
				t.Fatal(err)
			}
			same("after a step that was undone")
			if n := packs(t, db, 1); n != packedAtOnce {
				t.Fatalf("a step packs %d", n)
			}
			same("half packed")
			db = e.opened(t)
			same("half packed and opened again")
			if n := packs(t, db, 0); n != len(want.All)-packedAtOnce {
				t.Errorf("the rest is %d", n)
			}
			same("packed")
			var left, size, text int
			err = raw.QueryRowContext(t.Context(), `SELECT COUNT(*) - COUNT(packed), SUM(LENGTH(packed)),
				SUM(LENGTH(detail) + LENGTH(records)) FROM audit`).Scan(&left, &size, &text)
			if err != nil || left != 0 || text != 0 {
				t.Errorf("%d entries are not packed, %d letters of text, %v", left, text, err)
			}
			say(t, db, 3)
			if is := replayedFrom(t, db, kept); len(is.Broken)+len(is.Keyless) > 0 || is.Strange != 0 {
				t.Errorf("with three more: %+v", is)
			}
		})
	}
}

// Whoever changes packed entries in the database is told by verify, entry by entry.
func TestAChangedPackedEntryIsNamed(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.config.KeyFile = t.TempDir() + "/" + KeyFileName
			db := e.opened(t)
			kinds(t, db)
			was := replayedFrom(t, db)
			kept := headOf(t, db)
			if len(was.Broken) > 0 {
				t.Fatalf("as it is: %v", was.Broken)
			}
			raw, err := sql.Open(e.driver, e.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			var packed []byte
			if err := raw.QueryRowContext(t.Context(), `SELECT packed FROM audit WHERE id = 4`).Scan(&packed); err != nil {
				t.Fatal(err)
			}
			tamper(t, raw, e, `CREATE TABLE kept AS SELECT * FROM audit`)
			set := func(id int, blob []byte) {
				t.Helper()
				if _, err := raw.ExecContext(t.Context(), `UPDATE audit SET packed = $1 WHERE id = $2`, blob, id); err != nil {
					t.Fatal(err)
				}
			}
			for _, c := range []struct {
				what   string
				change func()
				broken []int64 // nil: that the head that was kept is not there says it
			}{
				{"a row that is gone", func() { tamper(t, raw, e, `DELETE FROM audit WHERE id = 4`) }, []int64{5}},
				{"two that changed places", func() {
					tamper(t, raw, e, `UPDATE audit SET id = -1 WHERE id = 4; UPDATE audit SET id = 4 WHERE id = 5;
						UPDATE audit SET id = 5 WHERE id = -1`)
				}, []int64{4, 5, 6}},
				{"what two say in each other's place", func() {
					tamper(t, raw, e, `UPDATE audit SET packed = (SELECT packed FROM kept WHERE kept.id = 9 - audit.id) WHERE id IN (4, 5)`)
				}, []int64{4, 5}},
				{"an older one in its place", func() {
					tamper(t, raw, e, `UPDATE audit SET packed = (SELECT packed FROM kept WHERE kept.id = 2) WHERE id = 4`)
				}, []int64{4}},
				{"all of an older one in its place", func() {
					tamper(t, raw, e, `DELETE FROM audit WHERE id = 4; INSERT INTO audit (id, at, actor, action, subject, detail, hash, records, packed)
						SELECT 4, at, actor, action, subject, detail, hash, records, packed FROM kept WHERE id = 2`)
				}, []int64{4, 5}},
				{"one more at the end", func() {
					tamper(t, raw, e, `INSERT INTO audit (at, actor, action, subject, detail, hash, records, packed)
						SELECT at, actor, action, subject, detail, hash, records, packed FROM kept WHERE id = 2`)
				}, []int64{int64(len(kpi.AuditActions)) + 1}},
				{"a text beside what is packed", func() { tamper(t, raw, e, `UPDATE audit SET detail = '{}' WHERE id = 4`) }, []int64{4}},
				{"records beside it", func() { tamper(t, raw, e, `UPDATE audit SET records = '[]' WHERE id = 4`) }, []int64{4}},
				{"unpacked with another text", func() {
					tamper(t, raw, e, `UPDATE audit SET detail = 'no', packed = NULL WHERE id = 4`)
				}, []int64{4}},
				{"nothing", func() { set(4, nil) }, []int64{4}},
				{"cut off", func() { set(4, packed[:len(packed)/2]) }, []int64{4}},
				{"the end taken off", func() { tamper(t, raw, e, `DELETE FROM audit WHERE id > 4`) }, nil},
				{"the hash of another", func() {
					tamper(t, raw, e, `UPDATE audit SET hash = (SELECT hash FROM kept WHERE kept.id = 5) WHERE id = 4`)
				}, []int64{4, 5}},
			} {
				c.change()
				is := replayedFrom(t, db, kept)
				if !slices.Equal(is.Broken, c.broken) || c.broken == nil && len(is.HeadsBroken) != 1 {
					t.Errorf("%s: verify names %v, %v; want %v", c.what, is.Broken, is.HeadsBroken, c.broken)
				}
				tamper(t, raw, e, `DELETE FROM audit; INSERT INTO audit SELECT * FROM kept`)
			}
			for i := range packed {
				changed := slices.Clone(packed)
				changed[i] ^= 0xff
				set(4, changed)
				if is := replayedFrom(t, db, kept); !slices.Equal(is.Broken, []int64{4}) {
					t.Errorf("byte %d changed: verify names %v", i, is.Broken)
				}
			}
			set(4, packed)
			if is := replayedFrom(t, db, kept); !reflect.DeepEqual(is.Broken, was.Broken) || len(is.HeadsBroken) > 0 {
				t.Errorf("after all was undone: %v", is.Broken)
			}
		})
	}
}

// Whoever has the log forget that it holds records, to have it begin anew with what he wrote into them, is told all the
// same.
func TestAPackedLogDoesNotBeginAnew(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			db, raw := e.witnessedRecords(t)
			tamper(t, raw, e, `UPDATE areas SET name = '假'; UPDATE settings SET value = 'no' WHERE name = 'records_witnessed'`)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if found := replayed(t, e.opened(t)).Differences; len(found) != 1 || found[0].Table != "areas" {
				t.Errorf("it names %+v", found)
			}
		})
	}
}

func BenchmarkPackAudit(b *testing.B) {
	e := kpi.AuditEntry{Detail: entryOnce}
	for b.Loop() {
		packed, err := packAudit(e)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(packed)), "B/entry")
	}
}

func BenchmarkUnpackAudit(b *testing.B) {
	packed, err := packAudit(kpi.AuditEntry{Detail: entryOnce})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := unpackAudit(packed); err != nil {
			b.Fatal(err)
		}
	}
}
