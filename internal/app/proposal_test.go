package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// proposed is a proposal as a pasted table makes one.
func (b *bureau) proposed(table string) app.Proposal {
	b.Helper()
	read, err := app.ReadProposal(b.Context(), "pasted.tsv", []byte(table), 2026)
	b.must(err)
	return app.Proposal{Year: 2026, Rows: read.Rows}
}

func (b *bureau) looked(p app.Proposal) app.ProposalResult {
	b.Helper()
	r, err := b.app.CheckProposal(ctx, b.staff, p)
	b.must(err)
	return r
}

func (b *bureau) saved(p app.Proposal) app.ProposalResult {
	b.Helper()
	r, err := b.app.SaveProposal(ctx, b.staff, p)
	b.must(err)
	return r
}

func keysOf(r app.ProposalRow) (out []string) {
	for _, f := range r.Mistakes {
		out = append(out, f.Name+":"+f.Text.Key)
	}
	return out
}

// What a table does not say is concluded from what indicators are measured in, and marked.
func TestWhatATableDoesNotSayIsGuessedAndMarked(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for _, c := range []struct {
			name, measure, target string
			kind                  kpi.Kind
			sign, value, in       string // as concluded
			guessed               string
		}{
			{"三八宣讲", "场", "≥12", kpi.Flow, ">=", "12", "场", "kind category"},
			{"培训妇女", "", "1,200人次", kpi.Flow, ">=", "1200", "人次", "measure kind sign category"},
			{"培训骨干（名）", "", "30", kpi.Flow, ">=", "30", "名", "measure kind sign category"},
			{"帮扶家庭", "户", "300", kpi.Running, ">=", "300", "户", "kind sign category"},
			{"家长学校", "个", "", kpi.Running, ">=", "", "个", "kind category"},
			{"新建家长学校", "个", "5", kpi.Flow, ">=", "5", "个", "kind sign category"},
			{"注册志愿者", "人", "5000", kpi.Running, ">=", "5000", "人", "kind sign category"},
			{"调解成功率", "%", "≥95%", kpi.Running, ">=", "95", "%", "kind category"},
			{"投诉", "件", "3件以内", kpi.Flow, "<=", "3", "件", "kind category"},
			{"安全事故", "件", "0", kpi.Flow, "<=", "0", "件", "kind sign category"},
			{"越级上访", "", "0件", kpi.Flow, "<=", "0", "件", "measure kind sign category"},
			{"有责投诉率", "%", "0", kpi.Running, "<=", "0", "%", "kind sign category"},
			{"零事故", "件", "＝0", kpi.Flow, "=", "0", "件", "kind category"},
			{"小额贷款", "万元", "500", kpi.Money, ">=", "500", "万元", "kind sign category"},
			{"募捐", "亿元", "0.5", kpi.Money, ">=", "5000", "万元", "kind measure value sign category"},
			{"章程修订", "", "按时完成", kpi.Level, "level", "met", "", "kind category"},
			{"群众满意度", "%", "90", kpi.Running, ">=", "90", "%", "kind sign category"},
		} {
			r := b.looked(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{{Row: 2, Name: c.name, Measure: c.measure,
				Value: c.target}}})
			row := r.Rows[0]
			if got := keysOf(row); len(got) > 0 {
				b.Errorf("%s: %v", c.name, got)
			}
			got := fmt.Sprint(row.Kind, " ", row.Sign, " ", row.Value, " ", row.Measure, " ", strings.Join(row.Guessed, " "))
			want := fmt.Sprint(c.kind, " ", c.sign, " ", c.value, " ", c.in, " ", c.guessed)
			if got != want {
				b.Errorf("%s: %s, want %s", c.name, got, want)
			}
		}
	})
}

// A target's decimals are not those of the entries to come, and what is undecided is no target.
func TestAProposalLeavesRoomForDecimals(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		p := app.Proposal{Year: 2026, Key: "room"}
		want := map[string]string{}
		for i, c := range []struct{ name, measure, target, want string }{
			{"粮食总产量", "万吨", "28.6", "2 28.6"}, {"检疫出证", "万份", "6", "2 6"}, {"粮食播种面积", "万亩", "62.125", "3 62.125"},
			{"培训妇女", "人", "600", "0 600"}, {"志愿服务时长", "hours", "9,500", "2 9500"}, {"回收率", "%", "85", "2 85"},
			{"无害化处理", "头", "据实", "0 none 据实"}, {"网站访问", "visits", "TBC", "0 none TBC"},
			{"重大疫情", "起", "零发生", "0 ≤ 0"},
		} {
			p.Rows = append(p.Rows, app.ProposedIndicator{Row: i + 2, Name: c.name, Measure: c.measure, Value: c.target})
			want[c.name] = c.want
		}
		b.saved(p)
		plan, err := b.app.Plan(ctx, b.staff, 2026)
		b.must(err)
		for _, row := range plan.Areas[len(plan.Areas)-1].Rows {
			ind, target := row.Indicator, "none"
			if row.Target != nil {
				target = row.Target.Amount.String()
				if row.Target.Sign.Ceiling() {
					target = "≤ " + target
				}
			}
			got := strings.TrimSpace(fmt.Sprint(ind.Decimals, " ", target, " ", ind.Note))
			if w, mine := want[ind.Name]; mine && got != w {
				b.Errorf("%s: %s, want %s", ind.Name, got, w)
			}
			delete(want, ind.Name)
		}
		if len(want) > 0 {
			b.Errorf("not stored: %v", want)
		}
	})
}

