// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every connector that somebody posts to must do. */
public interface WebhookContract extends ConnectorContract {
    /** The canary that {@link #request()} carries as its message's text: it must never be shown. */
    String CANARY = "canary-in-the-text";

    /** A recorded, authentic request in which a customer writes {@link #CANARY}. */
    default Request request() {
        return signed(recorded());
    }

    private Webhook webhook() {
        return (Webhook) connector();
    }

    /** The body of that request. */
    byte[] recorded();

    /** The request with which the provider would bring this body. */
    Request signed(byte[] body);

    /** The lanes of the recorded request's events, in order. */
    List<String> lanes();

    /** The headers that prove a request, in lower case; any of them changed must refuse it. */
    List<String> proof();

    /** Whether the proof covers the body: a bare secret token does not. */
    default boolean provesBody() {
        return true;
    }

    /** Whether the proof covers the very same thing in other letters, such as {@code %2b} for {@code %2B} in a form. */
    default boolean meansTheSame(Request request) {
        return false;
    }

    @Test
    default void contractReadsTheRecordedRequest() throws Exception {
        List<? extends Event> events = readSigned(request());
        assertThat(events).extracting(Event::lane).containsExactlyElementsOf(lanes());
        assertThat(events).extracting(Event::key).doesNotHaveDuplicates().noneMatch(String::isBlank);
        assertThat(Json.writeAll(events, Event.class)).contains(CANARY);
        for (Event event : events) {
            assertThat(Json.read(Json.write(event), Event.class)).isEqualTo(event);
        }
    }

    @Test
    default void contractSameRequestTwiceHasTheSameKeys() throws Exception {
        List<? extends Event> again = readSigned(request());
        assertThat(again).isEqualTo(readSigned(request()));
    }

    @Test
    default void contractIntakeKeepsWhatProves() {
        assertThat(webhook().receivesWebhooks(account())).isTrue();
        assertThat(webhook().headers())
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsAll(proof());
    }

    /** The intake keeps no header that is not named, so that what needs one more fails only in a running gateway. */
    @Test
    default void contractNeedsNoHeaderThatItDoesNotName() throws Exception {
        Map<String, String> kept = new TreeMap<>(request().headers());
        kept.keySet()
                .removeIf(name -> !name.equals("content-type")
                        && webhook().headers().stream().noneMatch(name::equalsIgnoreCase));
        assertThat(readSigned(with(request(), kept, request().body()))).isEqualTo(readSigned(request()));
    }

    @Test
    default void contractLogsNothingOfWhatItReads() throws Exception {
        try (Logged logged = new Logged()) {
            readSigned(request());
            assertThat(logged.lines()).allSatisfy(this::hidesContent);
        }
    }

    /** A type that nobody knows yet is kept, ignored by name, or unreadable; never nothing. */
    @Test
    default void contractUnknownWordDropsNothing() throws Exception {
        List<Supplier<JsonNode>> unheard = List.of(() -> JsonNodeFactory.instance.textNode("unheard-of"));
        for (byte[] body : oddShapes(recorded(), unheard)) {
            try {
                Verified verified = webhook().verify(account(), signed(body));
                boolean ours = !(connector() instanceof SharedWebhook shared)
                        || shared.recipients(verified).contains(shared.recipient(account()));
                assertThat(connector().read(account(), verified).isEmpty() && ours)
                        .as("nothing became of " + new String(body, StandardCharsets.UTF_8))
                        .isFalse();
            } catch (AuthenticationFailed | MalformedPayload e) {
                assertThat(e).isNotNull(); // told, and kept as dead
            }
        }
    }

    @Test
    default void contractTamperedBodyIsRefused() {
        if (!provesBody()) {
            return;
        }
        byte[] body = request().body();
        for (int position = 0; position < body.length; position++) {
            for (int bit : new int[] {position % 8, 5}) { // 5 is the bit of upper and lower case
                byte[] tampered = body.clone();
                tampered[position] ^= (byte) (1 << bit);
                Request changed = with(request(), request().headers(), tampered);
                if (!meansTheSame(changed)) {
                    refuses(changed);
                }
            }
        }
        refuses(with(request(), request().headers(), Arrays.copyOf(body, body.length - 1)));
        refuses(with(request(), request().headers(), Arrays.copyOf(body, body.length + 1)));
        refuses(with(request(), request().headers(), new byte[0]));
    }

