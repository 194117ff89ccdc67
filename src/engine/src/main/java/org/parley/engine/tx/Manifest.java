package org.parley.engine.tx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.transaction.xa.Xid;
import org.parley.InDoubtBranch;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.Positions;

/**
 * What a prepared branch has done, in the form that survives the process. With it a server that has lost its memory knows
 * both what is true until the outcome is told and what will be true afterwards: the rows themselves can't be asked,
 * since they are as they will be, and those that the branch has deleted are not to be seen at all.
 *
 * <pre>
 * byte  version (1)
 * long  when the branch was prepared
 * int   n, then n entries:
 *   row       the endpoint as it was, or as it begins
 *   boolean   whether it was there; if so what memory knew of it, see {@link Before}
 *   boolean   whether the other side's row goes too; if so that row
 *   change    see {@link Change}
 * int   n, then n ids of groups that the branch has received from
 * </pre>
 *
 * @param preparedAt when the branch was prepared, in milliseconds of the epoch
 * @param entries one for each endpoint that the branch has changed or begun
 * @param receivedFrom groups that it has received from, each of which has an entry
 */
public record Manifest(long preparedAt, List<Entry> entries, List<UUID> receivedFrom) {

    private static final int VERSION = 1;

    /** Flags of a change, bit by bit. */
    private static final int REFUSED = 1;

    private static final int FAR_FAILED = 2;
    private static final int END_SENT = 4;
    private static final int REMOVED = 8;
    private static final int PAIR_REMOVED = 16;
    private static final int TIMER_CHANGED = 32;
    private static final int RETAINING = 64;

    /**
     * One endpoint.
     *
     * @param row as it was before the branch, or as it begins
     * @param before what memory knew, or null when the branch begins it
     * @param far row of the other side when the branch removes that too, else null
     * @param change what the commit changes
     */
    public record Entry(EndpointRow row, Before before, EndpointRow far, Change change) {

        /** Whether the branch begins it. */
        public boolean begins() {
            return before == null;
        }

        /** First position that the branch has sent to the far side, if it has sent. */
        public long sentFrom() {
            return begins() ? 0 : before.nextOut();
        }
    }

    /**
     * A committed endpoint at the moment of the prepare.
     *
     * @param state its state
     * @param nextOut next number to send
     * @param arrived end of the positions that had arrived
     * @param overtaking which messages that overtake waited, a bit for each position
     * @param headOrder queuing order of its oldest message
     * @param timerDue when its timer was due, or 0
     * @param retaining whether copies of messages were kept for it
     */
    public record Before(
            EndpointState state,
            long nextOut,
            long arrived,
            int overtaking,
            long headOrder,
            long timerDue,
            boolean retaining) {

        static Before of(Endpoint endpoint) {
            int overtaking = 0;
            for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
                if (endpoint.waits(position)) {
                    overtaking |= bit(position);
                }
            }
            return new Before(
                    endpoint.state(),
                    endpoint.nextOut(),
                    endpoint.arrived(),
                    overtaking,
                    endpoint.headOrder(),
                    endpoint.timerDue(),
                    endpoint.retaining());
        }

        /** Whether a message that overtakes waited at this position. */
        public boolean waits(long position) {
            return (overtaking & bit(position)) != 0;
        }

