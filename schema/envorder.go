package schema

import "strings"

// EnvRefs are the names that value refers to as $(NAME), in order and as often
// as they stand there. $$ is an escaped dollar, so $$(NAME) refers to nothing;
// an opening without a closing parenthesis is plain text: the kubelet's rules.
func EnvRefs(value string) []string {
	var refs []string
	for {
		dollar := strings.IndexByte(value, '$')
		if dollar < 0 || dollar+1 == len(value) {
			return refs
		}
		next := value[dollar+1]
		value = value[dollar+2:]
		if next != '(' {
			continue
		}
		end := strings.IndexByte(value, ')')
		if end < 0 {
			return refs
		}
		refs = append(refs, value[:end])
		value = value[end+1:]
	}
}

// OrderEnv is env in an order in which every $(REF) stands after the variable it
// refers to, for the kubelet resolves references backwards only. A variable
// moves up, to just before the first that needs it, and no other moves. Where
// references form a cycle, cycle names its members, the first one referring to
// the second and so on; the order is then as good as it can be.
func OrderEnv(env Map[EnvVar]) (ordered Map[EnvVar], cycle []string) {
	if !hasEnvRefs(env) {
		return env, nil
	}
	o := envOrder{env: env, index: make(map[string]int, len(env)), state: make([]envState, len(env))}
	for i := range env {
		o.index[env[i].Key] = i
	}
	o.ordered = make(Map[EnvVar], 0, len(env))
	for i := range env {
		o.place(i)
	}
	return o.ordered, o.cycle
}

func hasEnvRefs(env Map[EnvVar]) bool {
	for i := range env {
		if v := env[i].Value.Value; v != nil && strings.Contains(*v, "$(") {
			return true
		}
	}
	return false
}

type envState uint8

const (
	envWaiting envState = iota
	envOpen             // its references are being placed
	envPlaced
)

type envOrder struct {
	env     Map[EnvVar]
	index   map[string]int
	state   []envState
	open    []int // the chain of references that leads to the current variable
	ordered Map[EnvVar]
	cycle   []string
}

// place appends variable i after everything it refers to.
func (o *envOrder) place(i int) {
	switch o.state[i] {
	case envPlaced:
		return
	case envOpen:
		o.foundCycle(i)
		return
	}
	o.state[i] = envOpen
	o.open = append(o.open, i)
	if v := o.env[i].Value.Value; v != nil {
		for _, ref := range EnvRefs(*v) {
			if j, ok := o.index[ref]; ok {
				o.place(j)
			}
		}
	}
	o.open = o.open[:len(o.open)-1]
	o.state[i] = envPlaced
	o.ordered = append(o.ordered, o.env[i])
}

// foundCycle notes the first cycle, which starts and ends at variable i.
func (o *envOrder) foundCycle(i int) {
	if o.cycle != nil {
		return
	}
	start := len(o.open) - 1
	for o.open[start] != i {
		start--
	}
	for _, member := range o.open[start:] {
		o.cycle = append(o.cycle, o.env[member].Key)
	}
}