// A year's indicators come in one step: areas, indicators, targets and weights, as one entry of the log.
func TestAYearsIndicatorsComeFromOneTable(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		var table strings.Builder
		table.WriteString("板块\t指标\t单位\t目标\t分值\t责任科室\n")
		for i := range 66 {
			fmt.Fprintf(&table, "板块%d\t工作%d\t%s\t≥%d\t1.5\t办公室\n", i/11, i, []string{"人次", "场", "户", "%", "万元"}[i%5], i+1)
		}
		p := b.proposed(table.String())
		p.Key = "key-1"
		before := b.auditLength()
		r := b.looked(p)
		if r.Created != 66 || r.Targets != 66 || r.Bad != 0 || len(r.NewAreas) != 6 || r.Weight != 99_00 || r.Stored {
			b.Fatalf("%+v", r)
		}
		if n := b.auditLength(); n != before {
			b.Errorf("looking left %d entries", n-before)
		}
		for range 2 { // sent twice
			if r = b.saved(p); r.Created != 66 || r.Targets != 66 || !r.Stored {
				b.Fatalf("%+v", r)
			}
		}
		if n := b.auditLength(); n != before+1 {
			b.Errorf("%d entries of the log, want one", n-before)
		}
		plan, err := b.app.Plan(ctx, b.staff, 2026)
		b.must(err)
		var names []string
		for _, a := range plan.Areas {
			for _, row := range a.Rows {
				if a.Area.ID != 0 {
					names = append(names, row.Indicator.Name)
					if row.Target == nil || row.Target.Weight != 1_50 || row.Indicator.Owner != "办公室" {
						b.Errorf("%s: %+v", row.Indicator.Name, row.Target)
					}
				}
			}
		}
		if len(names) != 66 || names[0] != "工作0" || names[65] != "工作65" {
			b.Errorf("%d indicators: %v", len(names), names)
		}
		p.Key = "key-2"
		if r = b.saved(p); r.Created != 0 || r.Targets != 0 || r.Left != 66 {
			b.Errorf("the same table again: %+v", r)
		}
		b.wantVerified()
	})
}

func (b *bureau) auditLength() int {
	b.Helper()
	log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 1000)
	b.must(err)
	return len(log)
}

// Every mistake is told at its row, and with any nothing is kept.
func TestAProposalReportsEveryMistakeAndStoresNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rows := []struct {
			app.ProposedIndicator
			want string
		}{
			{app.ProposedIndicator{Name: "好的", Measure: "人", Value: "5"}, ""},
			{app.ProposedIndicator{Measure: "人", Value: "5"}, "name:name_missing"},
			{app.ProposedIndicator{Name: "好 的", Measure: "人"}, "name:proposal_twice"},
			{app.ProposedIndicator{Name: "约数", Measure: "人", Value: "200余"}, "value:number_not_exact"},
			{app.ProposedIndicator{Name: "乱写", Measure: "人", Value: "12a"}, "value:measure_mismatch"},
			{app.ProposedIndicator{Name: "没有单位", Value: "12"}, "measure:measure_missing"},
			{app.ProposedIndicator{Name: "分值太大", Measure: "人", Value: "1", Weight: "200"}, "weight:weight_out_of_range"},
			{app.ProposedIndicator{Name: "只有分值", Measure: "人", Weight: "5"}, "value:proposal_weight_alone"},
			{app.ProposedIndicator{Name: "没有这类", Measure: "人", Kind: "sum"}, "kind:kind_unknown"},
			{app.ProposedIndicator{Name: "率相加", Measure: "%", Kind: "flow"}, "kind:rate_not_added"},
			{app.ProposedIndicator{Name: "没有分子", Measure: "%", Kind: "ratio", Value: "95"}, "numerator:ratio_parts_missing"},
			{app.ProposedIndicator{Name: "分母不在", Measure: "%", Numerator: "settled", Denominator: "没有"},
				"denominator:indicator_not_found numerator:ratio_parts_missing"},
			{app.ProposedIndicator{Name: "定性写数", Kind: "level", Value: "95"}, "value:level_unknown"},
			{app.ProposedIndicator{Name: "符号", Measure: "人", Sign: "~", Value: "5"}, "sign:sign_unknown"},
			{app.ProposedIndicator{Name: "不少于零", Measure: "件", Value: "≥0"}, "sign:target_floor_zero"},
			{app.ProposedIndicator{Name: "代码", Code: "Bad Code", Measure: "人"}, "code:code_malformed"},
			{app.ProposedIndicator{Name: "screened", Measure: "人", Do: app.ProposalCreate}, "do:proposal_exists"},
			{app.ProposedIndicator{Name: "不存在", Measure: "人", Do: app.ProposalTarget}, "do:proposal_new"},
			{app.ProposedIndicator{Name: "users", Measure: "人", Value: "5"}, "measure:proposal_measure_differs"},
			{app.ProposedIndicator{Name: "坏\u202e字", Measure: "人"}, "name:text_malformed"},
		}
		p := app.Proposal{Year: 2026}
		bad := 0
		for i, r := range rows {
			r.Row = i + 2
			p.Rows = append(p.Rows, r.ProposedIndicator)
			if r.want != "" {
				bad++
			}
		}
		got := b.saved(p)
		if got.Bad != bad || got.Stored {
			b.Errorf("bad %d, want %d; stored %v", got.Bad, bad, got.Stored)
		}
		for i, r := range got.Rows {
			if keys := strings.Join(keysOf(r), " "); keys != rows[i].want {
				b.Errorf("%s: %q, want %q", rows[i].Name, keys, rows[i].want)
			}
		}
		indicators, areas, err := b.app.Indicators(ctx)
		b.must(err)
		if len(indicators) != 5 || len(areas) != 0 {
			b.Errorf("%d indicators and %d areas, nothing should be new", len(indicators), len(areas))
		}
		_, err = b.app.SaveProposal(ctx, b.east, p)
		wantRefusal(b.T, err, kpi.Forbidden)
		_, err = b.app.SaveProposal(ctx, b.staff, app.Proposal{Year: 2031, Rows: p.Rows})
		wantRefusal(b.T, err, kpi.NotFound)
	})
}

