//go:build peers

package peers

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// dabiao is this program as it is released, over SQLite. Everything goes by its commands and its API; its log is
// imported from tables, one a month.
type dabiao struct {
	binary, dir string
	token       string
	runs        *process
	server      *line
}

func (*dabiao) name() string                 { return "dabiao" }
func (*dabiao) alone() bool                  { return false }
func (d *dabiao) process() *process          { return d.runs }
func (d *dabiao) program(t *testing.T) int64 { return weight(t, d.binary) }
func (d *dabiao) records(t *testing.T) int64 { return weight(t, d.dir+"/dabiao.db") }
func (d *dabiao) stop()                      { d.runs.stop() }

func (d *dabiao) load(t *testing.T, c county) time.Duration {
	d.binary, d.dir = filepath.Join(t.TempDir(), "dabiao"), t.TempDir()
	run(t, "../../..", []string{"CGO_ENABLED=0"}, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", d.binary,
		"./cmd/dabiao")
	d.plan(t, c)
	var took time.Duration
	for _, file := range d.tables(t, c) {
		start := time.Now()
		run(t, "", nil, d.binary, "import", file, "--data", d.dir, "--year", strconv.Itoa(year))
		took += time.Since(start)
	}
	return took
}

// plan sets the office up: units, indicators and targets, by the API.
func (d *dabiao) plan(t *testing.T, c county) {
	t.Helper()
	add := fmt.Sprintf("user add admin --role admin --data %s --password-stdin", d.dir)
	run(t, "", nil, "sh", "-c", "echo 'correct horse battery' | "+d.binary+" "+add)
	words := strings.Fields(run(t, "", nil, d.binary, "token", "add", "--user", "admin", "--data", d.dir))
	d.token = words[len(words)-1]
	d.start(t)
	defer d.runs.stop()
	d.server.ask(t, "POST", "/api/v1/years", map[string]any{"year": year}, nil)
	for _, u := range c.units {
		d.server.ask(t, "POST", "/api/v1/units", map[string]any{"code": u.code, "name": u.name, "parent": u.parent}, nil)
	}
	for _, i := range c.indicators {
		d.server.ask(t, "POST", "/api/v1/indicators", map[string]any{"code": i.code, "name": i.name, "kind": "flow",
			"measure": "人次"}, nil)
		d.server.ask(t, "POST", fmt.Sprintf("/api/v1/years/%d/targets", year), map[string]any{"indicator": i.code,
			"unit": root, "sign": ">=", "value": strconv.Itoa(i.target), "weight": "1",
			"document": "某政发〔2025〕1号", "dated": "2025-01-10", "reason": "年初"}, nil)
	}
}

// tables writes the county's log as one CSV a month.
func (d *dabiao) tables(t *testing.T, c county) (files []string) {
	t.Helper()
	dir := t.TempDir()
	names := map[string]string{}
	for _, u := range c.units {
		names[u.code] = u.name
	}
	for _, i := range c.indicators {
		names[i.code] = i.name
	}
	var file *os.File
	var rows *csv.Writer
	month := ""
	for e := range c.entries() {
		if e.day[:7] != month {
			if rows != nil {
				rows.Flush()
				must(t, file.Close())
			}
			month = e.day[:7]
			var err error
			file, err = os.Create(filepath.Join(dir, month+".csv"))
			must(t, err)
			files, rows = append(files, file.Name()), csv.NewWriter(file)
			must(t, rows.Write([]string{"单位", "指标", "日期", "数值"}))
		}
		must(t, rows.Write([]string{names[e.unit], names[e.indicator], e.day, strconv.Itoa(e.amount)}))
	}
	rows.Flush()
	must(t, rows.Error())
	must(t, file.Close())
	return files
}

func (d *dabiao) start(t *testing.T) time.Duration {
	d.server = newLine(freeAddress(t))
	d.server.headers["Authorization"] = "Bearer " + d.token
	d.runs = launch(t, "", nil, d.binary, "serve", "--data", d.dir, "--addr", d.server.address)
	return until(t, "Dabiao", func() bool { return d.server.try("GET", boardOfYear, nil, nil) == nil || d.empty() })
}

// empty reports whether the program answers, and has no year yet.
func (d *dabiao) empty() bool {
	var years any
	return d.server.try("GET", "/api/v1/years", nil, &years) == nil
}

const boardOfYear = "/api/v1/years/2025/board?as_of=2025-12"

func (d *dabiao) log(t *testing.T, e entry) {
	d.server.ask(t, "POST", "/api/v1/updates", map[string]any{"indicator": e.indicator, "unit": e.unit, "date": e.day,
		"value": strconv.Itoa(e.amount)}, nil)
}

func (d *dabiao) board(t *testing.T) map[string]int {
	var answer struct {
		Areas []struct {
			Indicators []struct{ Code, Achievement string }
		}
	}
	d.server.ask(t, "GET", boardOfYear, nil, &answer)
	out := map[string]int{}
	for _, a := range answer.Areas {
		for _, i := range a.Indicators {
			n, err := strconv.Atoi(i.Achievement)
			must(t, err)
			out[i.Code] = n
		}
	}
	return out
}
