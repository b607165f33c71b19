package store

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"dabiao/internal/kpi"
)

// SigningKey returns the key with which the office signs what it hands up. It follows from the audit log's key, so that
// one file is kept and none more, and servers that share the records sign alike (docs/adr/0107). Refusal: Conflict
// handup_no_key while the log has none.
func (db *DB) SigningKey() (ed25519.PrivateKey, error) {
	k, err := db.keys.read()
	if err != nil {
		return nil, err
	}
	if k.none() {
		return nil, kpi.Clash("handup_no_key")
	}
	seed, err := hkdf.Key(sha256.New, k.secret, nil, "dabiao handup 1", ed25519.SeedSize)
	if err != nil {
		return nil, fmt.Errorf("derive the key that packages are signed with: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// FirstAudit returns the hash of the log's first entry, "" if there is none.
func (r *Reader) FirstAudit(ctx context.Context) (string, error) {
	hashes, err := all(ctx, r, scanString, `SELECT hash FROM audit ORDER BY id LIMIT 1`)
	if err != nil || len(hashes) == 0 {
		return "", err
	}
	return fullHash(hashes[0]), nil
}

// Dictionary returns a year's dictionary of the office above; NotFound if none was taken in.
func (r *Reader) Dictionary(ctx context.Context, y kpi.Year) (kpi.Dictionary, error) {
	return one(ctx, r, kpi.Missing("dictionary_missing", int(y)), func(s scanner) (d kpi.Dictionary, err error) {
		return d, s.Scan(&d.Year, &d.Name, &d.Body, &d.Unit, &d.SetBy, &d.SetAt)
	}, `SELECT year, name, body, unit, set_by, set_at FROM dictionaries WHERE year = $1`, y)
}

// SetDictionary keeps a year's dictionary.
func (w *Writer) SetDictionary(ctx context.Context, d kpi.Dictionary) error {
	return w.exec(ctx, `INSERT INTO dictionaries (year, name, body, unit, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (year) DO UPDATE SET name = excluded.name, body = excluded.body, unit = excluded.unit,
		set_by = excluded.set_by, set_at = excluded.set_at`, d.Year, d.Name, d.Body, d.Unit, d.SetBy, d.SetAt)
}

// Mapping returns what is handed up as which indicators of dictionaries.
func (r *Reader) Mapping(ctx context.Context) ([]kpi.Mapped, error) {
	return all(ctx, r, func(s scanner) (m kpi.Mapped, err error) {
		return m, s.Scan(&m.Office, &m.Code, &m.Name, &m.Own, &m.SetBy, &m.SetAt)
	}, `SELECT office, code, name, indicator_id, set_by, set_at FROM dictionary_map ORDER BY set_at, office, code, name`)
}

// SetMapped says as what an indicator is handed up.
func (w *Writer) SetMapped(ctx context.Context, m kpi.Mapped) error {
	return w.exec(ctx, `INSERT INTO dictionary_map (office, code, name, indicator_id, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, m.Office, m.Code, m.Name, m.Own, m.SetBy, m.SetAt)
}

// DropMapped says that it is not handed up as that any more.
func (w *Writer) DropMapped(ctx context.Context, m kpi.Mapped) error {
	return w.exec(ctx, `DELETE FROM dictionary_map WHERE office = $1 AND code = $2 AND name = $3`, m.Office, m.Code, m.Name)
}

const madeColumns = `p.id, p.year, p.number, p.first_month, p.last_month, p.sha256, p.made_by, p.made_at,
	COALESCE(s.state, ''), COALESCE(s.tries, 0), COALESCE(s.due_at, 0), COALESCE(s.said, '')
	FROM packages_made p LEFT JOIN package_sendings s ON s.package_id = p.id `

func scanMade(s scanner) (p kpi.MadePackage, err error) {
	return p, s.Scan(&p.ID, &p.Year, &p.Number, &p.First, &p.Last, &p.SHA256, &p.By, &p.At,
		&p.State, &p.Tries, &p.DueAt, &p.Said)
}

// MadePackages lists a year's packages without their files, oldest first.
func (r *Reader) MadePackages(ctx context.Context, y kpi.Year) ([]kpi.MadePackage, error) {
	return all(ctx, r, scanMade, `SELECT `+madeColumns+`WHERE p.year = $1 ORDER BY p.number`, y)
}

// MadePackage returns a version of a year's packages with its file; NotFound.
func (r *Reader) MadePackage(ctx context.Context, y kpi.Year, number int) (p kpi.MadePackage, file []byte, err error) {
	missing := kpi.Missing("package_not_found")
	if p, err = one(ctx, r, missing, scanMade, `SELECT `+madeColumns+`WHERE p.year = $1 AND p.number = $2`, y,
		number); err != nil {
		return p, nil, err
	}
	file, err = one(ctx, r, missing, scanBytes, `SELECT content FROM packages_made WHERE id = $1`, p.ID)
	return p, file, err
}

func scanBytes(s scanner) (raw []byte, err error) { return raw, s.Scan(&raw) }

// InsertMadePackage keeps a package and returns its number in the database.
func (w *Writer) InsertMadePackage(ctx context.Context, p kpi.MadePackage, file []byte) (kpi.PackageID, error) {
	return insert[kpi.PackageID](ctx, w, `INSERT INTO packages_made
		(year, number, first_month, last_month, sha256, content, made_by, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, p.Year, p.Number, p.First, p.Last, p.SHA256, file, p.By, p.At)
}

// Upward returns where packages are sent; NotFound if nobody has said.
func (r *Reader) Upward(ctx context.Context) (kpi.Upward, error) {
	return one(ctx, r, kpi.Missing("upward_missing"), func(s scanner) (u kpi.Upward, err error) {
		return u, s.Scan(&u.Address, &u.Token, &u.SetBy, &u.SetAt)
	}, `SELECT address, token, set_by, set_at FROM upward`)
}

// SetUpward says where packages are sent; nowhere for no address.
func (w *Writer) SetUpward(ctx context.Context, u kpi.Upward) error {
	if err := w.exec(ctx, `DELETE FROM upward WHERE address <> $1`, u.Address); err != nil || u.Address == "" {
		return err
	}
	return w.exec(ctx, `INSERT INTO upward (address, token, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (address) DO UPDATE SET token = excluded.token, set_by = excluded.set_by, set_at = excluded.set_at`,
		u.Address, u.Token, u.SetBy, u.SetAt)
}

// SetSending says how far a package is on its way up.
func (w *Writer) SetSending(ctx context.Context, p kpi.MadePackage) error {
	return w.exec(ctx, `INSERT INTO package_sendings (package_id, state, tries, due_at, said) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (package_id) DO UPDATE SET state = excluded.state, tries = excluded.tries, due_at = excluded.due_at,
		said = excluded.said`, p.ID, p.State, p.Tries, p.DueAt, p.Said)
}

// DueSendings lists the packages that are to be sent by now, oldest first.
func (r *Reader) DueSendings(ctx context.Context, now kpi.UnixMilli) ([]kpi.MadePackage, error) {
	return all(ctx, r, scanMade,
		`SELECT `+madeColumns+`WHERE s.state IN ('waiting', 'held') AND s.due_at <= $1 ORDER BY p.id`, now)
}
