// Package page builds the data of pages: one documented struct per page, made from figures and a
// lang.Printer without a server. Every number in it is already text, written by the printer's one function
// for it; templates only place it. The package knows no HTTP.
package page
