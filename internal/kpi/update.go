package kpi

// UpdateID identifies an entry of the log.
type UpdateID int64

// Act says what an entry of the log does.
type Act string

// The acts. The log only grows: a wrong entry is answered by a later one that refers to it.
const (
	ActLog      Act = "log"
	ActCorrect  Act = "correct"  // replaces the entry it answers
	ActWithdraw Act = "withdraw" // takes back the entry it answers
)

// Origin says how an entry was submitted.
type Origin string

// The origins.
const (
	FromForm   Origin = "form"
	FromAPI    Origin = "api"
	FromImport Origin = "import"
)

// LevelValue is a judgement in words (定性).
type LevelValue string

// The three levels of the Ministry of Finance's form.
const (
	LevelMet    LevelValue = "met"    // 达成年度指标
	LevelPartly LevelValue = "partly" // 部分达成并具有一定效果
	LevelMissed LevelValue = "missed" // 未达成且效果较差
)

// Levels lists all levels, best first.
var Levels = []LevelValue{LevelMet, LevelPartly, LevelMissed}

// Known reports whether l is one of the levels.
func (l LevelValue) Known() bool { return contains(Levels, l) }

// Rank returns the rank of a level: 3 met, 2 partly, 1 missed, 0 none. The arithmetic of the log uses
// ranks as amounts.
func (l LevelValue) Rank() Amount {
	for i, x := range Levels {
		if x == l {
			return Whole(int64(len(Levels) - i))
		}
	}
	return 0
}

// LevelOfRank returns the inverse of [LevelValue.Rank]; it returns "" for other ranks.
func LevelOfRank(rank Amount) LevelValue {
	i := len(Levels) - int(rank/One)
	if i < 0 || i >= len(Levels) {
		return ""
	}
	return Levels[i]
}

// Update is one dated entry of the log (填报). It is never edited.
type Update struct {
	ID        UpdateID
	Indicator IndicatorID
	Unit      UnitID
	Dated     Date // the day of the fact; its month is the period it counts in
	Quantity  Quantity
	Level     LevelValue // for levels; Quantity then holds a number written beside it, or 0
	Note      string
	Act       Act
	Answers   UpdateID // the entry corrected or withdrawn
	Reason    string   // why it was corrected or withdrawn
	Origin    Origin
	Author    string // the account's name
	LoggedAt  UnixMilli
	State     State // the state after the latest step of its review

	AnsweredBy    UpdateID // the later entry that corrects or withdraws this one; 0: none
	AnsweredState State    // that entry's state
}

// NewUpdate is an update as submitted, its numbers already parsed.
type NewUpdate struct {
	Indicator string // code
	Unit      string // code; empty: the actor's unit, or the root
	Dated     Date
	Quantity  Quantity
	Level     LevelValue
	Note      string
	Origin    Origin
	Key       string // idempotency key; empty: none
	Draft     bool   `json:",omitempty"` // saved, not submitted

	// Ask refuses an entry that is in doubt unless Sure is its amount. Neither makes it another entry.
	Ask  bool   `json:"-"`
	Sure string `json:"-"`
}

// Check refuses an update that does not fit its indicator or is dated after today.
func (n NewUpdate) Check(ind Indicator, today Date) error {
	var m Mistakes
	switch {
	case n.Dated == "":
		m.Add("date", "date_missing")
	case n.Dated > today:
		m.Add("date", "date_in_future", string(n.Dated))
	}
	switch {
	case ind.Kind == Ratio:
		m.Add("value", "ratio_not_logged", ind.Name)
	case ind.SumOf != "":
		m.Add("value", "sum_not_logged", ind.Names())
	case ind.Kind == Level && !n.Level.Known():
		m.Add("level", "level_unknown", string(n.Level))
	case ind.Kind != Level && n.Level != "":
		m.Add("level", "level_unexpected")
	case ind.Kind != Level && n.Quantity.Amount < 0:
		m.Add("value", "number_negative")
	case n.Quantity.Amount > MaxAmount:
		m.Add("value", "number_too_large", n.Quantity.Amount.String())
	case ind.Kind != Level && n.Quantity.Amount != n.Quantity.Amount.Round(ind.Kept()):
		m.Add("value", "number_decimals", ind.Kept(), string(ind.Measure))
	}
	checkLength(&m, "note", n.Note, MaxNote)
	return m.Err()
}

// MaxNote is the limit for notes and reasons, in characters.
const MaxNote = 2000

func checkLength(m *Mistakes, field, s string, limit int) {
	if len([]rune(s)) > limit {
		m.Add(field, "text_too_long", limit)
	}
}

// CheckReason refuses an empty or overlong reason.
func CheckReason(reason string) error {
	var m Mistakes
	if reason == "" {
		m.Add("reason", "reason_missing")
	}
	checkLength(&m, "reason", reason, MaxNote)
	return m.Err()
}
