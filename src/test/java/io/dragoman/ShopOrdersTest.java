// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shop tells of orders, in a whole gateway: in rules, replies and the timeline, until the shop wants it erased. */
final class ShopOrdersTest {
    private static final String RULES = """
            rules:
              - {name: Shipped, on: contact, when: {if: 'contact.orders[0].status == "shipped"'}, team: parcels}
              - {name: Where, when: {text: where, if: size(contact.orders) > 0}, reply: status}
            """;
    private static final String REPLIES =
            "replies: {status: 'Order {{ orders[0].number }} is {{ orders[0].status }}.'}\n";

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private TestGateway test;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void orderFromBeforeTheFirstMessageShouldBeInRulesRepliesAndTheTimeline() throws Exception {
        start();
        order("w1", "1", "paid", "2026-11-20T10:00:05Z", "ana@example.org");
        writes("m1", "where is it", "ana@example.org", true);
        TestGateway.await("the reply", () -> sent().contains("Order #1 is paid."));
        assertThat(timeline()).contains("order #1 paid");
        order("w2", "1", "shipped", "2026-11-20T10:00:09Z", "ana@example.org");
        TestGateway.await("the rule", () -> test.admin("/api/v1/conversations")
                .at("/conversations/0/team")
                .asText()
                .equals("parcels"));
        order("w3", "1", "paid", "2026-11-20T10:00:07Z", "ana@example.org");
        TestGateway.await("news that came too late", () -> event("w3").contains("later news"));
        assertThat(timeline()).contains("order #1 shipped").doesNotContain("order #1 paid");
    }

    @Test
    void whoOnlyClaimsAnAddressShouldNotSeeItsOrders() throws Exception {
        start();
        order("w1", "1", "paid", "2026-11-20T10:00:05Z", "ana@example.org");
        writes("m1", "where is it", "ana@example.org", false);
        TestGateway.await("the message", () -> event("m1").startsWith("DONE"));
        assertThat(sent()).isEmpty();
        assertThat(timeline()).noneMatch(one -> one.startsWith("order"));
    }

    @Test
    void whatAShopWantsErasedShouldBeInNoFileAndTheRestShouldStay() throws Exception {
        start();
        order("w1", "xylo1", "paid", "2026-11-20T10:00:05Z", "xylofon@example.org");
        order("w2", "xylo2", "paid", "2026-11-20T10:00:05Z", "xylofon.former@example.org");
        order("w3", "3", "paid", "2026-11-20T10:00:05Z", "bob@example.org");
        writes("m1", "hello", "bob@example.org", true);
        forget("f1", "\"email\":\"xylofon@example.org\",\"orders\":[\"xylo2\"],\"all\":false,\"person\":false");
        TestGateway.await("the erasure", () -> open() == 0 && event("f1").startsWith("gone"));
        assertThat(filesWith("xylo")).isEmpty();
        assertThat(orders()).containsExactly("3");
        order("w1", "xylo1", "paid", "2026-11-20T10:00:05Z", "xylofon@example.org"); // a late copy
        assertThat(orders()).containsExactly("3");
        forget("f2", "\"orders\":[],\"all\":false,\"person\":false");
        TestGateway.await("who names nobody", () -> event("f2").contains("neither an address nor an order"));
        assertThat(orders()).containsExactly("3");
    }

    @Test
    void shopThatGoesShouldTakeItsOrdersAndAPersonShouldGoWhereThatIsWanted() throws Exception {
        start();
        order("w1", "xylo1", "paid", "2026-11-20T10:00:05Z", "xylofon@example.org");
        writes("m1", "hello from xylofon", "xylofon@example.org", true);
        writes("m2", "hello from bob", "bob@example.org", true);
        order("w3", "order-of-bob", "paid", "2026-11-20T10:00:05Z", "bob@example.org");
        forget("f1", "\"email\":\"xylofon@example.org\",\"orders\":[],\"all\":false,\"person\":true");
        TestGateway.await("the erasures", () -> open() == 0 && event("f1").startsWith("gone"));
        assertThat(filesWith("xylo")).isEmpty();
        assertThat(orders()).containsExactly("order-of-bob");
        forget("f2", "\"orders\":[],\"all\":true,\"person\":false");
        TestGateway.await("the erasure", () -> open() == 0 && event("f2").startsWith("gone"));
        assertThat(orders()).isEmpty();
        assertThat(filesWith("order-of-bob")).isEmpty();
        assertThat(filesWith("hello from bob")).isNotEmpty();
    }

    private void start() throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        Yaml.read("replies.yaml", REPLIES, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, new TestDesk(), setup -> setup);
    }

    private void order(String key, String id, String status, String changed, String email) {
        post("order.changed", key, changed, """
                "order":{"id":"%s","number":"#%s","status":"%s","at":"2026-11-20T10:00:00Z","changedAt":"%s"},"email":"%s"\
                """.formatted(id, id, status, changed, email));
    }

    private void forget(String key, String more) {
        post("customer.forgotten", key, "2026-11-21T10:00:00Z", more);
    }

    private void writes(String id, String text, String email, boolean verified) {
        post("message.received", id, "2026-11-21T10:00:00Z", """
                "sender":{"address":"%s","identities":[{"type":"email","value":"%s","verified":%s}]},"externalId":"%s",\
                "parts":[{"type":"text","text":"%s"}],"threading":{"references":[]}""".formatted(email, email, verified, id, text));
    }

    private void post(String type, String key, String at, String more) {
        assertThat(test.post(
                        "[{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"at\":\"" + at + "\"," + more + "}]"))
                .isEqualTo(200);
        TestGateway.await(key, () -> !event(key).startsWith("NEW"));
    }

    private String event(String key) {
        return test.gateway
                .store()
                .read(tx -> tx.events().find("shop", key))
                .map(found -> found.state() + " " + found.reason())
                .orElse("gone");
    }

    private int open() {
        return test.gateway.store().read(tx -> tx.erasures().open()).size();
    }

    private List<String> orders() {
        return test
                .gateway
                .store()
                .read(tx -> tx.orders().of(List.of("bob@example.org", "xylofon@example.org"), List.of()))
                .stream()
                .map(CustomerOrder::id)
                .toList();
    }

    private List<String> sent() {
        return channel.sent.stream()
                .map(one -> ((Part.Text) ((ToCustomer) one).parts().get(0)).text())
                .toList();
    }

    private List<String> timeline() {
        JsonNode contact = test.admin("/api/v1/conversations").at("/conversations/0/contact");
        JsonNode entries = test.admin("/api/v1/contacts/" + contact.asText() + "/timeline?work=false&limit=50")
                .path("entries");
        return Stream.iterate(0, i -> i < entries.size(), i -> i + 1)
                .map(entries::get)
                .map(one -> (one.path("kind").asText() + " " + one.path("what").asText() + " "
                        + one.path("state").asText()))
                .toList();
    }

    private List<String> filesWith(String word) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            return files.stream()
                    .filter(file -> bytes(file).contains(word))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone meanwhile
        }
    }
}
