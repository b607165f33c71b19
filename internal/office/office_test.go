package office_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/office"
)

func TestTheListHoldsWhatCanBeServed(t *testing.T) {
	data := t.TempDir()
	if list, bad := office.List(data); len(list) > 0 || len(bad) > 0 {
		t.Errorf("a data folder without offices: %v, %v", list, bad)
	}
	for _, o := range []office.Office{
		{Name: "wugang", Path: "/gov/wugang"},
		{Name: "b", Hosts: []string{"b.example.cn"}, Database: "postgres://h/b"},
	} {
		if err := office.Add(data, o); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(office.Dir(data, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	list, bad := office.List(data)
	if len(list) != 2 || list[0].Name != "b" || list[1].Path != "/gov/wugang" || len(bad) != 1 ||
		!strings.Contains(bad[0].Error(), "office empty") {
		t.Errorf("%+v, %v", list, bad)
	}
	if err := office.Change(data, "b", func(o *office.Office) { o.Closed = true }); err != nil {
		t.Error(err)
	}
	if list, _ := office.List(data); !list[0].Closed || list[0].Database != "postgres://h/b" {
		t.Errorf("closed: %+v", list[0])
	}
	info, err := os.Stat(filepath.Join(office.Dir(data, "b"), "office.json"))
	if err != nil || info.Mode().Perm() != 0o600 { // the database's password may stand in it
		t.Errorf("others may read where the records are: %v, %v", info, err)
	}
}

func TestAnOfficeAtOddsWithAnotherIsRefused(t *testing.T) {
	others := []office.Office{{Name: "a", Path: "/gov/a", Hosts: []string{"a.example.cn"}, Database: "postgres://h/a"}}
	for _, c := range []struct {
		office office.Office
		why    string // "": none
	}{
		{office.Office{Name: "b", Path: "/gov/b"}, ""},
		{office.Office{Name: "b", Path: "/gov/ab"}, ""},
		{office.Office{Name: "a", Path: "/gov/a/b"}, ""}, // itself, reached elsewhere from now on
		{office.Office{Name: "b", Hosts: []string{"b.example.cn"}}, ""},
		{office.Office{Name: "b"}, "say where"},
		{office.Office{Name: "B", Path: "/b"}, "no name"},
		{office.Office{Name: "../a", Path: "/b"}, "no name"},
		{office.Office{Name: "", Path: "/b"}, "no name"},
		{office.Office{Name: strings.Repeat("a", 41), Path: "/b"}, "no name"},
		{office.Office{Name: "b", Path: "b"}, "no path"},
		{office.Office{Name: "b", Path: "/"}, "no path"},
		{office.Office{Name: "b", Path: "/b/"}, "no path"},
		{office.Office{Name: "b", Path: "/b/../c"}, "no path"},
		{office.Office{Name: "b", Path: "/武冈"}, "no path"},
		{office.Office{Name: "b", Path: "/a/b/c/d/e"}, "no path"},
		{office.Office{Name: "b", Path: "/years"}, "program's own"},
		{office.Office{Name: "b", Path: "/api/b"}, "program's own"},
		{office.Office{Name: "b", Path: "/gov"}, "neither path may lie in the other"},
		{office.Office{Name: "b", Path: "/gov/a"}, "neither path may lie in the other"},
		{office.Office{Name: "b", Path: "/gov/a/b"}, "neither path may lie in the other"},
		{office.Office{Name: "b", Hosts: []string{"a.example.cn"}}, "is reached as"},
		{office.Office{Name: "b", Hosts: []string{"B.example.cn"}}, "no name of a host"},
		{office.Office{Name: "b", Hosts: []string{"b"}}, "no name of a host"},
		{office.Office{Name: "b", Hosts: []string{"b.example.cn:80"}}, "no name of a host"},
		{office.Office{Name: "b", Path: "/b", Database: "postgres://h/a"}, "database"},
	} {
		err := c.office.Check(others)
		if (err == nil) != (c.why == "") || err != nil && !strings.Contains(err.Error(), c.why) {
			t.Errorf("%+v: %v, want %q", c.office, err, c.why)
		}
	}
	if err := office.Add(t.TempDir(), office.Office{Name: "b", Path: "/years"}); err == nil {
		t.Error("a refused office is added")
	}
}
