//go:build !linux && !darwin

package main

// limitData does nothing where processes have no such limit.
func limitData(uint64) {}