    @Test
    default void contractEveryBitOfTheProofCounts() {
        for (String name : proof()) {
            Map<String, String> headers = new TreeMap<>(request().headers());
            String right = headers.get(name);
            for (int position = 0; position < right.length(); position++) {
                for (int bit = 0; bit < 8; bit++) {
                    StringBuilder wrong = new StringBuilder(right);
                    wrong.setCharAt(position, (char) (right.charAt(position) ^ 1 << bit));
                    headers.put(name, wrong.toString());
                    refuses(with(request(), headers, request().body()));
                }
            }
        }
    }

    @Test
    default void contractWithoutASecretNothingIsTaken() {
        for (Setting<?> setting : connector().settings()) {
            if (setting.type() != Setting.Type.SECRET || !account().values().containsKey(setting.name())) {
                continue;
            }
            Map<String, Object> values = new TreeMap<>(account().values());
            values.remove(setting.name());
            Account poorer = new Account(
                    account().side(),
                    account().id(),
                    account().kind(),
                    values,
                    false,
                    account().home());
            boolean starts = !setting.required() && connector().problems(poorer).isEmpty();
            if (starts) {
                for (Map<String, String> headers : List.of(Map.<String, String>of(), empty(proof()))) {
                    Request unsigned = with(request(), headers, request().body());
                    assertThatThrownBy(() -> webhook().verify(poorer, unsigned))
                            .as("without " + setting.name())
                            .isInstanceOf(AuthenticationFailed.class);
                }
            }
        }
    }

    private static Map<String, String> empty(List<String> names) {
        Map<String, String> headers = new TreeMap<>();
        names.forEach(name -> headers.put(name, ""));
        return headers;
    }

    @Test
    default void contractMissingOrWrongProofIsRefused() {
        for (String name : proof()) {
            Map<String, String> headers = new TreeMap<>(request().headers());
            String right = String.valueOf(headers.remove(name));
            refuses(with(request(), headers, request().body()));
            String other = new StringBuilder(right).reverse().toString();
            for (String wrong : List.of(
                    "",
                    " ",
                    "=",
                    "sha256=",
                    "sha256=zz",
                    "v1,",
                    "\u0000",
                    "é",
                    other,
                    right + "0",
                    "x".repeat(100_000))) {
                headers.put(name, wrong);
                refuses(with(request(), headers, request().body()));
            }
            headers.put(name, right.substring(0, right.length() - 1));
            refuses(with(request(), headers, request().body()));
        }
    }

