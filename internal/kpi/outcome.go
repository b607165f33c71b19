package kpi

import "slices"

// A change has one of three outcomes: it is stored, it is not (an [Error], or any other fault), or it is [Unsettled].

// Unsettled reports a change of which nobody knows whether it was stored: the commit was sent, and then the database
// or the disk fell silent. Sent again under the same idempotency key, it is stored once.
type Unsettled struct{ Cause error }

func (e *Unsettled) Error() string { return "whether this was stored is not known: " + e.Cause.Error() }
func (e *Unsettled) Unwrap() error { return e.Cause }

// StopsAll reports whether a refusal is about the place where the records are kept: whoever writes is refused.
func (e *Error) StopsAll() bool { return slices.Contains(Stopping, e.Text.Key) }

// Stopping are the keys of the refusals that say that nothing can be stored, whatever it is.
var Stopping = []string{"records_damaged", "read_only", "records_gone", "records_moved", "records_moving",
	"records_held", "records_unwritable", "disk_full"}

// Away reports that the database could not be reached or did not answer in time. Nothing was stored.
type Away struct{ Cause error }

func (e *Away) Error() string { return "the database is away: " + e.Cause.Error() }
func (e *Away) Unwrap() error { return e.Cause }
