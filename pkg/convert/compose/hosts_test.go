package compose

import "testing"

// TestHostsIn says where a word is a host for sure, where it may be one, and where it is
// none.
func TestHostsIn(t *testing.T) {
	const none, maybe, sure = "none", "maybe", "sure"
	for _, test := range []struct {
		text, want, port string
	}{
		{"db", sure, ""},
		{"db:5432", sure, "5432"},
		{"postgres://u:p@db/x", sure, ""},
		{"jdbc:mysql://db:3306/x", sure, "3306"},
		{"a,db", sure, ""},
		{"psql -h db -d x", sure, ""},
		{"host=db user=u", sure, ""},
		{"user=u dbname=db", maybe, ""},
		{"psql -d db", maybe, ""},
		{"CREATE DATABASE db;", maybe, ""},
		{"registry/db:1.2", none, ""}, // an image
		{"http://x/db/", none, ""},
		{"file:///db:/x", none, ""},
		{"db:1.2", maybe, ""}, // a release
		{"mydb:1", none, ""},
		{"db.example.com", none, ""},
	} {
		got, port := none, ""
		for _, at := range hostsIn(test.text, "db") {
			if got, port = maybe, at.port; at.isSure {
				got = sure
			}
		}
		if got != test.want || port != test.port {
			t.Errorf("%q: %s %q, want %s %q", test.text, got, port, test.want, test.port)
		}
	}
}

// TestMeansHost tells variables that hold hosts from those that only sound so.
func TestMeansHost(t *testing.T) {
	for variable, want := range map[string]bool{
		"DB_HOST": true, "HOSTNAME": true, "KAFKA_BROKERS": true, "baseUrl": true, "WEB": true, "NODE_ENV": false, "SERVICE_NAME": false,
		"SERVER_MODE": false, "POSTGRES_DB": false, "TITLE": false,
	} {
		if got := meansHost(variable, "web"); got != want {
			t.Errorf("%s: %t, want %t", variable, got, want)
		}
	}
}
