// Package page says what pages show: one documented struct per page, built from figures and a lang.Printer without a
// server. Every number in it is already text, made by the printer's one function for it; templates only place it. It
// knows no HTTP.
package page
