// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helpdesk is asked in time, from where it was left, and what it refuses is told. */
final class HttpDeskPollTest {
    private static final String PROFILE = """
            name: Acme
            side: desk
            description: Tickets in Acme.
            settings:
              baseUrl: {type: url, about: "Where Acme's API is.", required: true}
            receive:
              reply: {id: id, reference: ticket, text: text}
              poll:
                path: /changed
                query: "cursor ? {'cursor': $first(page, cursor)} : {'since': since, 'page': page}"
                items: notes
                next: next
                cursor: cursor
                overlap: 30s
            send:
              append: {path: /notes, json: "{'text': body}"}
            """;

    @TempDir
    private Path home;

    private final List<String> asked = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Set<String> taken = new TreeSet<>();
    private final List<Duration> rests = new ArrayList<>();
    private Duration each = Duration.ZERO;
    private Instant now = Instant.parse("2026-11-21T10:00:30Z");
    private boolean starting = true;
    private Polled desk;

    private record Answer(int status, String body) {}

    /** A helpdesk whose clock is ten seconds behind. */
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Response http(HttpCall call) throws TransportFailure {
            asked.add(call.uri().getQuery());
            now = now.plus(each);
            Answer answer = answers.remove();
            if (answer.status() == 0) {
                throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "it did not answer in time");
            }
            return new Response(
                    answer.status(),
                    Map.of("date", "Sat, 21 Nov 2026 10:00:20 GMT", "retry-after", "7"),
                    answer.body().getBytes(StandardCharsets.UTF_8));
        }
    };

    @BeforeEach
    void start() throws Exception {
        desk = (Polled) new HttpDesk().profile(Files.writeString(home.resolve("acme.yaml"), PROFILE));
    }

    @Test
    void nextPollShouldGoOnWhereTheLastBeganByItsOwnClock() throws Exception {
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 1, \"ticket\": 81, \"text\": \"a\"}], \"next\": \"c-2\"}"));
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 2, \"ticket\": 81, \"text\": \"b\"}]}"));
        Batch first = poll("");
        starting = false;
        Batch second = poll(first.position());
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).hasSize(1);
        assertThat(rests).as("a list is read to its end at once").isEmpty();
        Batch waits = poll(second.position());
        assertThat(rests).containsExactly(Duration.ofMinutes(1));
        assertThat(waits.position()).isEqualTo(second.position());
        now = now.plusSeconds(60);
        taken.add("2");
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 2, \"ticket\": 81, \"text\": \"b\"}]}"));
        assertThat(poll(second.position()).requests())
                .as("what was taken before")
                .isEmpty();
        assertThat(asked)
                .containsExactly(
                        "since=2026-11-21T09:00:30Z",
                        "since=2026-11-21T09:00:30Z&page=c-2",
                        "since=2026-11-21T09:59:50Z");
    }

    @Test
    void nextPollShouldGoOnAtTheCursorThatWasGiven() throws Exception {
        answers.add(new Answer(200, "{\"notes\": [], \"cursor\": \"k-1\", \"next\": \"k-1\"}"));
        answers.add(new Answer(200, "{\"notes\": [], \"cursor\": \"k-2\"}"));
        answers.add(new Answer(200, "{\"notes\": []}"));
        answers.add(new Answer(200, "{\"notes\": [], \"cursor\": \"k-3\"}"));
        String position = "";
        for (int n = 0; n < 4; n++) {
            position = poll(position).position();
        }
        assertThat(asked).containsExactly("since=2026-11-21T09:00:30Z", "cursor=k-1", "cursor=k-2", "cursor=k-2");
    }

    @Test
    void whatFailsShouldLeaveTheListWhereItIs() throws Exception {
        answers.add(new Answer(200, "{\"notes\": [], \"next\": \"c-2\"}"));
        String position = poll("").position();
        answers.add(new Answer(500, "{\"notes\": []}"));
        assertThat(catchThrowableOfType(TransportFailure.class, () -> poll(position))
                        .isLoginRefused())
                .isFalse();
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 1, \"ticket\": 81, \"text\": \"a\"}]}"));
        assertThat(poll(position).requests()).hasSize(1);
        assertThat(asked.get(2)).isEqualTo(asked.get(1)).contains("page=c-2");
    }

    @Test
    void tooManyRequestsShouldBeWaitedOut() throws Exception {
        answers.add(new Answer(429, ""));
        answers.add(new Answer(200, "{\"notes\": []}"));
        assertThat(poll("").requests()).isEmpty();
        assertThat(rests).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void refusedCredentialsShouldBeALogin() {
        for (int status : List.of(401, 403)) {
            answers.add(new Answer(status, ""));
            TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> poll(""));
            assertThat(failure.isLoginRefused()).isTrue();
            assertThat(failure.detail()).isEqualTo("Acme answered a poll with " + status);
        }
    }

    @Test
    void whatIsNoListShouldLoseNothing() {
        answers.add(new Answer(200, "<html>"));
        assertThat(catchThrowableOfType(TransportFailure.class, () -> poll("")).detail())
                .isEqualTo("Acme answered a poll with something that is no list");
    }

    @Test
    void whatCannotBeAskedForShouldKeepBackNothingElse() throws Exception {
        desk = withDetails();
        String list = "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 82}]}";
        answers.add(new Answer(200, list));
        answers.add(new Answer(500, "{\"error\": 1}"));
        answers.add(new Answer(200, "{\"text\": \"b\"}"));
        Batch first = poll("");
        assertThat(first.requests()).hasSize(1);
        assertThat(first.problem()).contains("Acme answered 500", "asked for again");
        taken.add("2");
        now = now.plusSeconds(60);
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        answers.add(new Answer(200, "{\"text\": \"b\"}"));
        Batch second = poll(first.position());
        assertThat(second.requests()).as("what is asked for again").hasSize(1);
        assertThat(second.problem()).isNull();
        now = now.plusSeconds(60);
        answers.add(new Answer(200, "{\"notes\": []}"));
        poll(second.position());
        assertThat(asked)
                .containsExactly(
                        "since=2026-11-21T09:00:30Z",
                        null,
                        null,
                        "since=2026-11-21T09:00:30Z",
                        null,
                        null,
                        "since=2026-11-21T09:59:50Z");
    }

    @Test
    void detailsThatAreNotAnsweredShouldKeepBackNothingElse() throws Exception {
        desk = withDetails();
        answers.add(new Answer(
                200,
                "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 82}, "
                        + "{\"id\": 3, \"ticket\": 83}], \"next\": \"c-2\"}"));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        answers.add(new Answer(0, ""));
        answers.add(new Answer(200, "{\"text\": \"c\"}"));
        Batch first = poll("");
        assertThat(first.requests()).hasSize(2);
        assertThat(first.problem()).contains("answered nothing", "it did not answer in time", "asked for again");
        answers.add(new Answer(200, "{\"notes\": []}"));
        poll(first.position());
        assertThat(asked.get(4)).as("the list goes on").contains("page=c-2");
    }

    @Test
    void helpdeskThatAnswersNoMoreShouldBeAskedForTheSamePageAgain() throws Exception {
        desk = withDetails();
        String list = "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2}, {\"id\": 3}, {\"id\": 4}, {\"id\": 5}], "
                + "\"next\": \"c-2\"}";
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        answers.addAll(List.of(new Answer(0, ""), new Answer(0, ""), new Answer(0, "")));
        Batch batch = poll("");
        assertThat(batch.requests()).as("what it said before").hasSize(1);
        assertThat(batch.problem()).contains("answered nothing");
        assertThat(rests).as("what is new is handed on at once").isEmpty();
        taken.add("1");
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        answers.addAll(List.of(new Answer(0, ""), new Answer(0, ""), new Answer(0, "")));
        assertThat(poll(batch.position()).position()).isEqualTo(batch.position());
        assertThat(rests).as("it is not asked without a pause").containsExactly(Duration.ofSeconds(10));
        answers.add(new Answer(200, list));
        answers.add(new Answer(0, ""));
        assertThat(catchThrowableOfType(TransportFailure.class, () -> poll(batch.position()))
                        .reason())
                .as("of nothing that it says it is down")
                .isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(asked.get(5)).isEqualTo(asked.get(0)).isEqualTo(asked.get(10));
    }

    @Test
    void detailsThatStayShouldNotBeAskedForAgainOnceTheyAreTaken() throws Exception {
        desk = withDetailsThatStay();
        String list = "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 81}, "
                + "{\"id\": 3, \"ticket\": 81, \"text\": \"c\"}]}";
        String position = "";
        List<Integer> sizes = new ArrayList<>();
        List<Integer> calls = new ArrayList<>();
        for (int minute = 0; minute < 4; minute++) {
            answers.clear();
            asked.clear();
            answers.addAll(List.of(
                    new Answer(200, list), new Answer(200, "{\"text\": \"a\"}"), new Answer(200, "{\"text\": \"b\"}")));
            Batch batch = poll(position);
            sizes.add(batch.requests().size());
            calls.add(asked.size());
            if (minute > 0) { // the first batch could not be stored
                position = batch.position();
                taken.addAll(Set.of("1", "2", "3"));
            }
            now = now.plusSeconds(60);
        }
        assertThat(sizes).as("what is new").containsExactly(3, 3, 0, 0);
        assertThat(calls).as("what is asked").containsExactly(3, 3, 1, 1);
    }

    @Test
    void whatIsToldShouldNotWaitForAllThatASlowHelpdeskHasToTell() throws Exception {
        desk = withDetailsThatStay();
        each = Duration.ofSeconds(6);
        String list =
                "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 81}, {\"id\": 4, \"ticket\": 81}]}";
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        Batch first = poll("");
        assertThat(first.requests()).as("what was told so far").hasSize(1);
        taken.add("1");
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"b\"}"));
        Batch second = poll(first.position());
        assertThat(second.requests()).as("the first is not asked for again").hasSize(1);
        taken.add("2");
        answers.add(new Answer(200, list));
        answers.add(new Answer(200, "{\"text\": \"c\"}"));
        Batch third = poll(second.position());
        assertThat(third.requests()).hasSize(1);
        assertThat(third.position()).as("the end of the list").doesNotContain("part");
        assertThat(rests).as("there is more to ask for").isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void partThatCouldNotBeStoredShouldBeAskedForAgain() throws Exception {
        desk = withDetailsThatStay();
        each = Duration.ofSeconds(6);
        String list = "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 81}]}";
        for (int time = 0; time < 2; time++) {
            answers.add(new Answer(200, list));
            answers.add(new Answer(200, "{\"text\": \"a\"}"));
            assertThat(poll("").requests()).singleElement().satisfies(one -> assertThat(
                            new String(one.body(), StandardCharsets.UTF_8))
                    .contains("\"id\":1"));
        }
    }

    private Polled withDetailsThatStay() throws Exception {
        return (Polled) new HttpDesk()
                .profile(Files.writeString(
                        home.resolve("acme.yaml"),
                        PROFILE.replace(
                                        "    cursor: cursor\n",
                                        "    detail: {path: \"/notes/{item.id}\", once: true, when: item.id != 3}\n")
                                .replace("text: text", "text: \"$first(detail.text, text)\"")));
    }

    private Polled withDetails() throws Exception {
        return (Polled) new HttpDesk()
                .profile(Files.writeString(
                        home.resolve("acme.yaml"),
                        PROFILE.replace("    cursor: cursor\n", "    detail: {path: \"/notes/{item.id}\"}\n")
                                .replace("text: text", "text: detail.text")));
    }

    @Test
    void pageForPeopleInPlaceOfDetailsShouldLoseNothing() throws Exception {
        desk = withDetails();
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 1, \"ticket\": 81}]}"));
        answers.add(new Answer(200, "<html>Back soon"));
        Batch batch = poll("");
        assertThat(batch.requests()).isEmpty();
        assertThat(batch.problem()).contains("Acme answered 200 with something that cannot be read", "asked for again");
    }

    @Test
    void moreShouldBeAskedOfWhatItIsFor() throws Exception {
        desk = (Polled) new HttpDesk()
                .profile(Files.writeString(
                        home.resolve("acme.yaml"),
                        PROFILE.replace(
                                        "    cursor: cursor\n",
                                        "    detail: {path: \"/notes/{item.id}\"}\n"
                                                + "    more: {when: item.detail.file, path: /files, query: \"{'of': item.detail.file}\"}\n")
                                .replace("text: text", "text: detail.text & more.name")));
        answers.add(new Answer(200, "{\"notes\": [{\"id\": 1, \"ticket\": 81}, {\"id\": 2, \"ticket\": 81}]}"));
        answers.add(new Answer(200, "{\"text\": \"a\"}"));
        answers.add(new Answer(200, "{\"text\": \"b\", \"file\": \"f-2\"}"));
        answers.add(new Answer(200, "{\"name\": \" and a slip\"}"));
        List<Request> taken = poll("").requests();
        assertThat(taken.stream().map(one -> new String(one.body(), StandardCharsets.UTF_8)))
                .satisfiesExactly(one -> assertThat(one).doesNotContain("slip"), one -> assertThat(one)
                        .contains("and a slip"));
        assertThat(asked).containsExactly("since=2026-11-21T09:00:30Z", null, null, "of=f-2");
    }

    @Test
    void answerThatIsNotAcceptedShouldLeaveTheListWhereItIs() throws Exception {
        desk = (Polled) new HttpDesk()
                .profile(Files.writeString(
                        home.resolve("acme.yaml"),
                        PROFILE.replace(
                                "    cursor: cursor\n",
                                "    answer: {accepted: \"$not($exists(results[status >= 300]))\"}\n")));
        answers.add(new Answer(200, "{\"notes\": [], \"results\": [{\"status\": 200}, {\"status\": 503}]}"));
        assertThat(catchThrowableOfType(TransportFailure.class, () -> poll("")).detail())
                .isEqualTo("Acme answered a poll with an error in its body");
        answers.add(new Answer(200, "{\"notes\": [], \"results\": [{\"status\": 200}]}"));
        assertThat(poll("").problem()).isNull();
    }

    @Test
    void whatCanNeverBeAskedForShouldBeGivenUpAfterADay() throws Exception {
        desk = (Polled) new HttpDesk()
                .profile(Files.writeString(
                        home.resolve("acme.yaml"),
                        PROFILE.replace("    cursor: cursor\n", "    detail: {path: \"/notes/{item.id}\"}\n")));
        String position = "";
        for (int day = 0; day < 3; day++) {
            answers.add(new Answer(200, "{\"notes\": [{\"id\": 1, \"ticket\": 81}]}"));
            answers.add(new Answer(500, "{}"));
            position = poll(position).position();
            now = now.plusSeconds(86_401);
        }
        assertThat(asked.get(2)).isEqualTo(asked.get(0));
        assertThat(asked.get(4)).isEqualTo("since=2026-11-21T09:59:50Z");
    }

    @Test
    void helpdeskThatTellsOfNothingShouldBeDown() {
        String many = "[{\"id\": 1}, {\"id\": 2}, {\"id\": 3}, {\"id\": 4}, {\"id\": 5}, {\"id\": 6}]";
        answers.add(new Answer(200, "{\"notes\": " + many + "}"));
        for (int n = 0; n < 5; n++) {
            answers.add(new Answer(503, ""));
        }
        assertThat(catchThrowableOfType(TransportFailure.class, () -> {
                            desk = (Polled) new HttpDesk()
                                    .profile(Files.writeString(
                                            home.resolve("acme.yaml"),
                                            PROFILE.replace(
                                                    "    cursor: cursor\n",
                                                    "    detail: {path: \"/notes/{item.id}\"}\n")));
                            poll("");
                        })
                        .detail())
                .isEqualTo("Acme answered a poll with 503");
    }

    private Batch poll(String position) throws TransportFailure {
        Account.Installation here =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
        Map<String, Object> values = Map.of(
                "baseUrl",
                URI.create("https://acme.example"),
                "pollEvery",
                Duration.ofMinutes(1),
                "pollBack",
                Duration.ofHours(1));
        return desk.poll(
                new Account(Side.DESK, "help", "http", values, false, here), position, transport, new Context());
    }

    private final class Context implements PollContext {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Clock clock() {
            return Clock.fixed(now, ZoneOffset.UTC);
        }

        @Override
        public boolean stopping() {
            return false;
        }

        @Override
        public boolean starting() {
            return starting;
        }

        @Override
        public boolean taken(String key) {
            return taken.contains(key);
        }

        @Override
        public void rest(Duration wanted) {
            rests.add(wanted);
        }

        @Override
        public AutoCloseable onStop(Runnable release) {
            return () -> {};
        }
    }
}
