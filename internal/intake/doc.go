// Package intake reads what people hand in, the way people write it: figures with their measure
// and precision, dates, and text. What it cannot read for certain it refuses with a *kpi.Error;
// it never guesses and never drops a part of what was written.
//
// It knows nothing of storage, use cases or pages.
package intake
