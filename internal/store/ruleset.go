package store

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
)

// Rules returns the rules of a year; the shipped default if none were set.
func (r *Reader) Rules(ctx context.Context, y kpi.Year) (kpi.YearRules, error) {
	found, err := all(ctx, r, scanRules, `SELECT year, body, set_by, set_at FROM rule_sets WHERE year = $1`, y)
	if err != nil || len(found) == 0 {
		return kpi.YearRules{RuleSet: kpi.DefaultRules, Year: y}, err
	}
	return found[0], nil
}

// scanRules starts from the default, so that a rule added in a later version has its default in sets
// stored before.
func scanRules(s scanner) (rules kpi.YearRules, err error) {
	var body string
	if err = s.Scan(&rules.Year, &body, &rules.SetBy, &rules.SetAt); err != nil {
		return rules, err
	}
	stored := kpi.DefaultRules
	stored.Split, stored.Caps, stored.Alarms = nil, nil, nil
	if err := json.Unmarshal([]byte(body), &stored); err != nil {
		return rules, fmt.Errorf("stored rules of %d: %w", rules.Year, err)
	}
	rules.RuleSet = stored
	return rules, nil
}

// SetRules stores a year's rules, replacing earlier ones.
func (w *Writer) SetRules(ctx context.Context, rules kpi.YearRules) error {
	body, err := json.Marshal(rules.RuleSet)
	if err != nil {
		return fmt.Errorf("store the rules of %d: %w", rules.Year, err)
	}
	return w.exec(ctx, `INSERT INTO rule_sets (year, body, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO UPDATE SET body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`,
		rules.Year, string(body), rules.SetBy, rules.SetAt)
}
