package org.parley.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private final JavaClasses cli =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.parley.cli");

    @Test
    void theEngineIsAskedThroughTheApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.parley.engine..", "org.apache.derby..")
                .check(cli);
    }

    @Test
    void formatsAndDiagnosisKnowNothingOfTheCommandLine() {
        classes()
                .that()
                .resideInAPackage("org.parley.cli.format")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.parley.cli.format", "org.parley", "org.jline.utils", "java..")
                .check(cli);
        classes()
                .that()
                .resideInAPackage("org.parley.cli.diagnose")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.parley.cli.diagnose", "org.parley", "java..")
                .check(cli);
        classes()
                .that()
                .resideInAPackage("org.parley.cli.shell")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.parley.cli.shell", "org.parley.sql.parse", "org.antlr.v4.runtime", "org.jline..", "java..")
                .check(cli);
    }
}
