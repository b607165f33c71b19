package page

import (
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// openPages are the pages that need no sign-in, and the one that decides on them.
func openPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Actor = kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}
	pc.Years = append(pc.Years, kpi.YearInfo{Year: 2022, State: kpi.YearClosed})
	stranger := pc
	stranger.Actor, stranger.ActorName, stranger.Years = kpi.Actor{}, "", nil
	unit := sampleUnits[0]
	in := DisplayInput{Units: sampleUnits, Public: []kpi.PublicYear{{Year: 2022, Indexed: true}},
		Displays: []kpi.Display{{ID: 2, Name: "三楼会议室", Unit: unit, MadeAt: 1780000000000, SeenAt: 1780000500000},
			{ID: 1, Name: "大厅", Unit: unit, MadeAt: 1770000000000, EndedAt: 1780000000000}}}
	refused := in
	refused.Typed = url.Values{"name": {""}}
	refused.Refusal = &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "name", Text: kpi.T("name_missing")}}}
	refused.PublicRefusal = kpi.Clash("year_not_closed", 2026)
	made := in
	made.Link = "https://dabiao.example/wall/a-new-link"
	return map[string]any{
		"wall":                 NewWall(stranger, sampleBoard(), "/wall/secret/events", "09:00", SlideSeconds),
		"display_list":         NewDisplays(pc, in),
		"display_list:refused": NewDisplays(pc, refused),
		"display_list:made":    NewDisplays(pc, made),
		"public_year":          NewPublic(stranger, sampleUntargeted(), false),
		"card":                 NewCardPage(pc, sampleBoard()),
	}
}
