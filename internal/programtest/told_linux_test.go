//go:build cluster

package programtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// told is what writers were told, by the key of what they sent, which is also the entry's note.
type told struct {
	sync.Mutex
	of      map[string]fate
	said    map[string]int // what else than that it is saved
	wrong   []string       // answers that nobody should get
	last    time.Time      // somebody was told that it is saved
	silence time.Duration  // the longest between two such
	slowest time.Duration  // answer of any kind
	over    chan struct{}
	all     sync.WaitGroup
}

// write has sixteen people write. Half of them send again what they do not know the fate of, until they do, as a
// careful program does; the others go on to the next.
func (c *cluster) write(t *testing.T) *told {
	t.Helper()
	l := &told{of: map[string]fate{}, said: map[string]int{}, over: make(chan struct{})}
	for i := range writers {
		l.all.Go(func() {
			key := rand.Text()
			for {
				select {
				case <-l.over:
					return
				case <-time.After(20 * time.Millisecond):
				}
				begun := time.Now()
				err := c.people.PostOnce("staff", "/api/v1/updates", key, entry(c.people, c.unit, key), nil)
				if l.tell(key, err, time.Since(begun)) == kept || i%2 == 0 {
					key = rand.Text()
				} else {
					time.Sleep(200 * time.Millisecond)
				}
			}
		})
	}
	return l
}

func (l *told) tell(key string, err error, took time.Duration) fate {
	is, said, wrong := heard(err)
	l.Lock()
	defer l.Unlock()
	if is == undone && l.of[key] == unsure { // what an earlier try left nobody told
		is = unsure
	}
	l.of[key] = is
	l.slowest = max(l.slowest, took)
	if wrong {
		l.wrong = append(l.wrong, said)
	}
	if is != kept {
		l.said[said]++
		return is
	}
	if !l.last.IsZero() {
		l.silence = max(l.silence, time.Since(l.last))
	}
	begun := time.Now()
	l.last = begun
	return kept
}

// heard returns what an answer means, its code, and whether it is one that nobody should get. What HAProxy answers for
// a server is no JSON: 503 is of what it did not send, 502 and 504 of what it did.
func heard(err error) (is fate, said string, wrong bool) {
	if err == nil {
		return kept, "", false
	}
	_, answer, answered := strings.Cut(err.Error(), " as staff: ")
	if !answered {
		if addressed := (*url.Error)(nil); errors.As(err, &addressed) {
			err = addressed.Err
		}
		return unsure, "no answer: " + err.Error(), false
	}
	status, body, _ := strings.Cut(answer, ": ")
	var problem struct {
		Code   string                         `json:"code"`
		Errors []struct{ Code, Field string } `json:"errors"`
	}
	if json.Unmarshal([]byte(body), &problem) != nil {
		return map[bool]fate{true: undone, false: unsure}[strings.HasPrefix(status, "503")], "HAProxy: " + status, false
	}
	code := problem.Code
	if len(problem.Errors) > 0 {
		code = problem.Errors[0].Code
	}
	is = undone
	if strings.HasPrefix(code, "outcome_unknown") {
		is = unsure
	}
	wrong = !strings.HasPrefix(status, "503") && !strings.HasPrefix(code, "outcome_unknown")
	if wrong {
		return is, status + ": " + body, true
	}
	return is, status + ": " + code, false
}

// await waits until so many more are saved.
func (l *told) await(t *testing.T, c *cluster, more int) {
	t.Helper()
	count := func() (n int) {
		l.Lock()
		defer l.Unlock()
		for _, is := range l.of {
			if is == kept {
				n++
			}
		}
		return n
	}
	from := count()
	c.await(t, fmt.Sprintf("%d more are saved", more), func() bool { return count() >= from+more })
}

// stop ends the writing.
func (l *told) stop() { close(l.over); l.all.Wait() }

// compare counts what was said to be saved and is not there, said not to be and is, and what is there twice.
func (l *told) compare(t *testing.T, database string) (lost, false_, double int) {
	t.Helper()
	db, err := sql.Open("pgx", database)
	must(t, err)
	defer db.Close()
	rows, err := db.QueryContext(context.Background(), `SELECT note, COUNT(*) FROM updates GROUP BY note`)
	must(t, err)
	defer rows.Close()
	there := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		must(t, rows.Scan(&key, &n))
		there[key] = n
	}
	must(t, rows.Err())
	for key, is := range l.of {
		switch n := there[key]; {
		case n > 1:
			double++
		case is == kept && n == 0:
			lost++
		case is == undone && n == 1:
			false_++
		}
	}
	return lost, false_, double
}

// report ends the writing, and says how it went and whether it may.
func (l *told) report(t *testing.T, c *cluster) {
	t.Helper()
	l.stop()
	lost, saved, double := l.compare(t, c.address(t))
	sums := map[fate]int{}
	for _, is := range l.of {
		sums[is]++
	}
	t.Logf("%d acknowledged, %d refused, %d in doubt: %d lost, %d saved though refused, %d double", sums[kept],
		sums[undone], sums[unsure], lost, saved, double)
	t.Logf("the longest silence %s, the slowest answer %s; told %v", l.silence.Round(100*time.Millisecond),
		l.slowest.Round(100*time.Millisecond), l.said)
	if lost+saved+double > 0 {
		t.Errorf("lost %d, saved though refused %d, double %d", lost, saved, double)
	}
	for _, said := range l.wrong[:min(3, len(l.wrong))] {
		t.Errorf("%d were told otherwise than they should be: %s", len(l.wrong), said)
	}
	c.verify(t)
}

// verify recomputes every record.
func (c *cluster) verify(t *testing.T) {
	t.Helper()
	if said, err := Run("verify", "--data", c.programs[0].Data(), "--database", c.address(t)); err != nil {
		t.Errorf("verify: %v\n%s", err, said)
	}
}
