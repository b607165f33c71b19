package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// envPrefix is the prefix of every environment variable: --data is DABIAO_DATA.
const envPrefix = "DABIAO_"

// flags are a command's flags, each with an environment variable of the same name.
type flags struct {
	*flag.FlagSet
	only *[]variable // what is read from the environment alone
}

// variable is a text that the command line must not show, since others can read it there.
type variable struct {
	to          *string
	name, usage string
}

// onlyEnv declares one; its name goes without the prefix.
func (f flags) onlyEnv(to *string, name, usage string) {
	*f.only = append(*f.only, variable{to, envPrefix + name, usage})
}

func newFlags(io streams, name string) flags {
	f := flags{flag.NewFlagSet("dabiao "+name, flag.ContinueOnError), &[]variable{}}
	f.SetOutput(io.err)
	f.Usage = func() {
		fmt.Fprintf(io.out, "usage: dabiao %s [flags]\n\n", name)
		f.VisitAll(func(x *flag.Flag) {
			fmt.Fprintf(io.out, "  --%-16s %s", x.Name, x.Usage)
			if x.DefValue != "" && x.DefValue != "false" {
				fmt.Fprintf(io.out, " (default %s)", x.DefValue)
			}
			fmt.Fprintf(io.out, " [%s]\n", envName(x.Name))
		})
		for _, v := range *f.only {
			fmt.Fprintf(io.out, "  in the environment %s [%s]\n", v.usage, v.name)
		}
	}
	return f
}

func envName(flagName string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// parse reads the environment first; arguments override it.
func (f flags) parse(args []string) error {
	var bad error
	f.VisitAll(func(x *flag.Flag) {
		if v, ok := os.LookupEnv(envName(x.Name)); ok {
			if err := f.Set(x.Name, v); err != nil && bad == nil {
				bad = fmt.Errorf("%w: %s=%q: %w", errUse, envName(x.Name), v, err)
			}
		}
	})
	if bad != nil {
		return bad
	}
	for _, v := range *f.only {
		*v.to = os.Getenv(v.name)
	}
	f.SetOutput(io.Discard)
	help := f.Usage
	f.Usage = func() {} // a wrong flag gets one sentence, not a page
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		help()
		return err
	} else if err != nil {
		return fmt.Errorf("%w: %w; `%s --help` lists the flags", errUse, err, f.Name())
	}
	return nil
}

// parseAlone parses flags and refuses other arguments.
func (f flags) parseAlone(args []string) error {
	if err := f.parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%w: %q is not expected here; `%s --help` lists the flags", errUse, f.Arg(0), f.Name())
	}
	return nil
}

// parseName parses flags and one name, which may come before or after them.
func (f flags) parseName(args []string, what string) (string, error) {
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return "", err
	}
	names = append(names, f.Args()...)
	if len(names) != 1 {
		return "", fmt.Errorf("%w: `%s` takes one %s; `%s --help` lists the flags", errUse, f.Name(), what, f.Name())
	}
	return names[0], nil
}
