//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/office"
	"dabiao/internal/programtest"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/store/storetest"
)

// moving is an office that is moved while people write and read.
type moving struct {
	t          *testing.T
	data, url  string
	token      string
	stored     sync.Map // codes of what was acknowledged
	n          atomic.Int64
	acked      atomic.Int64
	refused    atomic.Int64
	unreadable atomic.Int64
	strange    sync.Map // answers that nobody should get
	end        context.CancelFunc
	over       sync.WaitGroup
}

func (m *moving) ask(method, path string, body any) (status int, said string) {
	raw, err := json.Marshal(body)
	must(m.t, err)
	req, err := http.NewRequest(method, m.url+"/o/api/v1"+path, bytes.NewReader(raw))
	must(m.t, err)
	req.Header.Set("Authorization", "Bearer "+m.token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "en")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(text)
}

// people write and read until end.
func (m *moving) people(ctx context.Context) {
	for range 3 {
		m.over.Go(func() {
			for ctx.Err() == nil {
				code := fmt.Sprintf("a%d", m.n.Add(1))
				switch status, said := m.ask(http.MethodPost, "/areas", map[string]any{"code": code, "name": code}); {
				case status == http.StatusCreated:
					m.stored.Store(code, true)
					m.acked.Add(1)
				case strings.Contains(said, "records_moving"), strings.Contains(said, "records_moved"):
					m.refused.Add(1)
				default:
					m.strange.Store(fmt.Sprintf("%d %.200s", status, said), true)
				}
			}
		})
	}
	m.over.Go(func() {
		for ctx.Err() == nil {
			if status, said := m.ask(http.MethodGet, "/areas?limit=1", nil); status != http.StatusOK {
				m.unreadable.Add(1)
				m.strange.Store(fmt.Sprintf("reading: %d %.200s", status, said), true)
			}
		}
	})
}

// writesAgain waits until something is acknowledged after now.
func (m *moving) writesAgain() {
	m.t.Helper()
	was := m.acked.Load()
	until(m.t, "people write again", func() bool { return m.acked.Load() > was+3 })
}

// nothingIsLost compares what was acknowledged with what is there.
func (m *moving) nothingIsLost() {
	m.t.Helper()
	there := map[string]bool{}
	for cursor := ""; ; {
		status, said := m.ask(http.MethodGet, "/areas?limit=200"+cursor, nil)
		var list struct {
			Items []struct{ Code string }
			Next  string `json:"next_cursor"`
		}
		if status != http.StatusOK || json.Unmarshal([]byte(said), &list) != nil {
			m.t.Fatalf("the list: %d %.300s", status, said)
		}
		for _, a := range list.Items {
			there[a.Code] = true
		}
		if list.Next == "" {
			break
		}
		cursor = "&cursor=" + list.Next
	}
	lost := 0
	m.stored.Range(func(code, _ any) bool {
		if !there[code.(string)] {
			lost++
		}
		return true
	})
	if lost > 0 {
		m.t.Errorf("%d of %d that were acknowledged are lost", lost, m.acked.Load())
	}
}

func newMoving(t *testing.T) *moving {
	m := &moving{t: t, data: t.TempDir()}
	must(t, office.Add(m.data, office.Office{Name: "o", Path: "/o"}))
	m.url = served(t, "--data="+m.data, "--zone", "UTC")
	until(t, "it is served", func() bool { return answers(t, m.url+"/o/readyz", "", "") == http.StatusOK })
	records := "--data=" + office.Dir(m.data, "o")
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--password-stdin", records).works("")
	m.token = strings.TrimSpace(dabiao(t, "", "token", "add", "--user", "boss", "--name", "t", records).works("").out)
	var ctx context.Context
	ctx, m.end = context.WithCancel(t.Context())
	m.people(ctx)
	m.writesAgain()
	return m
}

// finish ends the story: nobody was told anything that is not so, reading never broke off, and nothing is lost.
func (m *moving) finish() {
	m.t.Helper()
	m.end()
	m.over.Wait()
	m.strange.Range(func(said, _ any) bool {
		m.t.Errorf("somebody was told %s", said)
		return true
	})
	m.nothingIsLost()
	o, err := office.Read(m.data, "o")
	must(m.t, err)
	dabiao(m.t, "", "verify", "--data="+office.Dir(m.data, "o"), "--database="+o.Database).works("")
	m.t.Logf("%d acknowledged, %d refused while it moved", m.acked.Load(), m.refused.Load())
}

// An office goes from its folder to one PostgreSQL, to another server, and back, while people write and read. Each step
// is broken off once, as a kill would, and the move is said again.
func TestAnOfficeMovesWhilePeopleWrite(t *testing.T) {
	m := newMoving(t)
	first, second := storetest.PostgreSQL(t), pgtest.Durable(t)
	steps := []string{"copy", "name", "evidence", "verify", "switch", "mark", ""}
	broken := errors.New("killed")
	for i, to := range []string{first + "&schema=o", second + "&schema=o", "", first + "&schema=o2"} {
		for _, at := range steps {
			reached := at == ""
			mv := officeMove{io: streams{strings.NewReader(""), io.Discard, io.Discard}, data: m.data, address: to,
				step: func(name string) error {
					if name == at {
						reached = true
						return broken
					}
					return nil
				}}
			s := &server{records: records{data: m.data, zone: "UTC"}}
			err := mv.begin(t.Context(), s, "o", false)
			if reached && at != "" && !errors.Is(err, broken) || at == "" && err != nil {
				t.Fatalf("move %d broken off at %q: %v", i, at, err)
			}
			if at == "copy" { // it is not begun
				m.writesAgain()
			}
		}
		if o, err := office.Read(m.data, "o"); err != nil || o.Database != to {
			t.Errorf("the list says %q, %v", o.Database, err)
		}
		m.writesAgain()
	}
	m.finish()
}

