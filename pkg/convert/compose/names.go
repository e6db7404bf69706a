package compose

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/names"
)

// labelOf makes a DNS label of a name; empty where nothing is left of it.
func labelOf(name string) string { return names.MakeLabel(name, "s-", longestName) }

// longestName leaves room for what kgen appends to the name of a service.
const longestName = 50

// ofProject is no name of a service: a file of that name is that of the project.
const ofProject = "kgen"

// nameAll gives every service a name that objects can have.
func (c *converter) nameAll() {
	c.names, c.hosts = map[string]string{}, map[string]string{}
	c.model.called = c.names
	taken := map[string]bool{ofProject: true}
	for _, s := range c.model.Services { // those that may stay as they are go first
		if labelOf(s.Name) == s.Name && s.Name != ofProject {
			c.names[s.Name], taken[s.Name] = s.Name, true
		}
	}
	for _, s := range c.model.Services {
		if c.names[s.Name] != "" {
			continue
		}
		label := labelOf(s.Name)
		at := c.model.at(s.Name)
		if label == "" {
			label = "service"
		}
		name := label
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", label, n)
		}
		c.names[s.Name], c.hosts[s.Name], taken[name] = name, name, true
		if labelOf(s.Name) == "" {
			c.refuse(name, "no name of an object can be made of it: it is called "+name, at...)
			continue
		}
		if s.Name == ofProject {
			c.change(name, "name", "called "+name+", for "+ofProject+".cue is the file of the project; those who reach it are changed too", at...)
			continue
		}
		c.change(name, "name", "called "+name+", for objects have names of lower-case letters, digits and dashes; those who reach it are changed too", at...)
	}
}
