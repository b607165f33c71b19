package web

import "github.com/gofiber/fiber/v2"

// apiRoutes are the JSON API, described in openapi.json.
func (s *Server) apiRoutes(api fiber.Router) {
	api.Get("/openapi.json", s.open(s.getOpenAPI))
	api.Get("/wording", s.member(s.apiWording))
	api.Get("/audit", s.member(s.apiAudit))
	s.apiYearRoutes(api)
	s.apiReportRoutes(api)
	s.apiOrganisationRoutes(api)
	s.apiLogRoutes(api)
}

// apiYearRoutes are years with what is planned, reached and scored in them.
func (s *Server) apiYearRoutes(api fiber.Router) {
	api.Get("/years", s.member(s.apiYears))
	api.Post("/years", s.member(s.apiPostYear))
	api.Get("/years/:year/board", s.member(s.share(s.apiBoard)))
	api.Get("/years/:year/indicators/:code", s.member(s.share(s.apiIndicator)))
	api.Post("/years/:year/explanations", s.member(s.apiPostExplanation))
	api.Get("/years/:year/targets", s.member(s.apiTargets))
	api.Post("/years/:year/targets", s.member(s.apiPostTarget))
	api.Get("/years/:year/score", s.member(s.apiScore))
	api.Post("/years/:year/scores", s.member(s.apiPostScore))
	api.Get("/years/:year/rules", s.member(s.apiRules))
	api.Post("/years/:year/rules", s.member(s.apiPostRules))
	api.Get("/years/:year/budget", s.member(s.apiBudget))
	api.Post("/years/:year/budget", s.member(s.apiPostBudget))
	api.Get("/years/:year/staffing", s.member(s.apiStaffing))
	api.Post("/years/:year/staffing", s.member(s.apiPostStaffing))
	api.Get("/years/:year/projects", s.member(s.apiProjects))
	api.Post("/years/:year/projects", s.member(s.apiPostProject))
	api.Patch("/years/:year/projects/:code", s.member(s.apiPatchProject))
	api.Post("/years/:year/projects/:code/removal", s.member(s.apiRemoveProject))
	api.Get("/years/:year/targets/split", s.member(s.apiSplit))
	api.Post("/years/:year/targets/split", s.member(s.apiPostSplit))
	api.Post("/years/:year/close", s.member(s.apiCloseYear))
	api.Post("/years/:year/reopen", s.member(s.apiReopenYear))
	api.Post("/years/:year/public", s.member(s.apiPostPublic))
}

// apiReportRoutes are the year-end report, its check and its papers.
func (s *Server) apiReportRoutes(api fiber.Router) {
	api.Get("/years/:year/report.:format", s.member(s.getReportFile))
	api.Get("/years/:year/report/sections", s.member(s.apiSections))
	api.Get("/years/:year/report/sections/:key", s.member(s.apiSection))
	api.Put("/years/:year/report/sections/:key", s.member(s.apiPutSection))
	api.Get("/years/:year/report/outline", s.member(s.apiOutline))
	api.Put("/years/:year/report/outline", s.member(s.apiPutOutline))
	api.Get("/years/:year/report/sign", s.member(s.apiSigning))
	api.Post("/years/:year/report/check", s.member(s.apiPostReportCheck))
	api.Post("/years/:year/report/sign", s.member(s.apiPostSign))
	api.Get("/years/:year/report/signed/:number.:format", s.member(s.getSignedFile))
	api.Get("/years/:year/report/signed/:number", s.member(s.apiSigned))
	api.Get("/years/:year/check", s.member(s.share(s.apiCheck)))
	api.Post("/years/:year/outlooks", s.member(s.apiPostOutlook))
	api.Get("/years/:year/letter.docx", s.member(s.getLetterFile))
	api.Get("/years/:year/bulletin.docx", s.member(s.getBulletinFile))
}

// apiOrganisationRoutes are what does not belong to a year.
func (s *Server) apiOrganisationRoutes(api fiber.Router) {
	api.Get("/displays", s.member(s.apiDisplays))
	api.Post("/displays", s.member(s.apiPostDisplay))
	api.Post("/displays/:id/end", s.member(s.apiEndDisplay))
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
}

// apiLogRoutes are entries with their review, locks and evidence.
func (s *Server) apiLogRoutes(api fiber.Router) {
	api.Get("/updates", s.member(s.apiUpdates))
	api.Get("/years/:year/updates.:format", s.member(s.getLogBook))
	api.Post("/updates", s.member(s.apiPostUpdate))
	api.Get("/updates/:id", s.member(s.apiUpdate))
	api.Post("/updates/:id/correction", s.member(s.apiPostCorrection))
	api.Post("/updates/:id/withdrawal", s.member(s.apiPostWithdrawal))
	api.Post("/updates/:id/submission", s.member(s.apiPostSubmission))
	api.Post("/updates/:id/approval", s.member(s.apiPostApproval))
	api.Post("/updates/:id/return", s.member(s.apiPostReturn))
	api.Post("/reviews", s.member(s.apiPostReviews))
	api.Get("/review", s.member(s.apiReviewSetting))
	api.Post("/review", s.member(s.apiPostReviewSetting))
	api.Get("/years/:year/locks", s.member(s.apiLocks))
	api.Post("/years/:year/months/:month/lock", s.member(s.apiLockMonth))
	api.Post("/years/:year/months/:month/unlock", s.member(s.apiUnlockMonth))
	api.Post("/updates/:id/evidence", s.member(s.apiPostEvidence))
	api.Post("/imports", s.member(s.apiPostImport))
	api.Get("/evidence/:id", s.member(s.getEvidence))
	api.Patch("/evidence/:id", s.member(s.apiPatchEvidence))
	api.Get("/years/:year/completeness", s.member(s.share(s.apiCompleteness)))
	api.Get("/years/:year/evidence", s.member(s.apiYearEvidence))
	api.Get("/years/:year/evidence.zip", s.member(s.getEvidencePack))
}
