package org.parley.engine.fault;

import java.util.function.Consumer;

/**
 * Places on a message's way at which a test makes a failure happen: the thread that reaches one throws, stops or takes the whole
 * process down, as whoever has armed the points says. Nobody has in production, and a place costs one read of a plain
 * field then. Each name tells what has just happened, or what is about to; the manual's table is made from here.
 */
public enum FaultPoint {
    BEGIN_HELD(Area.SEND, Failure.DEFECT, "BEGIN DIALOG holds its group; nothing of the dialog is there"),
    BEGIN_DRAFTED(Area.SEND, Failure.DEFECT, "the dialog is in its branch, not in the store"),
    SEND_CHECKED(Area.SEND, Failure.STATEMENT, "SEND is allowed; nothing is written"),
    SEND_TARGET_BEGUN(Area.SEND, Failure.DEFECT, "the first SEND has begun the target; the message isn't written"),
    SEND_WRITING(Area.SEND, Failure.STORE, "SEND has its number; the row isn't written"),
    SEND_WRITTEN(Area.SEND, Failure.STATEMENT, "the row is written; the branch doesn't count it yet"),
    SEND_COUNTED(Area.SEND, Failure.DEFECT, "the branch counts the message"),

    RECEIVE_HELD(Area.RECEIVE, Failure.DEFECT, "RECEIVE holds a group; nothing is read"),
    RECEIVE_READ(Area.RECEIVE, Failure.STATEMENT, "messages are read, not deleted"),
    RECEIVE_DELETED(Area.RECEIVE, Failure.STORE, "messages are deleted; the branch doesn't count them yet"),
    RECEIVE_COUNTED(Area.RECEIVE, Failure.DEFECT, "the branch counts them"),
    RECEIVE_OVERTAKING_READ(Area.RECEIVE, Failure.STATEMENT, "a message that overtakes is read, not deleted"),
    RECEIVE_OVERTAKING_DELETED(Area.RECEIVE, Failure.STATEMENT, "it is deleted; the branch doesn't count it yet"),

    END_ALLOWED(Area.END, Failure.DEFECT, "END is allowed; nothing is done"),
    END_CLEARED(Area.END, Failure.STATEMENT, "messages of the side that ends are deleted"),
    END_TOLD(Area.END, Failure.STORE, "the EndDialog is written"),
    END_ERROR_TOLD(Area.END, Failure.STATEMENT, "the Error of END WITH ERROR is written"),
    END_DRAFTED(Area.END, Failure.DEFECT, "the branch knows the side as ended"),
    PAIR_DELETED(Area.END, Failure.STORE, "both sides have ended: their rows are deleted, not committed"),
    PAIR_STORED(Area.END, Failure.DEFECT, "that is committed; memory still has both"),

    FLUSHING(Area.COMMIT, Failure.STORE, "rows of endpoints are about to be written"),
    FLUSHED(Area.COMMIT, Failure.STATEMENT, "they are written"),
    STORE_COMMITS(Area.COMMIT, Failure.STORE, "the store is about to commit in one phase"),
    STORE_COMMITTED(Area.COMMIT, Failure.STORE, "the store has committed; nobody knows"),
    OUTCOME_BEGINS(Area.COMMIT, Failure.DEFECT, "the branch knows that it is committed; memory is as before"),
    OUTCOME_OWN_SIDES(Area.COMMIT, Failure.DEFECT, "memory has the own sides"),
    OUTCOME_FAR_SIDES(Area.COMMIT, Failure.DEFECT, "memory has what has arrived at the far sides"),
    OUTCOME_SETTLED(Area.COMMIT, Failure.DEFECT, "memory is right; the groups are still held"),
    OUTCOME_RELEASED(Area.COMMIT, Failure.DEFECT, "the groups are free; the caller isn't answered"),
    STORE_ROLLS_BACK(Area.COMMIT, Failure.STORE, "the store is about to roll back"),
    STORE_ROLLED_BACK(Area.COMMIT, Failure.STORE, "the store has rolled back; nobody knows"),
    OUTCOME_ROLLED_BACK(Area.COMMIT, Failure.DEFECT, "the rollback is counted; the groups are still held"),

