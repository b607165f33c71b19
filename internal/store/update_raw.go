package store

import (
	"encoding/binary"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"dabiao/internal/kpi"
)

// rawRow is a row of PostgreSQL as it was sent. Before each entry two dozen others are read, and to have each value of
// them scanned by itself took longer than the database takes to find them.
type rawRow interface {
	RawValues() [][]byte
	FieldDescriptions() []pgconn.FieldDescription
}

var errRaw = errors.New("an entry's columns are not sent as they were asked for")

// entryOf reads the entryColumns: numbers of eight bytes, and texts.
func entryOf(row rawRow) (u kpi.Update, err error) {
	raw, fields := row.RawValues(), row.FieldDescriptions()
	if len(raw) != 16 {
		return u, errRaw
	}
	number := func(i int) int64 {
		if raw[i] == nil {
			return 0
		}
		if fields[i].Format != 1 || len(raw[i]) != 8 {
			err = errRaw
			return 0
		}
		return int64(binary.BigEndian.Uint64(raw[i])) //nolint:gosec // as it was sent
	}
	// One text holds all that is only this entry's.
	text := make([]byte, 0, len(raw[3])+len(raw[6])+len(raw[8])+len(raw[11]))
	for _, i := range [...]int{3, 6, 8, 11} {
		text = append(text, raw[i]...)
	}
	rest := string(text)
	take := func(i int) (s string) {
		s, rest = rest[:len(raw[i])], rest[len(raw[i]):]
		return s
	}
	u.ID, u.Indicator, u.Unit = kpi.UpdateID(number(0)), kpi.IndicatorID(number(1)), kpi.UnitID(number(2))
	u.Dated, u.Quantity.Wording, u.Note, u.Reason = kpi.Date(take(3)), take(6), take(8), take(11)
	u.Quantity.Amount, u.Quantity.Precision = kpi.Amount(number(4)), kpi.Precision(word(raw[5]))
	u.Level, u.Act, u.Answers = kpi.LevelValue(word(raw[7])), kpi.Act(word(raw[9])), kpi.UpdateID(number(10))
	u.Origin, u.Author = kpi.Origin(word(raw[12])), word(raw[13])
	u.LoggedAt, u.State = kpi.UnixMilli(number(14)), kpi.State(word(raw[15]))
	return u, err
}

// word returns a text, which for the words of most entries takes no memory.
func word(raw []byte) string {
	switch string(raw) {
	case "":
		return ""
	case string(kpi.Exact):
		return string(kpi.Exact)
	case string(kpi.ActLog):
		return string(kpi.ActLog)
	case string(kpi.FromForm):
		return string(kpi.FromForm)
	case string(kpi.FromAPI):
		return string(kpi.FromAPI)
	case string(kpi.FromImport):
		return string(kpi.FromImport)
	case string(kpi.StateApproved):
		return string(kpi.StateApproved)
	case string(kpi.StateSubmitted):
		return string(kpi.StateSubmitted)
	}
	return string(raw)
}
