//go:build cluster

package programtest

import (
	"strings"
	"testing"
	"time"
)

// Whatever of a cluster is killed, cut off, switched off or upgraded while people write: what was acknowledged is there
// once, what was refused is not there, and nobody is told anything else than that it is not saved or not known.
func TestClusterLosesNothing(t *testing.T) {
	c := newCluster(t)
	for _, way := range []struct{ what, setting string }{
		{"HAProxy", ""},
		{"the addresses of both databases", "DABIAO_DATABASE='postgres://dabiao:d1@db1,db2/dabiao?target_session_attrs=read-write'"},
	} {
		t.Run("by way of "+way.what, func(t *testing.T) {
			if way.setting != "" {
				for i := range c.programs {
					must(t, c.programs[i].End())
					c.serve(t, i, way.setting)
				}
			}
			for _, story := range stories {
				t.Run(story.what, func(t *testing.T) {
					leader := c.healthy(t)
					l := c.write(t)
					l.await(t, c, 200)
					story.happens(t, c, l, leader, way.setting)
					l.await(t, c, 200)
					c.healthy(t)
					l.await(t, c, 200)
					l.report(t, c)
				})
			}
		})
	}
}

// stories are what happens while people write.
var stories = []struct {
	what    string
	happens func(t *testing.T, c *cluster, l *told, leader *machine, setting string)
}{
	{"PostgreSQL of the leader is killed", func(t *testing.T, _ *cluster, _ *told, leader *machine, _ string) {
		leader.kill(t, "9", "/usr/lib/postgresql/")
	}},
	{"the leader is switched off", func(t *testing.T, c *cluster, l *told, leader *machine, _ string) {
		leader.off(t)
		l.await(t, c, 200)
		leader.start(t)
		etcd(t, leader)
		patroni(t, leader)
	}},
	{"the leader is cut off from all", func(t *testing.T, c *cluster, l *told, leader *machine, _ string) {
		leader.cut(t)
		time.Sleep(time.Second)
		l.await(t, c, 200)
		leader.mend(t)
	}},
	{"the leader is cut off from all but the servers", func(t *testing.T, c *cluster, l *told, leader *machine, _ string) {
		leader.cut(t, c.other(leader), c.front)
		time.Sleep(5 * time.Second)
		l.await(t, c, 200)
		leader.mend(t)
	}},
	{"the replica is cut off from all", func(t *testing.T, c *cluster, l *told, leader *machine, _ string) {
		replica := c.other(leader)
		replica.cut(t)
		time.Sleep(5 * time.Second)
		l.await(t, c, 200)
		replica.mend(t)
	}},
	{"the replica is cut off, and the leader switched off while it waits for it", func(t *testing.T, c *cluster, l *told,
		leader *machine, _ string) {
		replica := c.other(leader)
		replica.cut(t)
		time.Sleep(11 * time.Second) // a server waits ten for a commit
		leader.off(t)
		replica.mend(t)
		time.Sleep(40 * time.Second) // the replica takes over, unless it is known not to have all
		leader.start(t)
		etcd(t, leader)
		patroni(t, leader)
		l.await(t, c, 200)
	}},
	{"a server is killed", func(t *testing.T, c *cluster, l *told, _ *machine, setting string) {
		must(t, c.programs[0].Kill())
		l.await(t, c, 200)
		c.serve(t, 0, setting)
	}},
	{"the servers are upgraded one after the other", func(t *testing.T, c *cluster, l *told, _ *machine, setting string) {
		next := c.another(t)
		for i := range c.programs {
			must(t, c.programs[i].End())
			c.programs[i].binary = next
			c.serve(t, i, setting)
			l.await(t, c, 200)
		}
	}},
	{"etcd is stopped on all", func(t *testing.T, c *cluster, l *told, _ *machine, _ string) {
		voters := []*machine{c.databases[0], c.databases[1], c.front}
		for _, m := range voters {
			m.kill(t, "TERM", "^etcd$")
		}
		time.Sleep(30 * time.Second) // longer than a leader may go on without it, had it not asked the other
		l.await(t, c, 200)
		for _, m := range voters {
			etcd(t, m)
		}
	}},
}

// The stories notice a loss: with a replica that is not waited for, and that lags behind, what was acknowledged last is
// gone with the leader.
func TestClusterWithoutASynchronousReplicaLoses(t *testing.T) {
	c := newCluster(t)
	leader := c.healthy(t)
	leader.configure(t, `{"synchronous_mode": false, "maximum_lag_on_failover": 1073741824}`)
	replica := c.other(leader)
	c.await(t, "nobody waits for the replica", func() bool {
		return leader.psql(t, "SHOW synchronous_standby_names") == "\n"
	})
	l := c.write(t)
	l.await(t, c, 200)
	for _, way := range []string{"INPUT -s " + leader.address + " --sport", "OUTPUT -d " + leader.address + " --dport"} {
		replica.must(t, replica.in(), "sh", "-c", "iptables -A "+strings.Replace(way, " --", " -p tcp --", 1)+" 5432 -j DROP")
	}
	l.await(t, c, 500)
	leader.off(t)
	l.await(t, c, 200)
	l.stop()
	lost, _, double := l.compare(t, databaseAt(replica))
	t.Logf("lost %d of %d, double %d", lost, len(l.of), double)
	if lost == 0 || double > 0 {
		t.Errorf("lost %d, double %d", lost, double)
	}
}
