package replica

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
	"github.com/gofrs/flock"

	"dabiao/internal/torture"
)

// asFollower makes the test's program one that copies: it must not open the files of a database that this one has open.
const asFollower = "DABIAO_TEST_FOLLOWER"

func TestMain(m *testing.M) {
	how, place, is := strings.Cut(os.Getenv(asFollower), " ")
	if !is {
		os.Exit(m.Run())
	}
	database, folder, _ := strings.Cut(place, " ")
	ctx, end := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin) //nolint:errcheck // it ends
		end()
	}()
	f := quiet(database, folder)
	f.Copied = func(at time.Time) { fmt.Println(at.UnixNano()) }
	run := f.Run
	if how == "resuming" {
		run = f.resume
	}
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func quiet(database, folder string) Follower {
	return Follower{Database: database, Folder: folder, Log: slog.New(slog.DiscardHandler), Now: moment,
		Copied: func(time.Time) {}, Whole: func() {}, Failed: func(error) {}}
}

// moment only measures how long something takes.
func moment() time.Time {
	begun := time.Now()
	return begun
}

// resume is Run as the library would have it: it goes on where it stopped. It is the control of what Run does instead.
func (f Follower) resume(ctx context.Context) error {
	slog.SetDefault(f.Log)
	db := litestream.NewDB(f.Database)
	db.SetMetaPath(f.Database + stateEnding)
	db.MonitorInterval = 0
	client := file.NewReplicaClient(seriesPath(f.Folder, 1))
	r := litestream.NewReplicaWithClient(db, client)
	r.MonitorEnabled = false
	db.Replica, client.Replica = r, r
	s := litestream.NewStore([]*litestream.DB{db}, levels)
	if err := s.Open(ctx); err != nil {
		return err
	}
	well := func() error { return nil }
	return errors.Join(f.copy(ctx, db, well, well), s.Close(context.WithoutCancel(ctx)))
}

// office is a database that people write into.
type office struct {
	*sql.DB
	t    *testing.T
	path string
}

func newOffice(t *testing.T) office {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dabiao.db")
	how := "?_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(0)&_pragma=busy_timeout(10000)"
	db, err := sql.Open("sqlite", "file:"+path+how)
	must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	o := office{db, t, path}
	o.do("CREATE TABLE audit (id INTEGER PRIMARY KEY, hash TEXT)")
	o.do("CREATE TABLE updates (id INTEGER PRIMARY KEY, note TEXT)")
	o.do("CREATE INDEX notes ON updates (note)")
	o.do("INSERT INTO audit (hash) VALUES (hex(randomblob(16)))")
	return o
}

func (o office) do(statement string) {
	o.t.Helper()
	_, err := o.ExecContext(o.t.Context(), statement)
	must(o.t, err)
}

func (o office) write(times int) {
	o.t.Helper()
	for range times {
		o.do("INSERT INTO updates (note) VALUES (hex(randomblob(500)))")
	}
}

// process is a follower in a process of its own.
type process struct {
	*exec.Cmd
	t     *testing.T
	in    io.Closer
	lines *bufio.Scanner
}

func (o office) followed(how, folder string) process {
	o.t.Helper()
	self, err := os.Executable()
	must(o.t, err)
	p := process{Cmd: exec.Command(self), t: o.t}
	p.Env, p.Stderr = append(os.Environ(), asFollower+"="+how+" "+o.path+" "+folder), os.Stderr
	p.in, err = p.StdinPipe()
	must(o.t, err)
	out, err := p.StdoutPipe()
	must(o.t, err)
	p.lines = bufio.NewScanner(out)
	must(o.t, p.Start())
	o.t.Cleanup(func() { p.Process.Kill() }) //nolint:errcheck // it ended
	return p
}

// copied waits until everything from before now is copied.
func (p process) copied() {
	p.t.Helper()
	for begun := moment().UnixNano(); p.lines.Scan(); {
		var at int64
		if _, err := fmt.Sscan(p.lines.Text(), &at); err == nil && at > begun {
			return
		}
	}
	p.t.Fatal("it ended without having copied")
}

func (p process) kill() {
	p.t.Helper()
	must(p.t, p.Process.Kill())
	_ = p.Wait() //nolint:errcheck // it was killed
}

