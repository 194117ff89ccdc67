package org.parley.tests.crash;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.parley.BrokerConnection;
import org.parley.tests.crash.app.Asker;
import org.parley.tests.crash.app.Ledger;
import org.parley.tests.crash.app.Stuck;
import org.parley.tests.crash.desk.DeskBean;
import org.parley.tests.server.Places;

/** The archives of the crash tests, for every server. */
public final class CrashArchives {

    private CrashArchives() {}

    /** What asks. */
    public static Path application(Path directory) {
        return Places.write(directory, application());
    }

    /** The beans that answer. */
    public static Path desk(Path directory) {
        return Places.write(directory, desk());
    }

    /** Adapter and both in one archive, for TomEE. */
    public static Path ear(Path directory) {
        return Places.write(
                directory,
                ShrinkWrap.create(EnterpriseArchive.class, "crash.ear")
                        .setApplicationXML("crash/application.xml")
                        .addAsManifestResource("crash/resources.xml", "resources.xml")
                        .addAsLibrary(Places.jarOf(BrokerConnection.class).toFile(), "parley-api.jar")
                        .addAsModule(Places.archive("parley.rar").toFile())
                        .addAsModules(application(), desk()));
    }

    private static WebArchive application() {
        return war("crash.war").addPackage(Asker.class.getPackage());
    }

    private static WebArchive desk() {
        return war("desk.war")
                .addPackage(DeskBean.class.getPackage())
                .addClasses(Ledger.class, Stuck.class)
                .addAsWebInfResource("crash/glassfish-ejb-jar.xml", "glassfish-ejb-jar.xml")
                .addAsWebInfResource("crash/ibm-ejb-jar-bnd.xml", "ibm-ejb-jar-bnd.xml")
                .addAsWebInfResource("crash/jboss-ejb3.xml", "jboss-ejb3.xml");
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .setManifest(new StringAsset(
                        "Manifest-Version: 1.0\nDependencies: deployment.parley.rar,deployment.second.jar\n"))
                .addAsWebInfResource("crash/glassfish-web.xml", "glassfish-web.xml")
                .addAsWebInfResource("crash/jboss-web.xml", "jboss-web.xml");
    }
}
