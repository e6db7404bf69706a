package lint

import "testing"

func TestIsChecksum(t *testing.T) {
	for key, want := range map[string]bool{
		"checksum/config": true, "configChecksum": true, "acme.com/config-hash": true, "config_hash": true, "configHash": true, "acme.com/sha256": true, "settings-sha": true,
		"vault.hashicorp.com/agent-inject": false, "acme.com/shared": false, "shape": false, "acme.com/hashed": false, "prometheus.io/scrape": false,
	} {
		if isChecksum(key) != want {
			t.Errorf("%s: isChecksum is %v", key, !want)
		}
	}
}

func TestHasHashedName(t *testing.T) {
	for name, want := range map[string]bool{
		"web-5f70bf18a0": true, "web-5h2g9mk7tc": true, "web-0a1b2c3d4e5f60718293": true, "web-20260714": true,
		"web": false, "web-frontend": false, "postgres12345": false, "web-postgres1": false, "web-postgres14": false, "5f70bf18a0": false, "web-deadbeef": false, "": false,
	} {
		if hasHashedName(name) != want {
			t.Errorf("%s: hasHashedName is %v", name, !want)
		}
	}
}
