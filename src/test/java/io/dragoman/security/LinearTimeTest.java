// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checklist 8: an expression of the operator's takes linear time on whatever a customer writes, and has a bound itself. */
final class LinearTimeTest {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final List<String> EXPLOSIVE = List.of(
            "(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "([a-zA-Z]+)*$");

    @Test
    void explosiveExpressionsTakeLinearTime() {
        String text = "a".repeat(100_000) + "!";
        for (String expression : EXPLOSIVE) {
            Pattern pattern = Pattern.compile(expression);
            Duration best = Duration.ofDays(1);
            for (int i = 0; i < 20; i++) { // the fastest: the others measure the machine
                long begun = THREAD.getCurrentThreadCpuTime(); // whoever else has the processor does not count
                pattern.matcher(text).find();
                Duration took = Duration.ofNanos(THREAD.getCurrentThreadCpuTime() - begun);
                best = took.compareTo(best) < 0 ? took : best;
            }
            System.out.println("100 KB through " + expression + ": " + best.toMillis() + " ms");
            assertThat(best).as(expression).isLessThan(Duration.ofMillis(expression.equals("(a+)+$") ? 50 : 500));
        }
    }

    @Test
    void rulesUseNoOtherExpressionsOnWhatCustomersWrite() {
        // java.util.regex may stand in the code, with expressions of our own; none is compiled from what is configured
        assertThat(new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.dragoman.rules")
                                .stream()
                                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                                .filter(call -> call.getTargetOwner().getName().equals("java.util.regex.Pattern")
                                        && call.getName().equals("compile")
                                        && !call.getOrigin().getName().equals("<clinit>"))
                                .map(Object::toString))
                .isEmpty();
    }

    @Test
    void expressionsAreBoundedThemselves() {
        for (String huge :
                List.of("a{1000}{1000}", "(a{100}){100}{100}", "((((a{30}){30}){30}){30}){30}", "x".repeat(100_000))) {
            Problems problems = new Problems();
            long begun = System.nanoTime();
            RuleBook.read(
                    RuleFiles.of(
                            Yaml.read(
                                            "rules.yaml",
                                            "rules:\n  - {name: a, when: {text: \"/" + huge + "/\"}, tags: [x]}\n",
                                            problems)
                                    .orElse(null),
                            null,
                            null),
                    Set.of(),
                    Set.of(),
                    problems);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(problems.hasErrors()).as(huge.substring(0, 12)).isTrue();
        }
    }

    /** A customer's text as the pattern would be the customer's expression. */
    @Test
    void patternsAreWrittenOutAndBoundedInExpressionsToo() {
        for (String condition : List.of(
                "'x'.matches(message.text)",
                "message.text.matches(contact.name + '+')",
                "message.text.matches('((((a{30}){30}){30}){30}){30}')")) {
            Problems problems = new Problems();
            RuleBook.read(
                    RuleFiles.of(
                            Yaml.read(
                                            "rules.yaml",
                                            "rules:\n  - {name: a, if: \"" + condition + "\", tags: [x]}\n",
                                            problems)
                                    .orElse(null),
                            null,
                            null),
                    Set.of(),
                    Set.of(),
                    problems);
            assertThat(problems.hasErrors()).as(condition).isTrue();
        }
    }
}
