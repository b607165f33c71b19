package report

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

func TestAProjectsTableHasItsMoneyItsGoalAndItsPoints(t *testing.T) {
	table := said(annexOf(t, sample(t, lang.Chinese), ProjectScores).Blocks)
	for _, row := range []string{
		"项目名称 | =两癌“检查”<&> |", "主管部门 | 某县财政局 | 实施单位 | — |",
		"项目资金（万元） |  | 年初预算数 | 全年预算数（A） | 已执行数（B） | 分值 | 执行率（B/A） | 得分 |",
		"年度资金总额 | — | 30.00 | 12.00 | 10 | 40.00% | 4.00 |", "其中：当年财政拨款 | 200.00 | 25.00 | 10.00 | — | 40.00% | — |",
		"上年结转资金 | — | 5.00 | 2.00 | — | 40.00% | — |", "其他资金 | — | — | — | — | — | — |",
		"应检尽检。\n按期完成。 | 已检查一半。 |",
		"完成的 | ≥10000人 | 12000人 | 50 | 50.00 | 无偏差 |", "滞后的 | ＞100人 | 30人 | 20 | 6.00 | 经费到位较晚，已列入下年计划。 |",
		"未报的 | ≥3场 | 未填报 | 10 |  | 原因：表未收齐；改进措施：月底前补报。 |", "定性的 | 达成年度指标 | 部分达成 | 10 | 8.50 | 抽查一半 |",
		`=HYPERLINK("http://x") | ≥3场 | 1场 | — | — |`, "总分 | 100 | 68.50 | 另有 10 分未评 |",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("%q is missing in:\n%s", row, table)
		}
	}
}

// The annex is there when there is project spending, and says so when nobody entered a project.
func TestTheProjectAnnexFollowsTheSpending(t *testing.T) {
	papers := func(in Input) (out []Paper) {
		for _, a := range Build(in).Annexes {
			out = append(out, Paper(a.Key))
		}
		return out
	}
	if got := papers(sample(t, lang.Chinese)); !slices.Equal(got, []Paper{BasicData, SelfEvaluation, ProjectScores,
		Sources}) {
		t.Errorf("with projects: %v", got)
	}
	published := facts(t, lang.Chinese)
	if got := papers(published); !slices.Equal(got, []Paper{BasicData, SelfEvaluation, Sources}) {
		t.Errorf("2022: %v", got)
	}
	if alone := said(annexOf(t, published, ProjectScores).Blocks); !strings.Contains(alone, "本单位本年度无项目支出。") {
		t.Errorf("2022 by itself: %s", alone)
	}
	none := sample(t, lang.Chinese)
	none.Projects = nil
	d := Build(none)
	if a := d.Annexes[2]; a.Mark != "附件3" || !strings.Contains(said(a.Blocks), "一般公共预算项目支出全年预算 30 万元、支出 12 万元，尚未登记项目") {
		t.Errorf("no project entered: %+v", a)
	}
	if csv := string(write(t, none, ProjectScores, "csv")); !strings.Contains(csv, "尚未登记项目") {
		t.Errorf("csv: %s", csv)
	}
}

// A second project stands on a page of its own, and spreadsheets add up each by itself.
func TestProjectsAreAddedUpApart(t *testing.T) {
	in := sample(t, lang.Chinese)
	second := reporttest.Project()
	second.Code, second.Name = "second", "第二个"
	second.Money = second.Money[:1]
	in.Projects = append(in.Projects, progress.RateProject(second, in.Board))
	papertest.Valid(t, "projects.docx", write(t, in, ProjectScores, "docx"))
	file := write(t, in, ProjectScores, "xlsx")
	papertest.Valid(t, "projects.xlsx", file)
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("项目自评表")
	if err != nil {
		t.Fatal(err)
	}
	formulas := map[string]string{}
	for i, row := range rows {
		if i+1 > 0 && len(row) > 1 && row[1] == "年度资金总额" {
			for _, column := range []string{"E", "F", "H"} {
				formula, err := f.GetCellFormula("项目自评表", column+strconv.Itoa(i+1))
				if err != nil || formula == "" {
					t.Errorf("row %d has no formula in %s (%v)", i+1, column, err)
				}
				formulas[column+strconv.Itoa(i+1)] = formula
			}
		}
		if len(row) > 0 && row[0] == "总分" {
			formula, err := f.GetCellFormula("项目自评表", "G"+strconv.Itoa(i+1))
			if err != nil || !strings.HasPrefix(formula, "SUM(G") {
				t.Errorf("total weight: %q (%v)", formula, err)
			}
		}
	}
	if len(formulas) != 6 {
		t.Errorf("formulas %v", formulas)
	}
	tables := RekeyRows(annexOf(t, in, ProjectScores))
	in.Projects = in.Projects[1:]
	if alone := RekeyRows(annexOf(t, in, ProjectScores)); len(tables) != 6 || len(alone) != 3 ||
		alone[1][1].Key != tables[4][1].Key || alone[1][1].Key == tables[1][1].Key {
		t.Errorf("%d tables to type, want three of each project, whose rows keep their names: %q, %q", len(tables),
			alone[1][1].Key, tables[4][1].Key)
	}
}
