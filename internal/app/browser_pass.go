package app

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

const (
	passKey       = "pass_key"           // setting: the key that passes are signed with
	PassLife      = 180 * 24 * time.Hour // how long a pass is good for
	maxPasses     = 6                    // accounts of one browser; a seventh takes the place of the oldest
	passSignature = sha256.Size * 2      // hex digits
	passFields    = 3
)

// browserPass says that a browser has signed in to an account. It opens nothing: it only keeps failures from elsewhere
// from counting against the browser.
type browserPass struct {
	account kpi.AccountID
	id      string // random
	at      kpi.UnixMilli
}

func passSubject(d browserPass) string { return fmt.Sprintf("pass %d %s", d.account, d.id) }

// knownPass returns the pass of a browser for the account of a name; nil if there is none.
func (a *App) knownPass(ctx context.Context, w *store.Writer, name, cookie string) (*browserPass, error) {
	if cookie == "" {
		return nil, nil
	}
	passes, err := a.passesIn(ctx, w, cookie)
	if err != nil || len(passes) == 0 {
		return nil, err
	}
	account, err := w.Account(ctx, name)
	if isRefusal(err, kpi.NotFound) {
		return nil, nil
	}
	for _, p := range passes {
		if err == nil && p.account == account.ID {
			return &p, nil
		}
	}
	return nil, err
}

// givePass returns what a browser keeps after signing in to an account: a pass for it, and those it had.
func (a *App) givePass(ctx context.Context, w *store.Writer, account kpi.AccountID, cookie string) (string, error) {
	passes, err := a.passesIn(ctx, w, cookie)
	if err != nil {
		return "", err
	}
	passes = slices.DeleteFunc(passes, func(p browserPass) bool { return p.account == account })
	raw := make([]byte, 12)
	rand.Read(raw)
	passes = append([]browserPass{{account, hex.EncodeToString(raw), a.stamp()}}, passes...)
	if len(passes) > maxPasses {
		passes = passes[:maxPasses]
	}
	var parts []string
	for _, p := range passes {
		parts = append(parts, fmt.Sprintf("%d_%s_%d", p.account, p.id, p.at))
	}
	text := strings.Join(parts, ".")
	key, err := passSigningKey(ctx, w)
	return text + "." + signPass(key, text), err
}

// passesIn reads what a browser kept; nothing if it was not signed here or is too old.
func (a *App) passesIn(ctx context.Context, w *store.Writer, cookie string) (passes []browserPass, err error) {
	at := strings.LastIndexByte(cookie, '.')
	if at < 0 || len(cookie)-at-1 != passSignature {
		return nil, nil
	}
	key, err := passSigningKey(ctx, w)
	if err != nil || !hmac.Equal([]byte(signPass(key, cookie[:at])), []byte(cookie[at+1:])) {
		return nil, err
	}
	for part := range strings.SplitSeq(cookie[:at], ".") {
		f := strings.Split(part, "_")
		if len(f) != passFields {
			continue
		}
		account, err1 := strconv.ParseInt(f[0], 10, 64)
		made, err2 := strconv.ParseInt(f[2], 10, 64)
		if err1 == nil && err2 == nil && within(kpi.UnixMilli(made), a.stamp(), PassLife) {
			passes = append(passes, browserPass{kpi.AccountID(account), f[1], kpi.UnixMilli(made)})
		}
	}
	return passes, nil
}

// passSigningKey returns the key, which is made when it is first needed.
func passSigningKey(ctx context.Context, w *store.Writer) (string, error) {
	key, err := setting(ctx, &w.Reader, passKey)
	if err != nil || key != "" {
		return key, err
	}
	key = newSecret()
	return key, w.SetSetting(ctx, passKey, key)
}

func signPass(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("pass " + text))
	return hex.EncodeToString(mac.Sum(nil))
}
