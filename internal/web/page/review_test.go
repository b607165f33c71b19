package page

import (
	"maps"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

func init() {
	maps.Copy(pageZero, map[string]any{"review_list": reviewPage{}, "review_setting": reviewSettingPage{},
		"update_show": UpdatePage{}, "lock_show": lockPage{}})
}

// reviewPages are the pages of review, history and locks.
func reviewPages(pc Context) map[string]any {
	view := sampleView()
	waiting := app.Waiting{Year: pc.Year, Unit: sampleUnits[0], AsOf: pc.AsOf, Rule: kpi.SubmittedCount, Total: 5}
	for i, e := range view.Log[2:6] {
		e.State, e.Unit = kpi.StateSubmitted, sampleUnits[1+i%2]
		entry := app.WaitingEntry{LogEntry: e, Own: i == 3, Target: view.Figure.Target,
			Context: progress.NewReviewContext(e.Indicator, sampleSeries(), sampleSeries(), 6)}
		if i == 1 {
			entry.Act, entry.Old, entry.LogEntry.Reason = kpi.ActCorrect, &view.Log[4], "重复计入 12 人"
		}
		waiting.Entries = append(waiting.Entries, entry)
	}
	waiting.Skipped = []app.UpdateRefusal{{ID: 7, Err: kpi.Clash("review_done_approve", int64(7), "陈静")}}
	empty := waiting
	empty.Entries, empty.Total, empty.Skipped = nil, 0, nil
	returned := view.Log[2]
	returned.State, returned.Counts = kpi.StateReturned, false
	returned.Author = pc.Actor.Name
	returned.Review = &kpi.Review{Act: kpi.ReviewReturn, Reason: "缺名单", By: "chen", ByName: "陈静", At: 1780000100000}
	history := []app.HistoryStep{{Entry: returned, By: "liu", ByName: "刘芳", At: 1780000000000},
		{Entry: returned, Review: returned.Review, By: "chen", ByName: "陈静", At: 1780000100000, Reason: "缺名单"}}
	january := kpi.Period{Year: 2026, Month: 1}
	locks := app.LockLog{Year: pc.Year, Locks: kpi.Locks{
		{Period: january, Act: kpi.LockMonth, Reason: "月报已报出", By: "chen", ByName: "陈静", At: 1780000000000},
		{Period: january, Act: kpi.UnlockMonth, Reason: "漏报一镇", By: "chen", ByName: "陈静", At: 1780000100000},
		{Period: january, Act: kpi.LockMonth, By: "chen", ByName: "陈静", At: 1780000200000},
	}, Late: []app.LateEntry{{LogEntry: view.Log[2]}}}
	refusal := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "reason", Text: kpi.T("reason_missing")}}}
	return map[string]any{
		"review_list": NewReview(pc, waiting, ReviewInput{All: true, Key: "key-7"}),
		"review_list:unit": NewReview(pc, waiting, ReviewInput{By: "unit", Ticked: []kpi.UpdateID{view.Log[2].ID},
			Key: "key-7", Refusal: refusal}),
		"review_list:empty": NewReview(pc, empty, ReviewInput{}),
		"review_setting": NewReviewSetting(pc, kpi.ReviewSetting{Rule: kpi.SubmittedCount, SetBy: "admin",
			SetAt: 1780000000000}, nil, nil),
		"update_show": UpdatePage{Layout: NewLayout(pc, pc.Printer.T("history.title"), PartLog, ""),
			EntryCard: NewEntryCard(pc, returned, history, "key-8")},
		"lock_show":           NewLock(pc, locks, nil, nil),
		"lock_show:refused":   NewLock(pc, locks, map[string][]string{"act": {"unlock"}, "month": {"2026-01"}}, refusal),
		"update_log:returned": NewLog(pc, sampleBoard(), []app.LogEntry{returned}, true),
	}
}

func sampleSeries() (s kpi.Series) {
	for m := range s {
		s[m] = kpi.Tally{Amount: kpi.Whole(600), Entries: 1}
	}
	return s
}
