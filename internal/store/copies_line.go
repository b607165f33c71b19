package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"dabiao/internal/kpi"
)

// Servers on copies of one office's records may share a depot: one was restored from last night while the old one runs
// on, or tries something out. The name of a copy therefore says where the audit log in it ends (docs/adr/0102): a copy
// is of these records as they are if their log has that very entry, which stands for all before it.

// tailLetters are how many letters of a hash a name has.
const tailLetters = 10

// tail is what the name of a copy has of its log's last entry, after that entry's number.
func tail(entry int64, hash string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "dabiao copy\n%d\n%s", entry, fullHash(hash)))
	return hex.EncodeToString(sum[:])[:tailLetters]
}

// named returns what the name of a copy says of the log in it: "-" before each part.
func (h Head) named() string {
	return "-" + strconv.FormatInt(h.Entry, 10) + "-" + tail(h.Entry, h.Hash)
}

// Found is what lies in a depot of copies of one office's records, newest first.
type Found struct {
	Ours []Copy // of these records
	// Others are of records that began as these did and went on otherwise, or of which their names do not tell.
	Others []Copy
}

// Known reports whether the copy's name says where its log ends.
func (c Copy) Known() bool { return c.tail != "" }

// apart tells the copies of these records from others. One that was made after these records had gone on, by a server
// that had not, is one of the moment when they did.
func (c Copies) apart(ctx context.Context, all []Copy) (out Found, err error) {
	ends := map[int64]end{}
	for left := all; len(left) > 0 && err == nil; {
		n := min(len(left), endsAtOnce)
		err = readEnds(ctx, c.log, left[:n], ends)
		left = left[n:]
	}
	for _, x := range all {
		switch is := ends[x.Entry]; {
		case !x.Known() || is.tail != x.tail:
			out.Others = append(out.Others, x)
			continue
		case is.next > 0 && is.next < kpi.UnixMilli(x.At.UnixMilli()):
			x.At = time.UnixMilli(int64(is.next)).UTC()
		}
		out.Ours = append(out.Ours, x)
	}
	slices.SortStableFunc(out.Ours, newerFirst)
	return out, err
}

func newerFirst(a, b Copy) int { return b.At.Compare(a.At) }

// end is what these records know of an entry at which a copy ends.
type end struct {
	tail string
	next kpi.UnixMilli // when the entry after it was made; 0: there is none
}

const endsAtOnce = 500 // placeholders of a statement are limited

func readEnds(ctx context.Context, db *sql.DB, copies []Copy, out map[int64]end) error {
	var ids []int64
	for _, x := range copies {
		ids = append(ids, x.Entry)
	}
	marks, args := list(ids)
	const ends = `SELECT id, hash, COALESCE((SELECT n.at FROM audit n WHERE n.id > audit.id ORDER BY n.id LIMIT 1), 0)
		FROM audit WHERE id IN (`
	rows, err := db.QueryContext(ctx, ends+marks+`)`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var hash string
		var is end
		if err := rows.Scan(&id, &hash, &is.next); err != nil {
			return err
		}
		is.tail = tail(id, hash)
		out[id] = is
	}
	return rows.Err()
}

// parted is an entry of the log up to which these records may be those of others too: no copy before it is removed,
// since it may be one of theirs. Without others it is 0.
func (f Found) parted() int64 {
	first := int64(math.MaxInt64)
	for _, x := range f.Others {
		if x.Known() {
			first = min(first, x.Entry)
		}
	}
	if first == math.MaxInt64 {
		return 0
	}
	return first
}
