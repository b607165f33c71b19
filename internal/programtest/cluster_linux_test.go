//go:build cluster

package programtest

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// cluster is two databases of which one takes writes, two servers, and what leads people to them and them to it, with
// the settings of packaging/cluster.
type cluster struct {
	t                  *testing.T // of all that happens to it
	databases, servers []*machine
	front              *machine
	programs           []*Program // one on each server
	people             *Program   // what people open, with the accounts
	unit               string
}

// newCluster starts one, over a new office.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	for _, command := range []string{"link set lo up", "link add lan type bridge", "address add 10.77.0.1/24 dev lan",
		"link set lan up"} {
		if said, err := exec.Command("ip", strings.Fields(command)...).CombinedOutput(); err != nil {
			t.Fatalf("ip %s: %v %s", command, err, said)
		}
	}
	t.Cleanup(func() { exec.Command("ip", "link", "del", "lan").Run() }) //nolint:errcheck // the test is over
	c := &cluster{t: t, front: newMachine(t, "front", map[string]string{"etcd": "etc/default/etcd",
		"haproxy-people.cfg": "etc/haproxy/haproxy.cfg"})}
	for _, name := range []string{"db1", "db2"} {
		c.databases = append(c.databases, newMachine(t, name, map[string]string{"etcd": "etc/default/etcd",
			"patroni.yml": "etc/patroni/config.yml"}))
	}
	for _, name := range []string{"app1", "app2"} {
		c.servers = append(c.servers, newMachine(t, name, map[string]string{"dabiao.env": "etc/default/dabiao",
			"haproxy-database.cfg": "etc/haproxy/haproxy.cfg"}))
	}
	for _, m := range append(slices.Clone(c.databases), c.front) {
		etcd(t, m)
	}
	for _, m := range c.databases {
		c.await(t, "Patroni takes its settings", func() bool { // among them that etcd answers
			words := append(m.in(), "patroni", "--validate-config", "/etc/patroni/config.yml")
			return exec.Command(words[0], words[1:]...).Run() == nil
		})
		patroni(t, m)
	}
	for _, m := range append(slices.Clone(c.servers), c.front) {
		m.must(t, m.in(), "haproxy", "-c", "-q", "-f", "/etc/haproxy/haproxy.cfg")
		m.service(t, "haproxy", "root", "haproxy -db -f /etc/haproxy/haproxy.cfg")
	}
	leader := c.healthy(t)
	leader.psql(t, "CREATE ROLE dabiao LOGIN PASSWORD 'd1'")
	leader.psql(t, "CREATE DATABASE dabiao OWNER dabiao")
	c.settle(t)
	return c
}

func etcd(t *testing.T, m *machine) {
	t.Helper()
	m.service(t, "etcd", "etcd", "sh -c 'set -a; . /etc/default/etcd; exec etcd'")
}

func patroni(t *testing.T, m *machine) {
	t.Helper()
	m.service(t, "patroni", "postgres", "patroni /etc/patroni/config.yml")
}

// address is the database that takes writes, for tools beside the cluster.
func (c *cluster) address(t *testing.T) string {
	t.Helper()
	return databaseAt(c.healthy(t))
}

func databaseAt(m *machine) string { return "postgres://dabiao:d1@" + m.address + "/dabiao" }

// settle moves a new office into the database and starts a server on each machine.
func (c *cluster) settle(t *testing.T) {
	t.Helper()
	p, unit := small(t)
	said, err := Run("move", "--from", p.Data(), "--to", c.address(t))
	if err != nil {
		t.Fatalf("move: %v\n%s", err, said)
	}
	c.people, c.unit = p, unit
	p.URL = "http://" + c.front.address
	for _, m := range c.servers {
		one := &Program{binary: p.binary, dir: m.dir, zone: p.zone}
		must(t, os.CopyFS(one.Data(), os.DirFS(p.Data())))
		c.programs = append(c.programs, one)
		c.serve(t, len(c.programs)-1)
	}
	c.await(t, "people reach a server", func() bool {
		status, _, err := p.Ready()
		return err == nil && status == http.StatusOK
	})
}

// serve starts the server of a machine with its settings.
func (c *cluster) serve(t *testing.T, i int, settings ...string) {
	t.Helper()
	m, p := c.servers[i], c.programs[i]
	p.through = []string{"nsenter", "-t", m.pid, "-n", "-m", "-u", "--", "sh", "-c",
		`set -a; . /etc/default/dabiao; ` + strings.Join(settings, "; ") + `
		exec "$@"`, "sh"}
	_, err := p.start([]string{"serve", "--data", p.Data(), "--zone", p.zone})
	must(t, err)
	c.t.Cleanup(func() { p.Kill() }) //nolint:errcheck // the test is over
	p.URL = "http://" + m.address + ":8080"
	must(t, p.await(http.StatusOK))
}

// member is one of the databases as Patroni tells of it.
type member struct{ Name, Role, State string }

// members asks a database's Patroni who there is.
func members(m *machine) (out []member) {
	short := http.Client{Timeout: time.Second}
	answer, err := short.Get("http://" + m.address + ":8008/cluster")
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	var told struct{ Members []member }
	if json.NewDecoder(answer.Body).Decode(&told) != nil {
		return nil
	}
	return told.Members
}

// healthy waits until one database leads and the other follows so that it may take its place, and returns the former.
func (c *cluster) healthy(t *testing.T) (leader *machine) {
	t.Helper()
	c.await(t, "a database leads and the other has all that it has", func() bool {
		leader = nil
		follows := false
		for _, told := range members(c.databases[0]) {
			switch {
			case told.Role == "leader" && told.State == "running":
				leader = c.databases[slices.IndexFunc(c.databases, func(m *machine) bool { return m.name == told.Name })]
			case told.Role == "sync_standby" && (told.State == "running" || told.State == "streaming"):
				follows = true
			}
		}
		return leader != nil && follows
	})
	return leader
}

// other is the database that does not lead.
func (c *cluster) other(leader *machine) *machine {
	if c.databases[0] == leader {
		return c.databases[1]
	}
	return c.databases[0]
}

// configure changes settings of Patroni for the whole cluster.
func (m *machine) configure(t *testing.T, settings string) {
	t.Helper()
	m.must(t, m.in(), "curl", "-fsS", "-XPATCH", "-d", settings, "http://"+m.address+":8008/config")
}

func (c *cluster) await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); !is(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			for _, m := range append(slices.Clone(c.databases), c.servers...) {
				for _, name := range []string{"etcd", "patroni", "haproxy"} {
					t.Logf("%s: %s\n%s", m.name, name, m.tail(name, 15))
				}
			}
			t.Fatalf("it is not so that %s", what)
		}
	}
}

// another builds the program once more, as another version.
func (c *cluster) another(t *testing.T) string {
	t.Helper()
	out := filepath.Join(c.t.TempDir(), "dabiao")
	if said, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-X main.version=next", "-o", out,
		"dabiao/cmd/dabiao").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return out
}
