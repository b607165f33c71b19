package app

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// How often a place is asked whether it answers, and how long that may take.
const (
	placeEvery  = 10 * time.Second
	placeWithin = 2 * time.Second
)

// evidenceState is what this process knows of the place, for all to see.
type evidenceState struct {
	mu     sync.Mutex
	place  string          // where the contents lie, if that is elsewhere
	away   error           // why it does not answer
	full   error           // why it did not take the last content, while it answers
	broken map[string]bool // hashes of what is missing or altered

	latest []string // hashes of the latest contents when the server began, if they lie in its folder

	claimed atomic.Bool // the place is this office's
}

func (s *evidenceState) sought(latest []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latest = latest
}

func (s *evidenceState) soughtFor() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.latest
}

func (s *evidenceState) saw(elsewhere string, away error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.place, s.away = elsewhere, away
}

// took takes in what became of a content that was to be kept: a place may answer and take nothing.
func (s *evidenceState) took(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = err
}

func (s *evidenceState) bad(sum string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken == nil {
		s.broken = map[string]bool{}
	}
	s.broken[sum] = true
}

// found takes in what verifying found; what is whole again is told no more.
func (s *evidenceState) found(broken map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = broken
}

// hinders returns what keeps evidence from being opened or kept, and the key of the sentence that says what follows
// from it; "" where the text says it all, or where nothing does.
func (s *evidenceState) hinders() (why *kpi.Text, follows string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	reason := func(err error) *kpi.Text {
		if refusal, is := refusalOf(err); is {
			return &refusal.Text
		}
		return new(kpi.T("state.evidence_fault"))
	}
	switch {
	case s.place != "":
		return new(kpi.T("evidence_elsewhere", s.place)), ""
	case s.away != nil:
		return reason(s.away), "state.evidence_away"
	case s.full != nil:
		return reason(s.full), "state.evidence_full"
	}
	return nil, ""
}

// warns says what keeps evidence from being opened or kept, and how much of it is damaged.
func (s *evidenceState) warns() (out []kpi.Text) {
	switch why, follows := s.hinders(); {
	case follows != "":
		out = append(out, kpi.T(follows, *why))
	case why != nil:
		out = append(out, *why)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.broken); n > 0 {
		out = append(out, kpi.T("state.evidence_damaged", n))
	}
	return out
}

// EvidenceAway returns why evidence cannot be opened or cannot be kept, as of the last few seconds; nil if it can.
func (a *App) EvidenceAway() *kpi.Text {
	if a.folderAway() {
		return new(kpi.T("evidence_folder_away"))
	}
	why, _ := a.evidenceState.hinders()
	return why
}

// LookAtEvidence asks the place whether it answers, and the records whether it is still the place. It returns what the
// place says.
func (a *App) LookAtEvidence(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, placeWithin)
	defer done()
	away := a.files.Ping(ctx)
	place, err := read(ctx, a, func(r *store.Reader) (string, error) { return evidencePlace(ctx, r) })
	if err != nil || place == a.files.Place() { // the database has a state of its own
		place = ""
	}
	a.evidenceState.saw(place, away)
	return away
}

// WatchEvidence looks at the place again and again until ctx ends, and logs when it ceases to answer.
// A folder is not watched: what keeps it is seen when it is used.
func (a *App) WatchEvidence(ctx context.Context, log *slog.Logger) {
	if a.files.Local() {
		return
	}
	for was := error(nil); ; {
		away := a.LookAtEvidence(ctx)
		if away != nil && was == nil && ctx.Err() == nil {
			log.Error("evidence can be neither opened nor kept", "place", a.files.Place(), "error", away.Error())
		}
		was = away
		select {
		case <-ctx.Done():
			return
		case <-time.After(placeEvery):
		}
	}
}