// Names that are there already get the target they lack, and are never made again.
func TestAProposalKnowsWhatIsThereAlready(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		row := func(name, value string) app.ProposedIndicator {
			return app.ProposedIndicator{Row: 2, Name: name, Value: value}
		}
		step := func(want app.ProposalStep, rows ...app.ProposedIndicator) app.ProposalResult {
			b.Helper()
			r := b.looked(app.Proposal{Year: 2026, Rows: rows})
			if r.Rows[0].Do != want || r.Rows[0].Exists == nil {
				b.Errorf("%s: %s, want %s", rows[0].Name, r.Rows[0].Do, want)
			}
			return r
		}
		step(app.ProposalLeave, row("screened", ""))
		step(app.ProposalTarget, row("Screened ", "1,200"))
		b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{row("screened", "1200")},
			Reason: "not of a first target"})
		step(app.ProposalLeave, row("screened", "1300"))
		same := row("screened", "1200人")
		same.Do = app.ProposalTarget
		if r := b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{same}}); r.Targets != 0 || !r.Stored {
			b.Errorf("the target it has: %+v", r)
		}
		other := row("screened", "1300")
		other.Do = app.ProposalTarget
		r := b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{other}})
		if r.Stored || len(r.Mistakes) != 1 || r.Mistakes[0].Name != "reason" {
			b.Errorf("a revision without a reason: %+v", r)
		}
		r = b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{other}, Reason: "年中调整", Document: "〔2026〕3号"})
		if !r.Stored || r.Targets != 1 {
			b.Errorf("a revision: %+v", r)
		}
		history, err := b.app.Targets(ctx, b.staff, app.TargetQuery{Year: 2026, Indicator: "screened"})
		b.must(err)
		if len(history) != 2 || history[0].Reason != "" || history[1].Reason != "年中调整" || history[1].Document != "〔2026〕3号" {
			b.Errorf("history: %+v", history)
		}
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027})
		b.must(err)
		r, err = b.app.SaveProposal(ctx, b.staff, app.Proposal{Year: 2027, Rows: []app.ProposedIndicator{row("users", "")}})
		b.must(err)
		plan, err := b.app.Plan(ctx, b.staff, 2027)
		b.must(err)
		if !r.Stored || len(plan.Areas) != 1 || plan.Areas[0].Rows[0].Indicator.Code != "users" {
			b.Errorf("one of another year: %+v", plan.Areas)
		}
	})
}

// A ratio may divide what stands in the same table, whichever comes first.
func TestARatioOfAProposalDividesItsOwnRows(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		r := b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{
			{Row: 2, Name: "结案率", Measure: "%", Value: "≥95%", Numerator: "结案", Denominator: "受理"},
			{Row: 3, Name: "受理", Measure: "起", Area: "权益"}, {Row: 4, Name: "结案", Measure: "起", Area: "权益"}}})
		if !r.Stored {
			b.Fatalf("%v %v", keysOf(r.Rows[0]), r.Rows)
		}
		indicators, _, err := b.app.Indicators(ctx)
		b.must(err)
		i := slices.IndexFunc(indicators, func(i kpi.Indicator) bool { return i.Name == "结案率" })
		rate := indicators[i]
		var names []string
		for _, o := range indicators {
			if o.ID == rate.Numerator || o.ID == rate.Denominator {
				names = append(names, o.Name)
			}
		}
		if rate.Kind != kpi.Ratio || rate.Factor != 100 || strings.Join(names, "÷") != "受理÷结案" ||
			indicators[i].Name != indicators[5].Name {
			b.Errorf("%+v of %v", rate, names)
		}
		b.wantVerified()
	})
}
