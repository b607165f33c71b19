package handler

import (
	"github.com/gofiber/fiber/v2"
)

// Routes registers the pages, their forms and their files. Those under Member need a sign-in; tests walk
// the routes and prove it.
func (s Pages) Routes(r fiber.Router) {
	s.openRoutes(r)
	s.boardRoutes(r)
	s.logRoutes(r)
	s.reportRoutes(r)
	s.planRoutes(r)
	s.personRoutes(r)
	s.settingRoutes(r)
	s.paperRoutes(r)
}

// openRoutes need no sign-in.
func (s Pages) openRoutes(r fiber.Router) {
	r.Get("/healthz", s.Open(s.getHealth))
	r.Get("/readyz", s.Open(s.getReady))
	if s.Measured() {
		r.Get("/metrics", s.Open(s.GetMetrics))
	}
	r.Get("/assets/:name", s.Open(s.getAsset))
	r.Get("/favicon.ico", s.Open(s.getFavicon))
	r.Get("/login", s.Open(s.getSignIn))
	r.Post("/login", s.Open(s.postSignIn))
	r.Get("/setup", s.Open(s.getSetup))
	r.Post("/setup", s.Open(s.postSetup))
	r.Post("/preferences", s.Open(s.postPreferences))
	r.Get("/wall/:token", s.Open(s.getWall))
	r.Get("/wall/:token/events", s.Open(s.getWallEvents))
	r.Get("/public/:year", s.Open(s.stamped(s.Share(s.getPublic))))
}

// boardRoutes are the board and what it leads to.
func (s Pages) boardRoutes(r fiber.Router) {
	r.Get("/years/:year", s.Member(s.Share(s.getBoard)))
	r.Get("/years/:year/events", s.Member(s.getEvents))
	r.Get("/years/:year/card", s.Member(s.Share(s.getCard)))
	r.Get("/years/:year/card.svg", s.Member(s.Share(s.getCardPicture)))
	r.Get("/years/:year/overview", s.Member(s.Share(s.getOverview)))
	r.Get("/years/:year/trends", s.Member(s.Share(s.getTrends)))
	r.Get("/years/:year/compare", s.Member(s.getCompare))
	r.Post("/years/:year/compare/views", s.Member(s.postView))
	r.Post("/years/:year/compare/views/:view/delete", s.Member(s.postViewDelete))
	r.Get("/years/:year/areas/:area", s.Member(s.Share(s.getArea)))
	r.Get("/years/:year/indicators/:code", s.Member(s.Share(s.getIndicator)))
	r.Get("/years/:year/indicators/:code/chart.svg", s.Member(s.Share(s.getChart)))
	r.Post("/years/:year/indicators/:code/explanations", s.Member(s.postExplanation))
}

// logRoutes are the log: entries, tables, evidence, review, and who has reported.
func (s Pages) logRoutes(r fiber.Router) {
	r.Post("/years/:year/indicators/:code/updates", s.Member(s.postUpdate))
	r.Get("/years/:year/updates", s.Member(s.Share(s.getLog)))
	r.Get("/years/:year/updates.:format", s.Member(s.Files.GetLogBook))
	r.Get("/years/:year/updates/file", s.Member(s.getBookPage))
	r.Get("/years/:year/updates/progress", s.Member(s.getBookProgress))
	r.Get("/years/:year/mine", s.Member(s.getMine))
	r.Post("/years/:year/mine", s.Member(s.postMine))
	r.Get("/years/:year/grid", s.Member(s.getGrid))
	r.Post("/years/:year/grid", s.Member(s.postGrid))
	r.Get("/years/:year/entry", s.Member(s.getEntry))
	r.Post("/years/:year/entry", s.Member(s.postEntry))
	r.Get("/years/:year/import", s.Member(s.getImport))
	r.Post("/years/:year/import", s.Member(s.postImportFile))
	r.Get("/years/:year/import/template.xlsx", s.Member(s.getImportTemplate))
	r.Get("/years/:year/import/:sum", s.Member(s.getImportPreview))
	r.Post("/years/:year/import/:sum", s.Member(s.postImport))
	r.Post("/years/:year/import/:sum/workbook", s.Member(s.postImportWorkbook))
	r.Get("/years/:year/review", s.Member(s.getWaiting))
	r.Post("/years/:year/review", s.Member(s.postWaiting))
	r.Get("/years/:year/locks", s.Member(s.getLocks))
	r.Post("/years/:year/locks", s.Member(s.postLock))
	r.Get("/updates/:id", s.Member(s.getUpdate))
	r.Post("/updates/:id/submission", s.Member(s.postSubmission))
	r.Get("/updates/:id/correction", s.Member(s.getCorrection))
	r.Post("/updates/:id/correction", s.Member(s.postCorrection))
	r.Post("/updates/:id/withdrawal", s.Member(s.postWithdrawal))
	r.Get("/updates/:id/evidence", s.Member(s.getEntryEvidence))
	r.Post("/updates/:id/evidence", s.Member(s.postEntryEvidence))
	r.Get("/evidence/:id", s.Member(s.Files.GetEvidence))
	r.Get("/evidence/:id/preview.jpg", s.Member(s.getEvidencePreview))
	r.Post("/evidence/:id/sensitive", s.Member(s.postSensitive))
	r.Get("/years/:year/completeness", s.Member(s.Share(s.getCompleteness)))
	r.Get("/years/:year/letter", s.Member(s.Share(s.getLetter)))
	r.Get("/years/:year/letter.docx", s.Member(s.Files.GetLetterFile))
	r.Get("/years/:year/bulletin", s.Member(s.Share(s.getBulletin)))
	r.Get("/years/:year/bulletin.docx", s.Member(s.Files.GetBulletinFile))
	r.Get("/years/:year/evidence", s.Member(s.Share(s.getYearEvidence)))
	r.Get("/years/:year/evidence.zip", s.Member(s.Files.GetEvidencePack))
}

