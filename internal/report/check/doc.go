// Package check finds what is wrong with a year's report before it is signed: figures that contradict
// each other, prose that contradicts the figures, tables that do not add up. It checks the office's own
// report as well as reports written elsewhere.
//
// It changes and writes nothing: package report cannot call it, and it knows no document writer. The
// rules by which it reads prose are explained in ADR 50.
package check
