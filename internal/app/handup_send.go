package app

import (
	"context"
	"net/url"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SetUpward says where packages are sent: an address of the office above and a token that it made for this office. An
// empty token keeps the one there is; no address ends sending. Refusals: Forbidden; Invalid address, token.
func (a *App) SetUpward(ctx context.Context, actor kpi.Actor, u kpi.Upward) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("address", &u.Address), oneLine("token", &u.Token))
	at, err := url.Parse(u.Address)
	if u.Address != "" && (err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" || at.User != nil ||
		at.RawQuery != "" || at.Fragment != "") {
		m.Add("address", "upward_address")
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		was, err := w.Upward(ctx)
		if err != nil && !isRefusal(err, kpi.NotFound) {
			return err
		}
		if u.Address != "" && u.Token == "" {
			if u.Token = was.Token; was.Token == "" || was.Address != u.Address { // a token is for one place alone
				m.Add("token", "upward_token")
			}
		}
		if err := m.Err(); err != nil {
			return err
		}
		u.SetBy, u.SetAt = actor.Name, a.stamp()
		if err := w.SetUpward(ctx, u); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "package.set_upward", "office", map[string]any{"address": u.Address})
	})
}

// SendPackage puts a version of a year's packages on its way up; it goes out beside this. Sending it again says nothing
// new there. Refusals: Forbidden, NotFound; Conflict upward_missing.
func (a *App) SendPackage(ctx context.Context, actor kpi.Actor, y kpi.Year, number int) error {
	if err := actor.MayHandUp(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		p, _, err := w.MadePackage(ctx, y, number)
		if err != nil {
			return err
		}
		to, err := w.Upward(ctx)
		if isRefusal(err, kpi.NotFound) {
			return kpi.Clash("upward_missing")
		} else if err != nil {
			return err
		}
		p.State, p.Tries, p.DueAt, p.Said = kpi.SendingWaiting, 0, a.stamp(), ""
		if err := w.SetSending(ctx, p); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "package.send", packageSubject(y, number), map[string]any{"to": to.Address,
			"sha256": p.SHA256})
	})
}

// DueSending is a package that is to be sent now.
type DueSending struct {
	kpi.MadePackage
	To   kpi.Upward
	File []byte
}

// DueSendings returns the packages that are to be sent now, oldest first.
func (a *App) DueSendings(ctx context.Context) ([]DueSending, error) {
	return read(ctx, a, func(r *store.Reader) (out []DueSending, err error) {
		due, err := r.DueSendings(ctx, a.stamp())
		if err != nil || len(due) == 0 {
			return nil, err
		}
		to, err := r.Upward(ctx)
		if isRefusal(err, kpi.NotFound) { // nobody says where to any more
			to, err = kpi.Upward{}, nil
		}
		for _, p := range due {
			_, file, err := r.MadePackage(ctx, p.Year, p.Number)
			if err != nil {
				return nil, err
			}
			out = append(out, DueSending{p, to, file})
		}
		return out, err
	})
}

// SendingResult is what came of sending a package.
type SendingResult struct {
	Held  bool   // it is there, and somebody above has to answer what is asked
	Final bool   // sending it again as it is would change nothing
	Said  string // why it did not arrive, or why it waits; "" if it was taken
}

// sendingTries is how often a package is sent before it has failed; the waits between are those of the outbox.
var sendingTries = len(outboxWaits) + 1

// askHeldAgain is how long after a package was held it is asked what became of it: by sending it again.
const askHeldAgain = time.Hour

// Sent keeps what came of sending a package. What did not arrive, or may not have, is sent again: above, the same
// content is one package.
func (a *App) Sent(ctx context.Context, p kpi.MadePackage, got SendingResult) error {
	p.Tries++
	if runes := []rune(got.Said); len(runes) > maxName {
		got.Said = string(runes[:maxName])
	}
	p.Said, p.DueAt = got.Said, a.stamp()
	switch {
	case got.Held:
		p.State = kpi.SendingHeld
		p.DueAt += kpi.UnixMilli(askHeldAgain / time.Millisecond)
	case got.Said == "":
		p.State = kpi.SendingSent
	case got.Final || p.Tries >= sendingTries:
		p.State = kpi.SendingFailed
	default:
		p.State = kpi.SendingWaiting
		p.DueAt += kpi.UnixMilli(outboxWaits[p.Tries-1] / time.Millisecond)
	}
	return a.db.Write(ctx, func(w *store.Writer) error { return w.SetSending(ctx, p) })
}
