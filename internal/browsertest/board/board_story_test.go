package board

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"dabiao/internal/browsertest"
)

// lights are the words of the lights; colour alone means nothing.
var lights = []string{"已完成", "超前", "正常", "滞后", "严重滞后", "超标", "未设目标", "未填报", "未到期", "数据过期"}

func TestTheBoardAnswersAtOnce(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go(browsertest.Board)
	p.Shot("board")
	if s := p.Text("h1.sentence"); len([]rune(s)) < 8 || !strings.ContainsFunc(s, unicode.IsDigit) {
		t.Errorf("the first line is %q; it should be a sentence with numbers", s)
	}
	rows := p.Rows()
	if len(rows) != 66 {
		t.Errorf("%d indicators, want the 66 of the year 2022", len(rows))
	}
	for _, r := range rows {
		if !slices.Contains(lights, r.Light) {
			t.Errorf("%s: the light says %q", r.Name, r.Light)
		}
		if r.Value == "" || r.Measure == "" && strings.ContainsFunc(r.Value, unicode.IsDigit) {
			t.Errorf("%s: value %q, measure %q", r.Name, r.Value, r.Measure)
		}
	}
	if r := p.Row("两癌免费检查完成人数"); r.Value != "10,780" || r.Target != "10,361" || r.Rate != "104.04%" {
		t.Errorf("two-cancer screening: %+v", r)
	}
}

// What the page says is what the API says, indicator by indicator.
func TestTheBoardAndTheAPISayTheSame(t *testing.T) {
	p := browsertest.Open(t, "auditor")
	p.Go(browsertest.Board)
	shown := map[string]browsertest.Row{}
	for _, r := range p.Rows() {
		shown[r.Name] = r
	}
	var answer struct {
		Areas []struct {
			Indicators []struct {
				Code, Name      string
				Completion      *string
				AchievementText string `json:"achievement_text"`
				LightText       string `json:"light_text"`
			}
		}
	}
	if err := browsertest.Demo(t).JSON("auditor", "/api/v1/years/2022/board", &answer); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range answer.Areas {
		for _, i := range a.Indicators {
			n++
			r, ok := shown[i.Name]
			if !ok {
				t.Errorf("%s (%s) is not on the board", i.Name, i.Code)
				continue
			}
			if r.Light != i.LightText {
				t.Errorf("%s: the board's light says %s, the API's %s", i.Code, r.Light, i.LightText)
			}
			if !strings.HasPrefix(browsertest.Plain(i.AchievementText), browsertest.Plain(r.Value)) {
				t.Errorf("%s: the board says %s, the API %s", i.Code, r.Value, i.AchievementText)
			}
			if i.Completion != nil && strings.TrimSuffix(browsertest.Plain(r.Rate), "%") != *i.Completion {
				t.Errorf("%s: the board says %s, the API %s", i.Code, r.Rate, *i.Completion)
			}
		}
	}
	if n != len(shown) {
		t.Errorf("the board has %d indicators, the API %d", len(shown), n)
	}
}

func TestALeaderSeesNoForm(t *testing.T) {
	p := browsertest.Open(t, "leader")
	browsertest.OpenIndicator(t, p, "新媒体宣传推送")
	if n := p.Count(`[name=value]`); n != 0 {
		t.Errorf("a leader is shown %d fields to log in", n)
	}
}

func TestSignedOutTheBoardIsClosed(t *testing.T) {
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t)) // the session it ends is its own
	p.SignIn("leader")
	p.Click(".menu-me summary")
	p.Follow(`form[action="/logout"] button`)
	p.Go(browsertest.Board)
	if p.Count("input[type=password]") != 1 || p.Count("table.figures") != 0 {
		t.Errorf("after signing out the board is still there: %s", p.Text("main"))
	}
}

func TestChartsAreDrawn(t *testing.T) {
	p := browsertest.Open(t, "leader")
	browsertest.OpenIndicator(t, p, "两癌免费检查完成人数")
	if p.Count("[data-chart]") == 0 {
		t.Errorf("%s has no chart", p.Address())
	}
	if ids := p.UndrawnCharts(); len(ids) > 0 {
		t.Errorf("%s: charts without a picture: %q", p.Address(), ids)
	}
}
