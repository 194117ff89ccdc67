package org.parley.engine.security;

import java.util.Optional;
import org.parley.Permission;

/**
 * Whether the first message of a dialog may be delivered: the owner of the initiating service needs SEND on the target
 * service (service-broker.md, sections 5.2 and 10). In another database of the server the owner acts as the user of the same
 * name there, dbo as dbo, with what is granted to public, too. That it may act there at all, TRUSTWORTHY and such a user, is
 * judged before anything is sent: without them the message waits (section 1.1).
 */
public final class ForeignDelivery {

    private static final int NO_SEND_PERMISSION = 8494;

    private ForeignDelivery() {}

    /**
     * The initiator gets an Error.
     *
     * @param number positive number of the broker's error
     * @param reason its text
     */
    public record Refused(int number, String reason) {}

    /**
     * Judges a delivery from another database.
     *
     * @param here principals of the target's database
     * @param owner user that owns the initiating service in its own database
     * @param to id of the target service
     * @param name its name
     */
    public static Optional<Refused> judge(PrincipalTable here, String owner, int to, String name) {
        Optional<Access> access = here.ownerAccess(owner);
        return access.isPresent() ? judge(access.get(), to, name) : Optional.of(refused(owner, name));
    }

    /** Judges a delivery inside one database. */
    public static Optional<Refused> judge(PrincipalTable principals, int from, int to, String name) {
        return judge(principals.ownerAccess(from), to, name);
    }

    private static Optional<Refused> judge(Access owner, int to, String name) {
        return owner.may(Permission.SEND, to) ? Optional.empty() : Optional.of(refused(owner.name(), name));
    }

    private static Refused refused(String owner, String service) {
        return new Refused(
                NO_SEND_PERMISSION,
                "The owner of the initiating service, user '" + owner + "', has no SEND permission on service '"
                        + service + "'.");
    }
}
