// Package input reads what people typed into forms and what programs sent as JSON, so that both are read
// alike. It knows no HTTP.
package input
