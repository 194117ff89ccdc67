package org.parley.engine.model;

/**
 * One step of a thread. Which conversation or queue it is done to depends on what there is at that moment.
 *
 * @param kind what is done
 * @param pick chooses among what there is
 * @param count how many or how long, from 1
 */
record Step(Kind kind, int pick, int count) {

    /** What a thread can do. Everything up to ROLLBACK belongs to a transaction, begun when there is none. */
    enum Kind {
        BEGIN(10),
        SEND(26),
        SEND_TWO(3),
        RECEIVE(22),
        RECEIVE_NAMED(6),
        RECEIVE_GROUP(3),
        RECEIVE_WAITING(10),
        GET_GROUP(4),
        END(5),
        END_WITH_ERROR(3),
        CLEANUP(2),
        TIMER(4),
        MOVE(3),
        SAVEPOINT(3),
        BACK_TO_SAVEPOINT(3),
        COMMIT(30),
        ROLLBACK(6),
        JUMP(3),
        QUEUE_OFF(1),
        QUEUE_ON(4),
        /** The database is no longer TRUSTWORTHY: what its dialogs send to the other one waits. */
        UNTRUST(1),
        TRUST(3),
        RESTART(0);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** How often it is chosen, compared with the others. */
        int weight() {
            return weight;
        }
    }
}
