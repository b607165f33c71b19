package web

import "github.com/gofiber/fiber/v2"

// handler answers one request of a known visitor.
type handler func(c *fiber.Ctx, v *visit) error

// routes is the whole address space. What stands under s.member needs a sign-in; tests walk this
// table and prove it.
func (s *Server) routes() {
	s.http.Use(s.guard, s.meet)
	s.openRoutes(s.http)
	s.pageRoutes(s.http)
	s.apiRoutes(s.http.Group("/api/v1"))
	s.http.Use(s.open(s.nothingHere))
}

// openRoutes are for anyone.
func (s *Server) openRoutes(r fiber.Router) {
	r.Get("/healthz", s.open(s.getHealth))
	r.Get("/readyz", s.open(s.getReady))
	r.Get("/assets/:name", s.open(s.getAsset))
	r.Get("/favicon.ico", s.open(s.getFavicon))
	r.Get("/login", s.open(s.getSignIn))
	r.Post("/login", s.open(s.postSignIn))
	r.Get("/setup", s.open(s.getSetup))
	r.Post("/setup", s.open(s.postSetup))
	r.Post("/preferences", s.open(s.postPreferences))
}

// pageRoutes are the pages and their forms.
func (s *Server) pageRoutes(r fiber.Router) {
	r.Get("/", s.member(s.getHome))
	r.Post("/logout", s.member(s.postSignOut))
	r.Get("/years/:year", s.member(s.share(s.getBoard)))
	r.Get("/years/:year/indicators/:code", s.member(s.share(s.getIndicator)))
	r.Post("/years/:year/indicators/:code/updates", s.member(s.postUpdate))
	r.Get("/years/:year/updates", s.member(s.share(s.getLog)))
	r.Get("/years/:year/import", s.member(s.getImport))
	r.Post("/years/:year/import", s.member(s.postImportFile))
	r.Get("/years/:year/import/template.xlsx", s.member(s.getImportTemplate))
	r.Get("/years/:year/import/:sum", s.member(s.getImportPreview))
	r.Post("/years/:year/import/:sum", s.member(s.postImport))
	r.Post("/years/:year/import/:sum/workbook", s.member(s.postImportWorkbook))
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

	r.Get("/years/:year/plan", s.member(s.getPlan))
	r.Post("/years/:year/plan/order", s.member(s.postPlanOrder))
	r.Post("/years/:year/plan/areas", s.member(s.postArea))
	r.Post("/years/:year/plan/areas/:area", s.member(s.postArea))
	r.Get("/years/:year/plan/new", s.member(s.getNewIndicator))
	r.Post("/years/:year/plan/indicators", s.member(s.postNewIndicator))
	r.Get("/years/:year/plan/indicators/:code", s.member(s.getPlanIndicator))
	r.Post("/years/:year/plan/indicators/:code", s.member(s.postPlanIndicator))
	r.Post("/years/:year/plan/indicators/:code/archive", s.member(s.postArchive))
	r.Post("/years/:year/plan/indicators/:code/year", s.member(s.postToYear))
	r.Get("/years/:year/plan/indicators/:code/targets", s.member(s.getTargets))
	r.Post("/years/:year/plan/indicators/:code/targets", s.member(s.postTarget))
	r.Post("/years/:year/plan/indicators/:code/split", s.member(s.postSplit))
	r.Get("/years/:year/plan/forward", s.member(s.getForward))
	r.Post("/years/:year/plan/forward", s.member(s.postForward))
	r.Get("/units", s.member(s.getUnits))
	r.Post("/units", s.member(s.postUnit))
	r.Post("/units/import", s.member(s.postUnitImport))
	r.Get("/units/:code", s.member(s.getUnit))
	r.Post("/units/:code/name", s.member(s.postUnitName))
	r.Post("/units/:code/move", s.member(s.postUnitMove))
}

// apiRoutes are the JSON API, described in openapi.json.
func (s *Server) apiRoutes(api fiber.Router) {
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
	api.Get("/years/:year/targets/split", s.member(s.apiSplit))
	api.Post("/years/:year/targets/split", s.member(s.apiPostSplit))
	api.Post("/years/:year/close", s.member(s.apiCloseYear))
	api.Post("/years/:year/reopen", s.member(s.apiReopenYear))
	api.Get("/units", s.member(s.apiUnits))
	api.Post("/units", s.member(s.apiPostUnit))
	api.Patch("/units/:code", s.member(s.apiPatchUnit))
	api.Post("/units/:code/move", s.member(s.apiMoveUnit))
	api.Get("/areas", s.member(s.apiAreas))
	api.Post("/areas", s.member(s.apiPostArea))
	api.Get("/indicators", s.member(s.apiIndicators))
	api.Patch("/areas/:code", s.member(s.apiPatchArea))
	api.Post("/indicators", s.member(s.apiPostIndicator))
	api.Patch("/indicators/:code", s.member(s.apiPatchIndicator))
	api.Get("/updates", s.member(s.apiUpdates))
	api.Post("/updates", s.member(s.apiPostUpdate))
	api.Get("/updates/:id", s.member(s.apiUpdate))
	api.Post("/updates/:id/correction", s.member(s.apiPostCorrection))
	api.Post("/updates/:id/withdrawal", s.member(s.apiPostWithdrawal))
	api.Post("/updates/:id/evidence", s.member(s.apiPostEvidence))
	api.Post("/imports", s.member(s.apiPostImport))
	api.Get("/evidence/:id", s.member(s.getEvidence))
	api.Get("/audit", s.member(s.apiAudit))
}
