package web

// The page_*.go files hold what the pages show: one documented struct per page, built from figures
// and a lang.Printer without a server. Every number in them is already text, made by the printer's
// one function for it; templates only place it.
