package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/office"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// served runs `dabiao serve` until the test ends and returns its address.
func served(t *testing.T, args ...string) (url string) {
	t.Helper()
	return servedSaying(t, io.Discard, args...)
}

// servedSaying is served with a log.
func servedSaying(t *testing.T, log io.Writer, args ...string) (url string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out := &lines{said: make(chan string, 10)}
	ended := make(chan int)
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), out, log},
			append([]string{"serve", "--addr", "127.0.0.1:0"}, args...))
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("the server ended with %d", code)
		}
	})
	return strings.TrimSpace(strings.TrimPrefix(<-out.said, "dabiao: "))
}

// answers returns the status of an address under a host, with a token if there is one.
func answers(t *testing.T, url, host, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	if host != "" {
		req.Host = host
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	must(t, err)
	must(t, resp.Body.Close())
	return resp.StatusCode
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// Offices are added, served and removed while the program serves its own: each with its database, accounts and tokens,
// none of which opens another's.
func TestOfficesAreServedBesideEachOther(t *testing.T) {
	data, copies := t.TempDir(), t.TempDir()
	in := "--data=" + data
	url := served(t, in, "--backups", copies, "--zone", "UTC")
	database := storetest.PostgreSQL(t)
	dabiao(t, "", "office", "add", "east", "--at-path", "/gov/east", in).works("its set-up address")
	dabiao(t, "", "office", "add", "west", "--at-host", "west.example.cn", "--records", database, in).works("")
	dabiao(t, "", "office", "add", "east", "--at-path", "/gov/east2", in).fails(1, "there is an office east")
	dabiao(t, "", "office", "add", "west2", "--at-host", "w.example.cn", "--records", database, in).
		fails(1, "has one of its own")

	type place struct{ name, url, host, dir, database string }
	places := []place{{"its own", url, "", data, ""}, {"east", url + "/gov/east", "", office.Dir(data, "east"), ""},
		{"west", url, "west.example.cn", office.Dir(data, "west"), database}}
	tokens := map[string]string{}
	for _, p := range places {
		until(t, p.name+" is served", func() bool { return answers(t, p.url+"/readyz", p.host, "") == http.StatusOK })
		records := []string{"--data=" + p.dir, "--database=" + p.database}
		boss := []string{"user", "add", "boss", "--role", "admin", "--password-stdin"}
		dabiao(t, "correct horse\n", append(boss, records...)...).works("")
		token := []string{"token", "add", "--user", "boss", "--name", "t"}
		tokens[p.name] = strings.TrimSpace(dabiao(t, "", append(token, records...)...).works("").out)
	}
	for _, p := range places {
		for name, token := range tokens {
			want := http.StatusUnauthorized
			if name == p.name {
				want = http.StatusOK
			}
			if got := answers(t, p.url+"/api/v1/accounts", p.host, token); got != want {
				t.Errorf("a token of %s at %s: %d, want %d", name, p.name, got, want)
			}
		}
	}
	list := dabiao(t, "", "office", "list", in).works("/gov/east").out
	if !strings.Contains(list, "west.example.cn") || strings.Contains(list, "postgres://") {
		t.Errorf("the list: %s", list)
	}
	for _, name := range []string{"east", "west"} { // each has a folder of its own for its copies
		if info, err := os.Stat(filepath.Join(copies, name)); err != nil || !info.IsDir() {
			t.Errorf("copies of %s: %v", name, err)
		}
	}

	dabiao(t, "", "office", "reach", "west", "--at-path", "/gov/west", in).works("")
	until(t, "west is below a path, too", func() bool {
		return answers(t, url+"/gov/west/api/v1/accounts", "", tokens["west"]) == http.StatusOK
	})

	dabiao(t, "", "office", "remove", "east", in).works("its records are kept in")
	until(t, "east is no longer there", func() bool {
		return answers(t, places[1].url+"/readyz", "", "") == http.StatusNotFound
	})
	kept, err := filepath.Glob(filepath.Join(data, "offices-removed", "east-*", store.FileName))
	if err != nil || len(kept) != 1 {
		t.Errorf("its records: %q, %v", kept, err)
	}
	for _, p := range []place{places[0], places[2]} {
		if got := answers(t, p.url+"/api/v1/accounts", p.host, tokens[p.name]); got != http.StatusOK {
			t.Errorf("%s after another was removed: %d", p.name, got)
		}
	}
}

// Offices share a database, each with a schema, and one that names another's, however it spells the address, is not
// served and says why.
func TestOfficesShareADatabase(t *testing.T) {
	data := t.TempDir()
	in := "--data=" + data
	log := &lines{said: make(chan string, 1000)}
	url := servedSaying(t, log, in, "--zone", "UTC")
	database := storetest.PostgreSQL(t)
	tokens := map[string]string{}
	for _, name := range []string{"east", "west"} {
		dabiao(t, "", "office", "add", name, "--at-path", "/"+name, "--records", database+"&schema", in).works("")
		until(t, name+" is served", func() bool { return answers(t, url+"/"+name+"/readyz", "", "") == http.StatusOK })
		records := []string{"--data=" + office.Dir(data, name), "--database=" + database + "&schema=" + name}
		boss := []string{"user", "add", "boss", "--role", "admin", "--password-stdin"}
		dabiao(t, "correct horse\n", append(boss, records...)...).works("")
		token := []string{"token", "add", "--user", "boss", "--name", "t"}
		tokens[name] = strings.TrimSpace(dabiao(t, "", append(token, records...)...).works("").out)
	}
	for _, name := range []string{"east", "west"} {
		for of, token := range tokens {
			want := http.StatusUnauthorized
			if of == name {
				want = http.StatusOK
			}
			if got := answers(t, url+"/"+name+"/api/v1/accounts", "", token); got != want {
				t.Errorf("a token of %s at %s: %d, want %d", of, name, got, want)
			}
		}
	}
	dabiao(t, "", "verify", "--data="+office.Dir(data, "west"), "--database="+database+"&schema=east").
		fails(1, "the records there are those of the office east, not of the office west")
	other := database + "&schema=east&application_name=other"
	dabiao(t, "", "office", "add", "third", "--at-path", "/third", "--records", other, in).works("")
	for line := range log.said {
		if strings.Contains(line, "those of the office east, not of the office third") {
			break
		}
	}
	if got := answers(t, url+"/third/readyz", "", ""); got != http.StatusServiceUnavailable {
		t.Errorf("the third is answered with %d", got)
	}
	dabiao(t, "", "office", "add", "fourth", "--at-path", "/fourth", "--records", database+"&schema=pg_x", in).
		fails(1, "begins with a letter, and not with pg_")
}

// An office that cannot be opened says so at its address, keeps no other from being served, and is served once it can
// be.
func TestAnOfficeThatCannotBeOpenedKeepsNoOther(t *testing.T) {
	data := t.TempDir()
	for _, name := range []string{"good", "bad"} {
		must(t, office.Add(data, office.Office{Name: name, Path: "/" + name}))
	}
	spoiled := filepath.Join(office.Dir(data, "bad"), store.FileName)
	must(t, os.WriteFile(spoiled, bytes.Repeat([]byte("no database "), 1000), 0o600))
	must(t, os.MkdirAll(office.Dir(data, "unlisted"), 0o700))
	url := served(t, "--data="+data)
	comesTo := func(what, path string, status int) {
		until(t, what, func() bool { return answers(t, url+path, "", "") == status })
	}
	comesTo("the good one is served", "/good/readyz", http.StatusOK)
	comesTo("the bad one says so", "/bad/", http.StatusServiceUnavailable)
	if got := answers(t, url+"/readyz", "", ""); got != http.StatusOK {
		t.Errorf("the program's own: %d", got)
	}
	if got := answers(t, url+"/unlisted/", "", ""); got != http.StatusNotFound {
		t.Errorf("a folder that is no office: %d", got)
	}
	must(t, os.Remove(spoiled))
	comesTo("the bad one is served", "/bad/readyz", http.StatusOK)
	must(t, os.WriteFile(filepath.Join(office.Dir(data, "good"), "office.json"), []byte("{"), 0o600))
	time.Sleep(listEvery + listEvery/2) // it is read
	if got := answers(t, url+"/good/readyz", "", ""); got != http.StatusOK {
		t.Errorf("an office whose file was spoiled while it was served: %d", got)
	}
}

// A host goes before a path, a longer path before none, and no path is found within a word.
func TestAnAddressIsOneOffices(t *testing.T) {
	a := addresses{hosts: map[string]*running{}, paths: map[string]*running{}}
	a.hosts["b.example.cn"] = &running{Office: office.Office{Name: "b"}}
	a.paths["/gov/east"] = &running{Office: office.Office{Name: "east"}}
	a.paths["/c"] = &running{Office: office.Office{Name: "c"}}
	for at, want := range map[[2]string]string{
		{"x", "/gov/east"}: "east", {"x", "/gov/east/"}: "east", {"x", "/gov/east/years/2026"}: "east",
		{"x", "/gov/eastern"}: "", {"x", "/gov"}: "", {"x", "/"}: "", {"x", ""}: "", {"x", "/years/gov/east"}: "",
		{"x", "/c"}: "c", {"x", "/c/gov/east"}: "c", {"x", "/cc"}: "", {"x", "//gov/east"}: "",
		{"b.example.cn", "/gov/east"}: "b", {"B.Example.CN:8080", "/"}: "b", {"[::1]:80", "/c/"}: "c",
		{"xb.example.cn", "/"}: "",
	} {
		got := ""
		if r, _ := a.find(at[0], at[1]); r != nil {
			got = r.Name
		}
		if got != want {
			t.Errorf("%q is %q, want %q", at, got, want)
		}
	}
}

// An office's evidence never lies where another's does.
func TestEvidenceOfAnOfficeIsItsOwn(t *testing.T) {
	for _, c := range []struct{ flag, database, want string }{
		{"folder", "", "folder"}, {"folder", "postgres://one", "folder"},
		{"s3://b/p/", "", "s3://b/p/wugang"}, {"s3://b", "postgres://one", "s3://b/wugang"},
		{"database", "postgres://one", "database"}, {"database", "", "folder"},
	} {
		s := &server{}
		s.evidenceAt = c.flag
		if got := s.evidenceOf(office.Office{Name: "wugang", Database: c.database}); got != c.want {
			t.Errorf("with %s and %q it is %s", c.flag, c.database, got)
		}
	}
}
