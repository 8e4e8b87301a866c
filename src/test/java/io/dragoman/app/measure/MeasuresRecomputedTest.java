// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.app.measure.MeasureQueries.MeasureReport;
import io.dragoman.app.measure.MeasureQueries.Question;
import io.dragoman.app.report.Period;
import io.dragoman.connector.OpeningHours;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.CloseConversation;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.action.SetTeam;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.hours.Hours;
import io.dragoman.store.Surveys.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measures of what a real gateway stored are those that docs/examples/measures/measures.py, which shares no code, gets. */
final class MeasuresRecomputedTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Hours HOURS = new Hours(
            BERLIN,
            Map.of(
                    DayOfWeek.MONDAY, List.of(new Hours.Span(540, 750), new Hours.Span(810, 1080)),
                    DayOfWeek.WEDNESDAY, List.of(new Hours.Span(540, 1080)),
                    DayOfWeek.FRIDAY, List.of(new Hours.Span(1320, 1500))),
            Map.of(),
            Map.of());
    private static final String WEEK = "{\"0\":[[540,750],[810,1080]],\"2\":[[540,1080]],\"4\":[[1320,1500]]}";
    private static final OpeningHours OPENING =
            (name, at) -> name.equals("default") ? Optional.of(state(at)) : Optional.empty();
    private static final int STEPS = 220;

    private final Random random = new Random(15);
    private final List<String> conversations = new ArrayList<>();
    private int keys;
    private int asked;

    private static OpeningHours.State state(Instant at) {
        boolean open = HOURS.isOpen(at);
        return new OpeningHours.State(open, (open ? HOURS.nextClose(at) : HOURS.nextOpen(at)).orElse(null));
    }

    @Test
    void measuresShouldBeThoseOfTheScript(@TempDir Path data) throws Exception {
        needsPython();
        try (TestGateway test =
                new TestGateway(data, MeasuresRecomputedTest::rules, new TestChannel(), new TestDesk(), s -> s)) {
            Instant begin = test.clock.instant().truncatedTo(ChronoUnit.MILLIS);
            for (int i = 0; i < STEPS; i++) {
                step(test);
                test.clock.move(Duration.ofMinutes(5 + random.nextInt(random.nextInt(4) == 0 ? 3_000 : 200)));
            }
            Instant now = test.clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Duration whole = Duration.between(begin, now);
            Period late = new Period(
                    begin.plus(whole.dividedBy(3)),
                    begin.plus(whole.dividedBy(10).multipliedBy(9)));
            compare(test, data, new Period(begin, now), null, now);
            compare(test, data, new Period(Instant.EPOCH, begin), Grouping.CHANNEL, now);
            for (Grouping by : Grouping.values()) {
                compare(test, data, late, by, now);
            }
            MeasureLine total = measure(test, new Question(late, null, BERLIN, "default", 14), now)
                    .total();
            // none of them may be there only as nothing
            assertThat(total.firstContact().of()).isPositive();
            assertThat(total.firstContact().part())
                    .isPositive()
                    .isLessThan(total.firstContact().of());
            assertThat(total.reopened().part()).isPositive();
            assertThat(total.repeat().part()).isPositive();
            assertThat(total.deflected().part()).isPositive();
            assertThat(total.byUs()).isPositive();
            assertThat(total.churn()).isNotNull();
            for (SurveyScore score : List.of(total.csat(), total.nps(), total.ces())) {
                assertThat(score.score()).isNotNull();
                assertThat(score.low()).isLessThan(score.score());
                assertThat(score.answered().part()).isLessThan(score.answered().of());
            }
            assertThat(total.firstResponseOpen()).isNotNull().isNotEqualTo(total.firstResponse());
        }
    }

    private static Decision rules(Situation situation) {
        String text = ((Part.Text) situation.event().parts().get(0)).text();
        List<Action> actions = new ArrayList<>();
        if (text.contains("team")) {
            actions.add(new SetTeam("billing"));
        }
        if (text.contains("faq")) {
            actions.add(new SendReply("FAQ", "faq", "en", "It is in the FAQ.", null));
        }
        if (text.contains("bye")) {
            actions.add(new CloseConversation());
        }
        return new Decision(actions, List.of());
    }

    private void step(TestGateway test) {
        int what = random.nextInt(10);
        if (what < 5 || conversations.isEmpty()) {
            writes(test);
        } else {
            String conversation = conversations.get(random.nextInt(conversations.size()));
            switch (what) {
                case 5, 6 -> acts(test, conversation, "messages", "{\"text\":\"on our way\"}");
                case 7, 8 -> acts(test, conversation, "close", null);
                default -> first(test);
            }
        }
        TestGateway.await("quiet", () -> quiet(test));
        if (!conversations.isEmpty()) {
            asks(test, conversations.get(random.nextInt(conversations.size())));
        }
    }

    /** A survey, of which some reach nobody, and some are not answered. */
    private void asks(TestGateway test, String conversation) {
        String kind = List.of("csat", "nps", "ces", "own").get(asked % 4);
        String id = "s" + ++keys;
        Instant at = test.clock.instant();
        Sent survey = new Sent(
                id,
                kind,
                kind,
                "1",
                "0-10",
                conversation,
                "k",
                "shop",
                "en",
                null,
                "m" + id,
                1,
                at,
                null,
                null,
                null,
                null);
        int what = asked++ / 4 % 10;
        test.gateway.store().writeAndWait(tx -> {
            tx.surveys().insert(survey);
            if (what < 7) {
                tx.surveys().answered(id, (what + keys) % (kind.equals("nps") ? 11 : 5) + 1, null, at.toEpochMilli());
            } else if (what < 9) {
                tx.surveys().delivered("m" + id, at.toEpochMilli());
            }
            return true;
        });
    }

    private void writes(TestGateway test) {
        String who = "c" + random.nextInt(12);
        String text =
                List.of("hello", "faq", "team please", "faq bye", "team bye").get(random.nextInt(5));
        String language = List.of("de", "ka", "en").get(who.length() % 3);
        String event = """
                [{"type":"message.received","key":"k%1$d","at":"%2$s","sender":{"address":"%3$s","language":"%5$s",
                "identities":[{"type":"test","value":"%3$s","verified":true}]},"externalId":"x%1$d",
                "parts":[{"type":"text","text":"%4$s"}],"threading":{"references":[]}}]""".formatted(++keys, test.clock.instant(), who, text, language);
        assertThat(test.post(event)).isEqualTo(200);
        TestGateway.await("the message", () -> quiet(test));
        remember(test);
    }

    private void remember(TestGateway test) {
        test.gateway.store().read(tx -> tx.conversations().inOrder("", 1_000)).stream()
                .map(one -> one.conversation().id())
                .filter(id -> !conversations.contains(id))
                .forEach(conversations::add);
    }

    private void first(TestGateway test) {
        String body = "{\"channel\":\"shop\",\"to\":\"n%d\",\"text\":\"your parcel is here\"}".formatted(++keys);
        test.admin("POST", "/api/v1/conversations", body, "Idempotency-Key", "f" + keys);
        TestGateway.await("the first message", () -> quiet(test));
        remember(test);
    }

    private void acts(TestGateway test, String conversation, String what, @Nullable String body) {
        test.admin("POST", "/api/v1/conversations/" + conversation + "/" + what, body, "Idempotency-Key", "a" + ++keys);
    }

    private static boolean quiet(TestGateway test) {
        return test.gateway
                .store()
                .read(tx -> tx.events().counts().stream()
                                .noneMatch(one -> one.state().name().equals("NEW"))
                        && tx.deliveries().counts().stream().noneMatch(one -> List.of("READY", "SENDING")
                                .contains(one.state().name())));
    }

    private void compare(TestGateway test, Path data, Period period, @Nullable Grouping by, Instant now)
            throws IOException {
        MeasureReport report = measure(test, new Question(period, by, BERLIN, "default", 14), now);
        assertThat(report.complete()).isTrue();
        JsonNode ours = Json.tree(Json.write(report).getBytes(StandardCharsets.UTF_8));
        JsonNode theirs = recomputed(data, period, by, now);
        same("the total of " + period, ours.path("total"), theirs.path("total"));
        if (by != null) {
            same(by + " of " + period, ours.path("lines"), theirs.path("lines"));
        }
    }

    /** But for the last digits, in which two ways to compute may differ. */
    private static void same(String what, JsonNode ours, JsonNode theirs) {
        Comparator<JsonNode> nearly = (one, other) -> one.equals(other)
                        || (one.isNumber()
                                && other.isNumber()
                                && Math.abs(one.doubleValue() - other.doubleValue()) < 1e-6)
                ? 0
                : 1;
        assertThat(ours.equals(nearly, theirs))
                .as("%s: %s, and by the script %s", what, ours.toPrettyString(), theirs.toPrettyString())
                .isTrue();
    }

    private static MeasureReport measure(TestGateway test, Question question, Instant now) {
        return new MeasureQueries(test.gateway.store()).measure(question, OPENING, now);
    }

    private static JsonNode recomputed(Path data, Period period, @Nullable Grouping by, Instant now)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                Path.of("docs/examples/measures/measures.py").toAbsolutePath().toString(),
                data.resolve("dragoman.db").toString(),
                Long.toString(period.since().toEpochMilli()),
                Long.toString(period.until().toEpochMilli()),
                Long.toString(now.toEpochMilli()),
                "--zone",
                BERLIN.getId(),
                "--contact-days",
                "14",
                "--week",
                WEEK));
        if (by != null) {
            command.addAll(List.of("--by", by.name().toLowerCase(Locale.ROOT)));
        }
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Json.tree(python.getInputStream().readAllBytes());
    }

    private static void needsPython() throws IOException, InterruptedException {
        boolean there =
                new ProcessBuilder("sh", "-c", "python3 -c 'import zoneinfo; zoneinfo.ZoneInfo(\"Europe/Berlin\")'")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        if (!there) {
            System.err.println("SKIPPED: no python3 with time zones, so the measures are not recomputed");
        }
        Assumptions.assumeTrue(there, "python3 with time zones is not installed");
    }
}
