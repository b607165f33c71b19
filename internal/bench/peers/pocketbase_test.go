//go:build peers

package peers

import (
	"testing"
	"time"
)

// pocketBase is PocketBase as it is shipped: collections of units, indicators and entries, and a view that adds up,
// with an index that covers it. It does not wait for the disk at each commit (synchronous=NORMAL).
type pocketBase struct {
	dir    string
	runs   *process
	server *line
}

func (*pocketBase) name() string                 { return "pocketbase" }
func (*pocketBase) alone() bool                  { return false }
func (p *pocketBase) process() *process          { return p.runs }
func (p *pocketBase) program(t *testing.T) int64 { return weight(t, tool(t, "base")) }
func (p *pocketBase) records(t *testing.T) int64 { return weight(t, p.dir+"/data.db") }
func (p *pocketBase) stop()                      { p.runs.stop() }

const boardView = `SELECT i.id, i.code, i.target, (SELECT COALESCE(SUM(e.amount), 0) FROM entries e
	WHERE e.indicator = i.code AND e.day BETWEEN '2025-01-01' AND '2025-12-31') AS achieved FROM indicators i`

func (p *pocketBase) load(t *testing.T, c county) time.Duration {
	p.dir = t.TempDir()
	run(t, "", nil, tool(t, "base"), "superuser", "upsert", "admin@example.com", "correct horse", "--dir", p.dir)
	p.run(t)
	defer p.runs.stop()
	text := func(name string) map[string]any { return map[string]any{"name": name, "type": "text"} }
	amount := func(name string) map[string]any { return map[string]any{"name": name, "type": "number"} }
	for _, collection := range []map[string]any{
		{"name": "units", "type": "base", "fields": []any{text("code"), text("title"), text("parent")}},
		{"name": "indicators", "type": "base", "fields": []any{text("code"), text("title"), amount("target")}},
		{"name": "entries", "type": "base", "fields": []any{text("unit"), text("indicator"), text("day"), amount("amount")},
			"indexes": []string{"CREATE INDEX entries_board ON entries (indicator, day, amount)"}},
		{"name": "board", "type": "view", "viewQuery": boardView},
	} {
		p.server.ask(t, "POST", "/api/collections", collection, nil)
	}
	p.server.ask(t, "PATCH", "/api/settings", map[string]any{"batch": map[string]any{"enabled": true, "maxRequests": 1000,
		"timeout": 60}}, nil)
	for _, u := range c.units {
		p.create(t, "units", map[string]any{"code": u.code, "title": u.name, "parent": u.parent})
	}
	for _, i := range c.indicators {
		p.create(t, "indicators", map[string]any{"code": i.code, "title": i.name, "target": i.target})
	}
	start := time.Now()
	var batch []any
	flush := func() {
		p.server.ask(t, "POST", "/api/batch", map[string]any{"requests": batch}, nil)
		batch = batch[:0]
	}
	for e := range c.entries() {
		batch = append(batch, map[string]any{"method": "POST", "url": "/api/collections/entries/records", "body": row(e)})
		if len(batch) == 1000 {
			flush()
		}
	}
	if len(batch) > 0 {
		flush()
	}
	return time.Since(start)
}

func row(e entry) map[string]any {
	return map[string]any{"unit": e.unit, "indicator": e.indicator, "day": e.day, "amount": e.amount}
}

// run starts the program and signs in.
func (p *pocketBase) run(t *testing.T) {
	p.server = newLine(freeAddress(t))
	p.runs = launch(t, "", nil, tool(t, "base"), "serve", "--http", p.server.address, "--dir", p.dir)
	var signed struct{ Token string }
	until(t, "PocketBase", func() bool {
		return p.server.try("POST", "/api/collections/_superusers/auth-with-password",
			map[string]any{"identity": "admin@example.com", "password": "correct horse"}, &signed) == nil
	})
	p.server.headers["Authorization"] = signed.Token
}

func (p *pocketBase) start(t *testing.T) time.Duration {
	token := p.server.headers["Authorization"]
	p.server = newLine(freeAddress(t))
	p.server.headers["Authorization"] = token
	p.runs = launch(t, "", nil, tool(t, "base"), "serve", "--http", p.server.address, "--dir", p.dir)
	return until(t, "PocketBase", func() bool { return p.server.try("GET", boardPath, nil, nil) == nil })
}

const boardPath = "/api/collections/board/records?perPage=200&skipTotal=1"

func (p *pocketBase) create(t *testing.T, collection string, record map[string]any) {
	p.server.ask(t, "POST", "/api/collections/"+collection+"/records", record, nil)
}

func (p *pocketBase) log(t *testing.T, e entry) { p.create(t, "entries", row(e)) }

func (p *pocketBase) board(t *testing.T) map[string]int {
	var answer struct {
		Items []struct {
			Code     string
			Achieved int
		}
	}
	p.server.ask(t, "GET", boardPath, nil, &answer)
	out := map[string]int{}
	for _, i := range answer.Items {
		out[i.Code] = i.Achieved
	}
	return out
}
