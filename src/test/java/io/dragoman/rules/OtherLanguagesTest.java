// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of the machine changes nothing. */
final class OtherLanguagesTest {
    private static final List<String> TURKISH = List.of("-Duser.language=tr", "-Duser.country=TR");

    /** Its own digits, its own decimal sign. */
    private static final List<String> ARABIC =
            List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab");

    private static final List<Class<?>> TESTS = List.of(
            LiquidTest.class,
            LiquidComparisonTest.class,
            RepliesTest.class,
            ConditionsTest.class,
            TextFoldingTest.class,
            ExpressionsTest.class,
            HoursTest.class,
            RulesDocumentTest.class,
            RulesProblemsTest.class);

    @ParameterizedTest
    @CsvSource({"tr, tr-TR", "ar, ar-EG-u-nu-arab"})
    void rulesAndRepliesAreTheSame(String language, String tag) throws Exception {
        Stream<String> names = TESTS.stream().map(Class::getName);
        String said = run(language.equals("tr") ? TURKISH : ARABIC, TestRun.class.getName(), names.toList());
        assertThat(said).contains(tag + ": ").contains(" tests succeeded");
    }

    @Test
    void theGatewayStartsWithoutTheMachinesLanguage() throws Exception {
        assertThat(run(ARABIC, "io.dragoman.cli.StartedLanguage", List.of("--version")))
                .contains("goes by und");
    }

    private static String run(List<String> options, String main, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
