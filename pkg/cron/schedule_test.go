package cron

import (
	"testing"
	"time"
)

func TestShortestGap(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"* * * * *": time.Minute, "*/7 * * * *": 4 * time.Minute, "0 * * * *": time.Hour, "0,59 * * * *": time.Minute, "0,20 3 * * *": 20 * time.Minute,
		"0 3 * * *": 24 * time.Hour, "0 22,1 * * *": 3 * time.Hour, "0 22,1 * * 1": 21 * time.Hour, "0,30 */6 * * *": 30 * time.Minute,
		"@every 90s": 90 * time.Second, "@hourly": time.Hour, "@yearly": 24 * time.Hour,
	} {
		schedule, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := ShortestGap(schedule); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"0 3 * * 1-5": "", "@daily": "", "0 0 29 2 *": "",
		"0 3 30 2 *":         errNeverRuns.Error(),
		"TZ=UTC 0 3 * * *":   errZoneInSchedule.Error(),
		"every night":        "expected exactly 5 fields, found 2: [every night]",
		"0 25 * * *":         "end of range (25) above maximum (23): 25",
		"CRON_TZ=UTC @daily": errZoneInSchedule.Error(),
	} {
		got := ""
		if _, err := Parse(text); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIsZone(t *testing.T) {
	for name, want := range map[string]bool{"Europe/Zurich": true, "UTC": true, "Europe/Zurigo": false, "": false, "Local": false} {
		if got := IsZone(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
