package shared

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Statement is one of several that are sent together.
type Statement struct {
	Text    string
	Args    []any
	Row     func(interface{ Scan(...any) error }) error // is called with each row; nil: none is wanted
	Changed func(rows int64)                            // is told how many rows it changed; nil: nobody is
}

// Error is what kept a statement from being carried out.
type Error struct {
	Statement string
	Err       error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns what the database said.
func (e *Error) Unwrap() error { return e.Err }

// Begin is what a transaction begins with that is sent with its statements; how it is isolated may follow.
const Begin = "BEGIN"

// utility matches statements that take no arguments and return no rows, so that nothing need be known of them. They can
// be said when a transaction has failed, where nothing can be asked.
var utility = regexp.MustCompile(`(?i)^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b`)

var nothing = &pgconn.StatementDescription{}

// Send runs statements, together and answered together, in one trip once all of them are known. Those of a transaction
// that is not begun yet begin with Begin; others are a transaction by themselves. The first that fails ends the rest.
func (c *Conn) Send(ctx context.Context, all []Statement) error {
	if !c.idle() {
		return c.send(ctx, all, 0)
	}
	byItself := !strings.HasPrefix(all[0].Text, Begin)
	begin := []Statement{{Text: Begin}}
	if !byItself {
		begin, all = all[:1:1], all[1:]
	}
	for _, text := range c.of.set {
		begin = append(begin, Statement{Text: text})
	}
	n := len(begin)
	all = append(begin, all...)
	if byItself {
		all = append(all, Statement{Text: "COMMIT"})
	}
	err := c.send(ctx, all, n)
	if err != nil && byItself && !c.Conn().IsClosed() && !c.idle() {
		_, ended := c.Conn().Exec(ctx, "ROLLBACK")
		err = errors.Join(err, ended)
	}
	return err
}

// send runs statements, the first of which begin a transaction.
func (c *Conn) send(ctx context.Context, all []Statement, begin int) error {
	descriptions, unknown := c.known(all)
	if len(unknown) > 0 {
		if begin > 0 { // what a name is can be asked only where it means something
			if err := c.run(ctx, all[:begin], descriptions[:begin]); err != nil {
				return err
			}
			all = all[begin:]
		}
		asked, err := c.ask(ctx, unknown)
		if err != nil {
			return err
		}
		descriptions, _ = c.known(all)
		for i, s := range all {
			if descriptions[i] == nil {
				descriptions[i] = asked[s.Text]
			}
		}
	}
	return c.run(ctx, all, descriptions)
}

// known returns what is known of each statement, and the texts of which nothing is.
func (c *Conn) known(all []Statement) (out []*pgconn.StatementDescription, unknown []string) {
	out = make([]*pgconn.StatementDescription, len(all))
	for i, s := range all {
		if utility.MatchString(s.Text) {
			out[i] = nothing
		} else if out[i] = c.of.pool.describedAs(s.Text); out[i] == nil {
			unknown = append(unknown, s.Text)
		}
	}
	return out, unknown
}

// ask has statements described, which is the same for every office: all have the same tables.
func (c *Conn) ask(ctx context.Context, texts []string) (map[string]*pgconn.StatementDescription, error) {
	out := map[string]*pgconn.StatementDescription{}
	p := c.Conn().PgConn().StartPipeline(ctx)
	for _, text := range texts {
		p.SendPrepare("", text, nil)
	}
	err := p.Sync()
	for i := 0; err == nil && i < len(texts); i++ {
		var got any
		if got, err = p.GetResults(); err != nil {
			err = &Error{texts[i], err}
			break
		}
		d, is := got.(*pgconn.StatementDescription)
		if !is {
			err = fmt.Errorf("PostgreSQL answered a question about a statement with %T", got)
			break
		}
		out[texts[i]] = d
		c.of.pool.describe(texts[i], d)
	}
	return out, errors.Join(err, p.Close())
}

// run sends statements in one trip.
func (c *Conn) run(ctx context.Context, all []Statement, as []*pgconn.StatementDescription) error {
	batch, build, types := &pgconn.Batch{}, pgx.ExtendedQueryBuilder{}, c.Conn().TypeMap()
	for i, s := range all {
		if err := build.Build(types, as[i], s.Args); err != nil {
			return &Error{s.Text, err}
		}
		batch.ExecParams(s.Text, build.ParamValues, as[i].ParamOIDs, build.ParamFormats, build.ResultFormats)
	}
	answers := c.Conn().PgConn().ExecBatch(ctx, batch)
	if err := c.receive(answers, all); err != nil {
		answers.Close() //nolint:errcheck // it says the same
		return err
	}
	return answers.Close()
}

func (c *Conn) receive(answers *pgconn.MultiResultReader, all []Statement) error {
	for _, s := range all {
		if !answers.NextResult() {
			err := answers.Close()
			if err == nil {
				err = errors.New("PostgreSQL answered fewer statements than it was sent")
			}
			c.of.pool.forget(s.Text) // it may have been described under another version of the tables
			return &Error{s.Text, err}
		}
		rows := pgx.RowsFromResultReader(c.Conn().TypeMap(), answers.ResultReader())
		for rows.Next() {
			if s.Row == nil {
				continue
			}
			if err := s.Row(rows); err != nil {
				rows.Close()
				return &Error{s.Text, err}
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			c.of.pool.forget(s.Text)
			return &Error{s.Text, err}
		}
		if s.Changed != nil {
			s.Changed(rows.CommandTag().RowsAffected())
		}
	}
	return nil
}
