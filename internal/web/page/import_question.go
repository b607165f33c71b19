package page

import (
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/lang"
)

// AnswerPrefix is the prefix of the names of fields that answer a table's questions.
const AnswerPrefix = "q."

// importQuestions are the questions about a table. They are answered in one form, sent as the address.
type importQuestions struct {
	Title  string
	Done   bool // whether all are answered
	Groups []importGroup
}

// importGroup is a question, or several of a kind that can be answered together.
type importGroup struct {
	Text   string
	Such   string // the first of them
	Name   string // of the field that answers all of them
	Alike  []formOption
	Single []importQuestion
	Rest   string // says that there are more than are listed
}

// importQuestion is a question with its options.
type importQuestion struct {
	Cell, Text, Name string
	Options          []formOption
}

// groupQuestions is the number of questions of a kind that are listed singly; the others can only be
// answered together.
const groupQuestions = 30

// questions sets the questions about the table, grouped by kind.
func (page *importPreview) questions(p lang.Printer, r app.ImportResult, answers map[string]string) {
	if len(r.Questions) == 0 {
		return
	}
	open := len(r.OpenQuestions())
	page.Asked = &importQuestions{Title: countText(p, "import.questions", open), Done: open == 0}
	if page.Asked.Done {
		page.Asked.Title = countText(p, "import.answered", len(r.Questions))
	} else {
		page.Open = p.T("import.open_first")
	}
	var kinds []string
	byKind := map[string][]intake.Question{}
	for _, q := range r.Questions {
		if byKind[q.Kind()] == nil {
			kinds = append(kinds, q.Kind())
		}
		byKind[q.Kind()] = append(byKind[q.Kind()], q)
	}
	carry := func(name string) {
		if answers[name] != "" {
			page.Answers = append(page.Answers, formOption{Value: answers[name], Text: AnswerPrefix + name})
		}
	}
	for _, kind := range kinds {
		list := byKind[kind]
		carry(kind)
		for _, q := range list {
			if q.ID != kind {
				carry(q.ID)
			}
		}
		page.Asked.Groups = append(page.Asked.Groups, newImportGroup(p, list, answers))
	}
}

// newImportGroup returns a single question, or several of a kind as a group.
func newImportGroup(p lang.Printer, list []intake.Question, answers map[string]string) importGroup {
	kind := list[0].Kind()
	if len(list) == 1 {
		q := newImportQuestion(p, list[0])
		for i := range q.Options {
			q.Options[i].Selected = q.Options[i].Value == list[0].Answer
		}
		return importGroup{Single: []importQuestion{q}}
	}
	group := importGroup{Text: p.T("import.alike", len(list)), Name: AnswerPrefix + kind}
	for _, q := range list {
		if group.Such == "" && q.ID != kind {
			group.Such = p.T("import.alike_such", strings.TrimSpace(q.Ref()+" "+p.Text(q.Text)))
		}
	}
	seen := map[string]bool{}
	for i, q := range list {
		for _, o := range q.Options {
			if !seen[o.Value] {
				seen[o.Value] = true
				group.Alike = append(group.Alike, formOption{o.Value, p.Text(o.Text), o.Value == answers[kind]})
			}
		}
		if q.ID == kind || i >= groupQuestions { // the one for all others, or more than a page lists
			group.Rest = p.T("import.alike_rest")
			continue
		}
		single := newImportQuestion(p, q)
		single.Options = append(single.Options, formOption{"", p.T("import.alike_as_above"), answers[q.ID] == ""})
		for j := range single.Options {
			single.Options[j].Selected = single.Options[j].Value == answers[q.ID]
		}
		group.Single = append(group.Single, single)
	}
	return group
}

func newImportQuestion(p lang.Printer, q intake.Question) importQuestion {
	out := importQuestion{Cell: q.Ref(), Text: p.Text(q.Text), Name: AnswerPrefix + q.ID}
	for _, o := range q.Options {
		out.Options = append(out.Options, formOption{Value: o.Value, Text: p.Text(o.Text)})
	}
	return out
}
