package download

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// SendPersonalData sends what is stored about an account as a JSON file: its tables, each with its columns and rows.
func (s Files) SendPersonalData(c *fiber.Ctx, v *middleware.Visit, name string) error {
	data, err := s.App.PersonalData(c.UserContext(), v.Actor, name)
	if err != nil {
		return err
	}
	raw, err := PersonalJSON(data)
	if err != nil {
		return err
	}
	file := fmt.Sprintf("%s-%s.json", name, kpi.DateOf(s.App.Now()))
	return middleware.Attach(c, file, fiber.MIMEApplicationJSON, bytes.NewReader(raw), len(raw))
}

// PersonalJSON writes what is stored about an account. Moments are milliseconds since 1970, as they are stored.
func PersonalJSON(data app.PersonalData) ([]byte, error) {
	type table struct {
		Table   string   `json:"table"`
		Columns []string `json:"columns"`
		Rows    [][]any  `json:"rows"`
	}
	out := struct {
		Account string  `json:"account"`
		At      int64   `json:"at"`
		Tables  []table `json:"tables"`
	}{data.Account.Name, int64(data.At), nil}
	for _, t := range data.Tables {
		out.Tables = append(out.Tables, table{t.Table, t.Columns, t.Rows})
	}
	return json.MarshalIndent(out, "", " ")
}
