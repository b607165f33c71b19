package demo

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"dabiao/data"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// row is one line of a table, by column name.
type row map[string]string

// table reads a shipped file. A mistake in it is a fault of the build, so errors name the file and are
// meant for developers.
func table(name string) ([]row, error) {
	f, err := data.Demo.Open("demo/" + name)
	if err != nil {
		return nil, fmt.Errorf("open the demo's %s: %w", name, err)
	}
	defer f.Close()
	rows, err := parse(f)
	if err != nil {
		return nil, fmt.Errorf("read the demo's %s: %w", name, err)
	}
	return rows, nil
}

// parse reads comma-separated lines below a line of column names.
func parse(r io.Reader) ([]row, error) {
	lines, err := csv.NewReader(r).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	var out []row
	for _, line := range lines[1:] {
		r := row{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		out = append(out, r)
	}
	return out, nil
}

// passages reads a text in which each "## key" begins a passage; anything before the first is a remark.
func passages(name string) (map[string]string, error) {
	raw, err := data.Demo.ReadFile("demo/" + name)
	if err != nil {
		return nil, fmt.Errorf("read the demo's %s: %w", name, err)
	}
	out := map[string]string{}
	for _, part := range strings.Split("\n"+string(raw), "\n## ")[1:] {
		key, body, _ := strings.Cut(part, "\n")
		out[strings.TrimSpace(key)] = strings.TrimSpace(body)
	}
	return out, nil
}

// amount reads a column; an empty cell is 0.
func (r row) amount(column string) (kpi.Amount, error) {
	if r[column] == "" {
		return 0, nil
	}
	a, err := intake.Number(r[column])
	if err != nil {
		return 0, fmt.Errorf("column %s: %w", column, err)
	}
	return a, nil
}

// money reads a column in 万元 and returns 元.
func (r row) money(column string) (kpi.Amount, error) {
	a, err := r.amount(column)
	yuan, _ := kpi.TenThousandY.In(kpi.Yuan, a)
	return yuan, err
}

// count reads a column that holds a small whole number; an empty cell is 0.
func (r row) count(column string) (int, error) {
	a, err := r.amount(column)
	return int(a / kpi.One), err
}
