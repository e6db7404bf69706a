package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/watch"
)

// watcher renders into directories again and again, whenever a source changes.
type watcher struct {
	*renderOptions
	*process
	files *watch.Watcher

	said string // what the round before said; said again it would only be noise
	// roots are where the sources lie, of a project that was deleted too: it may
	// come back.
	roots []string
	// others are directories outside of those that were named which sources lie in;
	// outputs are those that the projects are rendered to.
	others, outputs []string
}

// judgeWatch refuses flags that leave nothing to watch, or nowhere to write.
func (o *renderOptions) judgeWatch() error {
	switch {
	case !o.watch:
		return nil
	case o.check || o.dir == "" && !o.write:
		return errors.New("--watch keeps a directory up to date: it goes with -o or --write")
	case slices.Contains(o.load.Paths, "-"):
		return errors.New("--watch cannot watch standard input")
	}
	return nil
}

// watchRender renders until the user stops it. What is wrong with the sources is
// told, and does not end it.
func (o *renderOptions) watchRender(p *process) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	files, err := watch.New()
	if err != nil {
		return err
	}
	defer files.Close()
	w := &watcher{renderOptions: o, process: p, files: files}
	home, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the working directory: %w", err)
	}
	for isFirst := true; ; isFirst = false {
		if !isDirectory(home) {
			return fmt.Errorf("%s: the working directory is gone", filepath.Base(home))
		}
		if err := w.settle(ctx, isFirst); err != nil {
			return unlessStopped(ctx, err)
		}
		if isFirst {
			p.notice("watching; an interrupt ends it")
		}
		if err := w.files.Wait(ctx); err != nil {
			return nil
		}
	}
}

// unlessStopped is err, or nothing where the user wanted the end.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// isDirectory reports whether home is still the working directory.
func isDirectory(home string) bool {
	there, err := os.Stat(home)
	here, hereErr := os.Stat(".")
	return err == nil && hereErr == nil && os.SameFile(there, here)
}

// settle renders; and once more where only that told what else there is to watch,
// which may have changed before it was watched.
func (w *watcher) settle(ctx context.Context, isFirst bool) error {
	if _, err := w.follow(); err != nil {
		return err
	}
	for range 3 { // more it takes only where sources change all the time
		if err := w.round(ctx, isFirst); err != nil {
			return err
		}
		if isMore, err := w.follow(); err != nil || !isMore {
			return err
		}
	}
	return nil
}

func (w *watcher) follow() (isMore bool, err error) {
	for _, root := range load.Roots(w.load.Paths) {
		if !slices.Contains(w.roots, root) {
			w.roots = append(w.roots, root)
		}
	}
	return w.files.Follow(slices.Concat(w.roots, w.others, w.crds), w.outputs)
}

// round renders once. The error ends the watch.
func (w *watcher) round(ctx context.Context, isFirst bool) error {
	var text bytes.Buffer
	into := *w.process
	into.stderr, into.isStderrTerminal = &text, false
	options := *w.renderOptions
	r := &renderRun{renderOptions: &options, operation: operation{process: &into}}
	err := r.supervise(&options.loadFlags, &text, w.hasColor(w.isStderrTerminal), r.operate)
	isAbandoned := !r.supervisor.isOver.Load()
	switch {
	case ctx.Err() != nil || isAbandoned:
		return err
	case err != nil && !errors.Is(err, errWrong) && isFirst:
		_, _ = w.stderr.Write(text.Bytes())
		return err
	case err != nil && !errors.Is(err, errWrong):
		into.complain(err)
	}
	w.note(r)
	changed := changesLine(r.changes)
	if now := text.String(); now != w.said || changed != "" {
		if now == "" && changed == "" {
			changed = "up to date"
		}
		w.said = now
		_, _ = w.stderr.Write(text.Bytes())
	}
	if changed == "" && isFirst && err == nil {
		changed = "up to date"
	}
	if changed != "" {
		w.notice(changed)
	}
	return nil
}

// note keeps where the sources of a run were, and where they were rendered to.
// Where the run did not come that far, all is where it was.
func (w *watcher) note(r *renderRun) {
	if len(r.projects) == 0 {
		return
	}
	w.others = r.others
	if trees, err := r.trees(); err == nil {
		w.outputs = nil
		for _, t := range trees {
			w.outputs = append(w.outputs, t.Dir)
		}
	}
	if w.dir != "" {
		w.outputs = append(w.outputs, w.dir)
	}
}

// maxNamed is how many files a line names.
const maxNamed = 4

// changesLine says which files a round wrote and removed; empty where none.
func changesLine(c render.Changes) string {
	var parts []string
	for _, group := range []struct {
		verb  string
		files []string
	}{{"wrote", c.Written}, {"removed", c.Removed}} {
		n := len(group.files)
		if n == 0 {
			continue
		}
		named := strings.Join(group.files[:min(n, maxNamed)], ", ")
		if n > maxNamed {
			named += fmt.Sprintf(" and %d more", n-maxNamed)
		}
		parts = append(parts, group.verb+" "+named)
	}
	return strings.Join(parts, "; ")
}
