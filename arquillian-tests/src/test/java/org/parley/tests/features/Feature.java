package org.parley.tests.features;

/** What a server is to do with Parley, in the order of the table. */
public enum Feature {
    EAR("`parley-example.ear`, unchanged, end to end"),
    APART("adapter and application apart, end to end"),
    PROGRAM("one executable jar"),
    LADDER("the ladder: factories, both faces in one branch and one phase, two resources in two phases, rollback, two"
            + " identities, redelivery, order, batches, timers"),
    ENTITIES("entities of Jakarta Persistence and messages in one branch and one phase"),
    SIGN_ON("container-managed sign-on: two identities, with credentials that the server keeps"),
    RESTART("stopped or killed in the middle of dialogs, and started again"),
    PAUSE("activations seen, paused and resumed over JMX"),
    CRASH("killed between prepare and commit, with a second resource, and stopped at work: recovery"),
    REDEPLOYMENT("undeployed and deployed five times without a leak"),
    UNDEPLOYMENT("undeployed while delivering"),
    OWN_DERBY("the server brings a Derby of its own, and Parley's answers"),
    VALIDATION("the server's strict validation of archives");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    /** As the table says it, in Markdown. */
    public String title() {
        return title;
    }
}
