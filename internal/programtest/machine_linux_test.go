//go:build cluster

package programtest

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// machine is a computer of the cluster as far as its programs can tell: it has a name, a network card, processes and
// folders of its own (namespaces of Linux, see unshare(1)). All its processes end with its first.
type machine struct {
	name, address, dir string
	first              *exec.Cmd
	pid                string // of its first process
}

// first is what a machine begins with: $1 is its name, $2 the folder that holds its own folders, $3.
const first = `set -e
hostname "$1"
ip link set lo up
for place in $3; do mount --bind "$2/$place" "/$place"; done
mount --bind "$2/hosts" /etc/hosts
mount -t tmpfs run /run
install -d -o postgres -g postgres /run/postgresql
echo ready
while :; do sleep 1; done`

// places are the folders that are a machine's own, with whose they are.
var places = map[string]string{"etc/haproxy": "root", "etc/patroni": "root", "etc/default": "root",
	"var/lib/postgresql": "postgres", "var/lib/etcd": "etcd", "var/log": "root"}

const configs = "../../packaging/cluster"

// passwords stand in the examples for some of one's own.
var passwords = []string{"SUPERUSER-PASSWORD", "s1", "REPLICATION-PASSWORD", "r1", "REWIND-PASSWORD", "w1",
	"DABIAO-PASSWORD", "d1"}

// newMachine makes a machine; config says which example goes where.
func newMachine(t *testing.T, name string, config map[string]string) *machine {
	t.Helper()
	dir, err := os.MkdirTemp("", "dabiao-"+name+"-")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(dir)) })
	m := &machine{name: name, dir: dir}
	must(t, os.Chmod(m.dir, 0o755)) // other accounts of the machine work below it
	for place, owner := range places {
		must(t, os.MkdirAll(filepath.Join(m.dir, place), 0o755))
		m.must(t, nil, "chown", owner, filepath.Join(m.dir, place))
	}
	hosts := m.install(t, "hosts", "hosts")
	must(t, os.WriteFile(filepath.Join(dir, "hosts"), []byte("127.0.0.1 localhost\n"+hosts), 0o644))
	for line := range strings.Lines(hosts) {
		if words := strings.Fields(line); len(words) == 2 && words[1] == name {
			m.address = words[0]
		}
	}
	for from, to := range config {
		m.install(t, from, to)
	}
	m.start(t)
	t.Cleanup(func() { m.off(t) })
	return m
}

// install copies an example, and puts in what the docs say is to be put in.
func (m *machine) install(t *testing.T, from, to string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(configs, from))
	must(t, err)
	text := strings.NewReplacer(append([]string{"HERE", m.name}, passwords...)...).Replace(string(raw))
	must(t, os.WriteFile(filepath.Join(m.dir, to), []byte(text), 0o644))
	return text
}

// start switches the machine on.
func (m *machine) start(t *testing.T) {
	t.Helper()
	m.first = exec.Command("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--mount-proc", "--kill-child", "--",
		"bash", "-c", first, "bash", m.name, m.dir, strings.Join(slices.Collect(maps.Keys(places)), " "))
	m.first.Stderr = os.Stderr
	said, err := m.first.StdoutPipe()
	must(t, err)
	must(t, m.first.Start())
	ready := make([]byte, 6)
	if _, err := io.ReadFull(said, ready); err != nil {
		t.Fatalf("%s does not begin: %v", m.name, err)
	}
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", m.first.Process.Pid))
	must(t, err)
	m.pid = strings.TrimSpace(string(children))
	m.must(t, nil, "ip", "link", "add", "to-"+m.name, "type", "veth", "peer", "name", "eth0", "netns", m.pid)
	m.must(t, nil, "ip", "link", "set", "to-"+m.name, "master", "lan", "up")
	m.must(t, m.in(), "ip", "address", "add", m.address+"/24", "dev", "eth0")
	m.must(t, m.in(), "ip", "link", "set", "eth0", "up")
}

// off switches it off, as a power failure would.
func (m *machine) off(t *testing.T) {
	t.Helper()
	if m.pid == "" {
		return
	}
	m.must(t, nil, "kill", "-9", m.pid)
	m.first.Wait() //nolint:errcheck // it was killed
	m.pid = ""
	for exec.Command("ip", "link", "show", "to-"+m.name).Run() == nil { // it goes with the last process, a moment later
		exec.Command("ip", "link", "del", "to-"+m.name).Run() //nolint:errcheck // it may be gone
		time.Sleep(20 * time.Millisecond)
	}
}

// in is what runs a command on the machine.
func (m *machine) in() []string {
	return []string{"nsenter", "-t", m.pid, "-n", "-m", "-u", "-p", "--"}
}

// must runs a command to its end, on the machine with in.
func (m *machine) must(t *testing.T, in []string, command ...string) string {
	t.Helper()
	words := append(in, command...)
	said, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %v\n%s", m.name, command, err, said)
	}
	return string(said)
}

// psql says something to the database of the machine.
func (m *machine) psql(t *testing.T, statement string) string {
	t.Helper()
	return m.must(t, m.in(), "setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--", "psql",
		"-qtAc", statement)
}

// service starts a program of the machine, as an account of it.
func (m *machine) service(t *testing.T, name, account, command string) {
	t.Helper()
	log, err := os.OpenFile(m.log(name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	must(t, err)
	defer log.Close()
	words := append(m.in(), "setpriv", "--reuid", account, "--regid", account, "--init-groups", "--", "sh", "-c",
		"cd /; exec "+command)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdout, cmd.Stderr = log, log
	must(t, cmd.Start())
	go cmd.Wait() //nolint:errcheck // it ends when it is killed, or its machine is
}

func (m *machine) log(name string) string { return filepath.Join(m.dir, "var/log", name+".log") }

// kill sends a signal to the programs of the machine whose command line matches.
func (m *machine) kill(t *testing.T, signal, pattern string) {
	t.Helper()
	m.must(t, m.in(), "pkill", "-"+signal, "-f", pattern) // it sees no processes but the machine's
}

// cut drops all that goes to or comes from the machine, or from some others only.
func (m *machine) cut(t *testing.T, from ...*machine) {
	t.Helper()
	rules := [][]string{{"INPUT", "-i", "eth0"}, {"OUTPUT", "-o", "eth0"}}
	if len(from) > 0 {
		rules = nil
	}
	for _, other := range from {
		rules = append(rules, []string{"INPUT", "-s", other.address}, []string{"OUTPUT", "-d", other.address})
	}
	for _, rule := range rules {
		m.must(t, m.in(), append(append([]string{"iptables", "-A"}, rule...), "-j", "DROP")...)
	}
}

// mend undoes cut.
func (m *machine) mend(t *testing.T) { t.Helper(); m.must(t, m.in(), "iptables", "-F") }

// tail returns the end of a log.
func (m *machine) tail(name string, lines int) string {
	raw, _ := os.ReadFile(m.log(name)) //nolint:errcheck // then there is none
	all := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	return string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}
