package store

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Head is the end of the audit log at a moment, to be kept where nobody who can change the log can change it: on
// paper, in a backup, in the records of a monitor.
type Head struct {
	Entries int64         `json:"entries"` // how many entries the log had
	Code    string        `json:"code"`    // stands for all of them
	At      kpi.UnixMilli `json:"at"`      // when the last of them was made; 0 for none
	Hash    string        `json:"-"`       // of the last of them; "" for none, and where only the code is known
	Entry   int64         `json:"-"`       // its number; numbers may have been left out
}

// codeLetters are how many letters a head's code has, of five bits each.
const codeLetters = 20

// headCode returns the code of a log of so many entries that ends with a hash: 20 letters in groups of four.
func headCode(entries int64, hash string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "dabiao audit head\n%d\n%s", entries, hash))
	letters := base32.StdEncoding.EncodeToString(sum[:])[:codeLetters]
	var groups []string
	for i := 0; i < codeLetters; i += 4 {
		groups = append(groups, letters[i:i+4])
	}
	return strings.Join(groups, "-")
}

// String writes the head as people copy it: the code, and how many entries it stands for.
func (h Head) String() string { return h.Code + "-" + strconv.FormatInt(h.Entries, 10) }

// ParseHead reads what String wrote, with any case, spaces or dashes between the letters.
func ParseHead(text string) (Head, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	i := strings.LastIndexAny(text, "- ")
	letters := strings.NewReplacer("-", "", " ", "", "0", "O", "1", "I", "8", "B").Replace(text[:max(i, 0)])
	entries, err := strconv.ParseInt(text[i+1:], 10, 64)
	known := strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
	if err != nil || entries < 0 || len(letters) != codeLetters || !known {
		return Head{}, fmt.Errorf("%q is no code of an audit log: that has %d letters and the number of "+
			"entries, such as ABCD-EFGH-IJKL-MNOP-QRST-812", text, codeLetters)
	}
	h := Head{Entries: entries}
	for i := 0; i < codeLetters; i += 4 {
		h.Code += letters[i:i+4] + "-"
	}
	h.Code = strings.TrimSuffix(h.Code, "-")
	return h, nil
}

// AuditHead returns the end of the audit log as it is now.
func (r *Reader) AuditHead(ctx context.Context) (Head, error) {
	return readHead(r.tx.QueryRowContext(ctx, headQuery))
}

const headQuery = `SELECT (SELECT COUNT(*) FROM audit), COALESCE(MAX(at), 0), COALESCE(MAX(hash), ''), COALESCE(MAX(id), 0)
	FROM (SELECT id, at, hash FROM audit ORDER BY id DESC LIMIT 1) AS newest`

func readHead(row scanner) (h Head, err error) {
	err = row.Scan(&h.Entries, &h.At, &h.Hash, &h.Entry)
	h.Hash = fullHash(h.Hash)
	h.Code = headCode(h.Entries, h.Hash)
	return h, err
}

// HeadCheck is what the log says of a head that was kept elsewhere.
type HeadCheck struct {
	Head
	Now    int64 // how many entries the log has
	Agrees bool  // it begins with that many entries, each following from the one before, and the code is theirs
	Proven bool  // none of them is made with a key that is not here
}

// CheckHead holds the log against a head that was kept elsewhere. The records are not looked at.
func (r *Reader) CheckHead(ctx context.Context, h Head) (HeadCheck, error) {
	p, out := replay{heads: []Head{h}}, HeadCheck{Head: h}
	if r.tx.keys != nil {
		var err error
		if p.key, err = r.tx.keys.read(); err != nil {
			return out, err
		}
	}
	err := r.eachAudit(ctx, func(e kpi.AuditEntry) {
		if out.Now++; out.Now <= h.Entries {
			p.link(e)
			out.At = e.At
		}
	})
	none := h.Entries == 0 && h.Code == headCode(0, "")
	broken := len(p.out.Broken) + len(p.out.Keyless) + len(p.out.HeadsBroken)
	out.Agrees = none || h.Entries > 0 && out.Now >= h.Entries && broken == 0
	out.Proven = p.out.Strange == 0
	return out, err
}
