// Command dabiao serves the dashboard and offers operators on the command line what people do on its
// pages.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // Windows has no time zones of its own

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// version is set at build time.
var version = "dev"

// command is one subcommand.
type command struct {
	name, args, does string
	run              func(ctx context.Context, io streams, args []string) error
}

// streams are what a command reads from and writes to.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func commands() []command {
	return []command{
		{"serve", "[--addr HOST:PORT] [--data DIR] [--database URL]", "serve the dashboard", runServe},
		{"demo", "[--addr HOST:PORT] [--data DIR] [--json]",
			"load the shipped demo into a fresh folder and serve it", runDemo},
		{"user", "add|list|invite|passwd|disable|totp-reset", "accounts", runUser},
		{"token", "add|list|end", "API tokens", runToken},
		{"display", "add|list|end", "links that show a board on a wall", runDisplay},
		{"import", "FILE --year Y [--dry-run] [--partial]",
			"take a table of figures, .xlsx or .csv, into the log", runImport},
		{"adopt", "FILE --year Y [--dry-run]",
			"take an old report (.docx, .txt) or table (.xlsx, .csv) over into a year; prints JSON", runAdopt},
		{"report", "--year Y --format docx|xlsx|json --out FILE", "write a year-end document", runReport},
		{"check", "--year Y", "print what is wrong with a year's report; exit 1 when one is an error", runCheck},
		{"seal", "--year Y --out FILE [--signed N] [--sensitive]",
			"write a signed year as one archive that checks itself in a browser", runSeal},
		{"handup", "dictionary|map|make|send|take", "hand figures up to an office above, and take in those of offices below",
			runHandup},
		{"backup", "FILE|s3://BUCKET/NAME [--data DIR]", "write a safe copy of everything, also while serving", runBackup},
		{"backup-key", "FILE.html", "make the key that encrypts backups, as a page to print", runBackupKey},
		{"restore", "FILE|s3://BUCKET/NAME --data DIR [--database URL]", "unpack a backup into a new folder and verify it", runRestore},
		{"replicate", "--replica DIR [--data DIR]", "copy the database continuously; `serve --replica` starts it", runReplicate},
		{"drill", "[--backup FILE]", "restore the newest backup elsewhere and compare; exit 1 on any difference", runDrill},
		{"move", "--from DIR|URL --to DIR|URL", "move everything from SQLite to PostgreSQL or back, and verify it", runMove},
		{"verify", "", "recompute every total, evidence hash and audit link", runVerify},
		{"office", "add|list|reach|move|upgrade|remove", "further offices that this server serves, each with records of its own", runOffice},
		{"service", "install|remove|start|stop", "the program as a service of Windows", runService},
		{"openapi", "", "print the description of the HTTP API", runOpenAPI},
		{"version", "", "print the version", runVersion},
	}
}

func main() {
	if code, is := asService(os.Args[1:]); is {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, streams{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
}

// errUse reports wrong use of the command line: exit code 2.
var errUse = errors.New("wrong use")

// run executes the command line and returns the exit code: 0 done, 1 refused or failed, 2 wrong use.
// Errors are one sentence on io.err.
func run(ctx context.Context, io streams, args []string) int {
	if len(args) == 0 { // a double click
		args = []string{"serve"}
		if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
			args = append(args, "--open")
		}
	}
	if args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(io.out)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return exit(io, c.run(ctx, io, args[1:]))
		}
	}
	fmt.Fprintf(io.err, "dabiao: there is no command %q; `dabiao help` lists them\n", args[0])
	return 2
}

func exit(io streams, err error) int {
	var refusal *kpi.Error
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUse):
		fmt.Fprintln(io.err, "dabiao:", err)
		return 2
	case errors.As(err, &refusal):
		p := lang.For(terminalLanguage())
		fmt.Fprintln(io.err, "dabiao:", p.Text(refusal.Text))
		for _, f := range refusal.Fields {
			fmt.Fprintf(io.err, "  %s: %s\n", f.Name, p.Text(f.Text))
		}
		return 1
	}
	fmt.Fprintln(io.err, "dabiao:", err)
	return 1
}

// terminalLanguage returns the language set in the environment, as terminals use it.
func terminalLanguage() lang.Tag {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); len(v) >= 2 {
			if v[:2] == "zh" {
				return lang.Chinese
			}
			return lang.English
		}
	}
	return lang.English
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "dabiao — yearly targets and what was achieved\n\nusage: dabiao COMMAND [flags]; `dabiao COMMAND --help` lists its flags")
	fmt.Fprintln(w)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %-52s %s\n", c.name, c.args, c.does)
	}
}

func runVersion(_ context.Context, io streams, _ []string) error {
	_, err := fmt.Fprintln(io.out, "dabiao", version)
	return err
}
