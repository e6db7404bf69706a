// Package mutant makes manifests that tell verdicts apart: it takes manifests that
// a server accepts and changes one to three things in each, as people and
// templates get them wrong, so that about a third stay valid. The same seed gives
// the same mutants.
package mutant
