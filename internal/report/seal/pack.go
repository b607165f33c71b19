package seal

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/evidence"
)

// Package is the input of a sealed package.
type Package struct {
	Signing  kpi.ReportSigning // with its body
	Input    report.Input      // as signed, in the package's language
	Entries  []Entry           // that its figures are made of
	Evidence evidence.Pack
	Logged   kpi.AuditEntry // the audit log's entry of the signing
}

// Entry is an entry of the log that counted in a signed figure. Who logged it is not in it.
type Entry struct {
	ID        kpi.UpdateID `json:"id"`
	Indicator string       `json:"indicator"`
	Unit      kpi.UnitID   `json:"unit"`
	UnitName  string       `json:"unit_name"`
	Dated     kpi.Date     `json:"dated"`
	Amount    string       `json:"amount"` // in the indicator's measure
	Precision string       `json:"precision,omitempty"`
	Wording   string       `json:"wording,omitempty"`
	Most      string       `json:"most,omitempty"` // how large it can be at most, of 200余 and the like
	Level     string       `json:"level,omitempty"`
	Evidence  []string     `json:"evidence,omitempty"` // numbers
}

// manifest is the content of manifest.json: every file but index.html and itself.
type manifest struct {
	Year    kpi.Year `json:"year"`
	Version int      `json:"version"`
	Files   []file   `json:"files"`
	Left    []left   `json:"left_out"` // evidence that is not enclosed
}

type file struct {
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	SHA256   string `json:"sha256"`
	HandedIn string `json:"handed_in_sha256,omitempty"` // of a picture that is enclosed bare
	Note     string `json:"note,omitempty"`
}

type left struct {
	Number string `json:"number"`
	SHA256 string `json:"sha256"`
	Why    string `json:"why"`
}

// auditPart is the content of audit.json.
type auditPart struct {
	Code   string        `json:"code"` // of the log just before the signing
	Signed string        `json:"signed_json_sha256"`
	Entry  int64         `json:"entry"` // of the signing
	At     kpi.UnixMilli `json:"at"`
	Act    string        `json:"act"`
	Detail string        `json:"detail"`
	Hash   string        `json:"hash"`
}

// Write writes the package as a zip. Nothing in it is compressed, so that the page can read it in any browser. The same
// package gives the same bytes. One file of evidence is open at a time. If it returns an error, what was written is
// no complete archive.
func Write(w io.Writer, p Package) error {
	z := zip.NewWriter(w)
	m := manifest{Year: p.Signing.Year, Version: p.Signing.Number, Files: []file{}, Left: []left{}}
	enclosed, err := evidence.Enclose(z, p.Evidence, "evidence/")
	if err != nil {
		return err
	}
	for _, e := range enclosed {
		if e.Path == "" {
			m.Left = append(m.Left, left{e.Number.String(), e.SHA256, e.Why})
			continue
		}
		f := file{Path: e.Path, Size: e.Bytes, SHA256: e.Sum, Note: e.Why}
		if e.Sum != e.SHA256 {
			f.HandedIn = e.SHA256
		}
		m.Files = append(m.Files, f)
	}
	if p.namesHidden() {
		m.Left = append(m.Left, left{signedFile, p.Signing.SHA256, p.Input.Language.T("seal.signed_left")})
	}
	parts, err := p.parts()
	if err != nil {
		return err
	}
	for _, x := range parts {
		sum := sha256.Sum256([]byte(x.Content))
		m.Files = append(m.Files, file{Path: x.Name, Size: int64(len(x.Content)), SHA256: hex.EncodeToString(sum[:])})
	}
	raw, err := encode(m)
	if err != nil {
		return err
	}
	page, err := p.page(m, parts, raw)
	if err != nil {
		return err
	}
	for _, x := range append(parts, paper.Part{Name: "manifest.json", Content: raw},
		paper.Part{Name: "index.html", Content: page}) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: x.Name, Method: zip.Store, Modified: paper.Epoch})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, x.Content); err != nil {
			return err
		}
	}
	return z.Close()
}

// namesHidden reports whether what was frozen names files whose names the package must not tell: sensitive ones that
// it does not hold, and erased ones.
func (p Package) namesHidden() bool {
	hidden := map[kpi.EvidenceID]bool{}
	for _, f := range p.Evidence.Files {
		hidden[f.ID] = f.Erased() || f.Sensitive && !p.Evidence.With.Sensitive
	}
	for _, trail := range p.Input.Trails {
		files := slices.Clone(trail.Evidence)
		for _, e := range trail.Entries {
			files = append(files, e.Evidence...)
		}
		for _, f := range files {
			if hidden[f.ID] || f.Sensitive && !p.Evidence.With.Sensitive {
				return true
			}
		}
	}
	return false
}

// parts are the files that are made here.
func (p Package) parts() ([]paper.Part, error) {
	var out []paper.Part
	if !p.namesHidden() {
		out = append(out, paper.Part{Name: signedFile, Content: p.Signing.Body})
	}
	for _, format := range []string{"docx", "html"} {
		writer, err := report.WriterOf(format, report.WholeReport)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := writer.To(&b, p.Input, report.WholeReport); err != nil {
			return nil, fmt.Errorf("write the signed report as %s: %w", format, err)
		}
		out = append(out, paper.Part{Name: "report." + format, Content: b.String()})
	}
	if p.Entries == nil {
		p.Entries = []Entry{}
	}
	for _, x := range []struct {
		name    string
		content any
	}{{figuresFile, p.figures()}, {entriesFile, p.Entries}, {"audit.json", auditPart{Code: p.Input.AuditCode,
		Signed: p.Signing.SHA256, Entry: p.Logged.ID, At: p.Logged.At, Act: p.Logged.Action, Detail: p.Logged.Detail,
		Hash: p.Logged.Hash}}} {
		raw, err := encode(x.content)
		if err != nil {
			return nil, err
		}
		out = append(out, paper.Part{Name: x.name, Content: raw})
	}
	return append(out, paper.Part{Name: "entries.csv", Content: p.csv()}), nil
}

const signedFile, figuresFile, entriesFile = "signed.json", "figures.json", "entries.json"

// encode writes JSON that may also stand inside a web page: < is escaped.
func encode(x any) (string, error) {
	raw, err := json.Marshal(x)
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	return string(raw) + "\n", nil
}
