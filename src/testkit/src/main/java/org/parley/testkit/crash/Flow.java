package org.parley.testkit.crash;

/** Dialogs of one kind: who takes part in their transactions, and where the other side is. Each has services of its own. */
enum Flow {
    /** Two resources under the transaction manager, both sides in one broker database. */
    GLOBAL_NEAR(true, Application.NEAR),
    /** Two resources, the target in another broker database. */
    GLOBAL_FAR(true, Application.FAR),
    /** One phase, the application's rows in the broker database. */
    LOCAL_NEAR(false, Application.NEAR),
    /** One phase, the target in another broker database. */
    LOCAL_FAR(false, Application.FAR);

    /** Message type of both sides. */
    static final String MESSAGE = "step";

    /** Contract of all. */
    static final String CONTRACT = "steps";

    private final boolean global;
    private final String target;

    Flow(boolean global, String target) {
        this.global = global;
        this.target = target;
    }

    boolean global() {
        return global;
    }

    /** Database of the targets. */
    String target() {
        return target;
    }

    String initiatorService() {
        return name() + "_from";
    }

    String targetService() {
        return name() + "_to";
    }

    String answers() {
        return name() + "_answers";
    }

    String work() {
        return name() + "_work";
    }

    /** Definitions of the initiators, which are in the near database. */
    String initiatorScript() {
        return queue(answers()) + "CREATE SERVICE " + initiatorService() + " ON QUEUE " + answers() + ";";
    }

    String targetScript() {
        return queue(work()) + "CREATE SERVICE " + targetService() + " ON QUEUE " + work() + " (" + CONTRACT + ");";
    }

    /** What fails here fails on purpose: it must not turn queues off. */
    private static String queue(String name) {
        return "CREATE QUEUE " + name + " WITH POISON_MESSAGE_HANDLING (STATUS = OFF);";
    }
}
