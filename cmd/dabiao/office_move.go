package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"dabiao/internal/office"
	"dabiao/internal/store"
)

// officeMove moves an office's records between its folder and PostgreSQL, or from one PostgreSQL to another, while a
// server serves it. People go on reading; from the first step on nothing is changed where the records were, and once
// the list of offices says where they are, the server opens them there. Each step can be broken off and said again.
type officeMove struct {
	io       streams
	data     string // the program's
	of       office.Office
	address  string // where to; "": its folder
	from, to *server
	step     func(name string) error // told before each step, for tests
}

// inFolder is how --to names the office's own folder.
const inFolder = "folder"

func runOfficeMove(ctx context.Context, io streams, args []string) error {
	var s server
	f := newFlags(io, "office move")
	s.flags(f)
	to := f.String("to", "", "where its records go: "+inFolder+" (SQLite in its folder), or a PostgreSQL address postgres://…, "+
		"with ?schema beside others'")
	stay := f.Bool("stay", false, "instead of --to: has a move that was broken off come to nothing")
	name, err := f.parseName(args, "name")
	if err != nil {
		return err
	}
	if (*to == "") == !*stay || *to != "" && *to != inFolder && !isAddress(*to) {
		return fmt.Errorf("%w: name --to %s, --to postgres://…, or --stay", errUse, inFolder)
	}
	m := officeMove{io: io, data: s.data, step: func(string) error { return nil }}
	if *to != inFolder {
		if m.address, err = inSchema(*to, name); err != nil {
			return err
		}
	}
	return m.begin(ctx, &s, name, *stay)
}

func (m officeMove) begin(ctx context.Context, s *server, name string, stay bool) (err error) {
	if m.of, err = office.Read(m.data, name); err != nil {
		return err
	}
	if m.from, err = s.forOffice(m.of); err != nil {
		return err
	}
	if stay {
		return m.stay(ctx)
	}
	target := m.of
	target.Database = m.address
	if m.of.Database == m.address {
		_, err = fmt.Fprintf(m.io.out, "the records of %s are there\n", name)
		return err
	}
	if list, _ := office.List(m.data); target.Check(list) != nil {
		return target.Check(list)
	}
	if m.to, err = s.forOffice(target); err != nil {
		return err
	}
	return m.run(ctx)
}

// run moves the records.
func (m officeMove) run(ctx context.Context) error {
	a, from, err := m.from.openExisting(ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	before, err := a.VerifyAll(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(m.io.out, "%s: verified, %d differences\n", m.from.place(), len(before.Differences))
	begun := time.Now()
	head, err := m.handOver(ctx, from)
	if err == nil {
		err = m.carryEvidence(ctx, from)
	}
	if err == nil {
		err = m.check(ctx, before.Differences, head)
	}
	if err == nil {
		err = m.step("switch")
	}
	if err == nil {
		err = m.switchOver()
	}
	if err != nil {
		if to, asked := from.MovingTo(context.WithoutCancel(ctx)); asked == nil && to != "" {
			return fmt.Errorf("%s can only be read where it is; say the same again, or --stay: %w", m.of.Name, err)
		}
		return fmt.Errorf("%s stays as it is: %w", m.of.Name, err)
	}
	fmt.Fprintf(m.io.out, "%s is in %s; nothing could be changed for %s\n", m.of.Name, m.to.place(),
		time.Since(begun).Round(100*time.Millisecond))
	if err := m.step("mark"); err != nil {
		return err
	}
	return from.HandedOver(ctx, m.to.place())
}

// handOver copies the records, and returns where their log ends.
func (m officeMove) handOver(ctx context.Context, from *store.DB) (head store.Head, err error) {
	if err := m.step("copy"); err != nil {
		return head, err
	}
	if m.address == "" {
		name := store.Arriving(m.to.data)
		if err := os.RemoveAll(name); err != nil {
			return head, err
		}
		err = from.HandOverToFile(ctx, name, m.to.place(), progress(m.io))
	} else {
		var to *store.DB
		to, err = store.Open(ctx, store.Config{Dir: m.to.data, URL: m.address, Office: m.of.Name, AsIs: true, New: true})
		if err != nil {
			return head, err
		}
		defer to.Close()
		err = from.HandOver(ctx, to, m.to.place(), progress(m.io))
	}
	if err != nil {
		return head, err
	}
	err = from.Read(ctx, func(r *store.Reader) (err error) { head, err = r.AuditHead(ctx); return err })
	if err == nil && m.address == "" {
		if err = m.step("name"); err == nil {
			err = store.TakeIn(m.to.data, store.Arriving(m.to.data), time.Now())
		}
	}
	return head, err
}

// carryEvidence puts the contents of evidence where the server will look for them, if that is elsewhere.
func (m officeMove) carryEvidence(ctx context.Context, from *store.DB) error {
	if err := m.step("evidence"); err != nil {
		return err
	}
	here, err := m.from.blobs(m.from.evidenceAt, m.from.evidence(), from.Chunks)
	if err != nil {
		return err
	}
	to, err := store.Open(ctx, store.Config{Dir: m.to.data, URL: m.address, Office: m.of.Name, AsIs: true})
	if err != nil {
		return err
	}
	defer to.Close()
	there, err := m.to.blobs(m.to.evidenceAt, m.to.evidence(), to.Chunks)
	if err != nil {
		return err
	}
	if here.Place() != there.Place() || here.Place() == store.InDatabase {
		if err := carryEvidence(ctx, m.io, from, here, there); err != nil {
			return err
		}
	}
	if there.Local() {
		return nil
	}
	return to.NoteEvidence(ctx, there.Place())
}

// check verifies what arrived.
func (m officeMove) check(ctx context.Context, before []string, head store.Head) error {
	if err := m.step("verify"); err != nil {
		return err
	}
	a, to, err := m.to.withItsKey().open(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	after, err := a.VerifyAll(ctx, head)
	if err != nil {
		return err
	}
	if !slices.Equal(before, after.Differences) {
		return errors.New("the records there are verified with other differences than before")
	}
	_, err = fmt.Fprintf(m.io.out, "%s: verified, %d differences; the audit log is %s\n", m.to.place(), len(after.Differences), head)
	return err
}

// switchOver has the list of offices say where the records are, which is the one step that counts.
func (m officeMove) switchOver() error {
	return office.Change(m.data, m.of.Name, func(o *office.Office) { o.Database = m.address })
}

// stay takes the mark of a move that was broken off away.
func (m officeMove) stay(ctx context.Context) error {
	_, from, err := m.from.openExisting(ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := from.MovingTo(ctx)
	if err != nil {
		return err
	}
	if to == "" {
		return fmt.Errorf("the records of %s are not being moved", m.of.Name)
	}
	if err := from.UnmarkMoved(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(m.io.out, "the records of %s stay in %s; what may be in %s is nobody's\n", m.of.Name, m.from.place(), to)
	return err
}
