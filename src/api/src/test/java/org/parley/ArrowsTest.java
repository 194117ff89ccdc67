package org.parley;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private final JavaClasses api =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.parley");

    @Test
    void needsTheJdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.parley",
                        "org.parley.spi",
                        "java..",
                        "javax.sql..",
                        "javax.transaction.xa",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..")
                .check(api);
    }

    @Test
    void opensNoSockets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.ServerSocket")
                .check(api);
    }
}
