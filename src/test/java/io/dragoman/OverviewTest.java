// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview, contacts, their timelines and raw bytes, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OverviewTest {
    private static final String API = "/api/v1/";

    private TestGateway test;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
        for (String from : List.of("ana", "bea", "cleo")) {
            receive(from, "hello from " + from);
        }
        receive("ana", "again");
        test.channel.outcomes.add(new Outcome.Sent("out-1"));
        act(conversation("ana"), "messages", "{\"text\":\"we are on it\"}", "r1");
        TestGateway.await("the answer", () -> !test.channel.sent.isEmpty());
    }

    @AfterAll
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour", "day", "week"})
    void seriesShouldAddUp(String period) {
        // what is counted is a few seconds old, so the first that is whole is waited for
        TestGateway.await("all of it", () -> {
            JsonNode series = test.admin(API + "overview?period=" + period).path("series");
            return sum(line(series, "channels", "shop").path("in")) == 4
                    && sum(line(series, "channels", "shop").path("out")) == 1
                    && sum(line(series, "desks", "desk").path("out")) == 4
                    && sum(line(series, "desks", "desk").path("in")) == 1;
        });
        JsonNode series = test.admin(API + "overview?period=" + period).path("series");
        int slots = line(series, "channels", "shop").path("in").size();
        long seconds = series.path("step").asLong() * slots;
        assertThat(seconds).isEqualTo(period.equals("hour") ? 3600 : period.equals("day") ? 24 * 3600 : 7 * 24 * 3600);
    }

    @Test
    void needsShouldComeAndGoWithTheirCause() {
        test.admin("POST", API + "pause", "{\"id\":\"desk\",\"reason\":\"night\"}");
        JsonNode need = need("paused");
        assertThat(need.path("target").asText()).isEqualTo("desk");
        assertThat(need.path("text").asText()).startsWith("desk is paused: night");
        assertThat(need.at("/action/path").asText()).isEqualTo("/api/v1/resume");
        HttpResponse<String> mended = test.admin(
                "POST",
                need.at("/action/path").asText(),
                need.at("/action/body").toString());
        assertThat(mended.statusCode()).isEqualTo(200);
        assertThat(need("paused")).isNull();
        assertThat(test.admin("GET", API + "overview?period=year", null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void contactsShouldBeListedAndFound() {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(API + "contacts?limit=2" + next);
            page.path("contacts")
                    .forEach(one -> seen.add(one.at("/identities/0/value").asText()));
            next = page.has("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        assertThat(seen).containsExactlyInAnyOrder("ana", "bea", "cleo");
        JsonNode found = test.admin(API + "contacts?q=BE").path("contacts");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/identities/0/value").asText()).isEqualTo("bea");
        assertThat(found.at("/0/lastAt").asText()).endsWith("Z");
        assertThat(test.admin(API + "contacts?q=%25").path("contacts")).isEmpty();
    }

    @Test
    void timelineShouldLeaveNothingOut() {
        String id = conversation("cleo");
        act(id, "note", "{\"text\":\"called\"}", "t1");
        act(id, "close", null, "t2");
        JsonNode shown = test.admin(API + "conversations/" + id);
        String contact = shown.at("/contact/id").asText();
        TestGateway.await("the end", () -> timeline(contact, 50).toString().contains("closed"));
        List<String> all = timeline(contact, 50);
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "message in hello from cleo",
                        "message note called",
                        "conversation started",
                        "conversation closed");
        assertThat(timeline(contact, 1)).containsExactlyElementsOf(all);
        List<String> work = timeline(contact, 50, "");
        assertThat(work).containsAll(all).contains("delivery notice");
        assertThat(timeline(contact, 1, "")).containsExactlyElementsOf(work);
        assertThat(test.admin("GET", API + "contacts/none/timeline", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void rawBytesShouldBeADownloadThatRunsNothing() {
        String message = test.admin(API + "conversations/" + conversation("bea") + "/messages")
                .at("/messages/0/id")
                .asText();
        HttpResponse<String> bytes = test.admin("GET", API + "raw/" + message, null);
        assertThat(bytes.body()).contains("hello from bea");
        assertThat(bytes.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(bytes.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(bytes.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        HttpResponse<String> text = test.admin("GET", API + "raw/" + message + "?view=text", null);
        assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(text.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(test.admin("GET", API + "raw/none", null).statusCode()).isEqualTo(404);
        assertThat(test.admin("GET", API + "raw/none?view=html", null).statusCode())
                .isEqualTo(400);
    }

    /** A receipt became no message: it is an event of its own, with the delivery that it caused. */
    @Test
    void timelineShouldTellWhatHappenedToAMessage() {
        String contact = test.admin(API + "conversations/" + conversation("ana"))
                .at("/contact/id")
                .asText();
        assertThat(test.post(
                        "[{\"type\":\"receipt\",\"key\":\"r1\",\"lane\":\"ana\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                + "\"externalId\":\"out-1\",\"status\":\"delivered\"}]"))
                .isEqualTo(200);
        TestGateway.await("the receipt", () -> timeline(contact, 50, "").contains("event receipt"));
        List<String> work = timeline(contact, 50, "");
        assertThat(work).contains("delivery message", "delivery notice");
        assertThat(timeline(contact, 1, "")).containsExactlyElementsOf(work);
        assertThat(timeline(contact, 50)).noneMatch(one -> one.startsWith("event") || one.startsWith("delivery"));
    }

    private List<String> timeline(String contact, int limit) {
        return timeline(contact, limit, "&work=false");
    }

    private List<String> timeline(String contact, int limit, String which) {
        List<String> entries = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(API + "contacts/" + contact + "/timeline?limit=" + limit + which + next);
            page.path("entries")
                    .forEach(one -> entries.add((one.path("kind").asText() + " "
                                    + (one.has("what")
                                            ? one.path("what").asText()
                                            : one.path("direction").asText() + " "
                                                    + one.path("text").asText()))
                            .strip()));
            next = page.has("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        return entries;
    }

    private JsonNode need(String code) {
        return StreamSupport.stream(test.admin(API + "overview").path("needs").spliterator(), false)
                .filter(one -> one.path("code").asText().equals(code))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode line(JsonNode series, String side, String id) {
        return StreamSupport.stream(series.path(side).spliterator(), false)
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElse(series.path("none"));
    }

    private static long sum(JsonNode counts) {
        return StreamSupport.stream(counts.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private void receive(String from, String text) {
        String id = from + text.length();
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"" + from + "\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        conversation(from);
    }

    private String conversation(String from) {
        TestGateway.await("the conversation", () -> find(from) != null);
        return find(from);
    }

    private String find(String from) {
        for (JsonNode one : test.admin(API + "conversations").path("conversations")) {
            if (one.path("address").asText().equals(from)) {
                return one.path("id").asText();
            }
        }
        return null;
    }

    private void act(String id, String act, String body, String key) {
        HttpResponse<String> response =
                test.admin("POST", API + "conversations/" + id + "/" + act, body, "Idempotency-Key", key);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }
}
