package org.parley.tests.ladder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.parley.BrokerConnection;
import org.parley.tests.Until;
import org.parley.tests.ladder.app.Rung;
import org.parley.tests.ladder.jpa.Account;
import org.parley.tests.ladder.signon.SignOnServlet;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.server.Places;

/** The archives of the ladder. */
public final class LadderArchives {

    private static final List<String> DESCRIPTORS = List.of(
            "glassfish-ejb-jar.xml",
            "glassfish-web.xml",
            "ibm-ejb-jar-bnd.xml",
            "ibm-web-bnd.xml",
            "jboss-ejb3.xml",
            "jboss-web.xml");

    private LadderArchives() {}

    /** The application with entities, beside an adapter that is deployed as {@code parley}. */
    public static Path application(Path directory) {
        return Places.write(
                directory,
                war().addPackage(Account.class.getPackage())
                        .addAsResource("ladder/persistence.xml", "META-INF/persistence.xml"));
    }

    /** Adapter and application in one archive, for TomEE; without entities. */
    public static Path ear(Path directory) {
        return Places.write(
                directory,
                ShrinkWrap.create(EnterpriseArchive.class, "ladder.ear")
                        .setApplicationXML("ladder/application.xml")
                        .addAsManifestResource(new StringAsset(resources()), "resources.xml")
                        .addAsLibrary(Places.jarOf(BrokerConnection.class).toFile(), "parley-api.jar")
                        .addAsModule(Places.archive("parley.rar").toFile())
                        .addAsModule(war()));
    }

    /** Containers of the beans and factories of two users, as they stand in the manual but for the application's name. */
    private static String resources() {
        String users = String.join("\n", new ManualPage("tomee.md").block("xml", "identities"));
        try (InputStream containers = LadderArchives.class.getResourceAsStream("/ladder/resources.xml")) {
            return new String(containers.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("</resources>", users + "\n</resources>")
                    .replace("parley-example/", "ladder/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebArchive war() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "ladder.war")
                .setManifest(new StringAsset("Manifest-Version: 1.0\nDependencies: deployment.parley.rar\n"))
                .addClass(Until.class)
                .addPackage(Rung.class.getPackage())
                .addPackage(SignOnServlet.class.getPackage())
                .addAsLibrary(Places.jarOf(Assertions.class).toFile());
        DESCRIPTORS.forEach(name -> war.addAsWebInfResource("ladder/" + name, name));
        return war;
    }
}
