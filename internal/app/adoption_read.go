package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// MaxPasted and MaxTextFile are how long a pasted text and a file of text may be, in bytes.
const MaxPasted, MaxTextFile = 400_000, 4 << 20

// documentNames are the endings of documents: a Word file, and those that a reader of Word files says the next step of.
var documentNames = []string{".docx", ".doc", ".docm", ".dotx", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".pdf", ".ofd",
	".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".heic", ".gif", ".webp"}

// ReadAdoption reads an old report (.docx, or text as it was pasted) or a table (.xlsx, .csv, .tsv or pasted cells).
//
// Refusals: those of [intake.Document], [intake.ReadOldReport], [intake.Grids] and [intake.ReadIndicators]; Invalid
// adoption_nothing, adoption_long.
func ReadAdoption(ctx context.Context, file string, content []byte, y kpi.Year) (AdoptionBody, error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return AdoptionBody{}, err
	}
	defer done()
	ext := strings.ToLower(path.Ext(file))
	switch {
	case len(bytes.TrimSpace(content)) == 0 && ext != "" && ext != ".txt":
		return AdoptionBody{}, kpi.Refuse(kpi.Invalid, "file_empty", kpi.ShowHidden(file))
	case len(bytes.TrimSpace(content)) == 0:
		return AdoptionBody{}, kpi.Refuse(kpi.Invalid, "adoption_nothing")
	case slices.Contains(documentNames, ext):
		return readOldDocument(ctx, file, content, y)
	case ext == ".txt" || ext == "":
		most := MaxPasted
		if ext == ".txt" {
			most = MaxTextFile
		}
		if len(content) > most {
			return AdoptionBody{}, kpi.Refuse(kpi.Invalid, "adoption_long", most/3/10_000)
		}
		text, err := intake.PlainText(file, content)
		if err != nil {
			return AdoptionBody{}, err
		}
		if tabled(text) {
			return readOldTable(ctx, "pasted.tsv", []byte(text), y)
		}
		var lines []intake.Line
		for line := range strings.SplitSeq(wordLines.Replace(text), "\n") {
			lines = append(lines, intake.Line{Text: line})
		}
		return readOldText(lines, y)
	}
	return readOldTable(ctx, file, content, y)
}

// ReadUnknown reads the indicators that a table of figures names, which the actor keeps as a draft of an import. Its
// figures are of units and months, so the import logs them. Refusals: those of [App.ImportDraft] and ReadAdoption.
func (a *App) ReadUnknown(ctx context.Context, actor kpi.Actor, name, sha256 string, y kpi.Year) (AdoptionBody, error) {
	draft, err := a.ImportDraft(actor, name, sha256)
	if err != nil {
		return AdoptionBody{}, err
	}
	file, err := draft.Open()
	if err != nil {
		return AdoptionBody{}, fmt.Errorf("read a table: %w", err)
	}
	defer file.Close()
	done, err := intake.Turn(ctx)
	if err != nil {
		return AdoptionBody{}, err
	}
	defer done()
	content, err := io.ReadAll(file)
	if err != nil {
		return AdoptionBody{}, fmt.Errorf("read a table: %w", err)
	}
	body, err := readOldTable(ctx, name, content, y)
	for i := range body.Rows {
		body.Rows[i].Figure, body.Rows[i].Value, body.Rows[i].Weight = "", "", ""
	}
	return body, err
}

// tabled reports whether a pasted text is cells of a table: most of its lines hold tabs.
func tabled(text string) bool {
	with, all := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			all++
			if strings.Contains(strings.TrimRight(line, "\r\n"), "\t") {
				with++
			}
		}
	}
	return 2*with > all
}

// readOldTable reads the fullest of a file's tables of indicators.
func readOldTable(ctx context.Context, file string, content []byte, y kpi.Year) (AdoptionBody, error) {
	grids, err := intake.Grids(ctx, file, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return AdoptionBody{}, err
	}
	table, sheet, others, err := intake.FullestIndicators(grids, y)
	if err != nil {
		return AdoptionBody{}, err
	}
	body := tableBody(table)
	body.Units = intake.UnitsOf(grids)
	if len(others) > 0 {
		body.Left = append(body.Left, kpi.T("adoption_sheets", sheet, strings.Join(others, "、")))
	}
	if len(body.Rows) == 0 {
		err = kpi.Refuse(kpi.Invalid, "indicators_none")
	}
	return body, err
}

// tableBody is what a table of indicators holds. Rows without a name are none, and one whose name stands above
// already is left out until somebody tells them apart.
func tableBody(table intake.IndicatorTable) AdoptionBody {
	body := AdoptionBody{Left: table.Left}
	for _, head := range table.Unread {
		if head != table.Done {
			body.Unread = append(body.Unread, head)
		}
	}
	seen := map[string]bool{}
	for _, row := range proposedRows(table) {
		if row.Name = strings.Join(strings.Fields(row.Name), " "); row.Name == "" || strings.Contains(row.Name, "⟦") {
			continue
		}
		for _, at := range []*string{&row.Weight, &row.Value, &row.Figure} {
			if intake.SaysNoValue(*at) {
				*at = ""
			}
		}
		if row.Value == "" {
			row.Weight = ""
		}
		if plain := intake.PlainName(row.Name); seen[plain] {
			row.Do = ProposalLeave
		} else {
			seen[plain] = true
		}
		body.Rows = append(body.Rows, row)
	}
	for _, row := range table.Rows {
		body.Carried = body.Carried || row.Carried
		for _, why := range row.Mistakes {
			body.Left = append(body.Left, kpi.T("indicators_cell", row.Number, why))
		}
	}
	return body
}

