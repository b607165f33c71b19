//go:build !windows

package main

import (
	"errors"
)

func manageService(string, []string) error {
	return errors.New("`dabiao service` is for Windows; systemd takes packaging/dabiao.service")
}

// asService runs the program as a service if the system started it as one.
func asService([]string) (code int, is bool) { return 0, false }
