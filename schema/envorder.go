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
	places, cycles := order(namesOf(env), func(i int) []string {
		if v := env[i].Value.Value; v != nil {
			return EnvRefs(*v)
		}
		return nil
	})
	ordered = make(Map[EnvVar], len(env))
	for i, place := range places {
		ordered[i] = env[place]
	}
	if cycles != nil {
		cycle = cycles[0]
	}
	return ordered, cycle
}

func hasEnvRefs(env Map[EnvVar]) bool {
	for i := range env {
		if v := env[i].Value.Value; v != nil && strings.Contains(*v, "$(") {
			return true
		}
	}
	return false
}
