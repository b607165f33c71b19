package page

import (
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// StepPath is where a sign-in goes on that needs more than a password.
const StepPath = "/login/step"

// stepPage asks whoever has begun to sign in for what is still needed. Field names: code, secret, password, next,
// leave.
type stepPage struct {
	Layout
	Who   string
	Waits string // what becomes of a form that waits; "" for none
	Form  *Form
	Offer *factorOffer
	Leave accountButton
}

// factorOffer is a second factor that may be set up.
type factorOffer struct {
	reachAddress
	Secret string // in groups, as people type it
}

// StepInput is the input of a step's page.
type StepInput struct {
	Need       kpi.Need
	Name, Next string
	Kept       []KeptField
	Offer      app.FactorOffer
	PasswordAt kpi.UnixMilli
	Refusal    *kpi.Error
}

// NewStep shows the next step of a sign-in; the error is a fault.
func NewStep(pc Context, in StepInput) (stepPage, error) {
	p := pc.Printer
	key := "step." + string(in.Need)
	page := stepPage{Layout: NewLayout(pc, p.T(key), "", ""), Who: p.T(key+"_intro", in.Name),
		Leave: accountButton{Action: StepPath, CSRF: pc.CSRF, Submit: p.T("step.leave")}}
	f := pc.form("step", StepPath, "", p.T(key+"_submit"))
	f.hide("next", in.Next)
	for _, k := range in.Kept {
		f.hide(k.Name, k.Value)
		page.Waits = p.T("sign_in.kept")
	}
	switch in.Need {
	case kpi.NeedCode:
		f.add(codeField(f, "step.code_field"))
	case kpi.NeedFactor:
		offer, err := newFactorOffer(pc, in.Offer)
		if err != nil {
			return page, err
		}
		page.Offer = offer
		f.hide("secret", in.Offer.Secret)
		f.add(codeField(f, "factor.code"))
	default:
		if in.PasswordAt == 0 {
			page.Who = p.T("step.password_given", in.Name)
		} else if in.PasswordAt < pc.SignIn.Since {
			page.Who = p.T("step.password_ruled", in.Name)
		}
		f.add(f.field("password", "account.new_password", "").hinted(passwordHint(pc, "account.new_password_hint")).
			secret("new-password"))
	}
	f.refuse(in.Refusal)
	page.Form = f
	return page, nil
}

func codeField(f *Form, key string) *Field {
	code := f.field("code", key, "")
	code.Autocomplete, code.Plain = "one-time-code", true
	return code
}

func newFactorOffer(pc Context, offer app.FactorOffer) (*factorOffer, error) {
	code, err := newQR(offer.URL, pc.Printer.T("factor.qr"))
	if err != nil {
		return nil, err
	}
	var groups []string
	const size = 4
	for at := 0; at < len(offer.Secret); at += size {
		groups = append(groups, offer.Secret[at:min(at+size, len(offer.Secret))])
	}
	return &factorOffer{code, strings.Join(groups, " ")}, nil
}

// recoveryPage shows recovery codes, once.
type recoveryPage struct {
	Layout
	Codes []string
	To    layoutLink
	Kept  []KeptField // a form that goes on there, as it was typed
}

// NewRecoveryCodes shows codes and the way on, to an address or with a form to it.
func NewRecoveryCodes(pc Context, codes []string, to string, form []KeptField) recoveryPage {
	p := pc.Printer
	return recoveryPage{Layout: NewLayout(pc, p.T("factor.codes"), "", ""), Codes: codes,
		To: layoutLink{Href: to, Text: p.T("factor.codes_kept")}, Kept: form}
}

// factorPage is where people set their second factor up and take it away. Field names: act, old, secret, code.
type factorPage struct {
	Layout
	Crumbs []layoutLink
	State  string
	Offer  *factorOffer // of those who have none
	Set    *Form
	Codes  *Form
	Drop   *Form
	Needed string // said to those who cannot take it away
}

// FactorInput is the input of that page.
type FactorInput struct {
	Factor  app.SecondFactor
	Offer   app.FactorOffer
	Act     string // what was refused
	Refusal *kpi.Error
}

// NewFactor shows the visitor's second factor; the error is a fault.
func NewFactor(pc Context, in FactorInput) (factorPage, error) {
	p := pc.Printer
	page := factorPage{Layout: NewLayout(pc, p.T("factor.title"), "", ""), State: factorState(pc, in.Factor),
		Crumbs: []layoutLink{{Href: "/account", Text: p.T("account.own")}}}
	form := func(act string) *Form {
		f := pc.form(act, "/account/second-factor#"+act, p.T("factor."+act), p.T("factor."+act+"_submit")).
			keeping(act+"-", nil)
		f.hide("act", act)
		f.add(f.field("old", "account.old_password", "").secret("current-password"))
		return f
	}
	refused := func(f *Form, act string) *Form {
		if act == in.Act {
			f.refuse(in.Refusal)
		}
		return f
	}
	if !in.Factor.On {
		offer, err := newFactorOffer(pc, in.Offer)
		if err != nil {
			return page, err
		}
		page.Offer, page.Set = offer, form("set")
		page.Set.hide("secret", in.Offer.Secret)
		page.Set.add(codeField(page.Set, "factor.code"))
		refused(page.Set, in.Act)
		return page, nil
	}
	page.Codes = refused(form("codes"), "codes")
	if in.Factor.Required {
		page.Needed = p.T("second_factor_required")
		return page, nil
	}
	page.Drop = refused(form("drop"), "drop")
	return page, nil
}

// factorState says whether somebody has a second factor.
func factorState(pc Context, f app.SecondFactor) string {
	p := pc.Printer
	switch {
	case f.On:
		return p.T("factor.on", p.Date(pc.day(f.SetAt)), f.Codes)
	case f.Required:
		return p.T("factor.due")
	}
	return p.T("factor.off")
}

// signInRulesPage is what the office asks of whoever signs in. Field names: factor_ and a role, policy, days.
type signInRulesPage struct {
	Layout
	Crumbs []layoutLink
	Set    string // by whom and when; "" if it was never set
	Roles  []ruledRole
	Form   *Form
}

type ruledRole struct {
	Name, Text string
	Checked    bool
}

func NewSignInRules(pc Context, typed url.Values, refusal *kpi.Error) signInRulesPage {
	p, rules := pc.Printer, pc.SignIn
	page := signInRulesPage{Layout: NewLayout(pc, p.T("sign_in_rules.title"), partPlan, ""), Crumbs: pc.settingsCrumbs()}
	if rules.SetBy != "" {
		page.Set = p.T("review.rule_set", pc.person(rules.SetBy), p.Time(rules.SetAt, pc.zone()))
	}
	for _, r := range kpi.Roles {
		row := ruledRole{Name: "factor_" + string(r), Text: p.T("role." + string(r)), Checked: rules.NeedsFactor(r)}
		if typed != nil {
			row.Checked = typed.Has(row.Name)
		}
		page.Roles = append(page.Roles, row)
	}
	f := pc.form("rules", "/sign-in", "", p.T("plan.save")).keeping("s-", typed)
	var names []string
	for _, policy := range kpi.PasswordPolicies {
		sample := kpi.SignInRules{Policy: policy, Days: rules.Days}
		names = append(names, p.T("sign_in_rules.policy_named", p.T("sign_in_rules.policy."+string(policy)),
			demandText(pc, sample)))
	}
	days := f.field("days", "sign_in_rules.days", strconv.Itoa(rules.Days))
	days.Mode = "numeric"
	f.add(f.field("policy", "sign_in_rules.policy", string(rules.Policy)).radio(texts(kpi.PasswordPolicies), names).wide(),
		days)
	f.refuse(refusal)
	page.Form = f
	return page
}

// ReadSignInRules reads the form of that page. Refusal: Invalid days.
func ReadSignInRules(form url.Values) (rules kpi.SignInRules, err error) {
	for _, r := range kpi.Roles {
		if form.Has("factor_" + string(r)) {
			rules.SecondFactor = append(rules.SecondFactor, r)
		}
	}
	rules.Policy = kpi.PasswordPolicy(form.Get("policy"))
	if rules.Days, err = strconv.Atoi(strings.TrimSpace(form.Get("days"))); err != nil {
		rules.Days = 0 // refused as out of range
	}
	return rules, rules.Check()
}
