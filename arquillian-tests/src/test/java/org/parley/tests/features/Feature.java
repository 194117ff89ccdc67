package org.parley.tests.features;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What a server is to do with Parley, in the order of the table. */
public enum Feature {
    EAR("`parley-example.ear`, unchanged, end to end", without(Server.PAYARA_MICRO, "takes [no EAR](payara-micro.md)")),
    APART(
            "adapter and application apart, end to end",
            without(
                    Server.TOMEE,
                    "would need Parley in TomEE's own [`lib`](decisions/0058-tomee-has-an-adapter-of-its-own.md)")),
    PROGRAM("one executable jar", onlyWith(Server.PAYARA_MICRO, "Payara Micro's alone")),
    LADDER("the ladder: factories, both faces in one branch and one phase, two resources in two phases, rollback, two"
            + " identities, redelivery, order, batches, timers"),
    ENTITIES(
            "entities of Jakarta Persistence and messages in one branch and one phase",
            without(Server.TOMEE, "[doesn't find](tomee.md#known-limits) the data source")),
    SIGN_ON("container-managed sign-on: two identities, with credentials that the server keeps"),
    RESTART("stopped or killed in the middle of dialogs, and started again"),
    PAUSE("activations seen, paused and resumed over JMX"),
    CRASH("killed between prepare and commit, with a second resource, and stopped at work: recovery"),
    REDEPLOYMENT("undeployed and deployed five times without a leak"),
    UNDEPLOYMENT("undeployed while delivering"),
    OWN_DERBY("the server brings a Derby of its own, and Parley's answers", onlyWith(Server.GLASSFISH, "brings none")),
    VALIDATION("the server's strict validation of archives", onlyWith(Server.WILDFLY, "WildFly's alone"));

    private final String title;
    private final Map<Server, String> lacking;

    Feature(String title) {
        this(title, Map.of());
    }

    Feature(String title, Map<Server, String> lacking) {
        this.title = title;
        this.lacking = lacking;
    }

    private static Map<Server, String> without(Server server, String why) {
        return Map.of(server, why);
    }

    private static Map<Server, String> onlyWith(Server server, String othersWhy) {
        Map<Server, String> others = new EnumMap<>(Server.class);
        Arrays.stream(Server.values()).filter(each -> each != server).forEach(each -> others.put(each, othersWhy));
        return others;
    }

    /** As the table says it, in Markdown. */
    public String title() {
        return title;
    }

    /** Servers that can't have it, each with the reason as the table says it. */
    Map<Server, String> lacking() {
        return lacking;
    }
}
