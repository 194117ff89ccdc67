package org.parley.ra;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.parley.BrokerConnection;

/** The adapter translates and relays: it knows the API, Jakarta and the JDK, and its classes stay thin. */
class ArrowsTest {

    private static final int LINES = 200;

    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.parley.ra");

    @Test
    void knowsApiAndJakartaOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.parley",
                        "org.parley.spi",
                        "org.parley.ra..",
                        "jakarta.resource..",
                        "jakarta.transaction..",
                        "java..",
                        "javax.management..",
                        "javax.naming..",
                        "javax.security.auth..",
                        "javax.sql..",
                        "javax.transaction.xa",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..")
                .check(CLASSES);
    }

    /** Connections pass through the adapter, to those who want tables; the adapter itself has nothing to ask. */
    @Test
    void onlyHandlesSpeakSql() {
        noClasses()
                .that(not(assignableTo(DataSource.class)))
                .and(not(assignableTo(Connection.class)))
                .and(not(assignableTo(BrokerConnection.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(CLASSES);
    }

    @Test
    void classesAreThin() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(source).size())
                        .as("lines of %s", source)
                        .isLessThanOrEqualTo(LINES);
            }
        }
    }
}