// The command is killed at any moment, as often as it takes.
func TestAnOfficeMovesThoughItsMoveIsKilled(t *testing.T) {
	m := newMoving(t)
	program, err := programtest.Binary()
	must(t, err)
	to := storetest.PostgreSQL(t) + "&schema=o"
	for wait := 50 * time.Millisecond; ; wait += 50 * time.Millisecond {
		cmd := exec.CommandContext(t.Context(), program, "office", "move", "o", "--to", to, "--data", m.data, "--zone", "UTC")
		must(t, cmd.Start())
		kill := time.AfterFunc(wait, func() { cmd.Process.Kill() }) //nolint:errcheck // it may have ended
		err := cmd.Wait()
		kill.Stop()
		if err == nil {
			break
		}
	}
	m.writesAgain()
	m.finish()
}

// A move that cannot be has come to nothing, and one that was broken off can be undone.
func TestAMoveThatCannotBe(t *testing.T) {
	m := newMoving(t)
	in := "--data=" + m.data
	to := storetest.PostgreSQL(t)
	for what, c := range map[string]struct {
		args []string
		says string
	}{
		"nowhere":       {nil, "name --to"},
		"to a folder":   {[]string{"--to", "/tmp/x"}, "name --to"},
		"where it is":   {[]string{"--to", "folder"}, ""},
		"to no server":  {[]string{"--to", "postgres:///x?host=/nowhere&schema=o"}, "stays as it is"},
		"nothing to do": {[]string{"--stay"}, "are not being moved"},
	} {
		r := dabiao(t, "", append([]string{"office", "move", "o", in}, c.args...)...)
		if (r.code == 0) != (c.says == "") || !strings.Contains(r.err, c.says) {
			t.Errorf("%s: %d %s", what, r.code, r.err)
		}
	}
	m.writesAgain()
	s := &server{records: records{data: m.data, zone: "UTC"}}
	mv := officeMove{io: streams{strings.NewReader(""), io.Discard, io.Discard}, data: m.data, address: to + "&schema=o",
		step: func(name string) error {
			if name == "verify" {
				return errors.New("killed")
			}
			return nil
		}}
	if err := mv.begin(t.Context(), s, "o", false); err == nil || !strings.Contains(err.Error(), "can only be read") {
		t.Errorf("broken off: %v", err)
	}
	was := m.refused.Load()
	until(t, "people are refused", func() bool { return m.refused.Load() > was })
	refuses := func(schema, why string) {
		t.Helper()
		r := dabiao(t, "", "office", "move", "o", in, "--to", to+"&schema="+schema)
		if r.code != 1 || !strings.Contains(r.err, "can only be read where it is") || !strings.Contains(r.err, why) {
			t.Errorf("to %s: %d, %s", schema, r.code, r.err)
		}
	}
	refuses("other", "are being moved to")
	dabiao(t, "", "office", "move", "o", in, "--stay").works("")
	m.writesAgain()
	refuses("o", "areas has")
	dabiao(t, "", "office", "move", "o", in, "--stay").works("")
	m.writesAgain()
	m.finish()
}

// Evidence goes where the server will look for it: from the folder into the database, into another one, and back.
func TestEvidenceMovesWithItsOffice(t *testing.T) {
	data := t.TempDir()
	must(t, office.Add(data, office.Office{Name: "o", Path: "/o"}))
	dir := office.Dir(data, "o")
	must(t, os.CopyFS(dir, os.DirFS(demoFolder(t))))
	held := func() (n int) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(dir, "evidence", "??", "*"))
		must(t, err)
		return len(files)
	}
	had := held()
	if had == 0 {
		t.Fatal("the demo has no evidence")
	}
	for _, to := range []string{storetest.PostgreSQL(t) + "&schema=o", storetest.PostgreSQL(t),
		storetest.PostgreSQL(t) + "&schema=again", inFolder} {
		in := []string{"--data=" + data, "--evidence=database", "--zone=UTC"}
		r := dabiao(t, "", append([]string{"office", "move", "o", "--to", to}, in...)...)
		if r.code != 0 || !strings.Contains(r.out, fmt.Sprintf("evidence: %d files", had)) {
			t.Fatalf("to %s: %d, %s, %s", to, r.code, r.out, r.err)
		}
		records := []string{"--data=" + dir, "--database=", "--zone=UTC"}
		if to != inFolder {
			must(t, os.RemoveAll(filepath.Join(dir, "evidence"))) // nobody needs it any more
			records = []string{"--data=" + dir, "--database=" + to, "--evidence=database", "--zone=UTC"}
		}
		dabiao(t, "", append([]string{"verify"}, records...)...).works("")
	}
	if held() != had {
		t.Errorf("%d files are back, of %d", held(), had)
	}
}
