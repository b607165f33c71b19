package store

import (
	"context"
	"errors"

	"dabiao/internal/store/shared"
)

// In PostgreSQL a group runs while the one before it is being stored: on what that one will leave (docs/adr/0110). Only
// then is it stored itself, and in the same message it asks whether it was right: whether nobody else has written. If
// not, or if the group before it was not stored after all, it runs again like any other, on what is there.

// sitting is how somebody commits a group: one at a time runs, and one at a time is stored. Whoever stores has run
// before, and takes the second turn before giving back the first.
type sitting struct {
	db            *DB
	turn, storing bool // which turns are held
}

// alone waits until the group before is stored, or is not.
func (s *sitting) alone() {
	if !s.storing {
		s.db.storing <- struct{}{}
		s.storing = true
	}
}

// take takes what is known out, to be put back by remember. It is nothing for who no longer has the turn.
func (s *sitting) take() *memory {
	if s.turn && s.db.memory != nil && s.db.memory.state.Load() == stored {
		m := s.db.memory
		s.db.memory = nil
		return m
	}
	m := &memory{}
	m.forget()
	return m
}

// pass lets the next group run, on what this one will leave if it is stored.
func (s *sitting) pass(m *memory) {
	if s.turn {
		s.db.memory, s.turn = m, false
		<-s.db.turn
	}
}

// remember keeps what a group knew that is stored, unless the next one knows it already.
func (s *sitting) remember(m *memory) {
	if m.over(true); s.turn {
		s.db.memory = m
	}
}

func (s *sitting) end() {
	if s.storing {
		<-s.db.storing
	}
	if s.turn {
		<-s.db.turn
	}
}

// groupsApart is how many groups do not run ahead once one was overtaken by another server: it is likely to write on.
const groupsApart = 16

// ahead reports whether the group ran before the one before it was stored: then it has no transaction yet.
func (r *ran) ahead() bool { return r.w.tx.pipe == nil && r.w.tx.tx == nil }

// runAhead runs a group on what the one that is being stored will leave, and returns it once that is stored. It
// returns nil where that cannot be: nobody is being stored, something of the group was not foreseen, or others wrote.
func (db *DB) runAhead(group []*change, s *sitting) *ran {
	m := db.memory
	if !s.turn || s.storing || m == nil || m.state.Load() != beingStored || !foreseen(group) {
		return nil
	}
	if db.overtaken.Load() > 0 {
		db.overtaken.Add(-1)
		return nil
	}
	c := db.groupConn()
	if err := db.lookAhead(c, group, m); err != nil {
		return nil
	}
	c.work.join(&m.readSet)
	c.figures, c.structure, c.structureRead = m.at, m.structure, true
	c.work.last = m.last
	c.chainFrom(m.audit, m.last.audit)
	r := &ran{w: groupWriter{Writer: &Writer{Reader{c}}}, after: m.audit}
	err := db.tryAll(r, group)
	if s.alone(); err != nil || c.strayed || m.state.Load() != stored {
		m.readSet, m.answers = c.work.readSet, nil // true of what the group before left, if it was stored
		return nil
	}
	db.memory = nil
	return r
}

// foreseen reports whether everything is known that a group will ask.
func foreseen(group []*change) bool {
	for _, c := range group {
		if c.wants == nil || !c.wants.all {
			return false
		}
	}
	return true
}

var (
	errUnforeseen = errors.New("this is not asked before the group before is stored")
	errOthers     = errors.New("others wrote meanwhile")
)

// lookAhead asks what a group wants to know, as it will be when the group before is stored: it may be by now, or not.
func (db *DB) lookAhead(c *conn, group []*change, m *memory) error {
	questions := c.work.questions(group, &m.readSet)
	if len(questions) == 0 {
		return nil
	}
	within, cancel := db.dialect.within(context.Background(), commitTime)
	defer cancel()
	held, err := db.write.Conn(within)
	if err != nil {
		return err
	}
	look := groupWriter{pipe: &pipe{held}}
	defer look.Rollback()
	asked := append([]query{{text: shared.Begin + " ISOLATION LEVEL REPEATABLE READ READ ONLY"},
		{text: db.dialect.byIndex}, {text: `SELECT structure, figures FROM stamps`, row: func(s scanner) error {
			return s.Scan(&c.structure, &c.figures)
		}}}, questions...)
	if err := look.Commit(context.Background(), asked); err != nil {
		return err
	}
	switch {
	case c.structure != m.structure:
		return errOthers
	case c.figures == m.before:
		wrote := m.wrote
		c.work.absorb(&wrote)
	case c.figures != m.at:
		return errOthers
	}
	return nil
}

// send commits a group with what it has not sent yet. One that ran ahead begins here, and asks whether it was right.
func (db *DB) send(ctx context.Context, r *ran, rest []query) error {
	if !r.ahead() {
		return r.w.Commit(ctx, rest)
	}
	within, cancel := db.dialect.within(ctx, commitTime)
	defer cancel()
	held, err := db.write.Conn(within)
	if err != nil {
		return err
	}
	c := r.w.tx
	r.w.pipe = &pipe{held}
	begin := append(db.dialect.begins(), query{text: db.dialect.byIndex}, query{text: db.dialect.lock}, query{
		text: unchanged, args: []any{c.figures, c.structure, keptHash(r.after)}})
	return r.w.Commit(ctx, append(begin, rest...))
}

// unchanged is an error, by dividing by zero, if the records are not those that a group ran on. It is asked with the
// lock held, and by a statement of its own, so that it sees what the last holder left.
const unchanged = `SELECT 1 / (SELECT COUNT(*) FROM stamps WHERE figures = $1 AND structure = $2
	AND COALESCE((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '') = $3)`
