package mutant

// class is a way to get a manifest wrong.
type class struct {
	name   string
	weight int
	apply  func(*worker) bool // false when the manifest has no place for it
}

// classes are the changes to the tree, by how often they are made.
var classes = []class{
	{"value", 34, (*worker).changeValue},
	{"entry-key", 4, (*worker).changeEntryKey},
	{"add", 16, (*worker).addField},
	{"transplant", 8, (*worker).transplant},
	{"drop", 9, (*worker).drop},
	{"unknown-key", 1, (*worker).addUnknown},
	{"misspelt-key", 2, (*worker).misspell},
	{"swap-type", 3, (*worker).swapType},
	{"null", 3, (*worker).setNull},
	{"empty", 3, (*worker).setEmpty},
	{"graft", 3, (*worker).graft},
	{"list-drop", 4, (*worker).dropItem},
	{"list-double", 5, (*worker).doubleItem},
	{"list-odd-item", 3, (*worker).addOddItem},
	{"list-grow", 1, (*worker).growList},
	{"quote", 3, (*worker).quote},
	{"unquote", 2, (*worker).unquote},
	{"word", 3, (*worker).setWord},
	{"alias", 1, (*worker).alias},
	{"style", 2, (*worker).restyle},
}

// Classes are the names of all classes, those of the text last.
func Classes() (names []string) {
	for i := range classes {
		names = append(names, classes[i].name)
	}
	for i := range textClasses {
		names = append(names, textClasses[i].name)
	}
	return names
}
