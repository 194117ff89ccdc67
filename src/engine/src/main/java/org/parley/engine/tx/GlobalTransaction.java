package org.parley.engine.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.spi.BrokerClock;

/**
 * A global transaction in one broker database: its branch, the qualifiers that it goes by, and the resources that take part
 * in it. Guarded by the branch table's monitor.
 */
final class GlobalTransaction {

    private final XidPart id;
    private final Branch branch;
    private final XidPart carrier;
    private final Set<XidPart> qualifiers = new HashSet<>();
    private final List<Part> parts = new ArrayList<>(2);
    private BrokerClock.Alarm timeout;

    GlobalTransaction(XidPart id, Branch branch, XidPart carrier) {
        this.id = id;
        this.branch = branch;
        this.carrier = carrier;
    }

    private enum Association {
        ACTIVE,
        SUSPENDED,
        ENDED
    }

    /** What a resource has to do with one qualifier. */
    private static final class Part {

        private final BranchResource resource;
        private final XidPart qualifier;
        private Association association = Association.ACTIVE;

        Part(BranchResource resource, XidPart qualifier) {
            this.resource = resource;
            this.qualifier = qualifier;
        }

        boolean open() {
            return association != Association.ENDED;
        }
    }

    XidPart id() {
        return id;
    }

    Branch branch() {
        return branch;
    }

    boolean carriedBy(XidPart qualifier) {
        return carrier.equals(qualifier);
    }

    /** Whether it goes by this qualifier: one that was started and has not been completed. */
    boolean has(XidPart qualifier) {
        return qualifiers.contains(qualifier);
    }

    /** A qualifier has voted, or is completed. */
    void complete(XidPart qualifier) {
        qualifiers.remove(qualifier);
    }

    /** It has ended through a qualifier: gives away those that have not been completed. */
    Set<XidPart> leftBy(XidPart qualifier) {
        complete(qualifier);
        return qualifiers;
    }

    /** A resource starts with a qualifier that is new or, when it joins, known. */
    void start(BranchResource resource, Xid xid) throws XAException {
        XidPart qualifier = XidPart.qualifier(xid);
        Part part = part(resource, qualifier);
        if (part == null) {
            qualifiers.add(qualifier);
            parts.add(new Part(resource, qualifier));
        } else if (part.open()) {
            throw proto(xid, "was started by this resource already, and is " + part.association + ".");
        } else {
            part.association = Association.ACTIVE;
        }
    }

    void resume(BranchResource resource, Xid xid) throws XAException {
        Part part = part(resource, XidPart.qualifier(xid));
        if (part == null || part.association != Association.SUSPENDED) {
            throw proto(xid, "isn't suspended by this resource.");
        }
        part.association = Association.ACTIVE;
    }

    /** A resource ends its part; again is no error, since some transaction managers do so. */
    void end(BranchResource resource, Xid xid, int flags) throws XAException {
        Part part = part(resource, XidPart.qualifier(xid));
        if (part == null) {
            throw proto(xid, "was never started by this resource.");
        }
        if (flags == XAResource.TMSUSPEND) {
            if (part.association != Association.ACTIVE) {
                throw proto(xid, "isn't active by this resource: it is " + part.association + ".");
            }
            part.association = Association.SUSPENDED;
        } else {
            part.association = Association.ENDED;
        }
        resource.detachedFrom(branch);
    }

    /** Fails while a resource is active in it, or suspended, by whatever qualifier. */
    void checkIdle(Xid xid) throws XAException {
        if (parts.stream().anyMatch(Part::open)) {
            throw proto(xid, "has not been ended by each resource that has started it.");
        }
    }

    private Part part(BranchResource resource, XidPart qualifier) {
        for (Part each : parts) {
            if (each.resource == resource && each.qualifier.equals(qualifier)) {
                return each;
            }
        }
        return null;
    }

    private static XAException proto(Xid xid, String what) {
        return XaErrors.of(XAException.XAER_PROTO, "Transaction " + XidText.of(xid) + " " + what);
    }

    /** Ends all parts of a resource. */
    void detach(BranchResource resource) {
        for (Part each : parts) {
            if (each.resource == resource) {
                each.association = Association.ENDED;
            }
        }
    }

    /** Ends all parts. */
    void detachAll() {
        for (Part each : parts) {
            each.association = Association.ENDED;
            each.resource.detachedFrom(branch);
        }
    }

    void timeout(BrokerClock.Alarm alarm) {
        timeout = alarm;
    }

    void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}
