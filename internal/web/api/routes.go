package api

import (
	"github.com/gofiber/fiber/v2"
)

// Routes registers the JSON API, described in openapi.json.
func (s API) Routes(api fiber.Router) {
	api.Get("/openapi.json", s.Open(s.getOpenAPI))
	api.Get("/wording", s.member(s.getWording))
	api.Get("/audit", s.member(s.getAudit))
	s.yearRoutes(api)
	s.reportRoutes(api)
	s.organisationRoutes(api)
	s.logRoutes(api)
	s.personRoutes(api)
}

// yearRoutes are years, their plans, figures and scores.
func (s API) yearRoutes(api fiber.Router) {
	api.Get("/years", s.member(s.getYears))
	api.Post("/years", s.member(s.postYear))
	api.Get("/years/:year/board", s.member(s.Share(s.getBoard)))
	api.Post("/years/:year/indicators", s.member(s.postIndicators))
	api.Post("/years/:year/adoptions", s.member(s.postAdoption))
	api.Post("/years/:year/adoptions/:adoption/undo", s.member(s.postAdoptionUndo))
	api.Get("/years/:year/indicators/:code", s.member(s.Share(s.getIndicator)))
	api.Post("/years/:year/explanations", s.member(s.postExplanation))
	api.Get("/years/:year/targets", s.member(s.getTargets))
	api.Post("/years/:year/targets", s.member(s.postTarget))
	api.Get("/years/:year/score", s.member(s.getScore))
	api.Post("/years/:year/scores", s.member(s.postScore))
	api.Get("/years/:year/rules", s.member(s.getRules))
	api.Post("/years/:year/rules", s.member(s.postRules))
	api.Get("/years/:year/budget", s.member(s.getBudget))
	api.Post("/years/:year/budget", s.member(s.postBudget))
	api.Get("/years/:year/staffing", s.member(s.getStaffing))
	api.Post("/years/:year/staffing", s.member(s.postStaffing))
	api.Get("/years/:year/projects", s.member(s.getProjects))
	api.Post("/years/:year/projects", s.member(s.postProject))
	api.Patch("/years/:year/projects/:code", s.member(s.patchProject))
	api.Post("/years/:year/projects/:code/removal", s.member(s.removeProject))
	api.Get("/years/:year/targets/split", s.member(s.getSplit))
	api.Post("/years/:year/targets/split", s.member(s.postSplit))
	api.Post("/years/:year/close", s.member(s.closeYear))
	api.Post("/years/:year/reopen", s.member(s.reopenYear))
	api.Post("/years/:year/public", s.member(s.postPublic))
}

// reportRoutes are the year-end report, its check and its papers.
func (s API) reportRoutes(api fiber.Router) {
	api.Get("/years/:year/report.:format", s.member(s.Files.GetReportFile))
	api.Get("/years/:year/report/sections", s.member(s.getSections))
	api.Get("/years/:year/report/sections/:key", s.member(s.getSection))
	api.Put("/years/:year/report/sections/:key", s.member(s.putSection))
	api.Post("/years/:year/report/returned", s.member(s.postReturned))
	api.Get("/years/:year/report/notes", s.member(s.getReportNotes))
	api.Patch("/years/:year/report/notes/:id", s.member(s.patchReportNote))
	api.Get("/years/:year/report/rows", s.member(s.getFormRows))
	api.Put("/years/:year/report/rows", s.member(s.putFormRows))
	api.Get("/years/:year/report/cover", s.member(s.getCover))
	api.Put("/years/:year/report/cover", s.member(s.putCover))
	api.Get("/years/:year/report/outline", s.member(s.getOutline))
	api.Put("/years/:year/report/outline", s.member(s.putOutline))
	api.Get("/years/:year/report/templates", s.member(s.getTemplates))
	api.Post("/years/:year/report/templates", s.member(s.postTemplate))
	api.Post("/years/:year/report/templates/removal", s.member(s.removeTemplate))
	api.Get("/years/:year/report/sign", s.member(s.getSigning))
	api.Post("/years/:year/report/check", s.member(s.postReportCheck))
	api.Post("/years/:year/report/sign", s.member(s.postSign))
	api.Get("/years/:year/report/signed/:number.:format", s.member(s.Files.GetSignedFile))
	api.Get("/years/:year/report/signed/:number", s.member(s.getSigned))
	api.Get("/years/:year/check", s.member(s.Share(s.getCheck)))
	api.Post("/years/:year/check/marks", s.member(s.postCheckMark))
	api.Post("/years/:year/outlooks", s.member(s.postOutlook))
	api.Get("/years/:year/letter.docx", s.member(s.Files.GetLetterFile))
	api.Get("/years/:year/bulletin.docx", s.member(s.Files.GetBulletinFile))
}

