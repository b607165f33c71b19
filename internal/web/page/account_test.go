package page

import (
	"net/url"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// accountPages are the pages about accounts, in all their states.
func accountPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Actor = kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}
	accounts := []kpi.Account{{ID: 1, Name: "admin", FullName: "刘主任", Role: kpi.Admin},
		{ID: 2, Name: "wenping", FullName: "文坪镇填报员", Role: kpi.Reporter, Unit: sampleUnits[2].ID},
		{ID: 3, Name: "gone", FullName: "前经办人", Role: kpi.Staff, Disabled: true}}
	taken := kpi.Clash("account_exists", "wenping")
	short := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "password", Text: kpi.T("password_too_short", 8)}}}
	tokens := []kpi.Token{{Hash: strings.Repeat("ab", 32), Name: "县平台取数", AddedAt: 1780000000000}}
	return map[string]any{
		"account_list": NewAccounts(pc, accounts, sampleUnits, nil, nil),
		"account_list:refused": NewAccounts(pc, accounts, sampleUnits,
			url.Values{"name": {"wenping"}, "role": {"reporter"}, "password": {"typed in clear"}}, taken),
		"account_show": NewAccount(pc, AccountInput{Account: accounts[1], Units: sampleUnits, Tokens: tokens,
			Secret: "a-new-token"}),
		"account_show:disabled": NewAccount(pc, AccountInput{Account: accounts[2], Units: sampleUnits}),
		"account_show:refused": NewAccount(pc, AccountInput{Account: accounts[0], Units: sampleUnits, Form: "password",
			Refusal: short}),
		"account_own":         NewOwnAccount(pc, nil),
		"account_own:refused": NewOwnAccount(pc, short),
	}
}
