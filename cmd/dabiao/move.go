package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"dabiao/internal/blob"
	"dabiao/internal/office"
	"dabiao/internal/store"
)

// movement is a move of the records between the two databases.
type movement struct {
	from, to records
	io       streams
}

// runMove moves everything from a folder with SQLite to PostgreSQL, or from there to where it is told, and verifies it.
// A server may go on showing the records meanwhile; it changes none.
func runMove(ctx context.Context, io streams, args []string) error {
	m := movement{io: io}
	var toEvidence string
	var remove bool
	f := newFlags(io, "move")
	from := f.String("from", "", "the records that move: a data folder, or a PostgreSQL address postgres://…")
	to := f.String("to", "", "where to: an empty PostgreSQL database, or a new folder")
	data := f.String("data", "", "folder of the evidence beside PostgreSQL; empty: the folder of --from, or data")
	f.StringVar(&m.from.evidenceAt, "evidence", blob.InFolder, "where the files of evidence lie")
	f.StringVar(&toEvidence, "to-evidence", "",
		"without --to: where they go, folder, s3://BUCKET/PREFIX or database, while servers go on")
	f.BoolVar(&remove, "remove-moved", false, "with --to-evidence: remove them from where they were")
	m.from.storage.flags(f)
	f.StringVar(&m.from.auditKey, "audit-key", "",
		"file of the audit log's key; empty: "+store.KeyFileName+" in the folder of the evidence")
	f.StringVar(&m.from.zone, "zone", "Local", "time zone of the office, such as Asia/Shanghai")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if *from == "" || (*to == "") == (toEvidence == "") {
		return fmt.Errorf("%w: name --from, and either --to or --to-evidence", errUse)
	}
	if *to != "" && !isAddress(*from) && !isAddress(*to) {
		return fmt.Errorf("%w: a folder is moved as it is, or by `dabiao backup` and `dabiao restore`", errUse)
	}
	if *data == "" {
		*data = "data"
		if !isAddress(*from) {
			*data = *from
		}
	}
	m.to.zone, m.to.auditKey = m.from.zone, m.from.auditKey
	m.from.at(*from, *data)
	if toEvidence != "" {
		return m.from.moveEvidence(ctx, io, toEvidence, remove)
	}
	m.to.at(*to, *data)
	return m.run(ctx)
}

// at says where records are: at an address, with a folder beside it, or in a folder.
func (r *records) at(place, beside string) {
	if r.data = filepath.Clean(place); isAddress(place) {
		r.database, r.data = place, filepath.Clean(beside)
	}
}

func isAddress(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// address is a database's address without what lets one in.
func address(database string) string {
	u, err := url.Parse(database)
	if err != nil {
		return "PostgreSQL"
	}
	out := url.URL{Scheme: "postgres", Host: u.Host, Path: u.Path}
	if schema := u.Query().Get("schema"); schema != "" {
		out.RawQuery = url.Values{"schema": {schema}}.Encode()
	}
	return out.String()
}

// place names the records for people.
func (r records) place() string {
	if r.database != "" {
		return address(r.database)
	}
	return r.data
}

func (m movement) run(ctx context.Context) error {
	a, from, err := m.from.openExisting(ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	var to *store.DB
	if m.to.database != "" {
		if to, err = store.Open(ctx, store.Config{Dir: m.to.data, URL: m.to.database, Office: office.In(m.to.data),
			AsIs: true, New: true}); err != nil {
			return err
		}
		defer to.Close()
	}
	before, err := a.VerifyAll(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(m.io.out, "%s: verified, %d differences\n", m.from.place(), len(before.Differences))
	var head store.Head
	err = from.Move(ctx, to, m.to.data, m.to.place(), progress(m.io), func(dir string) error {
		err := from.Read(ctx, func(r *store.Reader) (err error) { head, err = r.AuditHead(ctx); return err })
		if err != nil {
			return err
		}
		return m.along(ctx, from, dir)
	})
	if err != nil {
		return fmt.Errorf("%s stays as it is: %w", m.from.place(), err)
	}
	return m.check(ctx, before.Differences, head)
}

// along puts the evidence and the key where they belong beside the records.
func (m movement) along(ctx context.Context, from *store.DB, dir string) error {
	here, err := m.from.blobs(m.from.evidenceAt, m.from.evidence(), from.Chunks)
	if err != nil {
		return err
	}
	if dir == m.from.data && here.Local() {
		return nil
	}
	there, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		return err
	}
	if err := carryEvidence(ctx, m.io, from, here, there); err != nil {
		return err
	}
	if m.from.auditKey != "" || dir == m.from.data {
		return nil // it stays where it is
	}
	return store.CarryKey(m.from.keyFile(), filepath.Join(dir, store.KeyFileName))
}

// carryEvidence puts what the records hold of evidence in another store, and says what is missing.
func carryEvidence(ctx context.Context, io streams, of *store.DB, here, there blob.Files) error {
	var sums []string
	err := of.Read(ctx, func(r *store.Reader) (err error) { sums, err = r.EvidenceHeld(ctx); return err })
	if err != nil {
		return err
	}
	lacks, err := here.CarryTo(ctx, there, sums)
	for _, sum := range lacks {
		fmt.Fprintf(io.out, "evidence %s is missing or changed in %s\n", sum, here.Place())
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "evidence: %d files\n", len(sums)-len(lacks))
	return err
}

// check verifies what was moved: it must be as it was before, and its log must end as it did.
func (m movement) check(ctx context.Context, before []string, head store.Head) error {
	a, to, err := m.to.withItsKey().open(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	after, err := a.VerifyAll(ctx, head)
	if err != nil {
		return err
	}
	for _, line := range slices.Concat(after.Differences, after.Notes) {
		fmt.Fprintln(m.io.out, line)
	}
	if !slices.Equal(before, after.Differences) {
		return errors.New("the records are moved, and are verified with other differences than before: see above")
	}
	fmt.Fprintf(m.io.out, "%s: verified, %d differences; the audit log is %s\n", m.to.place(), len(after.Differences), head)
	serve := "--data " + m.to.data
	if m.to.database != "" {
		serve += " --database " + m.to.place()
	}
	_, err = fmt.Fprintf(m.io.out, "moved; serve it with %s\n", serve)
	return err
}

// moveEvidence puts the files of evidence elsewhere while servers go on; they must be started anew then.
func (r records) moveEvidence(ctx context.Context, io streams, to string, remove bool) error {
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	there, err := r.blobs(to, r.evidence(), db.Chunks)
	if err != nil {
		return err
	}
	moved, err := a.MoveEvidence(ctx, there, remove)
	for _, sum := range moved.Lacks {
		fmt.Fprintf(io.out, "evidence %s is missing or changed in %s\n", sum, r.evidenceAt)
	}
	if err != nil {
		return err
	}
	left := "the former ones are removed"
	if !remove {
		left = "the former ones are still in " + r.evidenceAt + ", where no erasing reaches them: --remove-moved removes them"
	}
	_, err = fmt.Fprintf(io.out, "evidence: %d files are in %s; %s; start every server with --evidence %s now\n",
		moved.Files, there.Place(), left, there.Place())
	return err
}
