package lint

import "testing"

// cronJob is a CronJob with more fields in its spec, that of its Jobs and its container,
// each ending in a comma.
func cronJob(spec, job, container string) string {
	return "---\n{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {" + spec + " jobTemplate: {spec: {" + job +
		" template: {spec: {restartPolicy: Never, containers: [{" + container + " name: a}]}}}}}}\n"
}

func TestJobs(t *testing.T) {
	schedule := func(text string) string { return "schedule: '" + text + "'," }
	check(t, &cronjobSchedule, []ruleCase{
		{name: "zone", text: cronJob(schedule("TZ=UTC 0 3 * * *"), "", ""), want: []string{`2: error: schedule "TZ=UTC 0 3 * * *": a time zone belongs into timeZone, not into the schedule`}},
		{name: "zone alone", text: cronJob(schedule("TZ="), "", ""), want: []string{`2: error: schedule "TZ=": a time zone belongs into timeZone, not into the schedule`}},
		{name: "leap day", text: cronJob(schedule("0 0 29 2 *"), "", "")},
		{name: "31st of short months", text: cronJob(schedule("0 0 31 4,6,9,11 *"), "", ""), want: []string{`2: error: schedule "0 0 31 4,6,9,11 *": no month it names has that day: it never runs`}},
		{name: "or a weekday", text: cronJob(schedule("0 0 31 4 1"), "", "")},
		{name: "macro", text: cronJob(schedule("@daily"), "", "")},
		{name: "local zone", text: cronJob(schedule("@daily")+"timeZone: local,", "", ""), want: []string{`2: error: there is no time zone "local"`}},
		{name: "heavy", text: cronJob(schedule("* * * * *"), "", "resources: {requests: {cpu: 1}},"), want: []string{"2: info: a job that asks for much starts every minute"}},
		{name: "heavy in memory", text: cronJob(schedule("*/1 * * * *"), "", "resources: {requests: {memory: 1Gi}},"), want: []string{"2: info: a job that asks for much starts every minute"}},
		{name: "heavy by its limit", text: cronJob(schedule("* * * * *"), "", "resources: {limits: {cpu: 2}},"), want: []string{"2: info: a job that asks for much starts every minute"}},
		{name: "light with a limit", text: cronJob(schedule("* * * * *"), "", "resources: {requests: {cpu: 100m}, limits: {cpu: 2}},")},
		{name: "light", text: cronJob(schedule("* * * * *"), "", "resources: {requests: {cpu: 900m, memory: 1G}},")},
	})
	check(t, &cronjobConcurrency, []ruleCase{
		{name: "hourly", text: cronJob(schedule("5 * * * *"), "", "")},
		{name: "twice a night", text: cronJob(schedule("0,30 3 * * *")+"concurrencyPolicy: Allow,", "", ""), want: []string{"2: info: runs may be 30 min apart, and may overlap"}},
		{name: "Replace", text: cronJob(schedule("* * * * *")+"concurrencyPolicy: Replace,", "", "")},
		{name: "minutes", text: cronJob(schedule("*/10 * * * *"), "", ""), options: map[string]any{"minutes": 10}},
		{name: "unread", text: cronJob(schedule("never"), "", "")},
	})
	check(t, &cronjobDeadline, []ruleCase{
		{name: "none", text: cronJob(schedule("@daily"), "", ""), want: []string{"2: info: startingDeadlineSeconds is not set: a missed run may start at any later time"}},
		{name: "ten", text: cronJob(schedule("@daily")+"startingDeadlineSeconds: 10,", "", "")},
	})
	check(t, &jobTTL, []ruleCase{
		{name: "CronJob", text: cronJob("", "", "")},
		{name: "CronJob that sets it", text: cronJob("", "ttlSecondsAfterFinished: 5,", ""), want: []string{"2: info: ttlSecondsAfterFinished of a CronJob's Jobs fights its history limits"}},
		{name: "hook", text: "{apiVersion: batch/v1, kind: Job, metadata: {name: a, annotations: {helm.sh/hook: pre-install}}, spec: {template: {spec: {}}}}"},
		{name: "Argo hook", text: "{apiVersion: batch/v1, kind: Job, metadata: {name: a, annotations: {argocd.argoproj.io/hook: PreSync}}, spec: {template: {spec: {}}}}"},
	})
	check(t, &jobUnbounded, []ruleCase{
		{name: "never restarted", text: cronJob("", "", "")},
		{name: "backoffLimit", text: cronJob("", "backoffLimit: 21,", ""), want: []string{"2: info: activeDeadlineSeconds is not set, and backoffLimit is 21"}},
		{name: "bounded", text: cronJob("", "backoffLimit: 21, activeDeadlineSeconds: 60,", "")},
	})
	check(t, &restartPolicyInvalid, []ruleCase{
		{name: "Deployment", text: web("", "restartPolicy: Never,", ""), want: []string{"2: error: restartPolicy is Never, and that of a Deployment is Always"}},
		{name: "Deployment that says Always", text: web("", "restartPolicy: Always,", "")},
		{name: "Job", text: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Always}}}}",
			want: []string{"1: error: restartPolicy is Always, and that of a Job is Never or OnFailure"}},
		{name: "Pod", text: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Never}}"},
	})
}
