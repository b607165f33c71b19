package password

import (
	"unicode"

	"dabiao/internal/kpi"
)

// Lengths in characters and bytes: NIST SP 800-63B and level 2 want at least 8 characters; the upper bound only keeps
// hashing cheap.
const (
	minLength = 8
	maxBytes  = 256
	kinds     = 3 // of capitals, small letters, digits and others, by level 2
)

// Demand is one thing that a password must be: as it is told before, and as it is refused after.
type Demand struct {
	Text   kpi.Text
	Refuse func(password string, own []string) error // nil: what only shows later
}

// Demands are what passwords must be by the office's rules. What is told and what is checked are this one list.
func Demands(rules kpi.SignInRules) []Demand {
	demands := []Demand{{kpi.T("password_demand_length", minLength), length}}
	if rules.Policy == kpi.PasswordsLevel2 {
		demands = append(demands, Demand{kpi.T("password_demand_kinds", kinds), mixed})
	}
	demands = append(demands, Demand{kpi.T("password_demand_guessed"), func(p string, own []string) error {
		return guessed(p, own...)
	}})
	if rules.Policy == kpi.PasswordsLevel2 {
		demands = append(demands, Demand{Text: kpi.T("password_demand_used", rules.Kept())},
			Demand{Text: kpi.T("password_demand_days", rules.Days)})
	}
	return demands
}

// Check refuses a password that is not as the rules demand. own are the names of the person and of the office.
// Refusals, all Invalid: password_too_short, password_too_long, password_kinds, password_digits, password_repeats,
// password_own, password_common.
func Check(rules kpi.SignInRules, password string, own ...string) error {
	if len(password) > maxBytes {
		return kpi.Refuse(kpi.Invalid, "password_too_long", maxBytes)
	}
	for _, d := range Demands(rules) {
		if d.Refuse == nil {
			continue
		}
		if err := d.Refuse(password, own); err != nil {
			return err
		}
	}
	return nil
}

func length(password string, _ []string) error {
	if len([]rune(password)) < minLength {
		return kpi.Refuse(kpi.Invalid, "password_too_short", minLength)
	}
	return nil
}

// mixed refuses a password of fewer kinds of characters than level 2 is commonly read to want. Characters of other
// scripts are of the kind of signs.
func mixed(password string, _ []string) error {
	has := map[string]bool{}
	for _, r := range password {
		switch {
		case r <= unicode.MaxASCII && unicode.IsUpper(r):
			has["capital"] = true
		case r <= unicode.MaxASCII && unicode.IsLower(r):
			has["small"] = true
		case r <= unicode.MaxASCII && unicode.IsDigit(r):
			has["digit"] = true
		default:
			has["other"] = true
		}
	}
	if len(has) < kinds {
		return kpi.Refuse(kpi.Invalid, "password_kinds", kinds)
	}
	return nil
}
