// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.FreePort;
import io.dragoman.connector.Side;
import io.dragoman.model.Json;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.facebook.FacebookSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers to comments below a Facebook post are approved while the gateway is killed: around the request, between the decision
 * and the sending, and while it is sent. Each is published once, however often it is approved. One
 * that a killed process had perhaps published is not published again by itself, for Facebook cannot be asked: it is uncertain.
 */
final class ApprovalKillTest {
    private static final String TOKEN = "token-of-the-operator";
    private static final long SEED = Long.getLong("dragoman.approvals.seed", System.nanoTime());
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> PLACES = List.of("clock.Commit.process:1", "send.before:1", "send.after:1");
    private static final int AT_RANDOM = 1;
    private static final int COMMENTS = PLACES.size() + AT_RANDOM + 1;

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final URI url = URI.create("http://127.0.0.1:" + port);

    @Test
    void eachApprovedAnswerShouldBePublishedOnceThroughKills() throws Exception {
        Archive.made().train();
        try (FacebookSimulator facebook = new FacebookSimulator(0)) {
            configure(facebook);
            List<String> answers = comments(facebook);
            int next = 0;
            for (; next < AT_RANDOM; next++) {
                killed(answers.get(next));
            }
            for (String place : PLACES) {
                halted(place, answers.get(next++));
            }
            try (VictimProcess last = VictimProcess.start(home)) {
                assertThat(last.awaitReady()).isTrue();
                for (String answer : answers) {
                    assertThat(approve(last, answer)).as("again, too").isTrue();
                }
                judge(facebook);
            }
        }
    }

    private void configure(FacebookSimulator facebook) throws IOException {
        write("gateway", """
                http: {host: 127.0.0.1, port: %d, publicUrl: "%s"}
                admin: {host: 127.0.0.1, port: 0, token: "%s"}
                store: {url: "sqlite:data/dragoman.db"}
                desk: inbox
                """.formatted(port, url, TOKEN));
        write("channels", "channels:\n" + YamlText.account("feed", "facebook", facebook.settings()));
        write("desks", "desks: {inbox: {kind: local}}\n");
        write("rules", "rules: [{name: Sorry, reply: sorry}]\n");
        write("replies", "replies: {sorry: 'Sorry, {{ contact.name }}'}\n");
    }

    /** Everybody has commented, and every answer waits. */
    private List<String> comments(FacebookSimulator facebook) throws Exception {
        try (VictimProcess first = VictimProcess.start(home)) {
            assertThat(first.awaitReady()).isTrue();
            for (int i = 0; i < COMMENTS; i++) {
                assertThat(facebook.customerWrites(url.resolve(Side.CHANNEL.path("feed")), "c" + i, "number " + i))
                        .isEqualTo(200);
            }
            await("the answers that wait", () -> waiting(first).size() == COMMENTS);
            assertThat(facebook.delivered()).isEmpty();
            return waiting(first);
        }
    }

    /** Somebody approves, and whether they hear of it or not the process ends then. */
    private void killed(String answer) throws Exception {
        try (VictimProcess victim = VictimProcess.start(home)) {
            assertThat(victim.awaitReady()).isTrue();
            Thread somebody = new Thread(() -> approve(victim, answer));
            somebody.start();
            victim.ends(random.nextInt(120));
            victim.kill();
            somebody.join();
        }
    }

    private void halted(String place, String answer) throws Exception {
        try (VictimProcess victim = VictimProcess.start(home, "-Dhalt=" + place)) {
            if (victim.awaitReady()) {
                approve(victim, answer);
            }
            assertThat(victim.ends(LONGEST.toMillis())).as(place).isTrue();
            assertThat(victim.exitValue()).as(place).isEqualTo(9);
        }
    }

    private void judge(FacebookSimulator facebook) throws Exception {
        try (StoreFacts facts = StoreFacts.open(StoreFacts.sqlite(home.resolve("data/dragoman.db")))) {
            await("everything to be done", () -> facts.open() == 0 && facts.number("SELECT count(*) FROM timer") == 0);
            List<String> published =
                    facebook.delivered().stream().map(Delivered::content).toList();
            List<String> uncertain =
                    facts.column("SELECT payload FROM delivery WHERE state='UNCERTAIN' AND kind='MESSAGE'");
            assertThat(published).as("seed %d", SEED).doesNotHaveDuplicates();
            int shown = 0;
            for (int i = 0; i < COMMENTS; i++) {
                String answer = "Sorry, Customer c" + i;
                shown += published.contains("[public] " + answer) ? 1 : 0;
                assertThat(published.contains("[public] " + answer)
                                || uncertain.stream().anyMatch(one -> one.contains(answer)))
                        .as("%s is published, or uncertain, seed %d", answer, SEED)
                        .isTrue();
            }
            assertThat(shown).isEqualTo(published.size()).isGreaterThanOrEqualTo(COMMENTS - AT_RANDOM - 1);
            assertThat(facts.number("SELECT count(*) FROM message WHERE lower(direction)='out'"))
                    .isEqualTo(COMMENTS);
            assertThat(facts.number("SELECT count(*) FROM delivery WHERE kind='MESSAGE'"))
                    .isEqualTo(COMMENTS);
            System.out.printf(
                    "approvals: seed %d, %d published, %d uncertain of %d%n",
                    SEED, published.size(), uncertain.size(), COMMENTS);
        }
    }

    private List<String> waiting(VictimProcess victim) throws IOException, InterruptedException {
        String body = http.send(
                        request(victim, "?state=waiting").GET().build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
        List<String> ids = new ArrayList<>();
        for (JsonNode one : Json.tree(body.getBytes(StandardCharsets.UTF_8)).path("approvals")) {
            ids.add(one.path("id").asText());
        }
        return ids;
    }

    /** Whether somebody was told that it is approved. */
    private boolean approve(VictimProcess victim, String answer) {
        try {
            HttpRequest request = request(victim, "/" + answer + "/approve")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it ended meanwhile
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static HttpRequest.Builder request(VictimProcess victim, String more) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + victim.adminPort() + "/api/v1/approvals" + more))
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN);
    }

    /** Something that comes true. */
    private interface Condition {
        boolean isMet() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.isMet()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("config/" + file + ".yaml");
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
