package web

import (
	"dabiao/internal/web/api"
	"dabiao/internal/web/download"
	"dabiao/internal/web/guide"
	"dabiao/internal/web/handler"
	"dabiao/internal/web/middleware"
)

// Config is what a server is made from.
type Config = middleware.Config

// Server is the HTTP server.
type Server = middleware.Server

// New makes a server; it listens when Listen is called.
func New(c Config) (*Server, error) {
	s, err := middleware.New(c)
	if err != nil {
		return nil, err
	}
	mount(s)
	return s, nil
}

// mount is the whole address space: who asks is found out first, then come the pages and the API, and what nobody
// answers is refused.
func mount(s *Server) {
	files := download.Files{Server: s}
	pages := handler.Pages{Server: s, Files: files}
	s.HTTP().Use(s.Guard, s.Meet)
	pages.Routes(s.HTTP())
	guide.Pages{Server: s}.Routes(s.HTTP())
	api.API{Server: s, Files: files}.Routes(s.HTTP().Group(api.Path))
	s.HTTP().Use(s.Open(pages.NothingHere))
}
