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
	s.apiRoutes(s.http.Group(apiPath))
	s.http.Use(s.open(s.nothingHere))
}

// openRoutes are for anyone.
func (s *Server) openRoutes(r fiber.Router) {
	r.Get("/healthz", s.open(s.getHealth))
	r.Get("/readyz", s.open(s.getReady))
	if s.metrics != nil {
		r.Get("/metrics", s.open(s.getMetrics))
	}
	r.Get("/assets/:name", s.open(s.getAsset))
	r.Get("/favicon.ico", s.open(s.getFavicon))
	r.Get("/login", s.open(s.getSignIn))
	r.Post("/login", s.open(s.postSignIn))
	r.Get("/setup", s.open(s.getSetup))
	r.Post("/setup", s.open(s.postSetup))
	r.Post("/preferences", s.open(s.postPreferences))
	r.Get("/wall/:token", s.open(s.getWall))
	r.Get("/wall/:token/events", s.open(s.getWallEvents))
	r.Get("/public/:year", s.open(s.stamped(s.share(s.getPublic))))
}

// pageRoutes are the pages and their forms.
func (s *Server) pageRoutes(r fiber.Router) {
	s.boardRoutes(r)
	s.logRoutes(r)
	s.reportRoutes(r)
	s.planRoutes(r)
	s.personRoutes(r)
	s.settingRoutes(r)
	s.formRoutes(r)
}

// boardRoutes are the board and what it leads to.
func (s *Server) boardRoutes(r fiber.Router) {
	r.Get("/years/:year", s.member(s.share(s.getBoard)))
	r.Get("/years/:year/events", s.member(s.getEvents))
	r.Get("/years/:year/card", s.member(s.share(s.getCard)))
	r.Get("/years/:year/card.svg", s.member(s.share(s.getCardPicture)))
	r.Get("/years/:year/compare", s.member(s.getCompare))
	r.Post("/years/:year/compare/views", s.member(s.postView))
	r.Post("/years/:year/compare/views/:view/delete", s.member(s.postViewDelete))
	r.Get("/years/:year/areas/:area", s.member(s.share(s.getArea)))
	r.Get("/years/:year/indicators/:code", s.member(s.share(s.getIndicator)))
	r.Get("/years/:year/indicators/:code/chart.svg", s.member(s.share(s.getChart)))
	r.Post("/years/:year/indicators/:code/explanations", s.member(s.postExplanation))
}

// logRoutes are the log: entries, tables, evidence, review, and who has reported.
func (s *Server) logRoutes(r fiber.Router) {
	r.Post("/years/:year/indicators/:code/updates", s.member(s.postUpdate))
	r.Get("/years/:year/updates", s.member(s.share(s.getLog)))
	r.Get("/years/:year/updates.:format", s.member(s.getLogBook))
	r.Get("/years/:year/updates/file", s.member(s.getBookPage))
	r.Get("/years/:year/updates/progress", s.member(s.getBookProgress))
	r.Get("/years/:year/mine", s.member(s.getMine))
	r.Post("/years/:year/mine", s.member(s.postMine))
	r.Get("/years/:year/grid", s.member(s.getGrid))
	r.Post("/years/:year/grid", s.member(s.postGrid))
	r.Get("/years/:year/entry", s.member(s.getEntry))
	r.Post("/years/:year/entry", s.member(s.postEntry))
	r.Get("/years/:year/import", s.member(s.getImport))
	r.Post("/years/:year/import", s.member(s.postImportFile))
	r.Get("/years/:year/import/template.xlsx", s.member(s.getImportTemplate))
	r.Get("/years/:year/import/:sum", s.member(s.getImportPreview))
	r.Post("/years/:year/import/:sum", s.member(s.postImport))
	r.Post("/years/:year/import/:sum/workbook", s.member(s.postImportWorkbook))
	r.Get("/years/:year/review", s.member(s.getWaiting))
	r.Post("/years/:year/review", s.member(s.postWaiting))
	r.Get("/years/:year/locks", s.member(s.getLocks))
	r.Post("/years/:year/locks", s.member(s.postLock))
	r.Get("/updates/:id", s.member(s.getUpdate))
	r.Post("/updates/:id/submission", s.member(s.postSubmission))
	r.Get("/updates/:id/correction", s.member(s.getCorrection))
	r.Post("/updates/:id/correction", s.member(s.postCorrection))
	r.Post("/updates/:id/withdrawal", s.member(s.postWithdrawal))
	r.Get("/updates/:id/evidence", s.member(s.getEntryEvidence))
	r.Post("/updates/:id/evidence", s.member(s.postEntryEvidence))
	r.Get("/evidence/:id", s.member(s.getEvidence))
	r.Get("/evidence/:id/preview.jpg", s.member(s.getEvidencePreview))
	r.Post("/evidence/:id/sensitive", s.member(s.postSensitive))
	r.Get("/years/:year/completeness", s.member(s.share(s.getCompleteness)))
	r.Get("/years/:year/letter", s.member(s.share(s.getLetter)))
	r.Get("/years/:year/letter.docx", s.member(s.getLetterFile))
	r.Get("/years/:year/bulletin", s.member(s.share(s.getBulletin)))
	r.Get("/years/:year/bulletin.docx", s.member(s.getBulletinFile))
	r.Get("/years/:year/evidence", s.member(s.share(s.getYearEvidence)))
	r.Get("/years/:year/evidence.zip", s.member(s.getEvidencePack))
}

