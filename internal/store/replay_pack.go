package store

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"dabiao/internal/kpi"
)

func parseMark(text string) (m mark, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) != len(m) {
		return m, fmt.Errorf("a digest of %d bytes", len(raw))
	}
	copy(m[:], raw)
	return m, nil
}

// pack replays a line that holds many rows of a table that only grows.
func (p *replay) pack(e kpi.AuditEntry, table string, cells []json.RawMessage) error {
	marks := p.grown[table]
	var digest string
	if marks == nil || len(cells)%4 != 1 {
		return fmt.Errorf("a digest of table %q with %d cells", table, len(cells))
	}
	if err := json.Unmarshal(cells[0], &digest); err != nil {
		return err
	}
	var parts []packedPart
	for rest := cells[1:]; len(rest) > 0; rest = rest[4:] {
		var n [4]int64
		for i := range n {
			var err error
			if n[i], err = strconv.ParseInt(string(rest[i]), 10, 64); err != nil || n[i] < 0 {
				return fmt.Errorf("a part of table %q begins with %s", table, rest[i])
			}
		}
		if n[1] > packPart {
			return fmt.Errorf("a part of %d rows", n[1])
		}
		parts = append(parts, packedPart{n[0], n[1], uint64(n[2]), uint64(n[3])}) //nolint:gosec // checked above
	}
	sum := sha256.New()
	for _, part := range parts {
		for id := part.first; id < part.first+part.rows; id++ {
			m, _ := marks.at(id)
			sum.Write(m[:])
		}
	}
	same := base64.RawURLEncoding.EncodeToString(sum.Sum(nil)) == digest
	found := false
	for _, part := range parts {
		if !same {
			found = p.part(e, table, marks, part) || found
		}
		for id := part.first; id < part.first+part.rows; id++ {
			if marks.cover(id) && e.ID == p.begun {
				p.out.Earlier++
			}
		}
	}
	if !same && !found && len(parts) > 0 { // several differ in such a way that the sums do not tell
		last := parts[len(parts)-1]
		p.differ(Difference{Table: table, Key: []string{fmt.Sprint(parts[0].first)}, Entry: e,
			Last: last.first + last.rows - 1})
	}
	return nil
}

// part notes which rows of a part differ, and reports whether any do.
func (p *replay) part(e kpi.AuditEntry, table string, marks *Marks, logged packedPart) bool {
	is := packedPart{first: logged.first}
	var gone []int64
	for id := logged.first; id < logged.first+logged.rows; id++ {
		m, known := marks.at(id)
		if known == absent {
			gone = append(gone, id)
			m = mark{}
		}
		is.add(m)
	}
	if is == logged {
		return false
	}
	one := func(id int64, kind DifferenceKind) {
		p.differ(Difference{Table: table, Key: []string{fmt.Sprint(id)}, Kind: kind, Entry: e})
	}
	for _, id := range gone {
		one(id, DifferenceGone)
	}
	place, ok := is.odd(logged)
	switch id := logged.first + place; {
	case ok && len(gone) == 0:
		one(id, DifferenceChanged)
	case ok && len(gone) == 1 && gone[0] == id: // and no other
	case int64(len(gone)) == logged.rows:
	default:
		p.differ(Difference{Table: table, Key: []string{fmt.Sprint(logged.first)}, Entry: e,
			Last: logged.first + logged.rows - 1})
	}
	return true
}
