//go:build peers

package peers

import (
	"net"
	"testing"
	"time"
)

// directus is Directus over SQLite as it is shipped, but for telemetry, with an index over what the board adds up. Its
// board are sums grouped by indicator; the targets would be a second request.
type directus struct {
	dir    string
	runs   *process
	server *line
}

func (*directus) name() string                 { return "directus" }
func (*directus) alone() bool                  { return false }
func (d *directus) process() *process          { return d.runs }
func (d *directus) program(t *testing.T) int64 { return weight(t, tool(t, "node_modules")) }
func (d *directus) records(t *testing.T) int64 { return weight(t, d.dir+"/data.db") }
func (d *directus) stop()                      { d.runs.stop() }

const directusToken = "a-token-of-thirty-two-characters"

func (d *directus) env() []string {
	return []string{"DB_CLIENT=sqlite3", "DB_FILENAME=" + d.dir + "/data.db", "SECRET=abcdefghijklmnopqrstuvwxyz012345",
		"ADMIN_EMAIL=admin@example.com", "ADMIN_PASSWORD=correct horse", "ADMIN_TOKEN=" + directusToken, "TELEMETRY=false",
		"HOST=127.0.0.1", "LOG_LEVEL=error", "NODE_ENV=production", "MAX_PAYLOAD_SIZE=16mb"}
}

func (d *directus) command(args ...string) []string {
	return append([]string{"node_modules/directus/cli.js"}, args...)
}

func (d *directus) load(t *testing.T, c county) time.Duration {
	d.dir = t.TempDir()
	run(t, tool(t), d.env(), tool(t, "node"), d.command("bootstrap")...)
	d.start(t)
	defer d.runs.stop()
	field := func(name, kind string, indexed bool) map[string]any {
		return map[string]any{"field": name, "type": kind, "schema": map[string]any{"is_indexed": indexed}, "meta": nil}
	}
	id := map[string]any{"field": "id", "type": "integer", "schema": map[string]any{"is_primary_key": true,
		"has_auto_increment": true}, "meta": nil}
	for _, collection := range []map[string]any{
		{"collection": "units", "schema": struct{}{}, "meta": nil, "fields": []any{id, field("code", "string", true),
			field("title", "string", false), field("parent", "string", false)}},
		{"collection": "indicators", "schema": struct{}{}, "meta": nil, "fields": []any{id, field("code", "string", true),
			field("title", "string", false), field("target", "integer", false)}},
		{"collection": "entries", "schema": struct{}{}, "meta": nil, "fields": []any{id, field("unit", "string", false),
			field("indicator", "string", true), field("day", "string", false), field("amount", "integer", false)}},
	} {
		d.server.ask(t, "POST", "/collections", collection, nil)
	}
	for _, u := range c.units {
		d.server.ask(t, "POST", "/items/units", map[string]any{"code": u.code, "title": u.name, "parent": u.parent}, nil)
	}
	for _, i := range c.indicators {
		d.server.ask(t, "POST", "/items/indicators", map[string]any{"code": i.code, "title": i.name, "target": i.target}, nil)
	}
	start := time.Now()
	var batch []any
	flush := func() {
		d.server.ask(t, "POST", "/items/entries?fields=id", batch, nil)
		batch = batch[:0]
	}
	for e := range c.entries() {
		if batch = append(batch, row(e)); len(batch) == 1000 {
			flush()
		}
	}
	if len(batch) > 0 {
		flush()
	}
	return time.Since(start)
}

func (d *directus) start(t *testing.T) time.Duration {
	address := freeAddress(t)
	d.server = newLine(address)
	d.server.headers["Authorization"] = "Bearer " + directusToken
	_, port, err := net.SplitHostPort(address)
	must(t, err)
	d.runs = launch(t, tool(t), append(d.env(), "PORT="+port, "PUBLIC_URL=http://"+address), tool(t, "node"),
		d.command("start")...)
	return until(t, "Directus", func() bool { return d.server.try("GET", "/users/me", nil, nil) == nil })
}

func (d *directus) log(t *testing.T, e entry) { d.server.ask(t, "POST", "/items/entries", row(e), nil) }

func (d *directus) board(t *testing.T) map[string]int {
	var answer struct {
		Data []struct {
			Indicator string
			Sum       struct{ Amount int }
		}
	}
	d.server.ask(t, "GET", "/items/entries?aggregate[sum]=amount&groupBy[]=indicator&limit=-1", nil, &answer)
	out := map[string]int{}
	for _, i := range answer.Data {
		out[i.Indicator] = i.Sum.Amount
	}
	return out
}
