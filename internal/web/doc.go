// Package web puts the rooms of the server together and mounts their routes: middleware, page, input, download,
// handler, api. It decides nothing about figures and knows no SQL.
package web