    @Test
    default void contractOddBodiesAreUnreadableAtWorst() {
        for (String body : List.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "\"x\"",
                "7",
                "true",
                "nul",
                "{",
                "[[[[",
                "{\"a\":1,\"a\":2}",
                "[null]",
                "\ufeff{}",
                "a=b&c=%zz&=&&d",
                "%",
                "\u0000",
                "{} {}",
                "1e999999",
                "{\"entry\":[{\"changes\":[{}]}]}")) {
            readsOrRefuses(signed(body.getBytes(StandardCharsets.UTF_8)));
        }
        readsOrRefuses(signed(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, 0}));
        readsOrRefuses(signed("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        readsOrRefuses(signed("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        readsOrRefuses(signed("x".repeat(2_000_000).getBytes(StandardCharsets.UTF_8)));
        readsOrRefuses(signed(("[" + "0,".repeat(500_000) + "0]").getBytes(StandardCharsets.UTF_8)));
        readsOrRefuses(signed(("{\"text\":\"" + "y".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8)));
        readsOrRefuses(signed(("{\"n\":" + "9".repeat(50_000) + "}").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void contractOddShapesAreUnreadableAtWorst() {
        for (byte[] odd : oddShapes(recorded(), odd())) {
            readsOrRefuses(signed(odd));
        }
    }

    @Test
    default void contractBrokenBytesAreUnreadableAtWorst() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] broken = recorded();
            for (int times = random.nextInt(4); times >= 0; times--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            readsOrRefuses(signed(broken));
        }
    }

    private List<? extends Event> readSigned(Request request) throws AuthenticationFailed, MalformedPayload {
        return connector().read(account(), webhook().verify(account(), request));
    }

    private void refuses(Request request) {
        assertThatThrownBy(() -> webhook().verify(account(), request))
                .isInstanceOf(AuthenticationFailed.class)
                .satisfies(thrown ->
                        assertThat(((AuthenticationFailed) thrown).status()).isIn(401, 403))
                .satisfies(thrown -> hidesContent(String.valueOf(thrown)));
    }

    /** Nothing but the two expected refusals may be thrown, and what is read must be fit to be stored. */
    private void readsOrRefuses(Request request) {
        try {
            List<? extends Event> events = readSigned(request);
            for (Event event : events) {
                assertThat(event.key()).isNotBlank();
                assertThat(event.lane()).isNotBlank();
                assertThat(Json.bytes(event)).isNotEmpty();
                hidesContent(event.toString());
            }
        } catch (AuthenticationFailed | MalformedPayload e) {
            hidesContent(e.toString());
        } catch (RuntimeException | StackOverflowError e) {
            byte[] body = Arrays.copyOf(request.body(), Math.min(2_000, request.body().length));
            throw new AssertionError("threw for " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    private void hidesContent(String shown) {
        assertThat(shown).doesNotContain(CANARY).doesNotContain(secrets());
    }

    private static List<Supplier<JsonNode>> odd() {
        return List.of(
                () -> JsonNodeFactory.instance.nullNode(),
                () -> JsonNodeFactory.instance.objectNode(),
                () -> JsonNodeFactory.instance.arrayNode(),
                () -> JsonNodeFactory.instance
                        .arrayNode()
                        .addNull()
                        .add(1)
                        .add("x")
                        .addObject(),
                () -> JsonNodeFactory.instance.textNode(""),
                () -> JsonNodeFactory.instance.textNode(" "),
                () -> JsonNodeFactory.instance.textNode("\ud800 \u0000 \udc00"),
                () -> JsonNodeFactory.instance.textNode("9".repeat(400)),
                () -> JsonNodeFactory.instance.textNode("-1"),
                () -> JsonNodeFactory.instance.textNode("unheard-of"),
                () -> JsonNodeFactory.instance.numberNode(-1),
                () -> JsonNodeFactory.instance.numberNode(Long.MAX_VALUE),
                () -> JsonNodeFactory.instance.numberNode(1e300),
                () -> JsonNodeFactory.instance.booleanNode(true));
    }

    /** Every value of a JSON body replaced by each odd one in turn; none for another body. */
    private static List<byte[]> oddShapes(byte[] body, List<Supplier<JsonNode>> odd) {
        JsonNode root;
        try {
            root = Json.tree(body);
        } catch (IOException e) {
            return List.of();
        }
        List<byte[]> bodies = new ArrayList<>();
        visit(
                root,
                change -> odd.forEach(value -> {
                    change.accept(value.get());
                    // as text first: only so can lone surrogates be written, as escapes, like providers do
                    bodies.add(Json.write(root)
                            .replace("\ud800", "\\ud800")
                            .replace("\udc00", "\\udc00")
                            .getBytes(StandardCharsets.UTF_8));
                }));
        return bodies;
    }

    private static void visit(JsonNode node, Consumer<Consumer<JsonNode>> changes) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            for (Map.Entry<String, JsonNode> field : fields) {
                String name = field.getKey();
                JsonNode before = object.get(name);
                changes.accept(value -> object.set(name, value));
                object.set(name, before);
                visit(before, changes);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                JsonNode before = array.get(i);
                changes.accept(value -> array.set(index, value));
                array.set(i, before);
                visit(before, changes);
            }
        }
    }

    private static Request with(Request request, Map<String, String> headers, byte[] body) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                headers,
                body,
                request.receivedAt());
    }
}
