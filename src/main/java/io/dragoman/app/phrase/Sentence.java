// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.phrase;

import io.dragoman.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every sentence that the gateway says of itself, in English. Its places stand in braces; a number {@code n} chooses
 * between one and many. The console says the same in its languages, by the code.
 */
public enum Sentence {
    STORE_UNUSABLE("The store cannot be used now: nothing is taken in. Look at the disk, the database and the log."),
    CONFIGURATION_BROKEN("The files of the configuration have errors, and the one before them goes on. {problem}"),
    ROUTE_STOPPED("The route {route} does not run. Look at the log."),
    OWN_ROUTE_FAILED("The own route {route} does not run: {problem}"),
    PAUSED("{id} is paused. What goes there waits."),
    PAUSED_WHY("{id} is paused: {problem}. What goes there waits."),
    CIRCUIT_OPEN("{id} takes nothing now: {problem}. One attempt is made now and then; the rest waits."),
    NOT_CONFIGURED("Something waits for {id}, which is not configured. Configure it again, or move it."),
    OPEN_UNCONFIGURED("{id} is not configured any more, and still has open conversations. Configure it again, or move"
            + " them to another desk."),
    LOGIN_FAILED("{id} is not logged in: {problem}"),
    LOGIN_ENDING("The login of {id} ends soon. Log in again before it does."),
    FAILING("{id} fails."),
    FAILING_WHY("{id} fails: {problem}"),
    ACCOUNT_PROBLEM("The provider of {id} says: {problem}"),
    BUDGET_EXHAUSTED("A budget of {id} is used up: what costs money there waits for the next period."),
    DEAD(
            "1 message or event could not be processed or delivered. Mend the cause, then replay or discard.",
            "{n} messages or events could not be processed or delivered. Mend the cause, then replay or discard."),
    UNCERTAIN(
            "Of 1 message nobody knows whether the customer got it. Ask the provider, then replay or discard.",
            "Of {n} messages nobody knows whether the customer got it. Ask the provider, then replay or discard."),
    DEAD_EVENTS(
            "1 event of {id} could not be processed. Mend the cause, then replay or discard.",
            "{n} events of {id} could not be processed. Mend the cause, then replay or discard."),
    DEAD_DELIVERIES(
            "1 delivery to {id} failed for good: {reason}. Mend the cause, then replay or discard.",
            "{n} deliveries to {id} failed for good: {reason}. Mend the cause, then replay or discard."),
    UNCERTAIN_DELIVERIES(
            "Of 1 delivery to {id} nobody knows whether it arrived: {reason}. Look there, then replay or discard.",
            "Of {n} deliveries to {id} nobody knows whether they arrived: {reason}. Look there, then replay or discard."),
    CUSTOMERS_WAITING("1 customer waits for an answer.", "{n} customers wait for an answer."),
    LEDGER_DIFFERENCE("Some of what was accepted is not accounted for. Please look at the ledger, and report it."),

    WHY("{reason}: {detail}"),
    IS_PAUSED("paused for {since}: {problem}"),
    SENDING_FAILS("sending has failed for {since}: {problem}"),
    NEXT_TRY("next try {at}"),
    ASKING_FAILS("asking for what is new fails: {problem}"),
    NOT_ASKED("not asked yet"),
    LAST_ASKED("last asked {at}"),
    LOGIN_PROBLEM("login: {problem}"),
    TOKEN_ENDS("token ends {at}"),
    BUDGET_USED("{name} is used up and begins anew {at}"),
    NOTICE("the provider says: {problem}"),
    NOTHING_POSTED("nothing was posted yet"),
    LAST_WEBHOOK("last webhook {at}"),
    LAST_IN("last message in {at}"),
    LAST_SENT("last sent {at}"),
    NOTHING_YET("nothing has come or gone yet"),
    SWITCHED_OFF("switched off"),
    NOT_IN_FORCE("does not run: the file was changed and is not in force; health shows what is wrong with it"),

    AUTHENTIC_SIGNED("its signature was checked over these bytes before anything was read"),
    AUTHENTIC_INSECURE("it was not authenticated: the configuration says insecure: true"),
    AUTHENTIC_POLLED("it was fetched with our own credentials"),
    AUTHENTIC_BACKFILLED("no webhook had delivered it: a backfill found it with our own credentials"),
    AUTHENTIC_ROUTE("an operator's route handed it over"),
    AUTHENTIC_TIMER("it is our own: a timer fired"),
    AUTHENTIC_TOKEN("it carried the admin port's token"),
    AUTHENTIC_COMMAND("it was written on this machine's command line"),
    AUTHENTIC_UNKNOWN("its raw bytes are gone"),
    TIMER_FIRED("the timer {timer} was due at {due}; event {event} set it at {set}"),
    TICKET_OF_CONVERSATION("the conversation is {ticket} from now on"),
    TICKET_CHANGED("the ticket {before} is {ticket} from now on"),
    KEPT_OF_CONVERSATION("something for its connector to keep of the conversation"),
    KEPT_OF_TICKET("something for its connector to keep of the ticket {before}"),

    RULE_REPLY("sends the reply {value}"),
    RULE_ASK("asks the poll {value}"),
    RULE_ANSWER("answers from the FAQ"),
    RULE_TEAM("sets the team to {value}"),
    RULE_ASSIGNEE("sets the assignee to {value}"),
    RULE_PRIORITY("sets the priority to {value}"),
    RULE_DESK("sets the desk to {value}"),
    RULE_DROP("drops the message: {value}"),
    RULE_TAGS("adds the tag {value}"),
    RULE_ATTRIBUTE("sets the attribute {name} to {value}"),
    RULE_CONTACT_TAGS("adds the tag {value} to the contact"),
    RULE_CLOSE("closes the conversation"),
    RULE_NOTE("adds a note"),
    RULE_APPROVAL("approval of its answer: {value}");

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private final String one;
    private final String many;

    Sentence(String text) {
        this(text, text);
    }

    Sentence(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** Its word in the API. */
    public String code() {
        return Words.of(this);
    }

    /** The English text of one. */
    public String one() {
        return one;
    }

    /** The English text of many; the same where it counts nothing. */
    public String many() {
        return many;
    }

    /** Of these values, none of which is a time. */
    public Phrase of(Map<String, Object> values) {
        return of(values, Instant.EPOCH);
    }

    /** Without a place to fill. */
    public Phrase phrase() {
        return of(Map.of());
    }

    /**
     * Of these values.
     *
     * @param now from which the English text counts its times
     */
    public Phrase of(Map<String, Object> values, Instant now) {
        Map<String, Object> given = new TreeMap<>();
        values.forEach((name, value) -> given.put(name, value instanceof Duration length ? length.toString() : value));
        String template = Long.valueOf(1).equals(values.get("n")) ? one : many;
        String text = PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(english(values.get(place.group(1)), now)));
        return new Phrase(code(), given, text.strip());
    }

    private static String english(@Nullable Object value, Instant now) {
        if (value instanceof Instant at) {
            return at.equals(now)
                    ? "now"
                    : at.isAfter(now)
                            ? "in " + length(Duration.between(now, at))
                            : length(Duration.between(at, now)) + " ago";
        }
        if (value instanceof Duration length) {
            return length(length);
        }
        if (value instanceof Phrase phrase) {
            return phrase.text();
        }
        return value instanceof Long number
                ? String.format(Locale.ROOT, "%,d", number)
                : value == null ? "" : value.toString();
    }

    /** The largest unit that is full. */
    private static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
