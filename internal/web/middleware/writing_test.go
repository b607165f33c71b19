package middleware

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestAFileIsFollowedByWhoAskedForItAlone(t *testing.T) {
	var all writings
	mine, other := &Visit{Actor: kpi.Actor{ID: 1}}, &Visit{Actor: kpi.Actor{ID: 2}}
	w := all.Begin(mine, "file")
	if all.Watch(mine, "file").find() != w || all.Watch(mine, "another").find() != nil {
		t.Error("one is not told how far it is")
	}
	if all.Watch(other, "file").find() != nil {
		t.Error("somebody else is told how far it is")
	}
}
