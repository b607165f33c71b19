// Package web is the skin people and programs touch: routes, sign-in, forms, pages and the JSON
// API. It turns requests into calls of app and results into pages; it decides nothing about
// figures and knows no SQL.
package web