// organisationRoutes are for what does not belong to a year.
func (s API) organisationRoutes(api fiber.Router) {
	api.Get("/displays", s.member(s.getDisplays))
	api.Post("/displays", s.member(s.postDisplay))
	api.Patch("/displays/:id", s.member(s.patchDisplay))
	api.Post("/displays/:id/end", s.member(s.endDisplay))
	api.Get("/accounts", s.member(s.getAccounts))
	api.Post("/accounts", s.member(s.postAccount))
	api.Get("/accounts/:account", s.member(s.getAccount))
	api.Patch("/accounts/:account", s.member(s.patchAccount))
	api.Post("/accounts/:account/invitation", s.member(s.postInvitation))
	api.Post("/accounts/:account/second-factor/reset", s.member(s.resetFactor))
	api.Get("/accounts/:account/tokens", s.member(s.getTokens))
	api.Post("/accounts/:account/tokens", s.member(s.postToken))
	api.Post("/accounts/:account/tokens/:token/end", s.member(s.endToken))
	api.Get("/units", s.member(s.getUnits))
	api.Post("/units", s.member(s.postUnit))
	api.Patch("/units/:code", s.member(s.patchUnit))
	api.Post("/units/:code/move", s.member(s.moveUnit))
	api.Get("/areas", s.member(s.getAreas))
	api.Post("/areas", s.member(s.postArea))
	api.Get("/indicators", s.member(s.getIndicators))
	api.Patch("/areas/:code", s.member(s.patchArea))
	api.Post("/indicators", s.member(s.postIndicator))
	api.Patch("/indicators/:code", s.member(s.patchIndicator))
}

// logRoutes are entries with their review, locks and evidence.
func (s API) logRoutes(api fiber.Router) {
	api.Get("/updates", s.member(s.getUpdates))
	api.Get("/years/:year/updates.:format", s.member(s.Files.GetLogBook))
	api.Post("/updates", s.logger(s.postUpdate))
	api.Get("/updates/:id", s.member(s.getUpdate))
	api.Post("/updates/:id/correction", s.logger(s.postCorrection))
	api.Post("/updates/:id/withdrawal", s.logger(s.postWithdrawal))
	api.Post("/updates/:id/submission", s.logger(s.postSubmission))
	api.Post("/updates/:id/approval", s.member(s.postApproval))
	api.Post("/updates/:id/return", s.member(s.postReturn))
	api.Post("/reviews", s.member(s.postReviews))
	api.Get("/review", s.member(s.getReviewSetting))
	api.Post("/review", s.member(s.postReviewSetting))
	api.Get("/years/:year/locks", s.member(s.getLocks))
	api.Post("/years/:year/months/:month/lock", s.member(s.lockMonth))
	api.Post("/years/:year/months/:month/unlock", s.member(s.unlockMonth))
	api.Post("/updates/:id/evidence", s.logger(s.postEvidence))
	api.Post("/imports", s.logger(s.postImport))
	api.Get("/evidence/:id", s.member(s.Files.GetEvidence))
	api.Patch("/evidence/:id", s.logger(s.patchEvidence))
	api.Get("/years/:year/completeness", s.member(s.Share(s.getCompleteness)))
	api.Get("/years/:year/evidence", s.member(s.getYearEvidence))
	api.Get("/years/:year/evidence.zip", s.member(s.Files.GetEvidencePack))
}

// personRoutes are what people ask, hear and keep.
func (s API) personRoutes(api fiber.Router) {
	api.Get("/questions", s.member(s.getQuestions))
	api.Get("/questions/:id", s.member(s.getQuestion))
	api.Post("/years/:year/questions", s.member(s.postQuestion))
	api.Post("/questions/:id/answer", s.logger(s.postAnswer))
	api.Get("/notices", s.member(s.getNotices))
	api.Get("/views", s.member(s.getViews))
	api.Post("/views", s.member(s.postView))
	api.Post("/views/:view/removal", s.member(s.removeView))
}
