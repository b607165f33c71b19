package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dabiao/internal/office"
)

// upgradeSays is how often a line says how far the upgrade has come.
const upgradeSays = 2 * time.Second

// upgradeTells is how many offices that could not be opened are named.
const upgradeTells = 5

// upgradeOffices opens the records of every office, which makes or upgrades them as serving them would, several at a
// time. What was upgraded stays so: broken off, it goes on where it was when it is begun again.
func upgradeOffices(ctx context.Context, io streams, s *server) error {
	list, bad := office.List(s.data)
	log := slog.New(slog.NewTextHandler(io.err, nil))
	var (
		mu   sync.Mutex
		errs []error
		all  sync.WaitGroup
		done int
		said = time.Now()
	)
	for _, b := range bad {
		errs = append(errs, b)
	}
	place := make(chan struct{}, openAtOnce)
	for _, of := range list {
		if of.Closed || ctx.Err() != nil {
			continue
		}
		place <- struct{}{}
		all.Go(func() {
			defer func() { <-place }()
			err := s.upgradeOffice(ctx, log, of)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, fmt.Errorf("office %s: %w", of.Name, err))
				return
			}
			if done++; time.Since(said) >= upgradeSays {
				said = time.Now()
				fmt.Fprintf(io.out, "%d of %d offices\n", done, len(list))
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil {
		errs = append(errs, errors.New("broken off: what is upgraded stays so; say it again for the rest"))
	}
	_, err := fmt.Fprintf(io.out, "%d of %d offices are as this version needs them\n", done, len(list))
	if more := len(errs) - upgradeTells; more > 0 {
		errs = append(errs[:upgradeTells:upgradeTells], fmt.Errorf("and %d more", more))
	}
	return errors.Join(append(errs, err)...)
}

func (s *server) upgradeOffice(ctx context.Context, log *slog.Logger, of office.Office) error {
	each, err := s.forOffice(of)
	if err != nil {
		return err
	}
	unlock, err := each.lock()
	if err != nil {
		return err
	}
	defer unlock()
	each.upgrade, each.before = true, each.records.backUpBefore(ctx, log.With("office", of.Name))
	_, db, err := each.records.open(ctx)
	if err != nil {
		return err
	}
	return db.Close()
}
