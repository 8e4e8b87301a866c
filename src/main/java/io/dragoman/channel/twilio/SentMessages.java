// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.twilio.MessageList.Page;
import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a message of ours in Twilio's list. It is this one when it went to the same number with the same words,
 * was made after our attempt began, and is no other message that we know.
 */
final class SentMessages {
    /** A message that an attempt makes at all is listed by then: we hang up after 30 s, and Twilio soon after. */
    static final Duration SETTLED = Duration.ofSeconds(90);

    /** Twilio's times are whole seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    /** How far clocks may differ when Twilio does not tell its own. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST_PAGES = 20;

    private final Account account;
    private final Transport transport;
    private final Duration settled;
    private final MessageList list;

    SentMessages(Account account, Transport transport, Duration settled) {
        this.account = account;
        this.transport = transport;
        this.settled = settled;
        this.list = new MessageList(account, transport);
    }

    DeliveryLookup.Answer find(Outbound.ToCustomer message, Instant since, Predicate<String> known) {
        Letter letter = new Letter(account, message);
        try {
            // not by DateSent, which a message that still waits in a queue does not have
            Page page = list.first(Map.of("To", letter.to().text()));
            Instant asked = transport.clock().instant();
            Instant earliest = page.at() == null
                    ? since.minus(SKEW)
                    : since.plus(Duration.between(asked, page.at())).minus(ROUNDED);
            Search search = new Search(letter, earliest, known);
            search.through(page);
            for (int pages = 1; !search.over(page); pages++) {
                if (pages == MOST_PAGES) {
                    return new DeliveryLookup.Unknown(
                            "Twilio lists too many messages to this number to look through", null);
                }
                page = list.after(page).orElseThrow();
                search.through(page);
            }
            return search.result(Duration.between(asked, since.plus(settled)));
        } catch (TransportFailure e) {
            return new DeliveryLookup.Unknown(e.detail(), AGAIN);
        }
    }

    /** One search; used by one thread. */
    private static final class Search {
        private final Letter letter;
        private final Instant earliest;
        private final Predicate<String> known;
        private boolean older;
        private boolean unclear;
        private @Nullable String found;

        private Search(Letter letter, Instant earliest, Predicate<String> known) {
            this.letter = letter;
            this.earliest = earliest;
            this.known = known;
        }

        private void through(Page page) {
            older = !page.messages().isEmpty();
            for (JsonNode one : page.messages()) {
                Optional<Instant> made = made(one);
                boolean early = made.filter(at -> at.isBefore(earliest)).isPresent();
                older &= early;
                if (!early && ours(one)) {
                    consider(one);
                }
            }
        }

        /** Whether no later page can hold it. */
        private boolean over(Page page) {
            return older || page.next() == null;
        }

        private boolean ours(JsonNode one) {
            String from = one.path("from").asText("");
            String expected = letter.from();
            return one.path("direction").asText("").equals("outbound-api")
                    && one.path("to").asText("").equals(letter.to().text())
                    && (expected == null || from.isEmpty() || from.equals(expected))
                    && !known.test(one.path("sid").asText(""));
        }

        /** The list goes back in time, so that the last that fits is the first that was made. */
        private void consider(JsonNode one) {
            String sid = one.path("sid").asText("");
            if (letter.isTemplate() || !sid.matches("[0-9A-Za-z]{3,64}")) {
                unclear = true; // Twilio fills templates in itself: their words are not ours to compare
            } else if (sameWords(one.path("body").asText(""), letter.text())) {
                found = sid;
            }
        }

        private DeliveryLookup.Answer result(Duration unsettled) {
            if (found != null) {
                return new DeliveryLookup.Found(found);
            }
            if (unclear) {
                return new DeliveryLookup.Unknown("Twilio has a message to this number that may be this one", null);
            }
            return unsettled.isNegative() || unsettled.isZero()
                    ? new DeliveryLookup.Absent()
                    : new DeliveryLookup.Unknown("the attempt is too young: Twilio may still be at it", unsettled);
        }
    }

    private static Optional<Instant> made(JsonNode one) {
        return Optional.ofNullable(MessageList.time(one.path("date_created").asText("")));
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
