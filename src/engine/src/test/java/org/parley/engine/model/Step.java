package org.parley.engine.model;

/**
 * One step of a thread. Which conversation or queue it is done to depends on what there is at that moment.
 *
 * @param kind what is done
 * @param pick chooses among what there is
 * @param count how many or how long, from 1
 */
record Step(Kind kind, int pick, int count) {

    /** What a thread can do. Everything but the last four belongs to a transaction, begun when there is none. */
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
        SAVEPOINT(3),
        BACK_TO_SAVEPOINT(3),
        COMMIT(30),
        ROLLBACK(6),
        JUMP(3),
        // the model has no rule for an end that is held back while the queue is off and then cleaned up
        QUEUE_OFF(0),
        QUEUE_ON(2),
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
