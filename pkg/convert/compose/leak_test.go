package compose

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/convert"
)

// marker is in every secret of TestNoLeak.
const marker = "s3cr3t"

// TestNoLeak puts secrets wherever people put them, and looks for them in all that comes
// out.
func TestNoLeak(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("files", 0o777); err != nil {
		t.Fatal(err)
	}
	writeText(t, ".env", "DOT_TOKEN=s3cr3tDotEnv09\nOTHER=s3cr3tOther08\n")
	writeText(t, "app.env", "API_KEY=\"s3cr3tEnvFile55\"\nMYSQL_URL=mysql://root:s3cr3tUrl44@db/x\n")
	writeText(t, "broken.env", "A=1\nthis is no pair s3cr3tBroken33\n")
	writeText(t, "files/pw.txt", "s3cr3tFile31\n")
	writeText(t, "files/app.conf", "password = s3cr3tConf12\nurl = postgres://u:s3cr3tConfUrl13@db/x\n")
	writeText(t, "compose.yaml", leaky)
	d, err := Convert(Options{Files: []string{"compose.yaml"}, VolumeSize: "1Gi"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, p := range []convert.Printer{convert.Text{All: true}, convert.JSON{}} {
		if err := p.Print(&out, &d.Report); err != nil {
			t.Fatal(err)
		}
	}
	files, err := d.Tree("yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		out.WriteString(f.Path + "\n" + string(f.Data))
	}
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, marker) {
			t.Error(line)
		}
	}
}

const leaky = `
x-common: &common {SHARED_PASSWORD: s3cr3tAnchor01}
services:
  db:
    image: postgres:16
    environment: {POSTGRES_PASSWORD: "${OTHER}", POSTGRES_USER: u, PGPASS: s3cr3tPgpass02}
    healthcheck:
      test: [CMD-SHELL, "PGPASSWORD=s3cr3tHealth03 pg_isready -U u && curl -u admin:s3cr3tCurl04 http://x"]
  web:
    image: acme/web:1
    env_file: [app.env, broken.env]
    build:
      context: https://user:s3cr3tBuild05@github.com/x/y
      args: {NPM_TOKEN: s3cr3tArg06}
    command: [serve, --password, s3cr3tCmd07, "--url=redis://:s3cr3tCmdUrl08@r:6379", --api-key=s3cr3tCmdKey09]
    entrypoint: /bin/sh -c "export TOKEN=s3cr3tEntry10; exec app --token s3cr3tEntry11"
    labels:
      com.example.password: s3cr3tLabel14
      traefik.http.middlewares.auth.basicauth.users: "admin:$$apr1$$s3cr3tLabel15"
      some.label: "postgres://u:s3cr3tLabel16@h/d"
      plain: ${OTHER}
    annotations: {auth-token: s3cr3tAnn17}
    deploy: {labels: {secret: s3cr3tDep18}}
    environment:
      <<: *common
      CONN: "Server=db;User Id=sa;Password=s3cr3tConn20;"
      ERR_TOKEN: ${UNSETX:?s3cr3tErr22 must be set}
      DEF_TOKEN: ${UNSETY:-s3cr3tDef23}
      BAD_TOKEN: "s3cr3tBad24${"
      PLAIN: ${DOT_TOKEN}
    ports: ["${DOT_TOKEN}:80"]
    mem_limit: ${DOT_TOKEN}
    stop_grace_period: ${OTHER}
    restart: ${OTHER}
    user: ${OTHER}
    depends_on: ["${OTHER}"]
    links: ["${OTHER}"]
    networks: ["${OTHER}"]
    volumes: ["${OTHER}:/data", "./files/app.conf:/etc/app.conf", "${OTHER}"]
    secrets: [pw, "${OTHER}"]
    configs: [inline, conf]
    extra_hosts: ["h:${OTHER}"]
    tmpfs: ["/x:size=${OTHER}"]
    post_start: [{command: [sh, -c, "curl -H 'Authorization: Bearer s3cr3tHook25' http://x"]}]
    pre_stop: [{command: [quit, --password=s3cr3tHook26]}]
    logging: {driver: gelf, options: {token: s3cr3tLog28}}
    x-foo: {password: s3cr3tX29}
    unknownkey: s3cr3tUnknown30
secrets:
  pw: {file: ./files/pw.txt}
configs:
  inline: {content: "pw=s3cr3tInline32\npassword: ${OTHER}\n"}
  conf: {file: ./files/app.conf}
volumes: {v: {driver_opts: {o: "username=u,password=s3cr3tVol33", type: cifs}}}
`