    BRANCH_STARTED(Area.PREPARE, Failure.DEFECT, "a global transaction is about to begin its branch"),
    PREPARE_ASKED(Area.PREPARE, Failure.DEFECT, "the transaction manager asks for the vote"),
    MANIFEST_WRITTEN(Area.PREPARE, Failure.STORE, "the manifest is written; the store isn't prepared"),
    STORE_PREPARES(Area.PREPARE, Failure.STORE, "the store is about to prepare"),
    STORE_PREPARED(Area.PREPARE, Failure.STORE, "the store is prepared; nobody knows"),
    PREPARE_ANSWERS(Area.PREPARE, Failure.DEFECT, "the branch is prepared; the transaction manager isn't answered"),
    COMMIT_ASKED(Area.PREPARE, Failure.STORE, "the transaction manager tells the outcome"),
    PREPARED_COMMITS(Area.PREPARE, Failure.STORE, "the store is about to commit what is prepared"),
    PREPARED_COMMITTED(Area.PREPARE, Failure.STORE, "it has committed; nobody knows"),
    COMMIT_ANSWERS(Area.PREPARE, Failure.DEFECT, "the branch is over; the transaction manager isn't answered"),

    TRANSMIT_PICKED(Area.TRANSMIT, Failure.DEFECT, "the transmitter has taken an endpoint's turn"),
    TRANSMIT_READ(Area.TRANSMIT, Failure.STORE, "its messages are read; the engine holds the group"),
    TRANSMIT_PACKED(Area.TRANSMIT, Failure.DEFECT, "the frames are made; the group is free"),
    TRANSMIT_DELIVERS(Area.TRANSMIT, Failure.DEFECT, "a delivery to another database is about to go"),
    TRANSMIT_DELIVERED(Area.TRANSMIT, Failure.DEFECT, "it is on disk there; the sender doesn't know"),
    TRANSMIT_NOTED(Area.TRANSMIT, Failure.DEFECT, "the sender has noted what is sent"),
    ARRIVE_JUDGED(Area.TRANSMIT, Failure.DEFECT, "frames of one conversation are judged; nothing is written"),
    ARRIVE_TARGET_WRITTEN(Area.TRANSMIT, Failure.STATEMENT, "the row of a new target is written"),
    ARRIVE_WRITTEN(Area.TRANSMIT, Failure.STORE, "messages are written, not committed"),
    ARRIVE_STORED(Area.TRANSMIT, Failure.DEFECT, "they are committed; memory doesn't know"),
    ARRIVE_QUEUED(Area.TRANSMIT, Failure.DEFECT, "they are in the queue; what goes with them isn't done"),
    ARRIVE_DONE(Area.TRANSMIT, Failure.DEFECT, "memory is right; groups of new targets are still held"),

    ACK_OWED(Area.ACKNOWLEDGE, Failure.DEFECT, "an acknowledgement is about to be owed"),
    ACK_PLANNED(Area.ACKNOWLEDGE, Failure.DEFECT, "one has come; the engine holds the group"),
    ACK_DELETED(Area.ACKNOWLEDGE, Failure.STORE, "acknowledged messages are deleted, not committed"),
    ACK_CLOSED(Area.ACKNOWLEDGE, Failure.STATEMENT, "the row of an endpoint that has ended is deleted, too"),
    ACK_KEPT(Area.ACKNOWLEDGE, Failure.STATEMENT, "what is acknowledged is written for an endpoint that stays"),
    ACK_NOTED(
            Area.ACKNOWLEDGE, Failure.DEFECT, "memory knows that they are deleted; the endpoint's end is not settled"),
    ACK_HELD(Area.ACKNOWLEDGE, Failure.DEFECT, "the engine holds the group for an acknowledgement that had to wait"),
    ACK_STORED(Area.ACKNOWLEDGE, Failure.DEFECT, "that is committed; memory doesn't know"),