// reportRoutes are the score, the budget and the year-end report.
func (s Pages) reportRoutes(r fiber.Router) {
	r.Get("/years/:year/score", s.Member(s.getScore))
	r.Post("/years/:year/score", s.Member(s.postScore))
	r.Get("/years/:year/rules", s.Member(s.getRules))
	r.Post("/years/:year/rules", s.Member(s.postRules))
	r.Get("/years/:year/budget", s.Member(s.getBudget))
	r.Post("/years/:year/budget", s.Member(s.postBudget))
	r.Get("/years/:year/projects", s.Member(s.getProjects))
	r.Post("/years/:year/projects", s.Member(s.postProject))
	r.Post("/years/:year/projects/:code/removal", s.Member(s.postProjectRemoval))
	r.Get("/years/:year/staffing", s.Member(s.getStaffing))
	r.Post("/years/:year/staffing", s.Member(s.postStaffing))
	r.Get("/years/:year/report", s.Member(s.getReport))
	r.Get("/years/:year/report.:format", s.Member(s.Files.GetReportFile))
	r.Get("/years/:year/report/edit", s.Member(s.getSections))
	r.Get("/years/:year/report/edit/*", s.Member(s.getReportText))
	r.Post("/years/:year/report/edit/*", s.Member(s.postReportText))
	r.Get("/years/:year/report/returned", s.Member(s.getReturned))
	r.Post("/years/:year/report/returned", s.Member(s.postReturned))
	r.Post("/years/:year/report/returned/take", s.Member(s.postReturnedTake))
	r.Post("/years/:year/report/notes/:id", s.Member(s.postNoteSettled))
	r.Get("/years/:year/report/outline", s.Member(s.getOutline))
	r.Post("/years/:year/report/outline", s.Member(s.postOutline))
	r.Get("/years/:year/report/sign", s.Member(s.getSignoff))
	r.Post("/years/:year/report/sign", s.Member(s.postSignoff))
	r.Get("/years/:year/report/signed/:number.:format", s.Member(s.Files.GetSignedFile))
	r.Get("/years/:year/report/signed/:number", s.Member(s.getSigned))
	r.Get("/years/:year/report/figures", s.Member(s.getFigures))
	r.Get("/years/:year/check", s.Member(s.Share(s.getCheck)))
	r.Post("/years/:year/check", s.Member(s.postCheckMark))
	r.Get("/years/:year/check/document", s.Member(s.getCheckDocument))
	r.Post("/years/:year/check/document", s.Member(s.postCheckDocument))
}

// paperRoutes are the pages about the year's papers beside the report itself.
func (s Pages) paperRoutes(r fiber.Router) {
	r.Get("/years/:year/report/forms", s.Member(s.getPapers))
	r.Get("/years/:year/report/monitoring", s.Member(s.getOutlooks))
	r.Post("/years/:year/report/monitoring", s.Member(s.postOutlook))
	r.Get("/years/:year/report/template", s.Member(s.getTemplates))
	r.Post("/years/:year/report/template", s.Member(s.postTemplate))
	r.Post("/years/:year/report/template/removal", s.Member(s.postTemplateRemoval))
	r.Get("/years/:year/report/template/sample.docx", s.Member(s.getSampleTemplate))
	r.Get("/years/:year/report/template/original.docx", s.Member(s.getTemplateFile))
	r.Get("/years/:year/report/template/filled.docx", s.Member(s.getFilledTemplate))
	r.Get("/years/:year/report/rekey", s.Member(s.getRekey))
	r.Post("/years/:year/report/rekey", s.Member(s.postRekey))
}