func (p process) end() {
	p.t.Helper()
	must(p.t, p.in.Close())
	for p.lines.Scan() { // to the end
	}
	must(p.t, p.Wait())
}

// sound reports whether what a folder holds is what the database holds.
func (o office) sound(folder string) bool {
	o.t.Helper()
	sound, err := o.compare(folder)
	must(o.t, err)
	return sound
}

// compare restores what a folder holds and compares; the error is that of restoring.
func (o office) compare(folder string) (sound bool, err error) {
	o.t.Helper()
	to := filepath.Join(o.t.TempDir(), "restored.db")
	if _, err := Restore(o.t.Context(), folder, to); err != nil {
		return false, err
	}
	db, err := sql.Open("sqlite", "file:"+to+"?mode=ro")
	must(o.t, err)
	defer db.Close()
	count := "SELECT COUNT(*) || ' ' || COALESCE(SUM(LENGTH(note)), 0) FROM updates NOT INDEXED"
	var intact, got, want string
	if err := db.QueryRowContext(o.t.Context(), "PRAGMA integrity_check").Scan(&intact); err != nil || intact != "ok" {
		return false, nil
	}
	must(o.t, db.QueryRowContext(o.t.Context(), count).Scan(&got))
	must(o.t, o.QueryRowContext(o.t.Context(), count).Scan(&want))
	return got == want, nil
}

// hole writes while nobody copies, takes that from SQLite's log into the database, and begins the log anew.
func (o office) hole(how, folder string) {
	o.t.Helper()
	p := o.followed(how, folder)
	p.copied()
	o.write(60)
	p.copied()
	p.kill()
	o.write(40)
	o.do("PRAGMA wal_checkpoint(RESTART)")
	o.write(3)
	p = o.followed(how, folder)
	p.copied()
	p.end()
}

// What is written, and taken from SQLite's log into the database, while nobody copies is in the replica all the same.
// The library, left to go on where it stopped, misses it and says nothing: then this test is red.
func TestWhatIsWrittenWhileNobodyCopiesIsInTheReplica(t *testing.T) {
	for range torture.Times(t, 1, 20) {
		o, folder := newOffice(t), t.TempDir()
		o.hole("anew", folder)
		if !o.sound(folder) {
			t.Error("the replica differs from its database")
		}
	}
	for range 5 { // it does not always go wrong
		control, folder := newOffice(t), t.TempDir()
		must(t, os.Mkdir(seriesPath(folder, 1), privateFolder))
		control.hole("resuming", folder)
		if !control.sound(folder) {
			return
		}
		t.Log("going on where it stopped made a sound replica")
	}
	t.Error("going on where it stopped made sound replicas only: the test proves nothing")
}

// However often it begins anew, killed or in good order, the folder holds a whole series and at most one that is not.
func TestARestlessReplicaKeepsItsSize(t *testing.T) {
	o, folder := newOffice(t), t.TempDir()
	o.write(20)
	for i := range torture.Times(t, 4, 40) {
		p := o.followed("anew", folder)
		switch i % 4 {
		case 0, 3:
			p.copied()
			o.write(1)
			p.end()
		case 1:
			time.Sleep(time.Duration(i*7%50) * time.Millisecond)
			p.kill()
		case 2:
			p.copied()
			p.kill()
		}
		all, err := series(folder)
		must(t, err)
		if len(all) > 2 {
			t.Fatalf("there are %d series", len(all))
		}
	}
	if !o.sound(folder) {
		t.Error("the replica differs from its database")
	}
}

