package seal

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

//go:embed check.js
var script string

//go:embed page.css
var style string

// pageWords are the sentences that the script says; their keys in the catalogue begin with "seal.js.".
var pageWords = []string{"agrees", "differs", "and", "figures", "files", "hash", "missing", "strange",
	"reading", "zip", "old", "rows", "why.approximate", "why.judged", "level.met", "level.partly", "level.missed",
	"aspect.achievement", "aspect.level", "aspect.expected", "aspect.completion", "aspect.pace", "aspect.light",
	"aspect.unreadable", "aspect.shown", "budget", "scores", "why.given", "grade.excellent", "grade.good",
	"grade.fair", "grade.poor", "aspect.budget", "aspect.spent", "aspect.execution", "aspect.proposed",
	"aspect.score", "aspect.weight", "aspect.earned", "aspect.open", "aspect.total", "aspect.grade"}

// words returns the script's sentences with their places for arguments as they are.
func words(say lang.Printer) (string, error) {
	out := map[string]string{}
	for _, key := range pageWords {
		out[key] = say.T("seal.js." + key)
	}
	raw, err := json.Marshal(out)
	return string(raw), err
}

// Page returns index.html alone, which checks the figures and knows of no files.
func Page(p Package) (string, error) {
	figures, err := encode(p.figures())
	if err != nil {
		return "", err
	}
	entries, err := encode(p.Entries)
	if err != nil {
		return "", err
	}
	return p.page(manifest{}, []paper.Part{{Name: figuresFile, Content: figures}, {Name: entriesFile, Content: entries}},
		`{"files":[]}`)
}

// page returns index.html: the tables as they were signed, and the script that holds them against the entries.
func (p Package) page(m manifest, parts []paper.Part, listed string) (string, error) {
	say, s := p.Input.Language, p.Signing
	said, err := words(say)
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	var x paper.Markup
	title := say.T("seal.title", say.Name(p.Input.Office.Name, p.Input.Office.NameEn), int(s.Year))
	x.Add(`<!DOCTYPE html>`+"\n"+`<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`+
		`<title>%s</title><style>`, string(say.Tag()), title)
	x.WriteString(style)
	x.Add(`</style></head><body><main><h1>%s</h1>`, title)
	if p.Input.Board.Year.Sample {
		x.Add(`<p class="sample">%s</p>`, say.T("report.sample"))
	}
	x.Add(`<p>%s</p><noscript><p class="bad">%s</p></noscript>`, say.T("seal.signed", s.Number,
		say.Time(s.At, p.Evidence.Zone), say.AsOf(p.Input.Board.AsOf)), say.T("seal.noscript"))
	x.Add(`<p class="said"><b id="figures-said"></b><b id="budget-said"></b><b id="score-said"></b></p><p class="said"><b id="files-said"></b></p>`)
	x.Add(`<p id="tools" hidden><label>%s <input type="file" id="zip" accept=".zip"></label> <label>%s `+
		`<input type="file" id="folder" webkitdirectory multiple></label></p>`, say.T("seal.zip"), say.T("seal.folder"))
	p.figureTable(&x)
	p.moneyTables(&x)
	p.fileTable(&x, m)
	x.Add(`<h2>%s</h2><dl><dt>signed.json SHA-256</dt><dd><code>%s</code></dd><dt>%s</dt><dd><code>%s</code></dd></dl>`,
		say.T("seal.proof"), s.SHA256, say.T("seal.code"), p.Input.AuditCode)
	for _, key := range []string{"seal.proof.text", "seal.holds", "seal.limits"} {
		x.Add(`<p>%s</p>`, say.T(key))
	}
	x.WriteString("</main>\n")
	embed := func(id, content string) {
		x.Add(`<script type="application/json" id="%s">`, id)
		x.WriteString(content)
		x.WriteString("</script>\n")
	}
	embed("words", said)
	embed("manifest.json", listed)
	for _, part := range parts {
		if part.Name == figuresFile || part.Name == entriesFile {
			embed(part.Name, part.Content)
		}
	}
	x.WriteString("<script>" + script + "</script></body></html>\n")
	return x.String(), nil
}

func (p Package) figureTable(x *paper.Markup) {
	say := p.Input.Language
	heads(x, say, say.T("seal.figures"), "seal.col.indicator", "seal.col.formula", "seal.col.target", "seal.col.signed",
		"seal.col.again", "seal.col.verdict")
	for _, f := range p.figures().Figures {
		completion, target := "—", "—"
		if f.Completion != nil {
			completion = fmt.Sprintf("%d.%02d%%", *f.Completion/100, *f.Completion%100)
		}
		if f.Target != nil {
			target = f.Target.Text
		}
		x.Add(`<tr data-code="%s"><th scope="row">%s<br><small>%s</small></th><td>%s</td><td>%s</td>`+
			`<td>%s · %s<br>%s</td><td></td><td>—</td></tr>`+"\n",
			f.Code, f.Name, f.Area, f.Formula, target, f.Text, completion, f.LightText)
	}
	x.WriteString("</tbody></table></div>\n")
}

func (p Package) fileTable(x *paper.Markup, m manifest) {
	say := p.Input.Language
	heads(x, say, say.T("seal.files"), "seal.col.file", "seal.col.size", "seal.col.sha", "seal.col.verdict")
	for _, f := range m.Files {
		x.Add(`<tr data-path="%s"><th scope="row"><a href="%s">%s</a>`, f.Path, (&url.URL{Path: f.Path}).String(), f.Path)
		if f.Note != "" {
			x.Add(`<br><small>%s %s</small>`, f.Note, f.HandedIn)
		}
		x.Add(`</th><td>%d</td><td><code>%s</code></td><td>—</td></tr>`+"\n", f.Size, f.SHA256)
	}
	for _, l := range m.Left {
		x.Add(`<tr><th scope="row">%s</th><td>—</td><td><code>%s</code></td><td>%s</td></tr>`+"\n", l.Number, l.SHA256, l.Why)
	}
	x.WriteString("</tbody></table></div>\n")
}

func heads(x *paper.Markup, say lang.Printer, title string, keys ...string) {
	x.Add(`<h2>%s</h2><div class="wide"><table><thead><tr>`, title)
	for _, key := range keys {
		x.Add(`<th scope="col">%s</th>`, say.T(key))
	}
	x.WriteString("</tr></thead><tbody>\n")
}
