package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"dabiao/internal/demo"
	"dabiao/internal/kpi"
)

// demoMark is the file that marks a folder as a demo's, which may be recreated.
const demoMark = "this-is-a-demo"

// demoReady is the output line of `demo --json`.
type demoReady struct {
	URL      string        `json:"url"`
	Year     int           `json:"year"`
	Accounts []demoAccount `json:"accounts"`
}

type demoAccount struct {
	Role     kpi.Role `json:"role"`
	Name     string   `json:"name"`
	Password string   `json:"password"`
	Token    string   `json:"token"`
}

func runDemo(ctx context.Context, io streams, args []string) error {
	var s server
	var asJSON bool
	f := newFlags(io, "demo")
	s.flags(f)
	f.Func("today", "the demo's day, YYYY-MM-DD, and from nine o'clock on its clock; without, today",
		func(day string) (err error) {
			s.today, err = demoDay(day)
			return err
		})
	f.BoolVar(&asJSON, "json", false, "print one line of JSON when ready, for scripts")
	f.Lookup("data").DefValue = filepath.Join("data", "demo-run")
	s.data = f.Lookup("data").DefValue
	f.Lookup("backups").DefValue = noBackups // nobody will miss a demo
	s.copies = noBackups
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if err := s.records.backUpInto(s.copies, s.places); err != nil {
		return err
	}
	if err := s.mayFollow(); err != nil {
		return err
	}
	unlock, err := s.freshFolder()
	if err != nil {
		return err
	}
	defer unlock()
	a, db, err := s.records.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if !asJSON {
		fmt.Fprintln(io.out, "loading the demo into", s.data, "…")
	}
	accounts, err := demo.Load(ctx, a, a.Today())
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	defer s.follow(a, log)()
	return s.serve(ctx, a, log, func(url, _ string) {
		ready := demoReady{URL: url, Year: int(a.Today().Year())}
		for _, account := range accounts {
			ready.Accounts = append(ready.Accounts, demoAccount(account))
		}
		if asJSON {
			json.NewEncoder(io.out).Encode(ready) //nolint:errcheck // nobody listens any more
			return
		}
		ready.print(io)
	})
}

// demoDay parses the day on which a demo starts.
func demoDay(day string) (kpi.Date, error) {
	d, err := kpi.ParseDate(day)
	if err != nil || d < demo.FirstDay {
		return "", fmt.Errorf("write a day from %s on as YYYY-MM-DD", demo.FirstDay)
	}
	return d, nil
}

// clockFrom returns a clock that starts now at nine in the morning of a day in the office's zone, and
// runs at normal speed.
func clockFrom(day kpi.Date, zone *time.Location) func() time.Time {
	date, begun := day.Time(), time.Now()
	morning := time.Date(date.Year(), date.Month(), date.Day(), 9, 0, 0, 0, zone)
	return func() time.Time { return morning.Add(time.Since(begun)) }
}

func (r demoReady) print(io streams) {
	fmt.Fprintf(io.out, "\n  %s\n\n  %-10s %-10s %s\n", r.URL, "role", "name", "password")
	for _, a := range r.Accounts {
		fmt.Fprintf(io.out, "  %-10s %-10s %s\n", a.Role, a.Name, a.Password)
	}
	fmt.Fprint(io.out, "\n  Ctrl+C stops it.\n")
}

// freshFolder empties the folder of an earlier demo and locks it. It leaves a folder alone that is not
// a demo's.
func (s server) freshFolder() (unlock func(), err error) {
	mark := filepath.Join(s.data, demoMark)
	entries, err := os.ReadDir(s.data)
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("look at the data folder: %w", err)
	}
	if _, err := os.Stat(mark); err != nil && len(entries) > 0 {
		return nil, fmt.Errorf("%s holds something that is not a demo: name another folder with --data", s.data)
	}
	if unlock, err = s.lock(); err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Name() == "lock" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(s.data, e.Name())); err != nil {
			unlock()
			return nil, fmt.Errorf("empty the folder of an earlier demo: %w", err)
		}
	}
	return unlock, os.WriteFile(mark, nil, 0o600)
}
