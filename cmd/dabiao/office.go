package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gofrs/flock"

	"dabiao/internal/office"
	"dabiao/internal/store"
)

// releaseWithin is how long a command waits for a running server to let go of an office.
const releaseWithin = 2 * time.Minute

func runOffice(ctx context.Context, io streams, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: `dabiao office` takes add, list, reach, move, upgrade or remove", errUse)
	}
	if args[0] == "move" {
		return runOfficeMove(ctx, io, args[1:])
	}
	if args[0] == "upgrade" {
		var s server
		f := newFlags(io, "office upgrade")
		s.flags(f)
		if err := f.parseAlone(args[1:]); err != nil {
			return err
		}
		return upgradeOffices(ctx, io, &s)
	}
	f := newFlags(io, "office "+args[0])
	data := f.String("data", "data", "the program's data folder, in which the offices' are")
	switch args[0] {
	case "list":
		if err := f.parseAlone(args[1:]); err != nil {
			return err
		}
		return listOffices(io, *data)
	case "add", "reach":
		path := f.String("at-path", "", "path below which it is reached, such as /gov/wugang")
		host := f.String("at-host", "", "names of hosts under which it is reached, comma-separated")
		database := f.String("records", "",
			"PostgreSQL address of its own database, or with ?schema=NAME of a schema beside others' (?schema alone: one named like it); empty: SQLite in its folder")
		name, err := f.parseName(args[1:], "name")
		if err != nil {
			return err
		}
		address, err := inSchema(*database, name)
		if err != nil {
			return err
		}
		now := office.Office{Name: name, Path: *path, Hosts: split(*host), Database: address}
		if args[0] == "reach" {
			return reachOffice(f, *data, now)
		}
		if err := office.Add(*data, now); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out,
			"%s is in %s; a running server serves it within seconds and writes its set-up address to its log\n",
			name, office.Dir(*data, name))
		return err
	case "remove":
		name, err := f.parseName(args[1:], "name")
		if err != nil {
			return err
		}
		return removeOffice(ctx, io, *data, name)
	}
	return fmt.Errorf("%w: `dabiao office` takes add, list, reach, move, upgrade or remove, not %q", errUse, args[0])
}

// inSchema checks the schema of an address, and names it where the address says only that there is one.
func inSchema(address, office string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return address, nil //nolint:nilerr // the server says what is wrong with it
	}
	q := u.Query()
	if !q.Has("schema") {
		return address, nil
	}
	if q.Get("schema") == "" {
		q.Set("schema", office)
		u.RawQuery = q.Encode()
	}
	return u.String(), store.CheckSchema(q.Get("schema"))
}

// reachOffice changes what was given of where an office and its records are, and serves it if it was closed.
func reachOffice(f flags, data string, now office.Office) error {
	return office.Change(data, now.Name, func(o *office.Office) {
		f.Visit(func(given *flag.Flag) {
			switch given.Name {
			case "at-path":
				o.Path = now.Path
			case "at-host":
				o.Hosts = now.Hosts
			case "records":
				o.Database = now.Database
			}
		})
		o.Closed = false
	})
}

func listOffices(io streams, data string) error {
	list, bad := office.List(data)
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tPATH\tHOSTS\tRECORDS\tSERVED")
	for _, o := range list {
		records, served := "SQLite", "yes"
		if o.Database != "" {
			records = "PostgreSQL"
		}
		if o.Closed {
			served = "no"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", o.Name, dash(o.Path), dash(strings.Join(o.Hosts, ",")), records, served)
	}
	errs := []error{w.Flush()}
	for _, b := range bad {
		errs = append(errs, b)
	}
	return errors.Join(errs...)
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// removeOffice has an office no longer served and moves its data folder out of the way. Nothing is deleted: an office's
// records are somebody's.
func removeOffice(ctx context.Context, io streams, data, name string) error {
	if err := office.Change(data, name, func(o *office.Office) { o.Closed = true }); err != nil {
		return err
	}
	dir := office.Dir(data, name)
	lock := flock.New(filepath.Join(dir, "lock"))
	waiting, stop := context.WithTimeout(ctx, releaseWithin)
	defer stop()
	if held, err := lock.TryLockContext(waiting, 100*time.Millisecond); !held {
		return fmt.Errorf("%s is closed, but a server still holds it (%w): remove it again later", name, err)
	}
	kept := filepath.Join(data, "offices-removed", name+"-"+time.Now().UTC().Format("20060102-150405"))
	if err := errors.Join(os.MkdirAll(filepath.Dir(kept), 0o700), lock.Unlock()); err != nil {
		return fmt.Errorf("make room for its folder: %w", err)
	}
	if err := os.Rename(dir, kept); err != nil {
		return fmt.Errorf("move its folder: %w", err)
	}
	_, err := fmt.Fprintf(io.out, "%s is no longer served; its records are kept in %s\n", name, kept)
	return err
}