// planRoutes are a year's indicators, targets and opening.
func (s Pages) planRoutes(r fiber.Router) {
	r.Get("/years/:year/plan", s.Member(s.getPlan))
	r.Post("/years/:year/plan/order", s.Member(s.postPlanOrder))
	r.Post("/years/:year/plan/areas", s.Member(s.postArea))
	r.Post("/years/:year/plan/areas/:area", s.Member(s.postArea))
	r.Get("/years/:year/plan/new", s.Member(s.getNewIndicator))
	r.Get("/years/:year/plan/table", s.Member(s.getProposal))
	r.Post("/years/:year/plan/table", s.Member(s.postProposalTable))
	r.Post("/years/:year/plan/table/rows", s.Member(s.postProposal))
	r.Post("/years/:year/plan/indicators", s.Member(s.postNewIndicator))
	r.Get("/years/:year/plan/indicators/:code", s.Member(s.getPlanIndicator))
	r.Post("/years/:year/plan/indicators/:code", s.Member(s.postPlanIndicator))
	r.Post("/years/:year/plan/indicators/:code/archive", s.Member(s.postArchive))
	r.Post("/years/:year/plan/indicators/:code/year", s.Member(s.postToYear))
	r.Get("/years/:year/plan/indicators/:code/targets", s.Member(s.getTargets))
	r.Post("/years/:year/plan/indicators/:code/targets", s.Member(s.postTarget))
	r.Post("/years/:year/plan/indicators/:code/split", s.Member(s.postSplit))
	r.Get("/years/:year/plan/forward", s.Member(s.getForward))
	r.Post("/years/:year/plan/forward", s.Member(s.postForward))
}

// personRoutes are about who is signed in: the way home, the own account, questions and notices.
func (s Pages) personRoutes(r fiber.Router) {
	r.Get("/", s.Member(s.getHome))
	r.Post("/logout", s.Member(s.postSignOut))
	r.Get(sessionPath, s.Member(s.getSession))
	r.Get("/account", s.Member(s.getOwnAccount))
	r.Post("/account/password", s.Member(s.postOwnPassword))
	r.Get("/years/:year/indicators/:code/question", s.Member(s.getAsk))
	r.Post("/years/:year/indicators/:code/question", s.Member(s.postAsk))
	r.Get("/questions", s.Member(s.getQuestions))
	r.Get("/questions/:id", s.Member(s.getQuestion))
	r.Post("/questions/:id", s.Member(s.postAnswer))
	r.Get("/notices", s.Member(s.getNotices))
}

// settingRoutes are the office's settings: units, accounts, displays, channels, the audit log.
func (s Pages) settingRoutes(r fiber.Router) {
	r.Post("/start", s.Member(s.postStart))
	r.Get("/settings", s.Member(s.getSettings))
	r.Get("/review", s.Member(s.getReviewSetting))
	r.Post("/review", s.Member(s.postReviewSetting))
	r.Get("/audit", s.Member(s.getAudit))
	r.Get("/channels", s.Member(s.getChannels))
	r.Post("/channels", s.Member(s.postChannel))
	r.Post("/channels/:id/try", s.Member(s.postChannelTry))
	r.Post("/channels/:id/end", s.Member(s.postChannelEnd))
	r.Get("/displays", s.Member(s.getDisplays))
	r.Post("/displays", s.Member(s.postDisplay))
	r.Post("/displays/:id/end", s.Member(s.postDisplayEnd))
	r.Post("/displays/:id/language", s.Member(s.postDisplayLanguage))
	r.Post("/years/:year/public", s.Member(s.postPublic))
	r.Get("/accounts", s.Member(s.getAccounts))
	r.Post("/accounts", s.Member(s.postAccount))
	r.Get("/accounts/:id", s.Member(s.getAccount))
	r.Post("/accounts/:id/password", s.Member(s.postAccountPassword))
	r.Post("/accounts/:id/disable", s.Member(s.postAccountDisable))
	r.Post("/accounts/:id/enable", s.Member(s.postAccountEnable))
	r.Post("/accounts/:id/tokens", s.Member(s.postToken))
	r.Post("/accounts/:id/tokens/end", s.Member(s.postTokenEnd))
	r.Get("/units", s.Member(s.getUnits))
	r.Post("/units", s.Member(s.postUnit))
	r.Post("/units/import", s.Member(s.postUnitImport))
	r.Get("/units/:code", s.Member(s.getUnit))
	r.Post("/units/:code/name", s.Member(s.postUnitName))
	r.Post("/units/:code/move", s.Member(s.postUnitMove))
}
