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
	on := app.SecondFactor{On: true, SetAt: 1780000000000, Codes: 9}
	offer := app.FactorOffer{Secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", URL: "otpauth://totp/a:b?secret=JBSWY3DP"}
	wrong := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "code", Text: kpi.T("code_wrong")}}}
	step := func(in StepInput) stepPage {
		in.Name, in.Next = "刘主任", "/"
		page, err := NewStep(pc, in)
		if err != nil {
			panic(err)
		}
		return page
	}
	factor := func(in FactorInput) factorPage {
		page, err := NewFactor(pc, in)
		if err != nil {
			panic(err)
		}
		return page
	}
	days := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "days", Text: kpi.T("password_days_range", 7, 365)}}}
	return map[string]any{
		"sign_in_step": step(StepInput{Need: kpi.NeedCode}),
		"sign_in_step:refused": step(StepInput{Need: kpi.NeedCode, Refusal: wrong,
			Kept: []KeptField{{Name: "kept.note", Value: "typed"}}}),
		"sign_in_step:factor":   step(StepInput{Need: kpi.NeedFactor, Offer: offer, Refusal: wrong}),
		"sign_in_step:password": step(StepInput{Need: kpi.NeedPassword, PasswordAt: 1, Refusal: short}),
		"sign_in_step:given":    step(StepInput{Need: kpi.NeedPassword}),
		"recovery_codes":        NewRecoveryCodes(pc, []string{"abcd-efgh-2345-6723-jklm-nopq"}, "/", nil),
		"recovery_codes:waiting": NewRecoveryCodes(pc, []string{"abcd-efgh-2345-6723"}, "/years/2026/entry",
			[]KeptField{{Name: "note", Value: "typed"}}),
		"second_factor":         factor(FactorInput{Offer: offer}),
		"second_factor:refused": factor(FactorInput{Offer: offer, Act: "set", Refusal: wrong}),
		"second_factor:on":      factor(FactorInput{Factor: on}),
		"second_factor:needed":  factor(FactorInput{Factor: app.SecondFactor{On: true, Codes: 1, Required: true}}),
		"sign_in_rules":         NewSignInRules(pc, nil, nil),
		"sign_in_rules:refused": NewSignInRules(pc, url.Values{"policy": {"level2"}, "days": {"1"}}, days),
		"account_list":          NewAccounts(pc, accounts, sampleUnits, nil, nil),
		"account_list:refused": NewAccounts(pc, accounts, sampleUnits,
			url.Values{"name": {"wenping"}, "role": {"reporter"}, "password": {"typed in clear"}}, taken),
		"account_show": show(AccountInput{Account: accounts[1], Factor: on, Linked: 1780000000000, Tokens: tokens,
			Secret: "a-new-token", Sessions: sessions}),
		"account_show:invited": show(AccountInput{Account: accounts[1], Invitation: invited,
			Link: "https://dabiao.example/invite/a-new-link", InvitedUntil: invited.EndsAt, LinkAlone: true}),
		"account_show:token": show(AccountInput{Account: accounts[0], Form: "token", Typed: url.Values{"name": {"typed"}},
			Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "ends_on", Text: kpi.T("token_end_late", "2027-06-30")}}}}),
		"account_show:disabled": show(AccountInput{Account: accounts[2]}),
		"account_show:refused":  show(AccountInput{Account: accounts[0], Form: "password", Refusal: short}),
		"account_own":           NewOwnAccount(pc, sessions, app.SecondFactor{}, nil),
		"account_own:refused":   NewOwnAccount(pc, sessions[:1], on, short),
		"invitation":            NewInvitation(pc, invited, "secret", nil),
		"invitation:refused":    NewInvitation(pc, invited, "secret", short),
	}
}
