package compose

import "github.com/sirupsen/logrus"

// quietly keeps compose-go from printing warnings, with a time, where no report is: of
// variables that nobody sets, which the report tells of at their places. The returned
// function ends that.
func quietly() (restore func()) {
	level := logrus.GetLevel()
	logrus.SetLevel(logrus.PanicLevel)
	return func() { logrus.SetLevel(level) }
}
