// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Purpose;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two machines from answering each other for ever.
 *
 * @param perContact automatic replies to one contact on one channel within 24 hours
 * @param perConversation automatic replies in one conversation within 24 hours
 * @param perMinute automatic replies of the whole gateway within a minute
 * @param policy which consent each purpose needs
 */
record AutoReplyGuard(int perContact, int perConversation, int perMinute, ConsentPolicy policy) {
    static final AutoReplyGuard DEFAULT = new AutoReplyGuard(3, 2, 60, ConsentPolicy.DEFAULT);

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey("guard.perContact", Form.NUMBER, "Automatic replies to a contact in 24 hours.", "3"),
            new SchemaKey(
                    "guard.perConversation", Form.NUMBER, "Automatic replies in a conversation in 24 hours.", "2"),
            new SchemaKey("guard.perMinute", Form.NUMBER, "Automatic replies of the whole gateway in a minute.", "60"));

    private static final int MOST = 1_000_000;

    /** Nobody reads a mail and writes another one so soon. */
    private static final Duration TOO_SOON = Duration.ofMinutes(1);

    static AutoReplyGuard read(@Nullable Node node, ConsentPolicy policy, Problems problems) {
        if (node == null) {
            return new AutoReplyGuard(DEFAULT.perContact, DEFAULT.perConversation, DEFAULT.perMinute, policy);
        }
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, "guard."));
        return new AutoReplyGuard(
                number(node, "perContact", DEFAULT.perContact, problems),
                number(node, "perConversation", DEFAULT.perConversation, problems),
                number(node, "perMinute", DEFAULT.perMinute, problems),
                policy);
    }

    private static int number(Node node, String key, int usual, Problems problems) {
        Node value = node.get(key).orElse(null);
        if (value == null) {
            return usual;
        }
        String text = value.needText(problems);
        if (text.matches("\\d{1,7}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        if (value.shape() == Node.Shape.TEXT) {
            problems.add(value, "is " + QuotedText.quote(text) + " but must be a whole number from 0 to " + MOST + ".");
        }
        return usual;
    }

    /** Why no automatic reply may go out now; null when one may. */
    @Nullable
    String refuses(Situation situation) {
        return refuses(situation, Purpose.SERVICE);
    }

    /** The same of a sentence for another purpose. */
    @Nullable
    String refuses(Situation situation, Purpose purpose) {
        Situation.Tally tally = situation.tally();
        if (situation.unreachable() != null) {
            return situation.unreachable();
        }
        if (tally.own() != null) {
            return "the sender is one of our own addresses: " + tally.own();
        }
        if (situation.event().automatic() != null) {
            return "a machine wrote the message: " + situation.event().automatic();
        }
        if (situation.event().consent() == CustomerEvent.Consent.OPTED_OUT) {
            return "the customer opted out";
        }
        String unwanted = policy.refuses(tally.consents(), purpose);
        if (unwanted != null) {
            return unwanted;
        }
        if (tally.contact() >= perContact) {
            return count(tally.contact(), "to this contact", "24 hours", "perContact", perContact);
        }
        if (tally.conversation() >= perConversation) {
            return count(tally.conversation(), "in this conversation", "24 hours", "perConversation", perConversation);
        }
        String machine = situation.event().threading().subject() == null ? null : unmarkedMachine(situation);
        if (machine != null) {
            return machine;
        }
        return tally.gateway() < perMinute
                ? null
                : count(tally.gateway(), "of the whole gateway", "minute", "perMinute", perMinute);
    }

    /**
     * Why the sender of a mail is taken for a machine that marks nothing: it says the same again, or speaks at once and
     * of nothing, although it was answered automatically before, in whatever conversation.
     */
    private static @Nullable String unmarkedMachine(Situation situation) {
        Situation.Tally tally = situation.tally();
        Duration since = tally.sinceReply();
        if (since == null) {
            return null;
        }
        if (tally.repeated()) {
            return "it looks like a machine's: the same text came before and got an automatic reply";
        }
        CustomerEvent.Threading threading = situation.event().threading();
        boolean answersNothing = threading.references().isEmpty() && threading.conversation() == null;
        return answersNothing && since.compareTo(TOO_SOON) < 0
                ? "it looks like a machine's: it came " + since.toSeconds()
                        + " seconds after an automatic reply to its sender and names no mail that it answers"
                : null;
    }

    private static String count(int count, String whose, String time, String key, int most) {
        return count + (count == 1 ? " automatic reply " : " automatic replies ") + whose + " in the last " + time
                + ", at most " + most + " allowed (guard." + key + ")";
    }
}
