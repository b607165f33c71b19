package demo

import (
	"context"
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// Account is an account of the demo. Password and token are new in every run and stored nowhere else in
// clear.
type Account struct {
	Role     kpi.Role
	Name     string
	Password string
	Token    string
}

// FirstDay is the first day for which a demo can be made, because its sample year comes after the
// published one.
const FirstDay kpi.Date = "2023-01-01"

// loader holds what the steps share.
type loader struct {
	ctx    context.Context
	app    *app.App
	today  kpi.Date
	name   string // of the office
	actors map[kpi.Role]kpi.Actor
	units  []row // parents before children
}

// Load fills an empty installation and returns one account per role, in the roles' order. The sample
// year is that of today, which must be FirstDay or later; nothing in it is dated after today. Any error
// is a fault.
func Load(ctx context.Context, a *app.App, today kpi.Date) ([]Account, error) {
	l := &loader{ctx: ctx, app: a, today: today, actors: map[kpi.Role]kpi.Actor{}}
	if err := l.office(); err != nil {
		return nil, fmt.Errorf("load the demo's office: %w", err)
	}
	accounts, err := l.accounts()
	if err != nil {
		return nil, fmt.Errorf("load the demo's accounts: %w", err)
	}
	if err := l.published(); err != nil {
		return nil, fmt.Errorf("load the demo's year %d: %w", publishedYear, err)
	}
	if err := l.sample(); err != nil {
		return nil, fmt.Errorf("load the demo's sample year: %w", err)
	}
	return accounts, nil
}

// office sets the name, the units and the areas.
func (l *loader) office() error {
	names, err := table("office.csv")
	if err != nil {
		return err
	}
	office := app.Office{Name: names[0]["name"], NameEn: names[0]["name_en"]}
	l.name = office.Name
	if err := l.app.SetOffice(l.ctx, kpi.Operator, office); err != nil {
		return err
	}
	if l.units, err = table("units.csv"); err != nil {
		return err
	}
	for _, r := range l.units {
		unit := app.NewUnit{Code: r["code"], Name: r["name"], NameEn: r["name_en"], Parent: r["parent"]}
		if _, err := l.app.CreateUnit(l.ctx, kpi.Operator, unit); err != nil {
			return fmt.Errorf("unit %s: %w", unit.Code, err)
		}
	}
	areas, err := table("areas.csv")
	if err != nil {
		return err
	}
	for _, r := range areas {
		area := kpi.Area{Code: r["code"], Name: r["name"], NameEn: r["name_en"]}
		if _, err := l.app.CreateArea(l.ctx, kpi.Operator, 0, area); err != nil {
			return fmt.Errorf("area %s: %w", area.Code, err)
		}
	}
	return nil
}

// root returns the code of the county.
func (l *loader) root() string { return l.units[0]["code"] }

// townships returns the units below the county.
func (l *loader) townships() []row { return l.units[1:] }

// createIndicator adds the indicator of a line in either year's table.
func (l *loader) createIndicator(r row, year kpi.Year) error {
	decimals, err := r.count("decimals")
	if err != nil {
		return err
	}
	starts, err := r.count("starts")
	if err != nil {
		return err
	}
	_, err = l.app.CreateIndicator(l.ctx, l.actors[kpi.Staff], app.NewIndicator{
		Indicator: kpi.Indicator{
			Code: r["code"], Name: r["name_zh"], NameEn: r["name_en"], Kind: kpi.Kind(r["kind"]),
			Measure: kpi.Measure(r["measure"]), Decimals: decimals, Direction: kpi.Direction(r["direction"]),
			Category: kpi.Category(r["category"]), Definition: r["definition"], Source: r["source"],
			Owner: r["owner"], Starts: starts, Note: r["note_zh"],
		},
		Area: r["area"], Numerator: r["numerator"], Denominator: r["denominator"], PartOf: r["part_of"],
		Years: []kpi.Year{year},
	})
	if err != nil {
		return fmt.Errorf("indicator %s: %w", r["code"], err)
	}
	return nil
}
