// Package demo fills an empty installation with the shipped demo: the published year 2022 of one county
// office, and a sample year of invented figures, made from plain files (package data) and a fixed seed.
// It uses the same use cases as people do, so the demo obeys every rule.
//
// It knows nothing of SQL or pages.
package demo