    ENGINE_BEGUN(Area.ENGINE, Failure.STORE, "an engine transaction has begun"),
    ENGINE_WRITTEN(Area.ENGINE, Failure.STORE, "it has written everything"),
    ENGINE_COMMITTED(Area.ENGINE, Failure.STORE, "it is committed; its caller doesn't know"),
    NUMBERS_RESERVED(Area.ENGINE, Failure.STORE, "numbers of conversations are reserved on disk, not in memory"),

    TIMER_DRAFTED(Area.TIMERS, Failure.DEFECT, "the branch knows the timer"),
    TIMER_WRITTEN(Area.TIMERS, Failure.STATEMENT, "the row of the timer is written or deleted"),
    TIMER_RINGS(Area.TIMERS, Failure.DEFECT, "a timer is due; the engine holds the group"),
    TIMER_CLEARED(Area.TIMERS, Failure.STATEMENT, "its row is deleted, its message not written"),
    TIMER_STORED(Area.TIMERS, Failure.DEFECT, "the message is committed; memory doesn't know"),
    LIFETIME_PASSED(Area.TIMERS, Failure.DEFECT, "a dialog has lived too long; the engine holds the group"),

    OPENING(Area.RECOVERY, Failure.STORE, "a database is about to be opened"),
    OPEN_READ(Area.RECOVERY, Failure.STORE, "its rows are read; nothing of it is in memory"),
    OPEN_IN_DOUBT(Area.RECOVERY, Failure.STORE, "branches in doubt are known"),
    OPEN_UNDONE(Area.RECOVERY, Failure.DEFECT, "what such a branch has written is taken back in memory"),
    OPEN_LOADED(Area.RECOVERY, Failure.DEFECT, "all endpoints are in memory; groups in doubt aren't held yet"),
    OPEN_HELD(Area.RECOVERY, Failure.DEFECT, "groups in doubt are held"),
    OPEN_RESUMED(Area.RECOVERY, Failure.DEFECT, "what was left to be done is found again"),
    OPEN_READY(Area.RECOVERY, Failure.STORE, "the database can be worked in; nobody is let in yet"),
    IN_DOUBT_LISTED(Area.RECOVERY, Failure.STORE, "the recovering transaction manager is told what is prepared"),
    IN_DOUBT_COMMITS(Area.RECOVERY, Failure.STORE, "a branch in doubt is about to be committed"),
    IN_DOUBT_COMMITTED(Area.RECOVERY, Failure.STORE, "it is committed; memory doesn't know"),
    IN_DOUBT_ROLLS_BACK(Area.RECOVERY, Failure.STORE, "a branch in doubt is about to be rolled back"),
    IN_DOUBT_ROLLED_BACK(Area.RECOVERY, Failure.STORE, "it is rolled back; memory doesn't know");

    /** Part of a message's way. */
    public enum Area {
        SEND,
        RECEIVE,
        END,
        COMMIT,
        PREPARE,
        TRANSMIT,
        ACKNOWLEDGE,
        ENGINE,
        TIMERS,
        RECOVERY
    }

    /** What is thrown where something throws at all. */
    public enum Failure {
        /** A statement fails; the transaction of the store lives on. */
        STATEMENT,
        /** The store can't be relied upon any more. */
        STORE,
        /** Code of the engine has a defect. */
        DEFECT
    }

    // plain on purpose, as in Fault: whoever arms does so before the threads that are to see it begin to work
    private static Consumer<FaultPoint> armed;

    private final Area area;
    private final Failure failure;
    private final String place;

    FaultPoint(Area area, Failure failure, String place) {
        this.area = area;
        this.failure = failure;
        this.place = place;
    }

    /** Says that the calling thread is here. */
    public void reach() {
        Consumer<FaultPoint> now = armed;
        if (now != null) {
            now.accept(this);
        }
    }

    /** What it belongs to. */
    public Area area() {
        return area;
    }

    /** What would fail here. */
    public Failure failure() {
        return failure;
    }

    /** What is so when it is reached. */
    public String place() {
        return place;
    }

    /** Arms all: each thread that reaches one calls this first, and what it throws is thrown there. Null disarms. */
    public static void arm(Consumer<FaultPoint> happening) {
        armed = happening;
    }
}
