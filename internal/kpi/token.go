package kpi

// TokenScope is what a token may do at most of what its account may.
type TokenScope string

// The scopes.
const (
	TokenReads TokenScope = "read" // change nothing
	TokenLogs  TokenScope = "log"  // read, and log entries with their evidence
	TokenAll   TokenScope = "all"
)

// TokenScopes lists all scopes, the narrowest first.
var TokenScopes = []TokenScope{TokenReads, TokenLogs, TokenAll}

// MaxTokenYears is how long a token lasts at most.
const MaxTokenYears = 1

// tokenID is how many letters of its hash name a token.
const tokenID = 12

// Token is an API token that acts for an account. Only the hash of its secret is stored.
type Token struct {
	Hash    string // SHA-256 of the secret
	Name    string // what it is for
	AddedAt UnixMilli
	Scope   TokenScope
	EndsOn  Date   // the last day; "" for tokens from before there was one
	Unit    UnitID // narrows an account of the whole office; 0: not

	UsedAt   UnixMilli // about; 0: not known
	UsedFrom string    // an address
}

// ID names a token to people and programs; it opens nothing.
func (t Token) ID() string { return t.Hash[:min(tokenID, len(t.Hash))] }

// Over reports whether the token's last day has passed.
func (t Token) Over(today Date) bool { return t.EndsOn != "" && t.EndsOn < today }

// Actor returns who acts with the token of an account. With a unit it has none of the rights of the office, like any
// account of a unit.
func (t Token) Actor(a Account) Actor {
	actor := a.Actor()
	if actor.Role.Known() {
		if t.Scope != TokenAll {
			actor.Scope = t.Scope
		}
		if t.Unit != 0 {
			actor.Unit = t.Unit
		}
	}
	return actor
}

// MayChange refuses a token what goes beyond its scope; logs says that it is about logging entries.
func (a Actor) MayChange(logs bool) error {
	switch {
	case a.Scope == TokenReads:
		return Denied("token_reads")
	case a.Scope == TokenLogs && !logs:
		return Denied("token_logs")
	}
	return nil
}

// LastTokenDay returns until when a token that is made today may last.
func LastTokenDay(today Date) Date { return DateOf(today.Time().AddDate(MaxTokenYears, 0, 0)) }

// Check refuses a scope that is none, and a last day that is over or too far away.
func (t Token) Check(today Date) error {
	var m Mistakes
	if !contains(TokenScopes, t.Scope) {
		m.Add("scope", "token_scope_unknown", string(t.Scope))
	}
	latest := LastTokenDay(today)
	switch {
	case t.EndsOn < today:
		m.Add("ends_on", "account_end_over", string(t.EndsOn))
	case t.EndsOn > latest:
		m.Add("ends_on", "token_end_late", string(latest))
	}
	return m.Err()
}
