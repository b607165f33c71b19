package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/download"
	"dabiao/internal/web/page"
)

// runUser adds, lists and changes accounts; a server may be running on the records.
func runUser(ctx context.Context, io streams, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: say `dabiao user add`, list, invite, passwd, disable, totp-reset or data", errUse)
	}
	if !slices.Contains([]string{"add", "list", "invite", "passwd", "disable", "totp-reset", "data"}, args[0]) {
		return fmt.Errorf("%w: there is no `dabiao user %s`", errUse, args[0])
	}
	var r records
	var n app.NewAccount
	var fromStdin bool
	var server string
	f := newFlags(io, "user "+args[0])
	r.flags(f)
	if args[0] == "add" {
		f.StringVar((*string)(&n.Role), "role", "", "leader, staff, reviewer, reporter, auditor or admin")
		f.StringVar(&n.Unit, "unit", "", "code of the unit the account is limited to; a reporter has one, an auditor or admin has none")
		f.StringVar(&n.FullName, "full-name", "", "the person's name")
	}
	if args[0] == "add" || args[0] == "passwd" {
		f.BoolVar(&fromStdin, "password-stdin", false, "read the password from standard input")
	}
	if args[0] == "invite" {
		f.StringVar(&server, "url", "", "where people open the server, to print the whole link: http://192.168.1.5:8080")
	}
	names, rest := leading(args[1:])
	if err := f.parse(rest); err != nil {
		return err
	}
	names = append(names, f.Args()...)
	want := 1
	if args[0] == "list" {
		want = 0
	}
	if len(names) != want {
		return fmt.Errorf("%w: `dabiao user %s` takes %d name", errUse, args[0], want)
	}
	if args[0] != "add" { // adding the first account may create the records
		if err := r.mustExist(); err != nil {
			return err
		}
	}
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	switch args[0] {
	case "list":
		return listUsers(ctx, io.out, a)
	case "invite":
		return inviteUser(ctx, io.out, a, names[0], server)
	case "data":
		return printPersonalData(ctx, io.out, a, names[0])
	case "disable":
		return a.DisableAccount(ctx, kpi.Operator, names[0])
	case "totp-reset":
		return a.ResetSecondFactor(ctx, kpi.Operator, names[0])
	case "add", "passwd":
		if n.Password, err = readPassword(io, fromStdin); err != nil {
			return err
		}
	}
	if args[0] == "passwd" {
		return a.SetPassword(ctx, kpi.Operator, names[0], n.Password)
	}
	n.Name = names[0]
	_, err = a.AddAccount(ctx, kpi.Operator, n)
	return err
}

// leading splits off the arguments before the first flag, so that a name may come first.
func leading(args []string) (names, rest []string) {
	for i, a := range args {
		if strings.HasPrefix(a, "-") {
			return args[:i], args[i:]
		}
	}
	return args, nil
}

// printPersonalData prints what is stored about an account, as its page gives it out.
func printPersonalData(ctx context.Context, out io.Writer, a *app.App, name string) error {
	data, err := a.PersonalData(ctx, kpi.Operator, name)
	if err != nil {
		return err
	}
	raw, err := download.PersonalJSON(data)
	if err != nil {
		return err
	}
	_, err = out.Write(append(raw, '\n'))
	return err
}

// inviteUser prints the one-time link by which somebody sets their password.
func inviteUser(ctx context.Context, out io.Writer, a *app.App, name, server string) error {
	invited, err := a.Invite(ctx, kpi.Operator, name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, strings.TrimSuffix(server, "/")+page.InvitationPath(invited.Secret))
	return err
}

func listUsers(ctx context.Context, out io.Writer, a *app.App) error {
	accounts, err := a.Accounts(ctx, kpi.Operator)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		state := "active"
		if account.Disabled {
			state = "disabled"
		}
		fmt.Fprintf(out, "%-20s %-10s %-9s %s\n", account.Name, account.Role, state, account.FullName)
	}
	return nil
}

// readPassword reads one line from standard input, with a prompt unless fromStdin is set.
func readPassword(io streams, fromStdin bool) (string, error) {
	if !fromStdin {
		fmt.Fprint(io.err, "password (it will show): ")
	}
	line, err := bufio.NewReader(io.in).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if err != nil && line == "" {
		return "", fmt.Errorf("%w: no password came on standard input", errUse)
	}
	return line, nil
}
