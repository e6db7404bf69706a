// Package cron reads the schedules and time zones of CronJobs as their controller
// does.
package cron

import (
	"errors"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

var (
	errZoneInSchedule = errors.New("a time zone belongs into timeZone, not into the schedule")
	errNeverRuns      = errors.New("no month it names has that day: it never runs")
)

// Parse reads the schedule of a CronJob as its controller does.
func Parse(text string) (cron.Schedule, error) {
	if strings.Contains(text, "TZ") {
		return nil, errZoneInSchedule
	}
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		return nil, err
	}
	if s, isSpec := schedule.(*cron.SpecSchedule); isSpec && neverRuns(s) {
		return nil, errNeverRuns
	}
	return schedule, nil
}

// IsZone reports whether a time zone is known; that of the machine is none.
func IsZone(name string) bool {
	if name == "" || strings.EqualFold(name, "local") {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// isStar is the bit by which the parser marks a field that is not restricted.
const isStar = 1 << 63

// neverRuns reports whether a schedule waits for a day such as the 30th of February.
func neverRuns(s *cron.SpecSchedule) bool {
	if s.Dom&isStar != 0 || s.Dow&isStar == 0 {
		return false // a day of the week is enough
	}
	first := bits.TrailingZeros64(s.Dom)
	for month := time.January; month <= time.December; month++ {
		// The last of a month, in a leap year.
		if s.Month&(1<<uint(month)) != 0 && first <= time.Date(2024, month+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			return false
		}
	}
	return true
}

// ShortestGap is the shortest time between two runs of a schedule on one day, or from
// one day to the next where it runs daily.
func ShortestGap(schedule cron.Schedule) time.Duration {
	switch s := schedule.(type) {
	case cron.ConstantDelaySchedule:
		return s.Delay
	case *cron.SpecSchedule:
		isDaily := s.Dom&isStar != 0 && s.Dow&isStar != 0
		minutes, hours := s.Minute&^isStar, s.Hour&^isStar
		within := smallestStep(minutes, 0)
		day := 0
		if isDaily {
			day = 24
		}
		if step := smallestStep(hours, day); step > 0 {
			between := step*60 - (bits.Len64(minutes) - 1 - bits.TrailingZeros64(minutes))
			if within == 0 || between < within {
				within = between
			}
		}
		if within > 0 {
			return time.Duration(within) * time.Minute
		}
	}
	return 24 * time.Hour
}

// smallestStep is the smallest distance between two bits of a set; around the end of a
// cycle, where it is not 0. It is 0 where there is none.
func smallestStep(set uint64, cycle int) (smallest int) {
	if set == 0 {
		return 0
	}
	first, last := bits.TrailingZeros64(set), bits.Len64(set)-1
	if cycle > 0 {
		smallest = first + cycle - last
	}
	for at := first; at < last; {
		next := bits.TrailingZeros64(set &^ (1<<(at+1) - 1))
		if smallest == 0 || next-at < smallest {
			smallest = next - at
		}
		at = next
	}
	return smallest
}
