// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import com.tngtech.archunit.library.dependencies.syntax.GivenSlices;
import io.dragoman.intake.EventReader;
import io.dragoman.security.CodeRules;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions of dependency that make the layout true. */
final class ArchitectureTest implements CodeRules {
    private static JavaClasses classes;

    /** What does something in the store; its records, words and exceptions are handed on to who shows them. */
    private static final DescribedPredicate<JavaClass> WORK_ON_THE_STORE = JavaClass.Predicates.resideInAPackage(
                    "io.dragoman.store..")
            .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(Record.class)
                    .or(JavaClass.Predicates.assignableTo(Enum.class))
                    .or(JavaClass.Predicates.assignableTo(Throwable.class))))
            .as("work on the store");

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.dragoman");
    }

    /** Half of the memory of a process that has other tests to run. */
    @AfterAll
    static void forget() {
        classes = null;
    }

    @Override
    public JavaClasses product() {
        return classes;
    }

    @Test
    void messageDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("model"))
                .check(classes);
    }

    @Test
    void connectorContractDependsOnlyOnMessage() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("model", "connector"))
                .check(classes);
    }

    @Test
    void channelsAndDesksDependOnlyOnTheContract() {
        noClasses()
                .that()
                .resideInAnyPackage("io.dragoman.channel..", "io.dragoman.desk..")
                .and()
                .resideOutsideOfPackages("io.dragoman.channel.http..", "io.dragoman.desk.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("model", "connector", "channel", "desk"))
                .allowEmptyShould(true)
                .check(classes);
    }

    /** Their profiles are YAML files, whose problems have places, in a language that both sides share. */
    @Test
    void connectorsWithoutCodeReadYamlBesides() {
        noClasses()
                .that()
                .resideInAnyPackage("io.dragoman.channel.http..", "io.dragoman.desk.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("model", "connector", "channel", "desk", "profile", "yaml"))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.profile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("profile", "model", "connector", "yaml"))
                .check(classes);
    }

    /** But for {@code channel.meta} and {@code channel.twilio.account}, the rooms that they share. */
    @Test
    void channelsDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("io.dragoman.(channel|desk).(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(),
                        resideInAnyPackage("io.dragoman.channel.meta", "io.dragoman.channel.twilio.account"))
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void sharedRoomsKnowNoChannel() {
        for (String room : new String[] {"io.dragoman.channel.meta", "io.dragoman.channel.twilio.account"}) {
            noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.dragoman.channel..").and(not(resideInAPackage(room))))
                    .check(classes);
        }
    }

    @Test
    void nobodyDependsOnAConcreteChannelOrDesk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dragoman.channel..", "io.dragoman.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dragoman.channel..", "io.dragoman.desk..")
                .check(classes);
    }

    @Test
    void simulatorsShareNoCodeWithTheConnectorsTheyTest() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("simulator"))
                .allowEmptyShould(true)
                .check(classes);
    }

    /** What others test their connectors with knows no channel by name, and nothing of a running gateway but its SMTP. */
    @Test
    void contractIsMadeOfConnectorsAndSimulatorsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.contract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("contract", "connector", "model", "simulator", "mail"))
                .check(classes);
    }

    /** What all helpdesks have in common is none of them. */
    @Test
    void nobodyButTheDemoDependsOnAConcreteSimulator() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dragoman.simulator..", "io.dragoman.demo..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.dragoman.simulator.*..")
                        .and(not(resideInAPackage("io.dragoman.simulator.helpdesk.."))))
                .check(classes);
    }

    @Test
    void nobodyButItsCommandDependsOnTheDemo() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dragoman.demo..")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.cli.Demo")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.cli.Demo$Report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dragoman.demo..")
                .check(classes);
    }

    @Test
    void onlyTheMailSimulatorTouchesGreenMail() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dragoman.simulator.mail..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.icegreen..")
                .check(classes);
    }

    @Test
    void rulesAreFarFromStoreAndWire() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("rules", "model", "yaml"))
                .check(classes);
    }

    /** But for the reading of what arrived, which a replay does again. */
    @Test
    void useCasesKnowNothingOfWhoUsesThem() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.app..")
                .and()
                .resideOutsideOfPackages(
                        "io.dragoman.app",
                        "io.dragoman.app.check..",
                        "io.dragoman.app.configure..",
                        "io.dragoman.app.ruleset..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                others("app", "store", "rules", "delivery", "journey", "work", "connector", "model"))
                        .and(not(belongToAnyOf(EventReader.class))))
                .check(classes);
    }

    /** Nor do those that show and change the configuration, which know its files besides. */
    @Test
    void changingTheConfigurationKnowsItsFiles() {
        noClasses()
                .that()
                .resideInAnyPackage("io.dragoman.app", "io.dragoman.app.configure..", "io.dragoman.app.ruleset..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(others(
                                "app",
                                "store",
                                "rules",
                                "delivery",
                                "journey",
                                "work",
                                "connector",
                                "model",
                                "config",
                                "yaml"))
                        .and(not(belongToAnyOf(EventReader.class))))
                .check(classes);
    }

    @Test
    void checkingTheConfigurationKnowsItAndNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.app.check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("app", "config", "yaml", "connector", "model"))
                .check(classes);
    }

    @Test
    void useCasesOfOneSubjectStandTogether() {
        SlicesRuleDefinition.slices()
                .matching("io.dragoman.app.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.app.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dragoman.app")
                .check(classes);
    }

    @Test
    void adminPortMapsRequestsToUseCases() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("admin", "app", "http", "connector", "model", "store"))
                .orShould()
                .dependOnClassesThat(WORK_ON_THE_STORE)
                .check(classes);
    }

    /** Its files hold no data, and what serves them could not reach any. */
    @Test
    void consoleKnowsOnlyThePort() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("console", "http", "model"))
                .check(classes);
    }

    @Test
    void commandsUseUseCasesAndTheAdminPortOnlyByHttp() {
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.dragoman.admin..",
                        "io.dragoman.intake..",
                        "io.dragoman.journey..",
                        "io.dragoman.delivery..",
                        "io.dragoman.work..",
                        "io.dragoman.route..",
                        "io.dragoman.http.client..",
                        "io.dragoman.mail..")
                .orShould()
                .dependOnClassesThat(WORK_ON_THE_STORE)
                .check(classes);
    }

    /** The Camel side is outermost: only the wiring, which is this product's own package, puts it around the rest. */
    @Test
    void nobodyButTheWiringKnowsTheRoutes() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dragoman", "io.dragoman.route..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dragoman.route..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        Slices.of("packages", name -> name).should().beFreeOfCycles().check(classes);
        Slices.of("folders", name -> name.replaceFirst("\\..*", ""))
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    /**
     * What ours belongs to, by the name of its package below {@code io.dragoman}; to ask the library's patterns for each of
     * the dependencies takes a third of all this test's time.
     */
    private record Slices(String description, UnaryOperator<String> name, Map<String, SliceIdentifier> known)
            implements SliceAssignment {
        private static final String ROOT = "io.dragoman.";

        static GivenSlices of(String description, UnaryOperator<String> name) {
            return SlicesRuleDefinition.slices().assignedFrom(new Slices(description, name, new HashMap<>()));
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return known.computeIfAbsent(
                    type.getPackageName(),
                    place -> place.startsWith(ROOT)
                            ? SliceIdentifier.of(name.apply(place.substring(ROOT.length())))
                            : SliceIdentifier.ignore());
        }

        @Override
        public String getDescription() {
            return description;
        }
    }

    /** Intake, journey and delivery stand beside each other; what they share is in work, store and the model. */
    @Test
    void stagesKnowOnlyWhatIsBelowThem() {
        for (String stage : new String[] {"intake", "journey", "delivery"}) {
            noClasses()
                    .that()
                    .resideInAPackage("io.dragoman." + stage + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others(stage, "work", "store", "connector", "model", "rules"))
                    .check(classes);
        }
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.work..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("work", "store", "connector", "model"))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("io.dragoman.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("store", "connector", "model"))
                .check(classes);
    }

    @Test
    void onlyTheTopicTouchesKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dragoman.intake.kafka..")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.InboxPlace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dragoman.intake.kafka..")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.InboxPlace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dragoman.intake.kafka..")
                .check(classes);
    }

    @Test
    void onlyTheStoreTouchesSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dragoman.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "org.sqlite..")
                .check(classes);
    }

    @Test
    void exchangesStayAtTheEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.dragoman.route..",
                        "io.dragoman.intake..",
                        "io.dragoman.journey..",
                        "io.dragoman.delivery..",
                        "io.dragoman.mail..",
                        "io.dragoman.work..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.camel.Exchange")
                .check(classes);
    }

    /** What is sent over HTTP is decided by the call alone: no exchange, header or property of Camel's is near. */
    @Test
    void httpIsSpokenWithoutCamel() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dragoman.http..",
                        "io.dragoman.connector..",
                        "io.dragoman.profile..",
                        "io.dragoman.channel..",
                        "io.dragoman.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(classes);
    }

    @Test
    void timeComesInAsAnArgument() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dragoman.cli..", "io.dragoman.simulator..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(classes);
    }

    @Test
    void everyPackageStopsNullAtItsEdge() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(classes);
    }

    private static String[] others(String... allowed) {
        java.util.Set<String> ours = new java.util.TreeSet<>(java.util.Set.of(
                "model",
                "connector",
                "channel",
                "desk",
                "intake",
                "journey",
                "rules",
                "delivery",
                "store",
                "config",
                "yaml",
                "cli",
                "http",
                "route",
                "mail",
                "profile",
                "work",
                "app",
                "simulator",
                "demo",
                "contract",
                "console",
                "admin"));
        ours.removeAll(java.util.Set.of(allowed));
        return ours.stream().map(name -> "io.dragoman." + name + "..").toArray(String[]::new);
    }
}
