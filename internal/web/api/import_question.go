package api

import (
	"encoding/json"
	"maps"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// importQuestionJSON is an open question about a table. If it is about the whole table, row is 0 and
// column is "".
type importQuestionJSON struct {
	ID      string             `json:"id"`
	Row     int                `json:"row"`
	Column  string             `json:"column"`
	Code    string             `json:"code"`
	Message string             `json:"message"`
	Options []importOptionJSON `json:"options"`
	Answer  *string            `json:"answer"`
}

type importOptionJSON struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func newImportQuestionJSON(p lang.Printer, q intake.Question) importQuestionJSON {
	out := importQuestionJSON{ID: q.ID, Row: q.Row, Code: q.Text.Key, Message: p.Text(q.Text),
		Options: []importOptionJSON{}}
	if q.Row > 0 {
		out.Column = intake.ColumnName(q.Column)
	}
	for _, o := range q.Options {
		out.Options = append(out.Options, importOptionJSON{o.Value, p.Text(o.Text)})
	}
	if !q.Open() {
		out.Answer = &q.Answer
	}
	return out
}

// importAnswers reads the answers in a request, JSON objects from questions to values. Later ones override
// earlier ones.
func importAnswers(texts ...string) (map[string]string, error) {
	answers := map[string]string{}
	for _, text := range texts {
		if text == "" {
			continue
		}
		var given map[string]string
		if err := json.Unmarshal([]byte(text), &given); err != nil {
			var m kpi.Mistakes
			m.Add("answers", "import_answers_malformed")
			return nil, m.Err()
		}
		maps.Copy(answers, given)
	}
	return answers, nil
}
