// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words in any script, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationSearchTest {
    private static final String LIST = "/api/v1/conversations";
    private static final Map<String, String> TEXTS = Map.of(
            "georgian", "სად არის ჩემი შეკვეთა ნომერი ათი",
            "thai", "สวัสดีครับสินค้าของฉันอยู่ที่ไหน",
            "chinese", "我想退货请问订单什么时候到",
            "japanese", "注文した商品がまだ届いていません",
            "arabic", "أين طلبي؟ لم تصل الرسالة بعد",
            "russian", "Где мой заказ? Возврат ещё не пришёл",
            "turkish", "İstanbul'da ısıtıcı siparişim nerede",
            "german", "Größe der Straßenschuhe falsch, bitte Rückgabe",
            "korean", "배송이 언제 도착하나요",
            "english", "Where is my order number 4711, sent to ana@example.com");

    private TestGateway test;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
        TEXTS.forEach((from, text) -> receive(test, from, text));
        TEXTS.keySet().forEach(from -> TestGateway.await(from, () -> found(from).contains(from)));
    }

    @AfterAll
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "შეკვეთა, georgian",
        "შეკვ, georgian",
        "ნომერი შეკვეთა, georgian",
        "ᲨᲔᲙᲕᲔᲗᲐ, georgian",
        "สินค้า, thai",
        "อยู่ที่ไหน, thai",
        "退货, chinese",
        "订单, chinese",
        "货, chinese",
        "商品, japanese",
        "届いて, japanese",
        "طلبي, arabic",
        "اين, arabic",
        "الرسا, arabic",
        "ВОЗВРАТ, russian",
        "заказ возв, russian",
        "istanbul, turkish",
        "ISITICI, turkish",
        "sipariş, turkish",
        "strassensch, german",
        "GRÖSSE, german",
        "ruckgabe, german",
        "배송, korean",
        "도착, korean",
        "order 4711, english",
        "ana@exam, english",
    })
    void wordsOfAnyScriptShouldBeFound(String words, String from) {
        assertThat(found(words)).containsExactly(from);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order 4712",
                "rder",
                "orde number",
                "货退",
                "ค้าสิน",
                "заказ istanbul",
                "' OR 1=1",
                "* ? ~ ^ \" ( ) [ ] { } : \\ /",
                "…",
            })
    void whatIsNotThereShouldNotBeFound(String words) {
        assertThat(found(words)).isEmpty();
    }

    @Test
    void aSearchShouldFindWhatTheListShows(@TempDir Path data) throws Exception {
        try (TestGateway other = new TestGateway(data)) {
            for (int i = 0; i < 3; i++) {
                String from = "late" + i;
                receive(other, from, "saffron " + i);
                TestGateway.await(from, () -> from(other, "channel=shop").contains(from));
                other.clock.move(Duration.ofSeconds(1));
                assertThat(found(other, "saffron " + i)).containsExactly(from);
            }
        }
    }

    @Test
    void changesThatAnotherGatewayDidNotKeepShouldBeFoundByAWalk(@TempDir Path data) throws Exception {
        try (TestGateway other = new TestGateway(data)) {
            receive(other, "ana", "turmeric");
            TestGateway.await("it", () -> found(other, "turmeric").size() == 1);
            other.clock.move(Duration.ofMinutes(2)); // nobody searches any more
            List.of("cardamom", "caraway", "saffron").forEach(spice -> receive(other, spice, spice));
            TestGateway.await("them", () -> from(other, "channel=shop").size() == 4);
            other.gateway.store().writeAndWait(tx -> {
                tx.changes().prune(1, 1_000);
                return true;
            });
            other.clock.move(Duration.ofSeconds(1));
            TestGateway.await(
                    "the first of them", () -> found(other, "cardamom").size() == 1);
        }
    }

    @Test
    void filtersShouldCountBesideTheWords() {
        assertThat(from(test, "q=order&channel=shop&status=open")).containsExactly("english");
        assertThat(from(test, "q=order&channel=other")).isEmpty();
        assertThat(from(test, "q=order&contact=english")).containsExactly("english");
        assertThat(from(test, "q=order&contact=thai")).isEmpty();
        assertThat(from(test, "q=order&since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(test.admin("GET", LIST + "?q=" + "x".repeat(201), null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void pagesShouldLeaveNothingOut() {
        for (int i = 0; i < 12; i++) {
            receive(test, "page" + i, "xylophone");
        }
        TestGateway.await("all", () -> found("xylophone").size() == 12);
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(LIST + "?q=xylo&limit=5" + next);
            assertThat(page.at("/search/complete").isBoolean()).isTrue();
            page.path("conversations")
                    .forEach(one -> seen.add(one.path("address").asText()));
            next = page.has("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void notesAndTagsShouldBeFound() {
        String path = LIST + "/" + id("korean");
        test.admin("POST", path + "/note", "{\"text\":\"zeppelin\"}", "Idempotency-Key", "n1");
        test.admin("POST", path + "/tags", "{\"add\":[\"urgent-thing\"]}", "Idempotency-Key", "n2");
        TestGateway.await("the note", () -> found("zeppelin").equals(List.of("korean")));
        TestGateway.await(
                "the tag", () -> from(test, "q=zeppelin&tag=urgent-thing").equals(List.of("korean")));
    }

    @Test
    void deletedTextShouldLeaveTheIndex() {
        receive(test, "del", "quicksilver");
        TestGateway.await("it", () -> found("quicksilver").size() == 1);
        test.gateway.store().writeAndWait(tx -> {
            String message = tx.messages()
                    .byExternalId("shop", "m-del-quicksilver")
                    .orElseThrow()
                    .id();
            tx.messages().delete(message, test.clock.instant());
            return true;
        });
        TestGateway.await("it is gone", () -> found("quicksilver").isEmpty());
    }

    @Test
    void indexShouldBeMadeAnewWhereItIsMissingOrBroken(@TempDir Path other) throws Exception {
        Path index = other.resolve("search");
        try (TestGateway first = new TestGateway(other)) {
            receive(first, "ana", "mandolin");
            TestGateway.await("it", () -> found(first, "mandolin").size() == 1);
        }
        try (TestGateway again = new TestGateway(other)) {
            TestGateway.await("it again", () -> found(again, "mandolin").size() == 1);
        }
        each(index, file -> Files.write(file, new byte[] {1, 2, 3}));
        try (TestGateway broken = new TestGateway(other)) {
            TestGateway.await("it anew", () -> found(broken, "mandolin").size() == 1);
        }
        each(index, Files::delete);
        Files.delete(index);
        try (TestGateway gone = new TestGateway(other)) {
            TestGateway.await("it from the store", () -> found(gone, "mandolin").size() == 1);
            TestGateway.await("the whole", () -> gone.admin(LIST + "?q=mandolin")
                    .at("/search/complete")
                    .asBoolean());
        }
    }

    /** Does something to a file. */
    private interface Deed {
        void to(Path file) throws IOException;
    }

    private static void each(Path folder, Deed deed) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                deed.to(file);
            }
        }
    }

    private static void receive(TestGateway gateway, String from, String text) {
        String id = "m-" + from + "-" + text;
        assertThat(gateway.post(Json.write(List.of(Map.of("id", id, "from", from, "text", text)))))
                .isEqualTo(200);
    }

    private List<String> found(String words) {
        return found(test, words);
    }

    private static List<String> found(TestGateway gateway, String words) {
        return from(gateway, "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }

    private static List<String> from(TestGateway gateway, String query) {
        if (gateway.admin("GET", LIST + "?" + query, null).statusCode() == 503) {
            return List.of(); // the index is being opened
        }
        List<String> from = new ArrayList<>();
        gateway.admin(LIST + "?limit=100&" + query)
                .path("conversations")
                .forEach(one -> from.add(one.path("address").asText()));
        return from;
    }

    private String id(String from) {
        for (JsonNode one : test.admin(LIST + "?limit=100").path("conversations")) {
            if (one.path("address").asText().equals(from)) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError(from);
    }
}
