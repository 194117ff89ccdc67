package org.parley.tests.payara;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.parley.tests.ladder.app.Sight;
import org.parley.tests.payara.first.FirstServlet;
import org.parley.tests.payara.probe.ProbeBean;

/** The probe application, with the activation properties of a test. */
final class ProbeArchive {

    private static final String DESCRIPTOR = """
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"><enterprise-beans><message-driven>
              <ejb-name>ProbeBean</ejb-name>
              <activation-config>%s</activation-config>
            </message-driven></enterprise-beans></ejb-jar>
            """;
    /** Without an idle time-out: Payara's timer would keep the cancelled task, and with it all classes, until then. */
    private static final String BINDING = """
            <glassfish-ejb-jar><enterprise-beans><ejb>
              <ejb-name>ProbeBean</ejb-name>
              <mdb-resource-adapter><resource-adapter-mid>parley</resource-adapter-mid></mdb-resource-adapter>
              <bean-pool><pool-idle-timeout-in-seconds>0</pool-idle-timeout-in-seconds></bean-pool>
            </ejb></enterprise-beans></glassfish-ejb-jar>
            """;

    private static final String PROPERTY = """

                <activation-config-property>
                  <activation-config-property-name>%s</activation-config-property-name>
                  <activation-config-property-value>%s</activation-config-property-value>
                </activation-config-property>
            """;

    private static final String WEB = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"/>
            """;

    private ProbeArchive() {}

    /** Writes it under a name, which is also its context. */
    static Path write(Path directory, String name, Map<String, String> activation) {
        String properties = activation.entrySet().stream()
                .map(property -> PROPERTY.formatted(property.getKey(), property.getValue()))
                .collect(Collectors.joining());
        File file = directory.resolve(name + ".war").toFile();
        ShrinkWrap.create(WebArchive.class)
                .addPackage(ProbeBean.class.getPackage())
                .addClass(Sight.class)
                .addAsWebInfResource(new StringAsset(DESCRIPTOR.formatted(properties)), "ejb-jar.xml")
                .addAsWebInfResource(new StringAsset(BINDING), "glassfish-ejb-jar.xml")
                .as(ZipExporter.class)
                .exportTo(file, true);
        return file.toPath();
    }

    /** Writes an application without anything of Parley. */
    static Path writeWithoutParley(Path directory, String name) {
        File file = directory.resolve(name + ".war").toFile();
        ShrinkWrap.create(WebArchive.class)
                .addPackage(FirstServlet.class.getPackage())
                .setWebXML(new StringAsset(WEB))
                .as(ZipExporter.class)
                .exportTo(file, true);
        return file.toPath();
    }
}