// reportRoutes are the score, the budget and the year-end report.
func (s *Server) reportRoutes(r fiber.Router) {
	r.Get("/years/:year/score", s.member(s.getScore))
	r.Post("/years/:year/score", s.member(s.postScore))
	r.Get("/years/:year/rules", s.member(s.getRules))
	r.Post("/years/:year/rules", s.member(s.postRules))
	r.Get("/years/:year/budget", s.member(s.getBudget))
	r.Post("/years/:year/budget", s.member(s.postBudget))
	r.Get("/years/:year/projects", s.member(s.getProjects))
	r.Post("/years/:year/projects", s.member(s.postProject))
	r.Post("/years/:year/projects/:code/removal", s.member(s.postProjectRemoval))
	r.Get("/years/:year/staffing", s.member(s.getStaffing))
	r.Post("/years/:year/staffing", s.member(s.postStaffing))
	r.Get("/years/:year/report", s.member(s.getReport))
	r.Get("/years/:year/report.:format", s.member(s.getReportFile))
	r.Get("/years/:year/report/edit", s.member(s.getSections))
	r.Get("/years/:year/report/edit/*", s.member(s.getEditor))
	r.Post("/years/:year/report/edit/*", s.member(s.postEditor))
	r.Get("/years/:year/report/outline", s.member(s.getOutline))
	r.Post("/years/:year/report/outline", s.member(s.postOutline))
	r.Get("/years/:year/report/sign", s.member(s.getSignoff))
	r.Post("/years/:year/report/sign", s.member(s.postSignoff))
	r.Get("/years/:year/report/signed/:number.:format", s.member(s.getSignedFile))
	r.Get("/years/:year/report/signed/:number", s.member(s.getSigned))
	r.Get("/years/:year/report/figures", s.member(s.getFigures))
	r.Get("/years/:year/check", s.member(s.share(s.getCheck)))
	r.Get("/years/:year/check/document", s.member(s.getCheckDocument))
	r.Post("/years/:year/check/document", s.member(s.postCheckDocument))
}

// formRoutes are the pages about the year's papers beside the report itself.
func (s *Server) formRoutes(r fiber.Router) {
	r.Get("/years/:year/report/forms", s.member(s.getForms))
	r.Get("/years/:year/report/monitoring", s.member(s.getOutlooks))
	r.Post("/years/:year/report/monitoring", s.member(s.postOutlook))
	r.Get("/years/:year/report/template", s.member(s.getTemplates))
	r.Post("/years/:year/report/template", s.member(s.postTemplate))
	r.Post("/years/:year/report/template/removal", s.member(s.postTemplateRemoval))
	r.Get("/years/:year/report/template/sample.docx", s.member(s.getSampleTemplate))
	r.Get("/years/:year/report/template/original.docx", s.member(s.getTemplateFile))
	r.Get("/years/:year/report/template/filled.docx", s.member(s.getFilledTemplate))
	r.Get("/years/:year/report/rekey", s.member(s.getRekey))
	r.Post("/years/:year/report/rekey", s.member(s.postRekey))
}

// planRoutes are a year's indicators, targets and opening.
func (s *Server) planRoutes(r fiber.Router) {
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
}

// personRoutes are about who is signed in: the way home, the own account, questions and notices.
func (s *Server) personRoutes(r fiber.Router) {
	r.Get("/", s.member(s.getHome))
	r.Post("/logout", s.member(s.postSignOut))
	r.Get("/account", s.member(s.getOwnAccount))
	r.Post("/account/password", s.member(s.postOwnPassword))
	r.Get("/years/:year/indicators/:code/question", s.member(s.getAsk))
	r.Post("/years/:year/indicators/:code/question", s.member(s.postAsk))
	r.Get("/questions", s.member(s.getQuestions))
	r.Get("/questions/:id", s.member(s.getQuestion))
	r.Post("/questions/:id", s.member(s.postAnswer))
	r.Get("/notices", s.member(s.getNotices))
}

// settingRoutes are the office's: units, accounts, walls, channels, the audit log.
func (s *Server) settingRoutes(r fiber.Router) {
	r.Get("/review", s.member(s.getReviewSetting))
	r.Post("/review", s.member(s.postReviewSetting))
	r.Get("/audit", s.member(s.getAudit))
	r.Get("/channels", s.member(s.getChannels))
	r.Post("/channels", s.member(s.postChannel))
	r.Post("/channels/:id/try", s.member(s.postChannelTry))
	r.Post("/channels/:id/end", s.member(s.postChannelEnd))
	r.Get("/displays", s.member(s.getDisplays))
	r.Post("/displays", s.member(s.postDisplay))
	r.Post("/displays/:id/end", s.member(s.postDisplayEnd))
	r.Post("/years/:year/public", s.member(s.postPublic))
	r.Get("/accounts", s.member(s.getAccounts))
	r.Post("/accounts", s.member(s.postAccount))
	r.Get("/accounts/:id", s.member(s.getAccount))
	r.Post("/accounts/:id/password", s.member(s.postAccountPassword))
	r.Post("/accounts/:id/disable", s.member(s.postAccountDisable))
	r.Post("/accounts/:id/enable", s.member(s.postAccountEnable))
	r.Post("/accounts/:id/tokens", s.member(s.postToken))
	r.Post("/accounts/:id/tokens/end", s.member(s.postTokenEnd))
	r.Get("/units", s.member(s.getUnits))
	r.Post("/units", s.member(s.postUnit))
	r.Post("/units/import", s.member(s.postUnitImport))
	r.Get("/units/:code", s.member(s.getUnit))
	r.Post("/units/:code/name", s.member(s.postUnitName))
	r.Post("/units/:code/move", s.member(s.postUnitMove))
}
