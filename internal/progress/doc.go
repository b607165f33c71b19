// Package progress computes figures from records already read: what the log adds up to, how far that is
// from the target and from the plan, which light it gets, where the year will end.
//
// Every number on screen, in the API, in a chart or a document comes from here, each from one function.
// A figure that cannot be computed is absent with a [Reason]; it is never 0, NaN or a false red. The
// package reads no clock and no database.
package progress
