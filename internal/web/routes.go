package web

import "github.com/gofiber/fiber/v2"

// handler answers one request of a known visitor.
type handler func(c *fiber.Ctx, v *visit) error

// routes is the whole address space. What stands under s.member needs a sign-in; tests walk this
// table and prove it.
func (s *Server) routes() {
	r := s.http
	r.Use(s.guard, s.meet)

	r.Get("/healthz", s.open(s.getHealth))
	r.Get("/readyz", s.open(s.getReady))
	r.Get("/assets/:name", s.open(s.getAsset))
	r.Get("/favicon.ico", s.open(s.getFavicon))
	r.Get("/login", s.open(s.getSignIn))
	r.Post("/login", s.open(s.postSignIn))
	r.Get("/setup", s.open(s.getSetup))
	r.Post("/setup", s.open(s.postSetup))
	r.Post("/preferences", s.open(s.postPreferences))

	r.Get("/", s.member(s.getHome))
	r.Post("/logout", s.member(s.postSignOut))
	r.Get("/years/:year", s.member(s.share(s.getBoard)))
	r.Get("/years/:year/indicators/:code", s.member(s.share(s.getIndicator)))
	r.Post("/years/:year/indicators/:code/updates", s.member(s.postUpdate))
	r.Get("/years/:year/updates", s.member(s.share(s.getLog)))
	r.Get("/updates/:id/correction", s.member(s.getCorrection))
	r.Post("/updates/:id/correction", s.member(s.postCorrection))
	r.Post("/updates/:id/withdrawal", s.member(s.postWithdrawal))
	r.Get("/evidence/:id", s.member(s.getEvidence))
	r.Get("/years/:year/score", s.member(s.getScore))
	r.Post("/years/:year/score", s.member(s.postScore))
	r.Get("/years/:year/rules", s.member(s.getRules))
	r.Post("/years/:year/rules", s.member(s.postRules))
	r.Get("/years/:year/budget", s.member(s.getBudget))
	r.Post("/years/:year/budget", s.member(s.postBudget))
	r.Get("/years/:year/report", s.member(s.getReport))
	r.Get("/years/:year/report.:format", s.member(s.getReportFile))
	r.Get("/audit", s.member(s.getAudit))

	api := r.Group("/api/v1")
	api.Get("/openapi.json", s.open(s.getOpenAPI))
	api.Get("/years", s.member(s.apiYears))
	api.Post("/years", s.member(s.apiPostYear))
	api.Get("/years/:year/board", s.member(s.share(s.apiBoard)))
	api.Get("/years/:year/indicators/:code", s.member(s.share(s.apiIndicator)))
	api.Get("/years/:year/report.:format", s.member(s.getReportFile))
	api.Get("/years/:year/targets", s.member(s.apiTargets))
	api.Post("/years/:year/targets", s.member(s.apiPostTarget))
	api.Get("/years/:year/score", s.member(s.apiScore))
	api.Post("/years/:year/scores", s.member(s.apiPostScore))
	api.Get("/years/:year/rules", s.member(s.apiRules))
	api.Post("/years/:year/rules", s.member(s.apiPostRules))
	api.Get("/years/:year/budget", s.member(s.apiBudget))
	api.Post("/years/:year/budget", s.member(s.apiPostBudget))
	api.Post("/years/:year/close", s.member(s.apiCloseYear))
	api.Post("/years/:year/reopen", s.member(s.apiReopenYear))
	api.Get("/units", s.member(s.apiUnits))
	api.Post("/units", s.member(s.apiPostUnit))
	api.Get("/areas", s.member(s.apiAreas))
	api.Post("/areas", s.member(s.apiPostArea))
	api.Get("/indicators", s.member(s.apiIndicators))
	api.Post("/indicators", s.member(s.apiPostIndicator))
	api.Get("/updates", s.member(s.apiUpdates))
	api.Post("/updates", s.member(s.apiPostUpdate))
	api.Get("/updates/:id", s.member(s.apiUpdate))
	api.Post("/updates/:id/correction", s.member(s.apiPostCorrection))
	api.Post("/updates/:id/withdrawal", s.member(s.apiPostWithdrawal))
	api.Post("/updates/:id/evidence", s.member(s.apiPostEvidence))
	api.Get("/evidence/:id", s.member(s.getEvidence))
	api.Get("/audit", s.member(s.apiAudit))

	r.Use(s.open(s.nothingHere))
}
