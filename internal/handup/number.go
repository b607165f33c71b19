package handup

import "dabiao/internal/kpi"

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
