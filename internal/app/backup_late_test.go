package app

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// channel adds a channel that wants events.
func (b *backedUp) channel(events ...kpi.NoticeKind) kpi.Channel {
	b.Helper()
	c, err := b.AddChannel(b.Context(), kpi.Operator, kpi.Channel{Kind: kpi.JSONChannel, Name: "hook",
		Address: "https://hook.example/x", Events: events, Language: "zh-CN"})
	b.must(err)
	return c
}

// told takes what is due after a look at the backups: want messages of a late one, the last of which is returned.
func (b *backedUp) told(want int) (last Parcel) {
	b.Helper()
	_, err := b.RecordLateBackup(b.Context())
	b.must(err)
	parcels, err := b.TakeOutbox(b.Context())
	b.must(err)
	if len(parcels) != want {
		b.Fatalf("on %s %d messages are due, want %d", b.Today(), len(parcels), want)
	}
	for _, p := range parcels {
		if p.Late == nil || p.Head != nil || len(p.Notices) > 0 {
			b.Errorf("taken: %+v", p)
		}
		last = p
	}
	return last
}

// Channels that want it hear once that backups stopped coming, and again when that happens again.
func TestThatBackupsStoppedIsToldOnce(t *testing.T) {
	for name, c := range map[string]store.Config{"sqlite": {Commits: store.NoSync},
		"postgres": {URL: storetest.Migrated(t)}} {
		t.Run(name, func(t *testing.T) {
			b := newBackedUpIn(t, c)
			b.setUp()
			b.channel(kpi.NoticeRed)
			ended := b.channel(kpi.NoticeLateBackup)
			b.told(0) // nobody has looked yet
			b.run()
			b.told(0)
			b.clock = b.clock.Add(47 * time.Hour)
			b.told(0)
			made := b.BackedUp()
			b.free = store.Reserve
			b.clock = b.clock.Add(2 * time.Hour)
			b.run()
			p := b.told(1)
			if p.Late.Newest/1000 != made/1000 {
				t.Errorf("told of %d, made at %d", p.Late.Newest, made)
			}
			b.must(b.Delivered(t.Context(), p, errors.New("busy"), false))
			b.told(0)
			b.clock = b.clock.Add(2 * time.Minute)
			b.must(b.Delivered(t.Context(), b.told(1), nil, false)) // what was refused is sent again
			for range 5 {
				b.clock = b.clock.Add(24 * time.Hour)
				b.run()
				b.told(0)
			}
			b.free = 1 << 40
			b.run()
			b.told(0)
			b.free, b.clock = store.Reserve, b.clock.Add(50*time.Hour)
			b.run()
			b.must(b.EndChannel(t.Context(), kpi.Operator, ended.ID))
			b.channel(kpi.NoticeLateBackup)
			b.must(b.Delivered(t.Context(), b.told(1), nil, false))
		})
	}
}

// Records whose first backup never came are told of after two days; without backups nothing is said.
func TestThatNoBackupEverCameIsTold(t *testing.T) {
	b := newBackedUp(t)
	b.free = store.Reserve
	b.setUp()
	b.channel(kpi.NoticeLateBackup)
	b.run()
	b.told(0)
	b.clock = b.clock.Add(49 * time.Hour)
	if p := b.told(1); p.Late.Newest != 0 {
		t.Errorf("told of %+v", p.Late)
	}
	b.backups = newBackups(Backups{})
	b.clock = b.clock.AddDate(0, 1, 0)
	b.told(0)
}

// Of two servers one has lost its disk: while the other's backups come nobody is told, and then by one of them only.
func TestTheBackupsOfAnotherServerCount(t *testing.T) {
	c := store.Config{URL: storetest.Migrated(t)}
	one := newBackedUpIn(t, c)
	one.setUp()
	one.channel(kpi.NoticeLateBackup)
	key, err := os.ReadFile(filepath.Join(one.dir, store.KeyFileName))
	one.must(err)
	two := newBackedUpAs(t, c, key)
	two.free = store.Reserve
	for range 5 {
		one.run()
		two.run()
		one.told(0)
		two.told(0)
		one.clock, two.clock = one.clock.Add(25*time.Hour), two.clock.Add(25*time.Hour)
	}
	one.free = store.Reserve
	one.clock, two.clock = one.clock.Add(50*time.Hour), two.clock.Add(50*time.Hour)
	one.run()
	two.run()
	two.told(1)
	one.told(0)
}

// Who has made a backup is never told that there is none: its disk may be away now, also since before the server began.
func TestABackupThatIsAwayIsNotNone(t *testing.T) {
	usb := filepath.Join(t.TempDir(), "usb")
	b := newBackedUp(t)
	b.must(os.Mkdir(usb, 0o700))
	places := Backups{Version: "test", Places: []BackupPlace{{Depot: depot.Folder{Dir: usb}}}}
	b.backups = newBackups(places)
	b.setUp()
	b.run()
	for _, begunAnew := range []bool{false, true} {
		if begunAnew {
			b.backups = newBackups(places)
			b.loadBackups(t.Context())
		}
		b.must(os.Rename(usb, usb+" pulled out"))
		b.run()
		if got := b.State().Warns; len(got) != 1 || got[0].Key != "state.backup_lost" ||
			got[0].Args[0] != b.Today() {
			t.Errorf("begun anew %v: told %v", begunAnew, got)
		}
		b.must(os.Rename(usb+" pulled out", usb))
		b.run()
		if got := b.warns(); len(got) > 0 {
			t.Errorf("begun anew %v: put in again, told %v", begunAnew, got)
		}
	}
}

// A clock that was set back makes no backup late, or the last one of a day that has not come.
func TestABackupOfADayToComeIsNotLate(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.run()
	b.clock = b.clock.AddDate(-1, 0, 0)
	if got := b.warns(); len(got) != 1 || got[0] != "state.clock_back" || b.BackedUp() != 0 {
		t.Errorf("told %v, backed up at %d", got, b.BackedUp())
	}
}

// A newest backup that rotted on its disk, or for whose trial there is no room, is told until a trial comes off.
func TestABackupThatCannotBeTriedOutIsTold(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.run()
	f, err := b.NewestBackup(t.Context(), true)
	b.must(err)
	name := filepath.Join(b.dir, "backups", f.Name)
	whole, err := os.ReadFile(name)
	b.must(err)
	for _, c := range []struct {
		what    string
		content []byte
		free    int64
		want    []string
	}{
		{"it rotted", whole[:len(whole)/2], 1 << 40, []string{"state.backup_broken"}},
		{"there is no room", whole, store.Reserve, []string{"state.disk_low", "state.backup_untried"}},
		{"all is well", whole, 1 << 40, nil},
	} {
		b.must(os.WriteFile(name, c.content, 0o600))
		b.free = c.free
		b.drillIfDue(t.Context(), slog.New(slog.DiscardHandler))
		if got := b.warns(); !slices.Equal(got, c.want) {
			t.Errorf("%s: told %v, want %v", c.what, got, c.want)
		}
	}
}
