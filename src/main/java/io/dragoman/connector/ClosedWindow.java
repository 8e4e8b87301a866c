// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of an agent's answer when a channel's reply window is closed: the customer wrote too long ago to be
 * answered freely. What a rule wrote is refused, whatever this says: a late automatic text only confuses.
 *
 * @param then what is done
 * @param template asks the customer to write again; for {@link Then#TEMPLATE}
 * @param fallback the id of the channel that takes the answer instead; for {@link Then#FALLBACK}
 * @param consent the tag that a contact must have to be written to there; empty asks for none
 * @param quiet when nobody is written to there; empty for never
 */
public record ClosedWindow(
        Then then,
        Optional<Part.Template> template,
        Optional<String> fallback,
        Optional<String> consent,
        Optional<QuietHours> quiet) {
    /** For a channel of which nothing is said. */
    public static final ClosedWindow REFUSED =
            new ClosedWindow(Then.REFUSE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What is done. */
    public enum Then {
        /** The answer fails, and the desk is told. */
        REFUSE,
        /** It waits until the customer writes, or until {@code delivery.giveUpAfter}. */
        HOLD,
        /** The template goes out once, and the answer waits likewise. */
        TEMPLATE,
        /** It goes by another channel on which the same contact can be reached. */
        FALLBACK
    }

    public static final Setting<Then> THEN = Setting.choice(
                    "closedWindow.then",
                    "What becomes of an agent's answer when the customer wrote too long ago to be answered freely: refuse, hold "
                            + "(until the customer writes), template (send `closedWindow.template` once, and hold) or fallback "
                            + "(send it by the channel `closedWindow.fallback`).",
                    Then.class)
            .or("refuse");
    public static final Setting<String> TEMPLATE_NAME = Setting.text(
            "closedWindow.template", "The approved template without parameters that asks the customer to write.");
    public static final Setting<String> LANGUAGE =
            Setting.text("closedWindow.language", "The template's language.").or("en");
    public static final Setting<String> CHANNEL = Setting.text(
            "closedWindow.fallback",
            "The channel that takes the answer instead, where the customer has a conversation or by their verified "
                    + "phone number. It must have no reply window and no subjects.");
    public static final Setting<String> CONSENT = Setting.text(
            "closedWindow.consentTag",
            "Only contacts with this tag, which rules set, are written to by the other channel. Who opted out of it "
                    + "never is.");
    public static final Setting<QuietHours> QUIET = new Setting<>(
            "closedWindow.quiet",
            "When nobody is written to by the other channel, with a time zone: 21:00-08:00 Europe/Berlin.",
            Setting.Type.TEXT,
            null,
            false,
            List.of(),
            QuietHours::parse);

    /** What every channel takes. */
    public static final List<Setting<?>> SETTINGS = List.of(THEN, TEMPLATE_NAME, LANGUAGE, CHANNEL, CONSENT, QUIET);

    /** What a channel's account says. */
    public static ClosedWindow of(Account account) {
        if (!account.has("closedWindow")) {
            return REFUSED;
        }
        String language = account.find(LANGUAGE).orElse("en");
        return new ClosedWindow(
                account.find(THEN).orElse(Then.REFUSE),
                account.find(TEMPLATE_NAME).map(name -> new Part.Template(name, language, List.of())),
                account.find(CHANNEL),
                account.find(CONSENT),
                account.find(QUIET));
    }

    /** Whether an answer waits in its place until the customer writes. */
    public boolean holds() {
        return then == Then.HOLD || then == Then.TEMPLATE;
    }

    /** What of an account's settings does not go together, as sentences that begin with a setting's name. */
    public List<String> problems() {
        if (then == Then.TEMPLATE && template.isEmpty()) {
            return List.of(TEMPLATE_NAME.name() + " is missing: it is what asks the customer to write again.");
        }
        if (then == Then.FALLBACK && fallback.isEmpty()) {
            return List.of(CHANNEL.name() + " is missing: it is the channel that takes the answer.");
        }
        return List.of();
    }

    /** Hours of each day, in one time zone; they may go over midnight. */
    public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
        static QuietHours parse(String text) {
            String[] words = text.strip().split("[- ]+", 3);
            try {
                if (words.length == 3 && !words[0].equals(words[1])) {
                    return new QuietHours(LocalTime.parse(words[0]), LocalTime.parse(words[1]), ZoneId.of(words[2]));
                }
            } catch (DateTimeException e) {
                // falls through to the one message
            }
            throw new IllegalArgumentException("must be two times and a time zone, such as 21:00-08:00 Europe/Berlin");
        }

        /** The first moment from {@code at} on that is not quiet. */
        public Instant next(Instant at) {
            ZonedDateTime local = at.atZone(zone);
            LocalTime time = local.toLocalTime();
            boolean overMidnight = from.isAfter(until);
            boolean quiet = overMidnight
                    ? !time.isBefore(from) || time.isBefore(until)
                    : !time.isBefore(from) && time.isBefore(until);
            if (!quiet) {
                return at;
            }
            boolean tomorrow = overMidnight && !time.isBefore(from);
            return local.toLocalDate()
                    .plusDays(tomorrow ? 1 : 0)
                    .atTime(until)
                    .atZone(zone)
                    .toInstant();
        }
    }
}
