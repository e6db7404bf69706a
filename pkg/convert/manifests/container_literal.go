package manifests

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// literals lets values stand that look like secrets: they stand in the input, and who
// reads the service has to know.
func (f *workload) literals(p *place) {
	for i := range p.Env {
		v := &p.Env[i]
		if sign := secrets.In(v.Name, v.Value); v.ValueFrom == nil && sign != secrets.None {
			f.allow(v.Name, p.at.With("env", i), sign)
		}
	}
	f.literalWords(p, "command", p.Command)
	f.literalWords(p, "args", p.Args)
}

// literalWords looks at --name=value, --name value and NAME=value, and at every word.
func (f *workload) literalWords(p *place, field string, words []string) {
	for i, word := range words {
		at := p.at.With(field, i)
		if name, value, isAssigned := strings.Cut(word, "="); isAssigned && names.IsEnvName(strings.TrimLeft(name, "-"), false) {
			if sign := secrets.In(strings.TrimLeft(name, "-"), value); sign != secrets.None {
				f.allow(strings.TrimLeft(name, "-"), at, sign)
			}
			continue
		}
		flag := strings.TrimLeft(word, "-")
		if flag != word && flag != "" && i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") {
			if sign := secrets.In(flag, words[i+1]); sign != secrets.None {
				f.allow(flag, p.at.With(field, i+1), sign)
			}
			continue
		}
		isFlagged := i > 0 && strings.HasPrefix(words[i-1], "-") && !strings.Contains(words[i-1], "=")
		if sign := secrets.In("", word); sign != secrets.None && !isFlagged {
			f.allow(field, at, sign)
		}
	}
}

// allow lets one literal stand.
func (f *workload) allow(name string, at tree.Path, sign secrets.Sign) {
	if !slices.Contains(f.s.AllowLiteral, name) {
		f.s.AllowLiteral = append(f.s.AllowLiteral, name)
	}
	f.tell(convert.Debt, at, "allowLiteral", "%s holds %s in plain text, which everybody reads who reads the manifests: move it to a Secret", name, asWords(sign))
}

// asWords is a sign as the end of a sentence.
func asWords(sign secrets.Sign) string {
	if sign == secrets.ByName {
		return "what by its name is a secret"
	}
	return string(sign)
}
