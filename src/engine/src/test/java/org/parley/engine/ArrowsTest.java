package org.parley.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which room of the engine may know which. A new arrow is a decision: it changes the table here. */
class ArrowsTest {

    private static final String ENGINE = "org.parley.engine";

    /** Room -> rooms it knows, besides {@code fault}. The engine's own package puts the rooms together and knows them all. */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry(
                    "activation",
                    Set.of(
                            "catalog",
                            "database",
                            "queue",
                            "routing",
                            "security",
                            "session",
                            "store",
                            "telemetry",
                            "tx",
                            "work")),
            Map.entry("catalog", Set.of("security", "store", "xml")),
            Map.entry("conversation", Set.of()),
            Map.entry(
                    "database",
                    Set.of("catalog", "conversation", "queue", "routing", "security", "store", "telemetry", "tx")),
            Map.entry("fault", Set.of()),
            Map.entry("queue", Set.of("conversation", "store", "telemetry")),
            Map.entry(
                    "routing", Set.of("catalog", "conversation", "queue", "security", "store", "timer", "tx", "work")),
            Map.entry("security", Set.of("store")),
            Map.entry(
                    "session",
                    Set.of("catalog", "conversation", "database", "queue", "routing", "security", "store", "tx")),
            Map.entry(
                    "sight",
                    Set.of("catalog", "conversation", "database", "queue", "routing", "security", "store", "tx")),
            Map.entry("store", Set.of()),
            Map.entry("store.derby", Set.of("store")),
            Map.entry("telemetry", Set.of()),
            Map.entry("timer", Set.of()),
            Map.entry("tx", Set.of("conversation", "queue", "store")),
            Map.entry("work", Set.of()),
            Map.entry("xml", Set.of()));

    private static final Set<String> ROOMS = new TreeSet<>(KNOWS.keySet());

    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(ENGINE);

    @ParameterizedTest
    @FieldSource("ROOMS")
    void roomKnowsOnlyWhatItMay(String room) {
        String[] allowed = Stream.concat(KNOWS.get(room).stream(), Stream.of("fault"))
                .map(r -> ENGINE + "." + r)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(ENGINE + "." + room))
                .should()
                .dependOnClassesThat(resideInAPackage(ENGINE + "..")
                        .and(DescribedPredicate.not(
                                resideInAPackage(ENGINE + "." + room).or(resideInAnyPackage(allowed)))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        packages.removeAll(ROOMS.stream().map(r -> ENGINE + "." + r).toList());
        assertThat(packages).isSubsetOf(ENGINE);
    }

    @Test
    void noCycles() {
        slices().matching(ENGINE + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyItsStoreKnowsDerby() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ENGINE + ".store.derby..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.derby..")
                .check(CLASSES);
    }

    /** The simulated disk is a storage of Derby's. */
    @Test
    void testkitKnowsDerbyInOnePlace() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage("org.parley.testkit.storage..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.derby..")
                .check(new ClassFileImporter().importPackages("org.parley.testkit"));
    }

    /** The session hands out the connection of its branch, for the user's own tables. */
    @Test
    void onlyStoreAndSessionSpeakSql() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(ENGINE + ".store.derby..", ENGINE + ".session..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(CLASSES);
    }

    @Test
    void stateMachineIsPure() {
        classes()
                .that(resideInAPackage(ENGINE + ".conversation"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                ENGINE + ".conversation", "org.parley", "java.lang..", "java.util..", "java.time..")
                        .and(DescribedPredicate.not(assignableTo(InstantSource.class)))
                        .and(DescribedPredicate.not(assignableTo(Clock.class))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void runsWithoutServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.parley.ra..")
                .check(CLASSES);
    }

    /** The statement language is a client; the engine knows what the API says of it. */
    @Test
    void neverSeesTheStatementLanguage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.parley.sql..", "org.antlr..")
                .check(CLASSES);
    }

    @Test
    void opensNoSockets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.\\w*Socket|java\\.nio\\.channels\\.\\w*SocketChannel")
                .check(CLASSES);
    }
}
