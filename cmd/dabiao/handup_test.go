package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// smallOffice sets an office with one indicator and one unit up in a new data folder, on 2 March 2020.
func smallOffice(t *testing.T, name, code string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	c := storetest.In(t, dir)
	c.KeyFile = filepath.Join(dir, store.KeyFileName)
	db, err := store.Open(t.Context(), c)
	must(t, err)
	defer db.Close()
	a := app.New(app.Config{DB: db, Now: func() time.Time { return time.Date(2020, 3, 2, 9, 0, 0, 0, time.UTC) },
		Zone: time.UTC, Passwords: app.CheapPasswords})
	must(t, a.SetUp(t.Context(), app.Setup{Office: app.Office{Name: name}, UnitCode: "root", Year: 2020, Name: "admin",
		Password: "correct horse"}))
	_, err = a.CreateUnit(t.Context(), kpi.Operator, app.NewUnit{Code: "c1", Name: "某县某局", Parent: "root"})
	must(t, err)
	_, err = a.CreateIndicator(t.Context(), kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: code,
		Name: "培训人数", Kind: kpi.Flow, Measure: "人"}})
	must(t, err)
	_, err = a.LogUpdate(t.Context(), kpi.Operator, kpi.NewUpdate{Indicator: code, Dated: "2020-02-03",
		Quantity: kpi.Exactly(kpi.Whole(12)), Origin: kpi.FromForm})
	must(t, err)
	return dir
}

// A year's figures go from one office to the one above it by files, on the command line.
func TestFiguresAreHandedUpOnTheCommandLine(t *testing.T) {
	above, below, files := smallOffice(t, "某市某局", "trained"), smallOffice(t, "某县某局", "px"), t.TempDir()
	dictionary, pack := filepath.Join(files, "dictionary.json"), filepath.Join(files, "package.zip")
	dabiao(t, "", "handup").fails(2, "dabiao handup dictionary")
	dabiao(t, "", "handup", "make", "--data", below, "--year", "2020", "--out", pack).fails(1, "No dictionary")
	dabiao(t, "", "handup", "dictionary", "--data", above, "--year", "2020", "--out", dictionary).works("")
	dabiao(t, "", "handup", "map", dictionary, "--data", above).fails(1, "own dictionary")
	dabiao(t, "", "handup", "map", dictionary, "--data", below, "--own", "trained=").works("not handed up: trained")
	dabiao(t, "", "handup", "map", dictionary, "--data", below, "--own", "trained=px").works("")
	dabiao(t, "", "handup", "make", "--data", below, "--year", "2020", "--month", "2", "--out", pack).
		works("version 1 made (months 2 to 2)")
	dabiao(t, "", "handup", "take", pack, "--data", above, "--dry-run").works("1 change against")
	if got := dabiao(t, "", "handup", "take", pack, "--data", above); got.code != 1 || got.out != "" ||
		!strings.Contains(got.err, "Compare the key") {
		t.Errorf("a first key: %+v", got)
	}
	dabiao(t, "", "handup", "take", pack, "--data", above, "--trust-key").works("1 entry logged")
	dabiao(t, "", "handup", "take", pack, "--data", above).works("0 entries logged")
	raw, err := os.ReadFile(pack)
	must(t, err)
	must(t, os.WriteFile(pack, bytes.Replace(raw, []byte("PK"), []byte("KP"), 1), 0o600))
	if got := dabiao(t, "", "handup", "take", pack, "--data", above); got.code != 1 || got.out != "" {
		t.Errorf("a damaged package: %+v", got)
	}
	dabiao(t, "", "handup", "send", "--data", below, "--year", "2020").fails(1, "no address of an office above")
	got := dabiao(t, "no-token\n", "handup", "send", "--data", below, "--year", "2020", "--above", "http://127.0.0.1:1",
		"--token-stdin")
	if got.code != 1 || !strings.Contains(got.err, "没有送达上级") {
		t.Errorf("nobody there: %+v", got)
	}
	dabiao(t, "", "verify", "--data", above).works("")
}
