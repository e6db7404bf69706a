package secrets

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIn(t *testing.T) {
	for _, test := range []struct {
		name, value string
		want        Sign
	}{
		{"DB_PASSWORD", "hunter2", ByName},
		{"DB_PASSWORD", "123456", ByName},
		{"DB_PASSWORD", "", None},
		{"ALLOW_EMPTY_PASSWORD", "1", None},
		{"DB_PASSWORD", "$(FROM_ELSEWHERE)", None},
		{"DB_PASSWORD_FILE", "/run/secrets/db", None},
		{"password.encoder", "bcrypt", None},
		{"PASSWORD_MIN_STRENGTH", "strong", None},
		{"SECRETS_DIR", "secrets", None},
		{"TOKEN_TTL", "3600", None},
		{"TOKENIZER", "bpe", None},
		{"AWS_SECRET_ACCESS_KEY", "hunter2", ByName},
		{"S3_ACCESS_KEY", "hunter2", ByName},
		{"S3_ACCESS_KEY_ID", "hunter2", None},
		{"AZURE_STORAGE_KEY", "hunter2", ByName},
		{"STORAGE_KEY", "hunter2", None},
		{"OCI_CLI_KEY_CONTENT", "hunter2", ByName},
		{"DATABASE_URL", "postgres://web:hunter2@db/web", Credentials},
		{"DATABASE_URL", "postgres://web:$(PASSWORD)@db/web", None},
		{"CERT", "-----BEGIN RSA PRIVATE KEY-----\nMII", PrivateKey},
		{"CERT", "-----BEGIN CERTIFICATE-----\nMII", None},
		{"ID", "AKIAABCDEFGHIJKLMNOP", Token},
		{"ID", "AKIAIOSFODNN7EXAMPLE", None},
		{"ID", "xAKIAABCDEFGHIJKLMNOP", None},
		{"GH", "ghp_0123456789abcdefghij0123456789abcdef", Token},
		{"GH", "ghp_short", None},
		{"HOOK", "https://hooks.slack.com/services/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", Token},
		{"HOOK", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", None},
		{"RABBITMQ_ERLANG_COOKIE", "SWQOKODSQALRPCLNMEQG", ByName},
		{"ERLANG_COOKIE_PATH", "SWQOKODSQALRPCLNMEQG", None},
	} {
		if got := In(test.name, test.value); got != test.want {
			t.Errorf("%s: %q is %q, want %q", test.name, test.value, got, test.want)
		}
	}
}

func TestInShell(t *testing.T) {
	for _, test := range []struct {
		line string
		want []Literal
	}{
		{"PGPASSWORD=hunter2 psql -h db", []Literal{{"PGPASSWORD", "hunter2", ByName}}},
		{"PGPASSWORD=$PASSWORD psql -h db", nil},
		{"app --api-token hunter2; other", []Literal{{"api-token", "hunter2", ByName}}},
		{"curl -u web:hunter2 http://db", []Literal{{"PASSWORD", "hunter2", Password}}},
		{"curl -u web:$PASSWORD http://db", nil},
		{"mysqldump -uroot -phunter2 web", []Literal{{"PASSWORD", "hunter2", Password}}},
		{"redis-cli -a hunter2 ping", []Literal{{"PASSWORD", "hunter2", Password}}},
		{"curl -H 'Authorization: Bearer hunter2' http://db", []Literal{{"TOKEN", "hunter2", Token}}},
		{"curl -u web http://db", nil},
	} {
		if diff := cmp.Diff(test.want, InShell(test.line)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.line, diff)
		}
	}
}

func TestUnder(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []Found
	}{
		{"tokenizer.json", `{"model": "bpe"}`, nil},
		{"password", "hunter2\n", []Found{{Sign: ByName}}},
		{"app.yaml", "db:\n  password: hunter2\n", []Found{{ByName, "password", 2}}},
		{"app.yaml", "db:\n  password: ${DB_PASSWORD}\n", nil},
		{"app.yaml", "a: b\nc: glpat-0123456789abcdefghij\n", []Found{{Token, "", 2}}},
		{"url", "amqp://web:hunter2@queue", []Found{{Sign: Credentials}}},
	} {
		if diff := cmp.Diff(test.want, Under(test.name, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
