package kpi_test

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// chain returns a fact as the sequence of its entries, with act and state by their first letters, such
// as "la cs wa": approved, then a correction submitted, then a withdrawal approved.
func chain(text string) (log []kpi.Update) {
	acts := map[byte]kpi.Act{'l': kpi.ActLog, 'c': kpi.ActCorrect, 'w': kpi.ActWithdraw}
	states := map[byte]kpi.State{'d': kpi.StateDraft, 's': kpi.StateSubmitted, 'r': kpi.StateReturned,
		'a': kpi.StateApproved}
	for i, step := range strings.Fields(text) {
		id := kpi.UpdateID(i + 1)
		log = append(log, kpi.Update{ID: id, Act: acts[step[0]], State: states[step[1]], Answers: id - 1})
		if i > 0 {
			log[i-1].AnsweredBy, log[i-1].AnsweredState = id, log[i].State
		}
	}
	return log
}

func TestWhichEntryOfAFactCounts(t *testing.T) {
	for _, c := range []struct {
		chain               string
		submitted, approved kpi.UpdateID // the entry in force under each rule; 0: none
		withdrawn           bool         // the first entry, under the rule that submitted ones count
	}{
		{"la", 1, 1, false},
		{"ls", 1, 0, false},
		{"ld", 0, 0, false},
		{"lr", 0, 0, false},
		{"la ca", 2, 2, false},
		{"la cs", 2, 1, false},
		{"la cr", 1, 1, false},
		{"la cd", 1, 1, false},
		{"la cr cs", 3, 1, false},
		{"la wa", 0, 0, true},
		{"la ws", 0, 1, true},
		{"la wr", 1, 1, false},
		{"la wr ca", 3, 3, false},
		{"ls wa", 0, 0, true},
		{"la cs wa", 1, 1, false}, // the correction was withdrawn before it was approved
		{"la cr cs wa", 1, 1, false},
		{"ls cs wa", 0, 0, true}, // everything since the last approved entry, of which there is none
		{"la ca cs wa", 2, 2, false},
		{"la cr wa ca", 4, 4, false},
	} {
		log := chain(c.chain)
		for rule, want := range map[kpi.ReviewRule]kpi.UpdateID{kpi.ReviewOff: c.submitted, kpi.SubmittedCount: c.submitted,
			kpi.ApprovedCount: c.approved} {
			var got kpi.UpdateID
			stands := kpi.Standing(log, rule)
			if len(stands) > 0 {
				got = stands[0].ID
			}
			if got != want || len(stands) > 1 {
				t.Errorf("%s, %s: %v stand, want %d", c.chain, rule, stands, want)
			}
		}
		if got := kpi.Withdrawn(log, kpi.SubmittedCount)[1]; got != c.withdrawn {
			t.Errorf("%s: withdrawn %v", c.chain, got)
		}
	}
}

func TestWhichEntryOfAFactMayBeAnswered(t *testing.T) {
	for _, c := range []struct {
		chain string
		want  string // for each entry the one an answer refers to, or "-"
	}{
		{"la", "1"},
		{"la ca", "- 2"},
		{"la cs", "- 2"},
		{"la wa", "- -"},
		{"la wr", "2 -"},
		{"la wr cs", "- - 3"},
		{"la cs wa", "3 - -"},
		{"la cr cs wa", "4 - - -"},
		{"ls wa", "- -"},
		{"ls cs wa", "- - -"},
		{"la cs wa wr", "4 - - -"},
	} {
		log := chain(c.chain)
		var got []string
		for i, u := range log {
			last, err := kpi.Answerable(log[i:], u.ID)
			if err != nil {
				got = append(got, "-")
				continue
			}
			got = append(got, fmt.Sprint(last))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.chain, got, c.want)
		}
	}
}
