// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dragoman.config.Configuration;
import io.dragoman.config.Connectors;
import io.dragoman.connector.Secret;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.facts.Situation;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operator writes: mistakes there are told, with their place, and never thrown. */
final class RuleTargets {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> FILES = List.of("gateway", "channels", "desks", "rules", "replies", "hours");
    private static final Path HOME = home();

    static final Map<String, Target> ALL = Map.of(
            "yaml", RuleTargets::yaml,
            "config", RuleTargets::config,
            "rules", input -> decide(new String(input, UTF_8), "", ""),
            "hours", input -> decide("", "", new String(input, UTF_8)),
            "cel", input -> decide("rules:\n  - {name: it, if: " + quoted(input) + ", tags: [x]}\n", "", ""),
            "regex", input -> decide("rules:\n  - {name: it, when: {text: " + quoted("/", input, "/") + "}}\n", "", ""),
            "words", input -> message(new String(input, UTF_8)),
            "liquid", RuleTargets::liquid);

    private RuleTargets() {}

    private static Path home() {
        try {
            Path home = Files.createTempDirectory("dragoman-fuzz");
            home.toFile().deleteOnExit();
            Files.createDirectories(home.resolve("config"));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(byte[] input) {
        return quoted("", input, "");
    }

    private static String quoted(String before, byte[] input, String after) {
        return Json.write(before + new String(input, UTF_8) + after);
    }

    private static void yaml(byte[] input) {
        Problems problems = new Problems();
        Yaml.read("config/rules.yaml", new String(input, UTF_8), problems);
        check(problems.all());
    }

    /** The first byte chooses the file; the others are the smallest that work. */
    private static void config(byte[] input) throws IOException {
        int chosen = input.length == 0 ? 0 : (input[0] & 0xff) % FILES.size();
        for (int i = 0; i < FILES.size(); i++) {
            Path file = HOME.resolve("config/" + FILES.get(i) + ".yaml");
            if (i == chosen) {
                Files.write(file, java.util.Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
            } else if (FILES.get(i).equals("channels")) {
                Files.writeString(file, "channels: {}\n");
            } else {
                Files.deleteIfExists(file);
            }
        }
        check(Configuration.load(
                        HOME, Connectors.installed(), name -> "value of " + name, new Secret("k"), RuleBook::read)
                .problems());
    }

    private static void liquid(byte[] input) {
        decide("rules:\n  - {name: it, reply: r}\n", "replies:\n  r:\n    en: " + quoted(input) + "\n", "");
    }

    private static void decide(String rules, String replies, String hours) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        node("rules", rules, problems),
                        node("replies", replies, problems),
                        node("hours", hours, problems)),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        check(problems.all());
        check(book.decide(situation("refund 😀 please, order 4711")));
    }

    /** What a customer writes meets rules of every kind. */
    private static void message(String text) {
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        node("rules", """
                        rules:
                          - {name: a, when: {text: {any: [refund, "/(a+)+$/", "/charge(d)? (twice|double)/", "ÝAGYŞ"]}}, tags: [a]}
                          - {name: b, if: 'message.text.matches("(x+x+)+y") || message.text.size() > 5', tags: [b]}
                          - {name: c, reply: r}
                        """, new Problems()),
                        node(
                                "replies",
                                "replies:\n  r:\n    en: \"{{ message.text | upcase }} {{ contact.name }}\"\n",
                                new Problems()),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                new Problems());
        check(book.decide(situation(text)));
    }

    private static void check(Decision decision) {
        Targets.expect(Json.bytes(decision).length < 1_000_000, "a decision is over a megabyte");
    }

    private static void check(List<Problem> problems) {
        for (Problem problem : problems) {
            Targets.expect(problem.line() >= 0 && problem.column() >= 0, "a problem is nowhere");
            Targets.expect(
                    problem.message().length() < 10_000,
                    "a problem of " + problem.message().length());
        }
    }

    private static @Nullable Node node(String name, String content, Problems problems) {
        return Yaml.read("config/" + name + ".yaml", content, problems).orElse(null);
    }

    private static Situation situation(String text) {
        List<Identity> identities = List.of(new Identity("phone", "+4917000", true));
        CustomerEvent.MessageReceived event = new CustomerEvent.MessageReceived(
                "key",
                NOW,
                new CustomerEvent.Sender("4917000", identities, text, "en"),
                "external",
                List.of(new Part.Text(text)),
                null,
                new CustomerEvent.Threading(null, null, List.of(), text),
                null,
                null,
                null);
        Conversation conversation = new ConversationBuilder(
                        "conversation", "shop", "whatsapp", "contact", "4917000", NOW)
                .subject(text)
                .language("en")
                .desk("desk")
                .build();
        Contact contact = new Contact("contact", text, null, identities, List.of());
        return new Situation(event, conversation, contact, true, Situation.Tally.NONE, NOW);
    }
}
