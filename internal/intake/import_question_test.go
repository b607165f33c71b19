package intake

import (
	"errors"
	"testing"

	"dabiao/internal/kpi"
)

func TestAnAnswerSettlesAQuestionOrAllOfAKind(t *testing.T) {
	keep := []Option{{Value: "keep"}, {Value: "drop"}}
	r := Reading{Questions: []Question{{ID: "measure:C", Row: 3, Column: 2, Options: keep},
		{ID: "measure:D", Options: append(keep, Option{Value: "third"})}, {ID: "period", Options: keep}}}
	for name, c := range map[string]struct {
		answers map[string]string
		want    [3]string
		refused []string
	}{
		"none":   {nil, [3]string{}, nil},
		"one":    {map[string]string{"measure:C": "keep"}, [3]string{"keep", "", ""}, nil},
		"a kind": {map[string]string{"measure": "drop"}, [3]string{"drop", "drop", ""}, nil},
		"one over its kind": {map[string]string{"measure": "drop", "measure:D": "keep"},
			[3]string{"drop", "keep", ""}, nil},
		"a kind that fits one":      {map[string]string{"measure": "third"}, [3]string{"", "third", ""}, nil},
		"without where":             {map[string]string{"period": "keep"}, [3]string{"", "", "keep"}, nil},
		"no such question":          {map[string]string{"measure:E": "keep"}, [3]string{}, []string{"import_answer_unknown"}},
		"no such option":            {map[string]string{"measure:C": "third"}, [3]string{}, []string{"import_answer_option"}},
		"a part of a kind's name":   {map[string]string{"meas": "keep"}, [3]string{}, []string{"import_answer_unknown"}},
		"nothing":                   {map[string]string{"period": ""}, [3]string{}, []string{"import_answer_option"}},
		"an answer in another case": {map[string]string{"period": "Keep"}, [3]string{}, []string{"import_answer_option"}},
		"all that is wrong": {map[string]string{"x": "keep", "period": "?"}, [3]string{},
			[]string{"import_answer_option", "import_answer_unknown"}},
	} {
		for i, q := range r.Questions {
			if got := q.Settled(c.answers).Answer; got != c.want[i] {
				t.Errorf("%s: %s is answered %q, want %q", name, q.ID, got, c.want[i])
			}
		}
		var e *kpi.Error
		var refused []string
		if errors.As(r.CheckAnswers(c.answers), &e) {
			for _, f := range e.Fields {
				refused = append(refused, f.Text.Key)
			}
		}
		if len(refused) != len(c.refused) {
			t.Errorf("%s: refused %v, want %v", name, refused, c.refused)
			continue
		}
		for i := range refused {
			if refused[i] != c.refused[i] {
				t.Errorf("%s: refused %v, want %v", name, refused, c.refused)
			}
		}
	}
	if r.Questions[0].Ref() != "C3" || r.Questions[2].Ref() != "" {
		t.Error("a question does not say where it stands")
	}
}