// readOldDocument reads the text of a document, or the tables of one whose text states nothing.
func readOldDocument(ctx context.Context, file string, content []byte, y kpi.Year) (body AdoptionBody, err error) {
	lines, err := intake.Document(ctx, file, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return AdoptionBody{}, err
	}
	warning, err := intake.DocumentWarning(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return AdoptionBody{}, fmt.Errorf("look through an old report: %w", err)
	}
	body, err = readOldText(lines, y)
	if warning != "" {
		defer func() { body.Left = append(body.Left, kpi.T("evidence.warning."+string(warning))) }()
	}
	if grids := intake.TableGrids(lines); err != nil && len(grids) > 0 {
		if table, _, _, refused := intake.FullestIndicators(grids, y); refused == nil && len(table.Rows) > 0 {
			tables := tableBody(table)
			body.Rows, body.Unread, body.Left, err = tables.Rows, tables.Unread, tables.Left, nil
		}
	}
	return body, err
}

func readOldText(lines []intake.Line, y kpi.Year) (AdoptionBody, error) {
	of := intake.YearOf(lines)
	read := of
	if read == 0 {
		read = y
	}
	old, err := intake.ReadOldReport(lines, read)
	body := AdoptionBody{Staff: old.Staff, Budget: old.Budget, Units: old.Units, OfYear: of}
	if old.English {
		body.Language = "en"
	}
	body.NoFigures = of != 0 && of != y
	body.NoStaff, body.NoBudget = body.NoFigures, body.NoFigures
	for i := range body.Budget {
		body.Budget[i].Year = y
	}
	for n, c := range old.Claims {
		body.Rows = append(body.Rows, adoptedRow(n+1, c))
	}
	for _, t := range old.Texts {
		text := AdoptedText{Section: string(t.Section), Title: t.Title, Area: t.Area, Body: t.Body}
		text.Written = writtenOf(t.Body, old.Claims)
		text.Leave = body.NoFigures && text.Section != string(intake.OldWork) && text.Section != string(intake.OldDuties)
		body.Texts = append(body.Texts, text)
	}
	if len(old.Sums) > 0 {
		body.Left = append(body.Left, kpi.T("adoption_sums", strings.Join(old.Sums, "、")))
	}
	if old.English && saysMoney(old.Texts) && !body.NoBudget {
		body.Left = append(body.Left, kpi.T("adoption_english"))
	}
	if len(old.Unfunded) > 0 && !body.NoBudget {
		body.Left = append(body.Left, kpi.T("adoption_unfunded", strings.Join(old.Unfunded, "、")))
	}
	if old.Concluded && !body.NoBudget {
		body.Left = append(body.Left, kpi.T("adoption_income"))
	}
	if n := len(old.Claims); n == intake.MaxClaims {
		body.Left = append(body.Left, kpi.T("adoption_many", n))
	}
	return body, err
}

// saysMoney reports whether a section about staff or budget holds numbers.
func saysMoney(texts []intake.OldText) bool {
	about := []intake.OldSection{intake.OldOverview, intake.OldStaffing, intake.OldGeneral, intake.OldBasic,
		intake.OldProject}
	return slices.ContainsFunc(texts, func(t intake.OldText) bool {
		return slices.Contains(about, t.Section) && strings.ContainsAny(t.Body, "0123456789")
	})
}

// adoptedRow is a figure that a text states as a row of the plan; all that was concluded is marked.
func adoptedRow(n int, c intake.Claim) ProposedIndicator {
	row := ProposedIndicator{Row: n, Area: c.Area, Name: c.Name, Measure: string(c.Measure), Kind: string(c.Kind),
		Value: c.Target, Figure: c.Written, Date: string(c.Dated), PartOf: c.PartOf, Numerator: c.Numerator,
		Denominator: c.Denominator, Guessed: []string{"kind"}}
	if c.Kind == kpi.Level {
		row.Measure = ""
	}
	for field, value := range map[string]string{"part_of": row.PartOf, "numerator": row.Numerator} {
		if value != "" {
			row.Guessed = append(row.Guessed, field)
		}
	}
	slices.Sort(row.Guessed)
	return row
}

// writtenOf is what the marks of a text stand for, as it was written.
func writtenOf(body string, claims []intake.Claim) map[string]string {
	out := map[string]string{}
	for _, mark := range textMarks.FindAllStringSubmatch(body, -1) {
		n, err := strconv.Atoi(mark[1])
		if err != nil || n < 1 || n > len(claims) {
			continue
		}
		written := claims[n-1].Mention.Written
		switch mark[2] {
		case "target":
			written = claims[n-1].Target
		case "rate":
			written = claims[n-1].Rate
		case "number":
			written = intake.BareNumber(claims[n-1].Mention.Written)
		}
		out[strings.Trim(mark[0], "⟦#⟧")] = written
	}
	return out
}
