// Package sso asks an identity provider who somebody is, by OpenID Connect: the authorization code flow with PKCE
// and a nonce. It knows no accounts; what the provider says is turned into who that is here by package app.
package sso

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"dabiao/internal/kpi"
)

// BackPath is where the provider sends browsers back to.
const BackPath = "/login/sso/back"

// patience is how long the provider may take to answer.
const patience = 10 * time.Second

// Config says which provider is asked, and how its claims are read.
type Config struct {
	Issuer    string // the provider's address; "": there is none
	Client    string
	Secret    string
	URL       string // where people open this server
	Label     string // what the button says
	NameClaim string // the claim that holds the sign-in name
	RoleClaim string // the claim that holds groups; "": the account's role stands alone
	Roles     map[string]kpi.Role
	UnitClaim string // the claim that holds the code of a unit, for accounts that are made; "": none
	Scopes    string // what is asked for beside openid, separated by spaces
	Create    bool   // accounts are made, and not only those that are here let in
	Now       func() time.Time
}

// Provider is an identity provider. Its description is read when it is first needed, so that a provider that is
// away keeps no server from starting.
type Provider struct {
	Config
	mu       sync.Mutex
	provider *oidc.Provider
}

// New returns a provider; nil if none is configured. The error says what the configuration lacks.
func New(c Config) (*Provider, error) {
	switch {
	case c.Issuer == "":
		return nil, nil
	case c.Client == "" || c.URL == "":
		return nil, errors.New("--oidc-issuer needs --oidc-client and --oidc-url, the address at which people open " +
			"this server")
	case c.Create && c.RoleClaim == "":
		return nil, errors.New("--oidc-create needs --oidc-role-claim and --oidc-roles, by which new accounts get " +
			"their role")
	}
	for group, role := range c.Roles {
		if !role.Known() {
			return nil, fmt.Errorf("--oidc-roles: %q of %s is no role", role, group)
		}
	}
	return &Provider{Config: c}, nil
}

// ReadRoles reads the roles of groups: "group=role,group=role".
func ReadRoles(text string) map[string]kpi.Role {
	roles := map[string]kpi.Role{}
	for pair := range strings.SplitSeq(text, ",") {
		group, role, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if ok {
			roles[group] = kpi.Role(role)
		}
	}
	return roles
}

// Ticket is what a browser keeps while it is at the provider: what was sent along must come back to it.
type Ticket struct{ State, Nonce, Verifier string }

func (t Ticket) String() string { return t.State + "." + t.Nonce + "." + t.Verifier }

// ReadTicket reads what a browser kept; the zero Ticket if it is none.
func ReadTicket(kept string) Ticket {
	parts := strings.Split(kept, ".")
	const fields = 3
	if len(parts) != fields || parts[0] == "" || parts[1] == "" || parts[2] == "" {
		return Ticket{}
	}
	return Ticket{parts[0], parts[1], parts[2]}
}

func random() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Begin returns where a browser is sent, and what it keeps meanwhile. Refusal: Conflict sso_away.
func (p *Provider) Begin(ctx context.Context) (to string, kept Ticket, err error) {
	config, _, err := p.ask(ctx)
	if err != nil {
		return "", kept, err
	}
	kept = Ticket{random(), random(), oauth2.GenerateVerifier()}
	return config.AuthCodeURL(kept.State, oidc.Nonce(kept.Nonce), oauth2.S256ChallengeOption(kept.Verifier)), kept, nil
}

// Person is who the provider says somebody is.
type Person struct {
	Issuer, Subject string // never another's, and never changed
	Name, FullName  string
	Role            kpi.Role // "" where roles are not asked for
	Unit            string
}

// End reads who came back. Refusals: Forbidden sso_strayed if the browser did not set out from here, sso_refused if the
// provider does not say who it is, sso_no_name, sso_no_role; Conflict sso_away.
func (p *Provider) End(ctx context.Context, kept Ticket, state, code string) (who Person, err error) {
	if kept.State == "" || subtle.ConstantTimeCompare([]byte(kept.State), []byte(state)) != 1 {
		return who, kpi.Denied("sso_strayed")
	}
	if code == "" {
		return who, kpi.Denied("sso_refused")
	}
	config, provider, err := p.ask(ctx)
	if err != nil {
		return who, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, client), patience)
	defer cancel()
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(kept.Verifier))
	if err != nil {
		return who, kpi.Denied("sso_refused")
	}
	raw, _ := token.Extra("id_token").(string)
	verified, err := provider.Verifier(&oidc.Config{ClientID: p.Client, Now: p.Now}).Verify(ctx, raw)
	if err != nil || verified.Subject == "" ||
		subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(kept.Nonce)) != 1 {
		return who, kpi.Denied("sso_refused")
	}
	claims := map[string]any{}
	if err := verified.Claims(&claims); err != nil {
		return who, kpi.Denied("sso_refused")
	}
	who, err = p.person(claims)
	who.Issuer, who.Subject = verified.Issuer, verified.Subject
	return who, err
}

func (p *Provider) person(claims map[string]any) (who Person, err error) {
	who.Name, _ = claims[p.NameClaim].(string)
	who.FullName, _ = claims["name"].(string)
	if strings.TrimSpace(who.Name) == "" {
		return who, kpi.Denied("sso_no_name", p.NameClaim)
	}
	if p.UnitClaim != "" {
		who.Unit, _ = claims[p.UnitClaim].(string)
	}
	if p.RoleClaim == "" {
		return who, nil
	}
	for _, role := range kpi.Roles {
		for _, group := range texts(claims[p.RoleClaim]) {
			switch {
			case p.Roles[group] != role:
			case who.Role != "" && who.Role != role:
				return who, kpi.Denied("sso_roles_many")
			default:
				who.Role = role
			}
		}
	}
	if who.Role == "" {
		return who, kpi.Denied("sso_no_role")
	}
	return who, nil
}

// texts returns a claim that is a text or a list of them.
func texts(claim any) (out []string) {
	switch claim := claim.(type) {
	case string:
		return []string{claim}
	case []any:
		for _, c := range claim {
			if text, ok := c.(string); ok {
				out = append(out, text)
			}
		}
	}
	return out
}

// client follows no redirects: the operator names the provider, and nobody else.
var client = &http.Client{Timeout: patience,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// ask returns the provider, whose description is read once.
func (p *Provider) ask(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.provider == nil {
		// what is read later, such as its keys, is not bound to this request
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), client), p.Issuer)
		if err != nil {
			return nil, nil, kpi.Clash("sso_away")
		}
		p.provider = found
	}
	return &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: p.provider.Endpoint(),
		RedirectURL: strings.TrimSuffix(p.URL, "/") + BackPath,
		Scopes:      append([]string{oidc.ScopeOpenID}, strings.Fields(p.Scopes)...)}, p.provider, nil
}
