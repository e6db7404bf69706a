package compose

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// wholes are keys that are taken, asked for or dropped with all that is in them.
var wholes = []string{
	"services.*.build", "services.*.develop", "services.*.credential_spec", "services.*.logging", "services.*.blkio_config", "services.*.models",
	"services.*.provider", "services.*.pre_start", "services.*.ulimits", "services.*.deploy.rollback_config", "services.*.extends", "services.*.devices",
	"services.*.post_start", "services.*.pre_stop", "networks.*.ipam", "services.*.deploy.resources.limits.devices", "services.*.deploy.resources.limits.generic_resources",
	"services.*.deploy.resources.reservations.generic_resources", "services.*.deploy.resources.reservations.pids", "services.*.logging.options",
	"services.*.healthcheck.disable",
}

// parts are keys that the item of what they stand in speaks for.
var parts = []string{
	"services.*.ports.*.target", "services.*.ports.*.published", "services.*.ports.*.protocol", "services.*.ports.*.host_ip", "services.*.ports.*.name",
	"services.*.ports.*.app_protocol",
	"services.*.volumes.*.type", "services.*.volumes.*.source", "services.*.volumes.*.target", "services.*.volumes.*.read_only", "services.*.volumes.*.bind",
	"services.*.volumes.*.bind.create_host_path", "services.*.volumes.*.volume", "services.*.volumes.*.volume.nocopy", "services.*.volumes.*.volume.subpath",
	"services.*.volumes.*.tmpfs", "services.*.volumes.*.tmpfs.size", "services.*.volumes.*.image", "services.*.volumes.*.image.subpath",
	"services.*.secrets.*.source", "services.*.secrets.*.target", "services.*.secrets.*.mode",
	"services.*.configs.*.source", "services.*.configs.*.target", "services.*.configs.*.mode",
	"services.*.env_file.*.path", "services.*.env_file.*.required", "services.*.env_file.*.format",
	"services.*.depends_on.*.condition", "services.*.depends_on.*.required",
	"services.*.gpus.*.capabilities", "services.*.gpus.*.driver", "services.*.gpus.*.count", "services.*.gpus.*.device_ids",
	"services.*.deploy.resources.reservations.devices.*.capabilities", "services.*.deploy.resources.reservations.devices.*.driver",
	"services.*.deploy.resources.reservations.devices.*.count", "services.*.deploy.resources.reservations.devices.*.device_ids",
	"services.*.deploy.placement.preferences.*.spread", "services.*.healthcheck.disable",
	"networks.*.name", "networks.*.external", "networks.*.internal", "volumes.*.name", "volumes.*.external", "volumes.*.driver_opts",
	"secrets.*.name", "secrets.*.file", "secrets.*.environment", "secrets.*.external", "secrets.*.content",
	"configs.*.name", "configs.*.file", "configs.*.environment", "configs.*.external", "configs.*.content",
	"jobs.*.triggers.schedule.*.cron", "jobs.*.triggers.schedule.*.timezone",
}

// TestEveryKey walks the types of compose-go. The golden projects have to have every key
// that they know, and the reports to say of each what became of it.
func TestEveryKey(t *testing.T) {
	patterns := slices.Concat(
		keyPaths(reflect.TypeFor[types.ServiceConfig](), "services.*"), keyPaths(reflect.TypeFor[types.NetworkConfig](), "networks.*"),
		keyPaths(reflect.TypeFor[types.VolumeConfig](), "volumes.*"), keyPaths(reflect.TypeFor[types.SecretConfig](), "secrets.*"),
		keyPaths(reflect.TypeFor[types.ConfigObjConfig](), "configs.*"), keyPaths(reflect.TypeFor[types.TriggerConfig](), "jobs.*.triggers"),
	)
	seen := map[string]bool{}
	dirs, err := filepath.Glob("testdata/golden/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Chdir(dir)
			o := goldenOptions(t)
			o.Profiles = []string{"*"}
			d, err := Convert(o)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range o.Files {
				for _, at := range writtenKeys(t, name) {
					if pattern := patternOf(patterns, at); pattern != "" {
						seen[pattern] = true
						mustTell(t, &d.Report, at, pattern)
					}
				}
			}
		})
	}
	for _, pattern := range patterns {
		if !seen[pattern] && !isWithinWhole(pattern) {
			t.Errorf("no golden project has %s", pattern)
		}
	}
}

// keyPaths are the keys of a type of compose-go, and of all types in it.
func keyPaths(t reflect.Type, prefix string) (paths []string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		if t.Kind() != reflect.Pointer {
			prefix += ".*"
		}
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || strings.Count(prefix, ".") > 9 || isWithinWhole(prefix) {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case f.Anonymous:
			paths = append(paths, keyPaths(f.Type, prefix)...)
		case name == "" || name == "-" || strings.HasPrefix(name, "#"), prefix == "services.*" && name == "name":
		default:
			paths = append(paths, prefix+"."+name)
			if name != "environment" && name != "labels" && name != "annotations" && name != "extra_hosts" {
				paths = append(paths, keyPaths(f.Type, prefix+"."+name)...)
			}
		}
	}
	return paths
}

func isWithinWhole(pattern string) bool {
	return slices.ContainsFunc(wholes, func(whole string) bool { return strings.HasPrefix(pattern+".", whole+".") && pattern != whole })
}

// writtenKeys are the paths of all keys of a file.
func writtenKeys(t *testing.T, name string) (paths []tree.Path) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, text := cutTags(data)
	root := read.YAML(&tree.Source{Name: name}, text, &report.Sink{})
	var walk func(n *tree.Node, at tree.Path)
	walk = func(n *tree.Node, at tree.Path) {
		for i := range n.Fields {
			next := at.With(i)
			if n.Kind == tree.Map {
				next = at.With(n.Fields[i].Key)
				paths = append(paths, next)
			}
			walk(n.Fields[i].Value, next)
		}
	}
	if root != nil {
		walk(root, nil)
	}
	return paths
}

// patternOf is the key of compose that a path leads to.
func patternOf(patterns []string, at tree.Path) string {
	i := slices.IndexFunc(patterns, func(pattern string) bool {
		words := strings.Split(pattern, ".")
		if len(words) != len(at) {
			return false
		}
		for i, word := range words {
			if key, isKey := at[i].(string); word != "*" && (!isKey || key != word) {
				return false
			}
		}
		return true
	})
	if i < 0 {
		return ""
	}
	return patterns[i]
}

// mustTell demands an item of a key: its own, that of what it stands in where that has
// no part itself, or speaks for it; or those of what stands in it.
func mustTell(t *testing.T, r *convert.Report, at tree.Path, pattern string) {
	t.Helper()
	own := at.String()
	for i := range r.Items {
		item := &r.Items[i]
		isAbove := strings.HasPrefix(own, item.Path+".") || strings.HasPrefix(own, item.Path+"[")
		isBelow := strings.HasPrefix(item.Path, own+".") || strings.HasPrefix(item.Path, own+"[")
		speaksForIt := item.Outcome == convert.Dropped || item.Outcome == convert.Wrong || item.Outcome == convert.ToDo || slices.Contains(parts, pattern) || isWithinWhole(pattern)
		if item.Path == own || isBelow || isAbove && strings.Count(item.Path, ".") > 0 && speaksForIt {
			return
		}
	}
	t.Errorf("%s: nothing is said of it", own)
}
