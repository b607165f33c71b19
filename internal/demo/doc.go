// Package demo fills an empty installation with the shipped demo: the published year 2022 of one
// county office, and a sample year with invented figures, made from plain files (package data) and
// a fixed seed. It goes through the use cases a person uses, so the demo obeys every rule.
//
// It knows nothing of SQL or pages.
package demo
