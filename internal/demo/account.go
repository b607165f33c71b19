package demo

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// reportingUnit is the township whose reporter can sign in.
const reportingUnit = "dengyuantai"

var fullNames = map[kpi.Role]string{
	kpi.Leader: "演示领导", kpi.Staff: "演示经办人", kpi.Reviewer: "演示审核人",
	kpi.Reporter: "演示填报员（邓元泰镇）", kpi.Auditor: "演示审计", kpi.Admin: "演示管理员",
}

// accounts adds one account per role, each with a token.
func (l *loader) accounts() ([]Account, error) {
	var out []Account
	for _, role := range kpi.Roles {
		account := Account{Role: role, Name: string(role), Password: newPassword()}
		n := app.NewAccount{Name: account.Name, FullName: fullNames[role], Role: role, Password: account.Password}
		if role == kpi.Reporter {
			n.Unit = reportingUnit
		}
		made, err := l.app.AddAccount(l.ctx, kpi.Operator, n)
		if err != nil {
			return nil, fmt.Errorf("account %s: %w", n.Name, err)
		}
		_, account.Token, err = l.app.AddToken(l.ctx, kpi.Operator, app.NewToken{Account: n.Name, Name: "demo"})
		if err != nil {
			return nil, fmt.Errorf("token of %s: %w", n.Name, err)
		}
		l.actors[role] = made.Actor()
		out = append(out, account)
	}
	return out, nil
}

// words are easy to read out and to type.
var words = strings.Fields(`amber apple basin birch blaze brook cedar cloud coral crane daisy delta ember fern field
	flint forest frost garden ginger grove harbor hazel heron honey island ivory jasmine kettle lantern lemon lotus
	maple meadow melon mint moss nectar olive onyx orchid otter pearl pebble pepper pine plum pond quartz reed river
	robin saffron sage sparrow spruce stone sunny thyme tulip valley walnut willow wren`)

// newPassword returns three words and four digits, about 31 bits: enough for a demo on one's own
// machine behind throttled sign-ins.
func newPassword() string {
	parts := make([]string, 0, 4)
	for range 3 {
		parts = append(parts, words[random(len(words))])
	}
	return strings.Join(append(parts, fmt.Sprintf("%04d", random(10_000))), "-")
}

func random(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("demo: no randomness: " + err.Error()) // crypto/rand never fails on the systems the program is built for
	}
	return int(i.Int64())
}
