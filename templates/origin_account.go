package templates

var accountOrigins = objectOrigins("{object}",
	rule{"automountServiceAccountToken", "serviceAccount.automountServiceAccountToken"},
)

// roleOrigins are those of a role that a list of rules makes.
func roleOrigins(list string) []rule {
	return objectOrigins(list, rule{"rules.*", list + ".*"})
}

// bindingOrigins are those of its binding.
func bindingOrigins(list string) []rule {
	return objectOrigins(list,
		rule{"subjects.*", "serviceAccount"},
		rule{"subjects.0.name", "{accountName}"},
		rule{"subjects.0.namespace", "{namespace}"},
		rule{"roleRef.*", list},
		rule{"roleRef.name", "name"},
	)
}
