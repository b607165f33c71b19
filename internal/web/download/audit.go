package download

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// Given notes in the audit log that a file is given out. Who only asks how large it is gets none.
func (s Files) Given(c *fiber.Ctx, v *middleware.Visit, action, subject string, detail map[string]any) error {
	if c.Method() == fiber.MethodHead {
		return nil
	}
	return s.App.Given(c.UserContext(), v.Actor, action, subject, detail)
}

// auditColumns are the heads of an exported audit log, by catalogue key, and their widths.
var auditColumns = []struct {
	key   string
	width int
}{{"audit.number", 8}, {"audit.at", 20}, {"audit.actor", 14}, {"audit.account", 14}, {"audit.action", 18},
	{"audit.code", 18}, {"audit.subject", 24}, {"audit.detail", 60}, {"audit.hash", 40}}

// mostAuditRows is how many entries a workbook holds: it is made in memory.
const mostAuditRows = 50_000

// mostCell is how many characters a cell of a workbook holds.
const mostCell = 32_767

// GetAuditBook sends what a filter keeps of the audit log as .csv or .xlsx, and notes that in the log. Query: the
// filter, lang.
func (s Files) GetAuditBook(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayAudit(); err != nil {
		return err
	}
	format := c.Params("format")
	write, known := map[string]func(io.Writer, app.AuditBook, lang.Printer) error{"csv": auditCSV,
		"xlsx": auditXlsx}[format]
	if !known {
		return kpi.Missing("log_format_unknown", format)
	}
	filter, err := input.AuditFilter(func(name string) string { return c.Query(name) }, s.App.Zone())
	if err != nil {
		return err
	}
	book, err := s.App.AuditBook(c.UserContext(), v.Actor, filter)
	if err != nil {
		return err
	}
	detail := map[string]any{"format": format}
	for _, name := range input.AuditFields {
		if asked := c.Query(name); asked != "" {
			detail[name] = asked
		}
	}
	if err := s.Given(c, v, "audit.export", "audit", detail); err != nil {
		return err
	}
	p := v.Printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		p = lang.For(tag)
	}
	media := map[string]string{"csv": paper.CSVMedia, "xlsx": paper.SheetMedia}[format]
	return s.Stream(c, p.T("audit.file_name")+"."+format, media, func(to io.Writer) error { return write(to, book, p) })
}

func auditCells(e kpi.AuditEntry, book app.AuditBook, p lang.Printer) []string {
	name := book.Names[e.Actor]
	if name == "" {
		name = e.Actor
	}
	cells := []string{strconv.FormatInt(e.ID, 10), time.UnixMilli(int64(e.At)).In(book.Zone).Format("2006-01-02 15:04:05"),
		name, e.Actor, p.T("audit.action." + e.Action), e.Action, e.Subject, e.Detail, e.Hash}
	for i := range cells {
		cells[i] = kpi.Neutral(paper.Visible(cells[i]))
	}
	return cells
}

func auditCSV(to io.Writer, book app.AuditBook, p lang.Printer) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(to)
	out.UseCRLF = true
	var head []string
	for _, c := range auditColumns {
		head = append(head, p.T(c.key))
	}
	if err := out.Write(head); err != nil {
		return err
	}
	if err := book.Each(func(e kpi.AuditEntry) error { return out.Write(auditCells(e, book, p)) }); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// auditXlsx writes a workbook; a last row says so if there are older entries than it holds.
func auditXlsx(to io.Writer, book app.AuditBook, p lang.Printer) error {
	w := paper.NewWorkbook(paper.Document{Language: p.Tag(), Title: p.T("audit.title")})
	defer w.Close()
	sheet := w.Sheet("audit.title")
	var widths []int
	for i, c := range auditColumns {
		w.Text(sheet, i+1, 1, p.T(c.key), paper.HeadStyle)
		widths = append(widths, c.width)
	}
	w.Columns(sheet, widths)
	row := 1
	err := book.Each(func(e kpi.AuditEntry) error {
		if row++; row > mostAuditRows+1 {
			return errEnough
		}
		for i, cell := range auditCells(e, book, p) {
			if utf8.RuneCountInString(cell) > mostCell {
				cell = string([]rune(cell)[:mostCell-1]) + "…"
			}
			w.Text(sheet, i+1, row, cell, paper.LeftStyle)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		w.Text(sheet, 1, row, p.T("audit.cut", mostAuditRows), paper.LeftStyle)
		err = nil
	}
	if err != nil {
		return err
	}
	return w.Write(to)
}

var errEnough = errors.New("the workbook is full")
