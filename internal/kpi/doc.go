// Package kpi owns the words and rules of measuring a year: indicators, targets, dated updates,
// organisations, budgets, who may do what, and how a refusal is worded.
//
// It is pure: no clock, no storage, no HTTP, no templates, and nothing of ours is imported. Other
// packages read its records, do arithmetic over them (progress), keep them (store) or show them.
package kpi
