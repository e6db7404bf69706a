package lint

import corev1 "k8s.io/api/core/v1"

// attachesOnce reports whether pods of a workload share a volume that only one node can
// attach at a time, so that a second pod may have to wait for the first to go. A claim
// that is not among the objects is taken for one, as most are.
func (x *Index) attachesOnce(w *Workload) bool {
	for i := range w.Spec.Volumes {
		switch v := &w.Spec.Volumes[i]; {
		case v.PersistentVolumeClaim != nil:
			if !v.PersistentVolumeClaim.ReadOnly && x.isAttachedOnce(w, v.PersistentVolumeClaim.ClaimName) {
				return true
			}
		case v.GCEPersistentDisk != nil && !v.GCEPersistentDisk.ReadOnly,
			v.AWSElasticBlockStore != nil && !v.AWSElasticBlockStore.ReadOnly,
			v.AzureDisk != nil, v.Cinder != nil, v.VsphereVolume != nil, v.PhotonPersistentDisk != nil,
			v.ISCSI != nil && !v.ISCSI.ReadOnly, v.RBD != nil && !v.RBD.ReadOnly, v.FC != nil && !v.FC.ReadOnly:
			return true
		}
	}
	return false
}

func (x *Index) isAttachedOnce(w *Workload, claimName string) bool {
	o := x.Find(w.Object, "PersistentVolumeClaim", w.Namespace, claimName)
	if o == nil {
		return true
	}
	claim, isTyped := o.Value.(*corev1.PersistentVolumeClaim)
	if !isTyped {
		return true
	}
	for _, mode := range claim.Spec.AccessModes {
		if mode == corev1.ReadWriteMany || mode == corev1.ReadOnlyMany {
			return false
		}
	}
	return true
}
