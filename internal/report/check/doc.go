// Package check finds what is wrong with a year's report before it is signed: figures that contradict each
// other, prose that contradicts the figures, tables that do not add up. It reads the report as the office
// wrote it, and reports that were written elsewhere.
//
// It changes nothing and writes nothing: report cannot call it, and it knows no writer of documents. The
// rules it reads prose by are explained in ADR 50.
package check
