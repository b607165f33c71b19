package middleware

import (
	"context"
	"testing"
)

// One sender cannot take all places, and a place that is let go is free again.
func TestStreamsAreBounded(t *testing.T) {
	p := newChangeSignal(func(context.Context) (int64, error) { return 1, nil })
	var mine []*liveReader
	for range maxLiveOne {
		l, err := p.join("one", 1)
		if err != nil {
			t.Fatal(err)
		}
		mine = append(mine, l)
	}
	if _, err := p.join("one", 1); err != errLiveFull {
		t.Errorf("one more of the same: %v", err)
	}
	if _, err := p.join("another", 1); err != nil {
		t.Errorf("another: %v", err)
	}
	mine[0].Close()
	if _, err := p.join("one", 1); err != nil {
		t.Errorf("after one left: %v", err)
	}
	for i := p.listeners; i < maxLive; i++ {
		_, err := p.join(string(rune('a'+i)), 1)
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.join("the last", 1); err != errLiveFull {
		t.Errorf("beyond all places: %v", err)
	}
	p.close()
}
