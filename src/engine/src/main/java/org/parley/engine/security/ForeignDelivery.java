package org.parley.engine.security;

import java.util.Optional;
import org.parley.Permission;

/**
 * Whether a conversation may be delivered to another database of this server. Delivery runs as the owner of the sending
 * service; an impersonated user is confined to its database unless that one is TRUSTWORTHY (service-broker.md, section
 * 1.1). In the target's database it is the user of the same name.
 */
public final class ForeignDelivery {

    private static final int NO_SEND_PERMISSION = 8494;

    private ForeignDelivery() {}

    /** What becomes of a delivery. */
    public sealed interface Verdict {

        /** It goes on. */
        record Allowed() implements Verdict {}

        /**
         * It stays where it is and is tried again; the text of 916 is its transmission status.
         *
         * @param status the text
         */
        record Waits(String status) implements Verdict {}

        /**
         * The sender gets an Error.
         *
         * @param number positive number of the broker's error
         * @param reason its text
         */
        record Refused(int number, String reason) implements Verdict {}
    }

    /**
     * The sender.
     *
     * @param trustworthy whether its database is TRUSTWORTHY
     * @param principals its principals
     * @param service id of the initiating service
     */
    public record Sender(boolean trustworthy, PrincipalTable principals, int service) {}

    /**
     * The receiver.
     *
     * @param database name of its database
     * @param principals its principals
     * @param service id of the target service
     * @param name name of the target service
     */
    public record Receiver(String database, PrincipalTable principals, int service, String name) {}

    /** Judges a delivery from one database to another. */
    public static Verdict judge(Sender from, Receiver to) {
        String owner = from.principals().ownerOf(from.service());
        Optional<Access> there = to.principals().access(owner);
        if (!from.trustworthy() || there.isEmpty()) {
            return new Verdict.Waits(SecurityErrors.noAccess(owner, to.database()));
        }
        return judge(there.get(), to.service(), to.name())
                .<Verdict>map(refused -> refused)
                .orElseGet(Verdict.Allowed::new);
    }

    /** Judges a delivery inside one database. */
    public static Optional<Verdict.Refused> judge(PrincipalTable principals, int from, int to, String name) {
        return judge(principals.ownerAccess(from), to, name);
    }

    private static Optional<Verdict.Refused> judge(Access owner, int to, String name) {
        return owner.may(Permission.SEND, to)
                ? Optional.empty()
                : Optional.of(new Verdict.Refused(
                        NO_SEND_PERMISSION,
                        "The owner of the initiating service, user '" + owner.name()
                                + "', has no SEND permission on service '" + name + "'."));
    }
}