// A replica that was cut or altered is restored as far as it is whole, or refused: never as if it were well.
func TestADamagedReplicaIsNotSaidToBeWell(t *testing.T) {
	o, folder := newOffice(t), t.TempDir()
	p := o.followed("anew", folder)
	for range 4 {
		o.write(20)
		p.copied()
	}
	p.end()
	files, err := filepath.Glob(filepath.Join(folder, "series-*", "ltx", "0", "*.ltx"))
	must(t, err)
	if len(files) < 3 {
		t.Fatalf("there are %d files", len(files))
	}
	refused := 0
	for _, name := range files {
		whole, err := os.ReadFile(name)
		must(t, err)
		for what, bytes := range map[string][]byte{"cut": whole[:len(whole)*2/3], "empty": nil,
			"altered": altered(whole, len(whole)/2)} {
			must(t, os.WriteFile(name, bytes, privateFile))
			if sound, err := o.compare(folder); err == nil && !sound {
				t.Errorf("%s, %s: what is restored differs", filepath.Base(name), what)
			} else if err != nil {
				refused++
			}
		}
		must(t, os.WriteFile(name, whole, privateFile))
	}
	if !o.sound(folder) || refused == 0 {
		t.Errorf("put back, it is not whole, or nothing was refused before (%d)", refused)
	}
	t.Logf("%d of %d damaged replicas were refused", refused, 3*len(files))
}

func altered(whole []byte, at int) []byte {
	out := append([]byte(nil), whole...)
	out[at] ^= 1
	return out
}

// A folder that is gone is told of at once, though nothing is new, and not made anew where its disk was; when it is
// back, it is copied into again.
func TestAFolderThatIsGoneIsNotSaidToHoldAnything(t *testing.T) {
	for _, news := range []bool{false, true} {
		o, folder := newOffice(t), filepath.Join(t.TempDir(), "disk")
		must(t, os.Mkdir(folder, privateFolder))
		p := o.followed("anew", folder)
		p.copied()
		time.Sleep(3 * Every) // what the library still writes by itself: between its look and its making a folder is a moment
		must(t, os.Rename(folder, folder+"-away"))
		if news {
			o.write(3)
		}
		for begun := moment(); p.lines.Scan(); { // to its end
			if time.Since(begun) > 10*Every {
				t.Fatal("it goes on without a folder")
			}
		}
		if err := p.Wait(); err == nil {
			t.Error("it is said to have ended well")
		}
		if _, err := os.Stat(folder); err == nil {
			t.Error("the folder was made anew")
		}
		must(t, os.Rename(folder+"-away", folder))
		p = o.followed("anew", folder)
		p.copied()
		p.end()
		if !o.sound(folder) {
			t.Error("the replica differs from its database")
		}
	}
}

// What keeps a folder from being copied into is told, and nothing in it is touched.
func TestWhatKeepsAFolderFromBeingCopiedInto(t *testing.T) {
	o := newOffice(t)
	taken := t.TempDir()
	p := o.followed("anew", taken)
	p.copied()
	p.end()
	plain := filepath.Join(t.TempDir(), "plain")
	must(t, os.WriteFile(plain, nil, privateFile))
	within := filepath.Join(filepath.Dir(o.path), "copy")
	must(t, os.Mkdir(within, privateFolder))
	pointing := filepath.Join(t.TempDir(), "pointing")
	must(t, os.Symlink(within, pointing))
	nameless := t.TempDir()
	must(t, os.Mkdir(filepath.Join(nameless, "series-000001"), privateFolder))
	shared := t.TempDir()
	lock := flock.New(filepath.Join(shared, "lock"))
	_, err := lock.TryLock()
	must(t, err)
	defer func() { must(t, lock.Unlock()) }()
	restored := filepath.Join(t.TempDir(), "dabiao.db")
	_, err = Restore(t.Context(), taken, restored)
	must(t, err)
	for _, c := range []struct {
		what, database, folder string
		want                   error
	}{
		{"not there", o.path, filepath.Join(t.TempDir(), "gone"), os.ErrNotExist},
		{"within the data folder", o.path, within, ErrInside},
		{"within it by another name", o.path, pointing, ErrInside},
		{"of another database", newOffice(t).path, taken, ErrOther},
		{"of this one before it was restored", restored, taken, ErrOther},
		{"of nobody knows whom", o.path, nameless, ErrOther},
		{"of a server that still runs", o.path, shared, ErrShared},
	} {
		f := quiet(c.database, c.folder)
		f.patience = 2 * Every
		if err := f.Run(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	if err := quiet(o.path, plain).Run(t.Context()); err == nil {
		t.Error("a file: it was copied into")
	}
	if !o.sound(taken) {
		t.Error("the replica was touched")
	}
}
