package report

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func TestAnOutlineOfItsOwnIsPrinted(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.Texts["own-1"] = "本地要求的一节。"
	in.Outline = Outline{Annexes: []Paper{SelfEvaluation}, Entries: []Entry{
		{Key: "own-1", Title: "基本概况"},
		{Key: Performance, Title: "维权工作", Writes: WritesPerformance, Areas: []string{"rights"}},
		{Key: "own-2", Title: "其他工作", Writes: WritesPerformance, Parts: []Entry{{Key: "own-3", Title: "补充"}}},
		{Key: SocialInsurance, Writes: WritesSocialInsurance},
	}}
	if err := in.Outline.Check([]string{"rights"}); err != nil {
		t.Fatal(err)
	}
	d := Build(in)
	var headings []string
	for _, s := range d.Sections {
		headings = append(headings, s.Heading)
	}
	if got := strings.Join(headings, " "); got != "一、基本概况 二、维权工作 三、其他工作 四、社会保险基金预算支出情况" {
		t.Error(got)
	}
	if len(d.Annexes) != 1 || d.Annexes[0].Key != string(SelfEvaluation) {
		t.Errorf("annexes %+v", d.Annexes)
	}
	rights, rest := said(d.Sections[1].Blocks), said(d.Sections[2].Blocks)
	if !strings.Contains(rights, "（一）权益维护") || strings.Contains(rights, "思想引领") || strings.Contains(rest, "权益维护\n") ||
		!strings.Contains(rest, "（一）思想引领") || !strings.Contains(rest, "补充") {
		t.Errorf("the areas stand wrong:\n%s\n---\n%s", rights, rest)
	}
	if got := said(d.Sections[0].Blocks); got != "本地要求的一节。\n" {
		t.Error(got)
	}
	if !in.Writes("own-3") || in.Writes(Problems) {
		t.Error("the places are not the outline's")
	}
	sources := said(d.Sections[3].Blocks)
	if sources != "本单位无社会保险基金预算支出。\n" {
		t.Errorf("an empty section reads %q", sources)
	}
}

func TestAnOutlineThatCannotBePrintedIsRefused(t *testing.T) {
	for key, o := range map[string]Outline{
		"outline_size":           {},
		"outline_twice":          {Entries: []Entry{{Key: "a"}, {Key: "b", Parts: []Entry{{Key: "a"}}}}},
		"outline_key":            {Entries: []Entry{{Key: "deviation/x"}}},
		"outline_title_long":     {Entries: []Entry{{Key: "a", Title: strings.Repeat("长", 61)}}},
		"outline_writes_twice":   {Entries: []Entry{{Key: "a", Writes: WritesBasic}, {Key: "b", Writes: WritesBasic}}},
		"outline_writes_unknown": {Entries: []Entry{{Key: "a", Writes: "poems"}}},
		"token_area_unknown":     {Entries: []Entry{{Key: "a", Writes: WritesPerformance, Areas: []string{"nowhere"}}}},
		"form_unknown":           {Entries: []Entry{{Key: "a"}}, Annexes: []Paper{"poems"}},
	} {
		err := o.Check([]string{"rights"})
		var e *kpi.Error
		if !errors.As(err, &e) || e.Fields[0].Text.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	if err := ShippedOutline.Check(nil); err != nil {
		t.Error(err)
	}
}

func TestAnOutlineIsKeptWhole(t *testing.T) {
	raw, err := json.Marshal(ShippedOutline)
	if err != nil {
		t.Fatal(err)
	}
	var back Outline
	if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(back, ShippedOutline) {
		t.Errorf("%v: %+v", err, back)
	}
}
