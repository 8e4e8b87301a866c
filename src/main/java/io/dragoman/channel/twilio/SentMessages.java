// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.connector.kit.ListLookup.Match;
import io.dragoman.connector.kit.ListPage;
import java.net.URI;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's list of what was sent. A message is ours when it went to the same number with the same words, and is no other
 * message that we know.
 */
final class SentMessages implements ListLookup.Source {
    /** A message that an attempt makes at all is listed by then: we hang up after 30 s, and Twilio soon after. */
    static final Duration SETTLED = Duration.ofSeconds(90);

    private final ApiClient api;
    private final Sender sent;
    private final Predicate<String> known;

    SentMessages(Account account, Transport transport, ToCustomer message, Predicate<String> known) {
        this.api = new ApiClient(account, transport);
        this.sent = new Sender(account, message);
        this.known = known;
    }

    /** Not by DateSent, which a message that still waits in a queue does not have. */
    @Override
    public ListPage first() throws TransportFailure {
        return api.first(Map.of("To", sent.to().text()));
    }

    @Override
    public ListPage page(URI address) throws TransportFailure {
        return api.page(address);
    }

    @Override
    public @Nullable Instant made(JsonNode message) {
        return ApiClient.time(message.path("date_created").asText(""));
    }

    @Override
    public String id(JsonNode message) {
        return message.path("sid").asText("");
    }

    /** Twilio fills templates in itself: their words are not ours to compare. */
    @Override
    public Match match(JsonNode message) {
        if (!ours(message)) {
            return Match.NO;
        }
        if (sent.isTemplate() || !WebhookForm.isSid(id(message))) {
            return Match.MAYBE;
        }
        return sameWords(message.path("body").asText(""), sent.text()) ? Match.YES : Match.NO;
    }

    private boolean ours(JsonNode message) {
        String from = message.path("from").asText("");
        String expected = sent.from();
        return message.path("direction").asText("").equals("outbound-api")
                && message.path("to").asText("").equals(sent.to().text())
                && (expected == null || from.isEmpty() || from.equals(expected))
                && !known.test(id(message));
    }

    /** Twilio replaces characters that cost more (Smart Encoding) and a trial account writes its own words before. */
    private static boolean sameWords(String theirs, String ours) {
        String expected = letters(ours);
        return expected.isEmpty()
                ? theirs.strip().equals(ours.strip())
                : letters(theirs).equals(expected)
                        || (theirs.startsWith("Sent from your Twilio trial account")
                                && letters(theirs).endsWith(expected));
    }

    private static String letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
