package org.parley.engine.routing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.tx.KeptXid;

/** Removes the manifests of committed branches, and knows those that are still there. */
final class Manifests {

    private final Aftercare aftercare;
    private final Set<KeptXid> left = ConcurrentHashMap.newKeySet();

    Manifests(Aftercare aftercare) {
        this.aftercare = aftercare;
    }

    void remove(ManifestRow row) {
        KeptXid xid = new KeptXid(row.formatId(), row.globalId(), row.qualifier());
        left.add(xid);
        aftercare.add(
                "removing the manifest of a committed transaction",
                () -> aftercare.inStore(tx -> tx.deleteManifest(row), () -> left.remove(xid)));
    }

    boolean has(Xid xid) {
        return !left.isEmpty() && left.contains(KeptXid.of(xid));
    }
}
