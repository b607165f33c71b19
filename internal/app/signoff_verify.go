package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// verifySignings compares the signed versions with their hashes and with those the audit log says were
// signed: a row could be changed together with its own hash, or removed.
func verifySignings(ctx context.Context, r *store.Reader, years []kpi.YearInfo) ([]string, error) {
	var out []string
	logged, err := loggedSignings(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, y := range years {
		list, err := r.ReportSignings(ctx, y.Year)
		if err != nil {
			return out, err
		}
		for _, x := range list {
			at := signingKey{x.Year, x.Number}
			_, _, err := signed(ctx, r, y.Year, x.Number)
			switch {
			case isRefusal(err, kpi.Conflict):
				out = append(out, at.String()+" is not what was signed: its SHA-256 is another")
			case err != nil:
				return out, err
			case logged[at] != x.SHA256:
				out = append(out, at.String()+" is not the one that the audit log says was signed")
			}
			delete(logged, at)
		}
	}
	for at := range logged {
		out = append(out, at.String()+" is in the audit log and nowhere else")
	}
	return out, nil
}

// signingKey identifies a signed version.
type signingKey struct {
	Year   kpi.Year
	Number int
}

func (k signingKey) String() string {
	return fmt.Sprintf("%s: signed version %d", yearSubject(k.Year), k.Number)
}

// loggedSignings returns the hashes of everything signed, from the audit log.
func loggedSignings(ctx context.Context, r *store.Reader) (map[signingKey]string, error) {
	entries, err := r.AuditOf(ctx, "report.sign")
	out := map[signingKey]string{}
	for _, e := range entries {
		var x struct {
			signingKey
			SHA256 string
		}
		if json.Unmarshal([]byte(e.Detail), &x) != nil {
			continue // what nobody can read names no version; its link to the entry before says that it was changed
		}
		out[x.signingKey] = x.SHA256
	}
	return out, err
}