        private static int bit(long position) {
            return 1 << (int) -position;
        }
    }

    /**
     * The fields of a draft, named as there.
     *
     * @param group the group that it is in afterwards
     * @param timer null when the timer stays as it is
     */
    public record Change(
            UUID group,
            Own own,
            Stage stage,
            long nextOut,
            long firstOrder,
            long received,
            long nextOrder,
            int taken,
            long clearedTo,
            Long timer,
            boolean refused,
            long refusalOrder,
            boolean farFailed,
            boolean endSent,
            boolean retaining,
            boolean removed,
            boolean pairRemoved) {}

    /** Of a branch that has changed only tables of the application. */
    static Manifest none(long preparedAt) {
        return new Manifest(preparedAt, List.of(), List.of());
    }

    static Manifest of(Branch branch, long preparedAt) {
        List<Entry> entries = new ArrayList<>();
        branch.context().table().locked(() -> {
            for (Draft draft : branch.changedDrafts()) {
                Endpoint committed = draft.committed();
                Endpoint far = branch.context().table().endpoint(draft.begun().far());
                entries.add(new Entry(
                        committed == null ? draft.begun() : committed.row(),
                        committed == null ? null : Before.of(committed),
                        draft.pairRemoved() && far != null ? far.row() : null,
                        draft.change()));
            }
        });
        return new Manifest(
                preparedAt,
                entries,
                branch.receivedFrom().stream().map(Group::id).toList());
    }

    /** What is written of it. */
    byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(preparedAt);
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                write(out, entry.row());
                out.writeBoolean(entry.before() != null);
                if (entry.before() != null) {
                    write(out, entry.before());
                }
                out.writeBoolean(entry.far() != null);
                if (entry.far() != null) {
                    write(out, entry.far());
                }
                write(out, entry.change());
            }
            out.writeInt(receivedFrom.size());
            for (UUID group : receivedFrom) {
                write(out, group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What is shown of its branch while that is prepared. */
    InDoubtBranch shown(Xid xid) {
        long sent = 0;
        long received = 0;
        Set<UUID> groups = new HashSet<>();
        for (Entry entry : entries) {
            groups.add(entry.row().group());
            groups.add(entry.change().group());
            sent += Math.max(0, entry.change().nextOut() - entry.sentFrom());
            received += Integer.bitCount(entry.change().taken())
                    + Math.max(0, entry.change().received() - entry.row().received());
        }
        return InDoubtBranch.prepared(XidText.of(xid), Instant.ofEpochMilli(preparedAt), groups.size(), sent, received);
    }

    /** Reads what {@link #content} wrote. */
    public static Manifest of(ManifestRow row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row.content()))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IOException("version " + version + " of a manifest; known is " + VERSION);
            }
            long preparedAt = in.readLong();
            List<Entry> entries = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                entries.add(new Entry(
                        readRow(in),
                        in.readBoolean() ? readBefore(in) : null,
                        in.readBoolean() ? readRow(in) : null,
                        readChange(in)));
            }
            List<UUID> receivedFrom = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                receivedFrom.add(readUuid(in));
            }
            return new Manifest(preparedAt, entries, receivedFrom);
        } catch (IOException e) {
            throw new UncheckedIOException("The manifest of a prepared transaction can't be read", e);
        }
    }

    private static void write(DataOutputStream out, Before before) throws IOException {
        out.writeByte(before.state().own().ordinal());
        out.writeByte(before.state().far().ordinal());
        out.writeLong(before.nextOut());
        out.writeLong(before.arrived());
        out.writeInt(before.overtaking());
        out.writeLong(before.headOrder());
        out.writeLong(before.timerDue());
        out.writeBoolean(before.retaining());
    }

    private static Before readBefore(DataInputStream in) throws IOException {
        return new Before(
                new EndpointState(Own.values()[in.readByte()], Far.values()[in.readByte()]),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean());
    }

    private static void write(DataOutputStream out, Change change) throws IOException {
        write(out, change.group());
        out.writeByte(change.own().ordinal());
        out.writeUTF(change.stage().code());
        out.writeLong(change.nextOut());
        out.writeLong(change.firstOrder());
        out.writeLong(change.received());
        out.writeLong(change.nextOrder());
        out.writeInt(change.taken());
        out.writeLong(change.clearedTo());
        out.writeLong(change.timer() == null ? 0 : change.timer());
        out.writeLong(change.refusalOrder());
        out.writeByte((change.refused() ? REFUSED : 0)
                | (change.farFailed() ? FAR_FAILED : 0)
                | (change.endSent() ? END_SENT : 0)
                | (change.retaining() ? RETAINING : 0)
                | (change.removed() ? REMOVED : 0)
                | (change.pairRemoved() ? PAIR_REMOVED : 0)
                | (change.timer() != null ? TIMER_CHANGED : 0));
    }

    private static Change readChange(DataInputStream in) throws IOException {
        UUID group = readUuid(in);
        Own own = Own.values()[in.readByte()];
        Stage stage = Stage.ofCode(in.readUTF());
        long nextOut = in.readLong();
        long firstOrder = in.readLong();
        long received = in.readLong();
        long nextOrder = in.readLong();
        int taken = in.readInt();
        long clearedTo = in.readLong();
        long timer = in.readLong();
        long refusalOrder = in.readLong();
        int flags = in.readByte();
        return new Change(
                group,
                own,
                stage,
                nextOut,
                firstOrder,
                received,
                nextOrder,
                taken,
                clearedTo,
                (flags & TIMER_CHANGED) != 0 ? timer : null,
                (flags & REFUSED) != 0,
                refusalOrder,
                (flags & FAR_FAILED) != 0,
                (flags & END_SENT) != 0,
                (flags & RETAINING) != 0,
                (flags & REMOVED) != 0,
                (flags & PAIR_REMOVED) != 0);
    }

    private static void write(DataOutputStream out, EndpointRow row) throws IOException {
        out.writeLong(row.id());
        write(out, row.handle());
        write(out, row.conversationId());
        out.writeInt(row.service());
        out.writeInt(row.contract());
        write(out, row.group());
        out.writeUTF(row.farService());
        out.writeBoolean(row.farBroker() != null);
        if (row.farBroker() != null) {
            write(out, row.farBroker());
        }
        out.writeBoolean(row.encrypted());
        out.writeInt(row.priority());
        out.writeLong(row.lifetime());
        out.writeUTF(row.stage().code());
        out.writeLong(row.received());
    }

    private static EndpointRow readRow(DataInputStream in) throws IOException {
        return new EndpointRow(
                in.readLong(),
                readUuid(in),
                readUuid(in),
                in.readInt(),
                in.readInt(),
                readUuid(in),
                in.readUTF(),
                in.readBoolean() ? readUuid(in) : null,
                in.readBoolean(),
                in.readInt(),
                in.readLong(),
                Stage.ofCode(in.readUTF()),
                in.readLong());
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readUuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
