package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"
)

// terminal returns the number of the terminal that is read from; false where nobody sits at one.
func (s streams) terminal() (int, bool) {
	file, is := s.in.(*os.File)
	if !is {
		return 0, false
	}
	fd := int(file.Fd())
	return fd, term.IsTerminal(fd)
}

// ask reads a line that a terminal does not show.
func (s streams) ask(question string) (string, error) {
	fd, is := s.terminal()
	if !is {
		line, err := bufio.NewReader(s.in).ReadString('\n')
		if line = strings.TrimSpace(line); line != "" {
			return line, nil
		}
		return "", err
	}
	fmt.Fprint(s.err, question)
	line, err := term.ReadPassword(fd)
	fmt.Fprintln(s.err)
	return string(line), err
}
