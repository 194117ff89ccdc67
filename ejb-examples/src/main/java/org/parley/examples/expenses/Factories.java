package org.parley.examples.expenses;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.parley.BrokerConnectionFactory;

/**
 * Gives the beans their broker. The reference stands here, in a class that is no enterprise bean: in one of a WAR inside an
 * EAR, GlassFish and Payara Server take it for another kind of resource than the WAR does, and refuse both.
 */
@Dependent
public class Factories {

    @Produces
    @Resource(name = "eis/parley")
    private BrokerConnectionFactory parley;
}
