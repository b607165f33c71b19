package app

import (
	"slices"
	"testing"
	"time"
)

// A replica that does not keep up is told of, and one that was just begun is not.
func TestALateReplicaIsToldOf(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	free, clock := int64(1<<40), noon
	a := stated(t, &free, &clock)
	if got := a.State().keys(); got != nil {
		t.Errorf("without a replica: %v", got)
	}
	a.FollowedBy("/mnt/other")
	for _, c := range []struct {
		what   string
		passed time.Duration
		copied bool
		want   []string
	}{
		{"just begun", 0, false, nil},
		{"not copied yet", replicaLate, false, nil},
		{"never copied", replicaLate + time.Second, false, []string{"state.replica_late"}},
		{"copied", 3 * time.Minute, true, nil},
		{"copied a while ago", 5 * time.Minute, false, nil},
		{"copied long ago", 6 * time.Minute, false, []string{"state.replica_late"}},
		{"copied again", 7 * time.Minute, true, nil},
	} {
		clock = noon.Add(c.passed)
		if c.copied {
			a.ReplicaCopied(0)
		}
		if got := a.State().keys(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
