package lint

import (
	corev1 "k8s.io/api/core/v1"
)

// serviceAccount is the name of the account that the pods run under.
func (w *Workload) serviceAccount() string {
	switch {
	case w.Spec.ServiceAccountName != "":
		return w.Spec.ServiceAccountName
	case w.Spec.DeprecatedServiceAccount != "":
		return w.Spec.DeprecatedServiceAccount
	}
	return "default"
}

// mountsToken reports whether the pods get the token of their service account: as the
// pod says, else as the account says, else yes. The account is nil where it is not
// among the objects.
func (x *Index) mountsToken(w *Workload) (mounts bool, account *Object) {
	account = x.Find(w.Object, "ServiceAccount", w.Namespace, w.serviceAccount())
	if w.Spec.AutomountServiceAccountToken != nil {
		return *w.Spec.AutomountServiceAccountToken, account
	}
	if account == nil {
		return true, nil
	}
	if v, is := account.Value.(*corev1.ServiceAccount); is && v.AutomountServiceAccountToken != nil {
		return *v.AutomountServiceAccountToken, account
	}
	return true, account
}
