package handup

import (
	"encoding/json"
	"errors"

	"dabiao/internal/kpi"
)

// Number is an amount as a file has it: a decimal in quotation marks, as in the API.
type Number kpi.Amount

// MarshalText writes the shortest exact decimal.
func (n Number) MarshalText() ([]byte, error) { return []byte(kpi.Amount(n).String()), nil }

// UnmarshalText reads a plain decimal. Refusals: those of [kpi.ParseAmount].
func (n *Number) UnmarshalText(text []byte) error {
	a, err := kpi.ParseAmount(string(text))
	*n = Number(a)
	return err
}

// errNoAmount refuses a line or an entry without an amount, which would else be 0.
var errNoAmount = errors.New("no amount")

// UnmarshalJSON reads a line, and refuses one that says no amount.
func (l *Line) UnmarshalJSON(raw []byte) error {
	type line Line
	said := struct {
		*line
		Amount *Number `json:"amount"`
	}{line: (*line)(l)}
	if err := json.Unmarshal(raw, &said); err != nil {
		return err
	}
	if said.Amount == nil {
		return errNoAmount
	}
	l.Amount = *said.Amount
	return nil
}

// UnmarshalJSON reads an entry, and refuses one that says no amount.
func (e *Entry) UnmarshalJSON(raw []byte) error {
	type entry Entry
	said := struct {
		*entry
		Amount *Number `json:"amount"`
	}{entry: (*entry)(e)}
	if err := json.Unmarshal(raw, &said); err != nil {
		return err
	}
	if said.Amount == nil {
		return errNoAmount
	}
	e.Amount = *said.Amount
	return nil
}
