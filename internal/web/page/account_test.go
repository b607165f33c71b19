package page

import (
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// accountPages are the pages about accounts, in all their states.
func accountPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Actor = kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}
	accounts := []kpi.Account{{ID: 1, Name: "admin", FullName: "刘主任", Role: kpi.Admin},
		{ID: 2, Name: "wenping", FullName: "文坪镇填报员", Role: kpi.Reporter, Unit: sampleUnits[2].ID},
		{ID: 3, Name: "gone", FullName: "前经办人", Role: kpi.Staff, Disabled: true},
		{ID: 4, Name: "auditor", FullName: "审计人员", Role: kpi.Auditor, EndsOn: "2999-12-31"},
		{ID: 5, Name: "past", FullName: "去年的审计", Role: kpi.Auditor, EndsOn: "2001-01-01"}}
	taken := kpi.Clash("account_exists", "wenping")
	short := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "password", Text: kpi.T("password_too_short", 8)}}}
	tokens := []kpi.Token{
		{Hash: strings.Repeat("ab", 32), Name: "县平台取数", AddedAt: 1780000000000, Scope: kpi.TokenAll},
		{Hash: strings.Repeat("cd", 32), Name: "文坪镇填报", AddedAt: 1780000000000, Scope: kpi.TokenLogs, EndsOn: "2999-12-31",
			Unit: sampleUnits[2].ID, UsedAt: 1780000000000, UsedFrom: "192.0.2.1"},
		{Hash: strings.Repeat("ef", 32), Name: "去年的", AddedAt: 1780000000000, Scope: kpi.TokenReads, EndsOn: "2001-01-01"}}
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"
	sessions := []app.SignedIn{
		{ID: "a", Browser: app.Browser{Address: "192.0.2.1", Agent: chrome}, SeenAt: 1780000000000, Current: true},
		{ID: "b", Browser: app.Browser{Address: "192.0.2.2", Agent: "curl"}, SeenAt: 1780000000000}}
	invited := app.Invitation{Account: accounts[1], First: true, EndsAt: 1780000000000}
	show := func(in AccountInput) accountPage {
		in.Units = sampleUnits
		page, err := NewAccount(pc, in)
		if err != nil {
			panic(err)
		}
		return page
	}
	return map[string]any{
		"account_list": NewAccounts(pc, accounts, sampleUnits, nil, nil),
		"account_list:refused": NewAccounts(pc, accounts, sampleUnits,
			url.Values{"name": {"wenping"}, "role": {"reporter"}, "password": {"typed in clear"}}, taken),
		"account_show": show(AccountInput{Account: accounts[1], Tokens: tokens, Secret: "a-new-token", Sessions: sessions}),
		"account_show:invited": show(AccountInput{Account: accounts[1], Invitation: invited,
			Link: "https://dabiao.example/invite/a-new-link", InvitedUntil: invited.EndsAt, LinkAlone: true}),
		"account_show:token": show(AccountInput{Account: accounts[0], Form: "token", Typed: url.Values{"name": {"typed"}},
			Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "ends_on", Text: kpi.T("token_end_late", "2027-06-30")}}}}),
		"account_show:disabled": show(AccountInput{Account: accounts[2]}),
		"account_show:refused":  show(AccountInput{Account: accounts[0], Form: "password", Refusal: short}),
		"account_own":           NewOwnAccount(pc, sessions, nil),
		"account_own:refused":   NewOwnAccount(pc, sessions[:1], short),
		"invitation":            NewInvitation(pc, invited, "secret", nil),
		"invitation:refused":    NewInvitation(pc, invited, "secret", short),
	}
}
