package org.parley.tests.glassfish;

import java.util.List;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.LadderArchives;
import org.parley.tests.server.EntityLadderSuite;
import org.parley.tests.server.Places;
import org.parley.tests.server.SecondResource;
import org.parley.tests.server.ServerProcess;

/** On GlassFish, beside the adapter. */
@Shows(Feature.APART)
class LadderIT extends EntityLadderSuite {

    @Override
    protected ServerProcess start(int port) {
        GlassFishServer server = new GlassFishServer("ladder-glassfish", port);
        SecondResource.jar(server.file("lib"));
        ServerProcess process = server.start("start");
        GlassFishServer.awaitStart(process);
        server.runBlock("apart");
        server.asadmin(List.of(
                "create-jdbc-connection-pool",
                "--datasourceclassname",
                SecondResource.TYPE,
                "--restype",
                "javax.sql.XADataSource",
                "--steadypoolsize",
                "0",
                "--property",
                "databaseName=" + server.file("second"),
                "second"));
        server.asadmin(List.of("create-jdbc-resource", "--connectionpoolid", "second", SecondResource.NAME));
        server.asadmin(List.of(
                "deploy",
                LadderArchives.application(Places.emptied("ladder-glassfish/archives"))
                        .toString()));
        return process;
    }
}
