package sso

import (
	"encoding/json"
	"errors"
	"testing"

	"dabiao/internal/kpi"
)

// Whatever an identity provider says of somebody, it makes a person with a name and a known role, or a refusal.
func FuzzClaims(f *testing.F) {
	for _, seed := range []string{`{"preferred_username":"zhang","name":"张","groups":["a"],"unit":"east"}`,
		`{"preferred_username":" ","groups":"a"}`, `{"preferred_username":1,"groups":[1,null,"b","a"]}`,
		`{"groups":{"a":[]}}`, `null`, `[]`} {
		f.Add(seed, "a=staff,b=admin")
	}
	f.Fuzz(func(t *testing.T, raw, roles string) {
		var claims map[string]any
		if json.Unmarshal([]byte(raw), &claims) != nil {
			return
		}
		p := &Provider{Config: Config{NameClaim: "preferred_username", RoleClaim: "groups", UnitClaim: "unit",
			Roles: map[string]kpi.Role{}}}
		for group, role := range ReadRoles(roles) {
			if role.Known() {
				p.Roles[group] = role
			}
		}
		who, err := p.person(claims)
		switch refusal := (*kpi.Error)(nil); {
		case err != nil && !errors.As(err, &refusal):
			t.Errorf("%s: a fault: %v", raw, err)
		case err == nil && (who.Name == "" || !who.Role.Known()):
			t.Errorf("%s: let in as %+v", raw, who)
		}
	})
}

// What a browser gives back is the ticket it was given, or none.
func FuzzTicket(f *testing.F) {
	for _, seed := range []string{"a.b.c", "..", "a.b.c.d", "", "a..c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, kept string) {
		if ticket := ReadTicket(kept); ticket != (Ticket{}) && ticket.String() != kept {
			t.Errorf("%q is read as %q", kept, ticket)
		}
	})
}
