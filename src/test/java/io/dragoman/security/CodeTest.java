// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checklist 6, 12, 17 and 19: what the sources and the routes must not contain at all; of classes: {@link CodeRules}. */
final class CodeTest {
    /** Patterns of the YAML DSL that let a message choose where it goes or what is run. */
    private static final Pattern DYNAMIC = Pattern.compile(
            "(?i)\\b(toD|recipientList|dynamicRouter|routingSlip|enrich|pollEnrich|wireTap|bean|beanProcessor|script|groovy"
                    + "|simple|mvel|ognl|spel|xpath|jsonpath|joor|java|method|tokenize|sendDynamic|seda"
                    + "|setHeaders?|convertHeaderTo|unmarshal|marshal|idempotentConsumer|loop|exec|rest|saga)\\s*:");

    @Test
    void shippedRoutesLetNoMessageChooseItsWay() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            List<Path> routes = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("templates.camel.yaml")) // those are operators' routes
                    .toList();
            assertThat(routes).hasSizeGreaterThanOrEqualTo(3);
            for (Path route : routes) {
                String text = Files.readString(route).replaceAll("(?m)\\s*#.*$", "");
                assertThat(DYNAMIC.matcher(text)
                                .results()
                                .map(found -> found.group())
                                .toList())
                        .as(route.toString())
                        .isEmpty();
                assertThat(text).doesNotContain("${").contains("noErrorHandler");
            }
        }
    }

    /** Expressions are the operator's; an address is never made of what a message says. */
    @Test
    void routeTemplatesLetNoMessageChooseItsWay() throws IOException {
        String text = Files.readString(Path.of("routes/templates.camel.yaml")).replaceAll("(?m)\\s*#.*$", "");
        assertThat(DYNAMIC.matcher(text).results().map(found -> found.group().strip()))
                .contains("simple:")
                .isSubsetOf("simple:", "marshal:", "unmarshal:");
        assertThat(text).doesNotContain("to: \"$", "to: $");
    }

    @Test
    void camelRunsWithTheProductionProfileAndWithoutJmx() throws IOException {
        String runtime = Files.readString(Path.of("src/main/java/io/dragoman/route/CamelRuntime.java"));
        assertThat(runtime)
                .contains("\"camel.main.profile\", \"prod\"", "setJmxEnabled(false)")
                .doesNotContain("setDevConsoleEnabled(true)", "profile\", \"dev\"");
        String pom = Files.readString(Path.of("pom.xml"));
        for (String artifact : List.of(
                "camel-console",
                "camel-platform-http",
                "camel-jolokia",
                "jolokia",
                "camel-debug",
                "camel-groovy",
                "camel-management",
                "camel-bean<",
                "camel-exec",
                "camel-mvel",
                "camel-ognl",
                "camel-spring")) {
            assertThat(pom).doesNotContain("<artifactId>" + artifact);
        }
    }

    @Test
    void launcherForbidsDeserialisation() throws IOException {
        assertThat(Files.readString(Path.of("dragoman"))).contains("'-Djdk.serialFilter=!*'");
    }

    /** A text with a word of SQL may be joined only with other texts, with constants, and with quoted names. */
    @Test
    void sqlIsNeverMadeOfValues() throws IOException {
        // possessive, so that a long text costs no depth of the stack
        Pattern literal = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");
        Pattern word = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|VALUES|ORDER BY|LIMIT|SET|JOIN)\\b");
        Pattern good = Pattern.compile("\"|[A-Z][A-Z0-9_]*\\b(?!\\s*[(.])|(quoted|placeholders)\\(");
        Map<String, List<String>> bad = new TreeMap<>();
        int literals = 0;
        for (Path file : sources()) {
            String code =
                    Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
            Matcher matcher = literal.matcher(code);
            while (matcher.find()) {
                if (!word.matcher(matcher.group()).find()) {
                    continue;
                }
                literals++;
                String after = code.substring(matcher.end()).stripLeading();
                String before = code.substring(0, matcher.start()).stripTrailing();
                boolean joined = after.startsWith("+")
                        && !good.matcher(after.substring(1).stripLeading()).lookingAt();
                boolean appended = before.endsWith("+")
                        && !before.substring(0, before.length() - 1)
                                .stripTrailing()
                                .matches("(?s).*(\"|\\b[A-Z][A-Z0-9_]*|\\b(quoted|placeholders)\\([a-z.()]*\\))");
                boolean formatted =
                        after.startsWith(".formatted") || before.endsWith("format(") || before.endsWith("append(");
                if (joined || appended || formatted) {
                    bad.computeIfAbsent(String.valueOf(file.getFileName()), any -> new ArrayList<>())
                            .add(matcher.group());
                }
            }
        }
        System.out.println("texts with SQL looked at: " + literals);
        assertThat(literals).isGreaterThan(60);
        assertThat(bad).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/dragoman/store"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
