// Package kpi owns the words and rules of measuring a year: indicators, targets, dated updates,
// organizations, budgets, who may do what, and how a refusal is worded.
//
// It is pure: no clock, no storage, no HTTP, no templates, and no imports of other packages of this
// program. Those read its records, do arithmetic over them (progress), store them (store) or show them.
package kpi
