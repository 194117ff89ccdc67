package org.parley.tests.server;

import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.parley.tests.second.GatedDataSource;

/** The second resource, as servers take it. */
public final class SecondResource {

    /** What it is called where an application looks for it. */
    public static final String NAME = "jdbc/second";

    /** Name of its archive. */
    public static final String JAR = "second.jar";

    /** Class of its data source. */
    public static final String TYPE = GatedDataSource.class.getName();

    private static final List<String> DERBY = List.of("derby.jar", "derbyshared.jar", "derbytools.jar");

    private SecondResource() {}

    /** Its archive, with a Derby of its own. */
    public static Path jar(Path directory) {
        JavaArchive jar = ShrinkWrap.create(JavaArchive.class, JAR);
        for (String derby : DERBY) {
            jar.merge(ShrinkWrap.create(ZipImporter.class, derby)
                    .importFrom(Places.archive(derby).toFile())
                    .as(JavaArchive.class));
        }
        jar.delete("META-INF/MANIFEST.MF");
        return Places.write(directory, jar.addPackage(GatedDataSource.class.getPackage()));
    }
}
