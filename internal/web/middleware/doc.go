// Package middleware is what every request comes through and every answer leaves by: who asks (sessions, tokens), what
// may come in (hosts, limits, forms, uploads), how an error is told, how an answer is made once for many, how
// pages hear of changes. It knows no page's address and nothing of figures.
package middleware
