package kpi

import "slices"

// Need is what somebody who has proved one thing must still do before they are in.
type Need string

// The needs, in the order in which they are met.
const (
	NeedNothing  Need = ""
	NeedCode     Need = "code"     // of the second factor
	NeedFactor   Need = "factor"   // to set one up
	NeedPassword Need = "password" // to choose another
)

// PasswordPolicy is what the office asks of passwords.
type PasswordPolicy string

// The policies.
const (
	PasswordsModern PasswordPolicy = "modern" // long and not guessed first, as NIST SP 800-63B has it
	PasswordsLevel2 PasswordPolicy = "level2" // of several kinds of characters and changed in time, as 等保二级 asks
)

// PasswordPolicies lists the policies.
var PasswordPolicies = []PasswordPolicy{PasswordsModern, PasswordsLevel2}

// How passwords are changed where the policy asks for it.
const (
	PasswordsKept   = 5 // so many, with the present one, must not be chosen again
	PasswordDays    = 90
	minPasswordDays = 7
	maxPasswordDays = 365
)

// SignInRules are what the office asks of whoever signs in with a password.
type SignInRules struct {
	SecondFactor []Role         `json:"second_factor"` // the roles that need one; others may have one
	Policy       PasswordPolicy `json:"policy"`
	Days         int            `json:"days"`            // for which a password is good, by level 2
	Since        UnixMilli      `json:"since,omitempty"` // when level 2 came; what was chosen before may not be by it

	SetBy string    `json:"set_by"`
	SetAt UnixMilli `json:"set_at"`
}

// NeedsFactor reports whether a role has to have a second factor.
func (s SignInRules) NeedsFactor(r Role) bool { return slices.Contains(s.SecondFactor, r) }

// Kept is how many of an account's last passwords, the present one among them, must not be chosen again.
func (s SignInRules) Kept() int {
	if s.Policy == PasswordsLevel2 {
		return PasswordsKept
	}
	return 0
}

// After returns the rules as somebody set them at a moment, in place of others.
func (s SignInRules) After(before SignInRules, by string, at UnixMilli) SignInRules {
	s.SetBy, s.SetAt, s.Since = by, at, 0
	switch {
	case s.Policy != PasswordsLevel2:
	case before.Policy == PasswordsLevel2:
		s.Since = before.Since
	default:
		s.Since = at
	}
	return s
}

// Need returns what somebody must do who has proved who they are by all that their account has.
func (s SignInRules) Need(a Account, factor bool, now UnixMilli) Need {
	if s.NeedsFactor(a.Role) && !factor {
		return NeedFactor
	}
	if ends := s.PasswordEnds(a.PasswordAt); ends != 0 && ends < now {
		return NeedPassword
	}
	return NeedNothing
}

// PasswordEnds returns when a password that its owner chose at a moment has to be changed; 0 for never. One that
// somebody else chose (0), or that was chosen before the rules for it, has to be at once, where passwords are changed
// at all.
func (s SignInRules) PasswordEnds(chosen UnixMilli) UnixMilli {
	const day = 24 * 60 * 60 * 1000
	if s.Policy != PasswordsLevel2 {
		return 0
	}
	if chosen == 0 || chosen < s.Since {
		return 1
	}
	return chosen + UnixMilli(s.Days)*day
}

// Check refuses roles and policies that are none, and a number of days that is too small or too large.
func (s SignInRules) Check() error {
	var m Mistakes
	for _, r := range s.SecondFactor {
		if !r.Known() {
			m.Add("second_factor", "role_unknown", string(r))
		}
	}
	if !contains(PasswordPolicies, s.Policy) {
		m.Add("policy", "password_policy_unknown", string(s.Policy))
	}
	if s.Days < minPasswordDays || s.Days > maxPasswordDays {
		m.Add("days", "password_days_range", minPasswordDays, maxPasswordDays)
	}
	return m.Err()
}
