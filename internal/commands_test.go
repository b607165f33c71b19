package internal_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/programtest"
)

// help is what the program says of itself.
func help(t *testing.T, args ...string) string {
	t.Helper()
	said, err := programtest.Run(args...)
	if err != nil {
		t.Fatalf("dabiao %s: %v\n%s", strings.Join(args, " "), err, said)
	}
	return said
}

// commands are the program's, with their subcommands spelled out.
func commands(t *testing.T) (all []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z-]+) +(\S+)`).FindAllStringSubmatch(help(t, "help"), -1) {
		if slices.Contains([]string{"user", "token", "display", "service", "office", "handup"}, m[1]) {
			for sub := range strings.SplitSeq(m[2], "|") {
				all = append(all, m[1]+" "+sub)
			}
			continue
		}
		all = append(all, m[1])
	}
	return all
}

func TestTheReadmeListsEveryCommandFlagAndVariable(t *testing.T) {
	readme := read(t, "README.md")
	variables := []string{"DABIAO_SCREENSHOTS", "DABIAO_TORTURE"}
	for _, c := range commands(t) {
		if !strings.Contains(readme, "`dabiao "+c) {
			t.Errorf("the README does not list the command `dabiao %s`", c)
		}
		if c == "version" || c == "openapi" {
			continue
		}
		said := help(t, append(strings.Fields(c), "--help")...)
		for _, m := range regexp.MustCompile(`in the environment .*\[(DABIAO_\w+)\]`).FindAllStringSubmatch(said, -1) {
			if variables = append(variables, m[1]); !strings.Contains(readme, "`"+m[1]+"`") {
				t.Errorf("the README does not list `%s` of dabiao %s", m[1], c)
			}
		}
		for _, m := range regexp.MustCompile(`--(\S+) .*\[(DABIAO_\w+)\]`).FindAllStringSubmatch(said, -1) {
			variables = append(variables, m[2])
			if !strings.Contains(readme, "`--"+m[1]+"`") || !strings.Contains(readme, "`"+m[2]+"`") {
				t.Errorf("the README does not list `--%s` and `%s` of dabiao %s", m[1], m[2], c)
			}
		}
	}
	for _, v := range regexp.MustCompile(`DABIAO_[A-Z0-9_]+`).FindAllString(readme, -1) {
		if !slices.Contains(variables, v) {
			t.Errorf("the README lists %s, which the program does not know", v)
		}
	}
}

// A guide that names a command which does not exist is worse than none.
func TestTheDocsNameNoCommandThatDoesNotExist(t *testing.T) {
	known := commands(t)
	for _, name := range repository(t) {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		for _, m := range regexp.MustCompile("(?m)(?:`|^|/)dabiao ([a-z][a-z-]*)").FindAllStringSubmatch(read(t, name), -1) {
			if !slices.ContainsFunc(known, func(c string) bool { return strings.Fields(c)[0] == m[1] }) {
				t.Errorf("%s tells of `dabiao %s`, which the program does not have", name, m[1])
			}
		}
	}
}
