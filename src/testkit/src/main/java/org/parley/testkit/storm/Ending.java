package org.parley.testkit.storm;

/** How the transaction of one delivery goes. What a container may meet, with the bean's and its resources' troubles. */
enum Ending {
    /** The bean returns, one phase commits. */
    COMMITS(false, true),
    /** Two phases commit. */
    COMMITS_IN_TWO_PHASES(false, true),
    /** There is no endpoint: nothing is received. */
    NO_ENDPOINT(false, false),
    /** The resource can't be started. */
    START_FAILS(false, false),
    /** The bean throws, and the container rolls back. */
    BEAN_THROWS(true, false),
    /** The bean throws, and the container only ends the branch as failed, then rolls back. */
    ENDS_AS_FAILED(true, false),
    /** Another resource votes no: the prepared branch is rolled back. */
    OTHER_VOTES_NO(true, false),
    /** The container gives up before it commits: what it reports is any code at all. */
    COMMIT_IS_NOT_TRIED(true, false),
    /** The engine has committed; the container hears an error instead of the answer. */
    ANSWER_IS_LOST(false, true);

    private final boolean counts;
    private final boolean commits;

    Ending(boolean counts, boolean commits) {
        this.counts = counts;
        this.commits = commits;
    }

    /** Whether it is a rollback of a transaction that had received. */
    boolean counts() {
        return counts;
    }

    /** Whether it gets as far as to receive. */
    boolean receives() {
        return counts || commits;
    }

    /** Whether the messages are consumed. */
    boolean commits() {
        return commits;
    }
}
