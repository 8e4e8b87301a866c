// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Setting;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.PhoneNumber;
import io.dragoman.model.StopWords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a short message: a number as {@code +4917000}, a short code, or a name of letters. Nobody vouches for it:
 * networks carry made-up ones.
 *
 * @param value as an answer is addressed
 */
public record SmsSender(String value) {
    /** What is said where something else was given; it goes on after the number's name. */
    public static final String PERSON = "must be a phone number with its country, such as +15550100";

    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{4,15}");
    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");
    /** Where a country is known, seven and eight digits may be a number of it. */
    private static final Pattern SHORTEST_CODE = Pattern.compile("[0-9]{3,6}");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern BARE = Pattern.compile("(?:00)?([1-9][0-9]{8,14})");

    /** Where numbers come without their country. */
    public static final Setting<String> COUNTRY = Setting.text(
                    "country",
                    "The country (ISO 3166: DE) of numbers that come without one; otherwise they cannot be told from"
                            + " those of another country.")
            .checked(PhoneNumber::isCountry, "must be the two letters of a country, such as DE");

    /** As a provider writes it: a number without its plus sign gets it, so that one person has one address. */
    public static SmsSender of(String text) throws MalformedPayload {
        return of(text, Optional.empty());
    }

    /**
     * As a network or a modem writes it.
     *
     * @param country of numbers without one, as {@link #COUNTRY} has it
     */
    public static SmsSender of(String text, Optional<String> country) throws MalformedPayload {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new MalformedPayload("the sender is blank");
        }
        Pattern shortest = country.isPresent() ? SHORTEST_CODE : SHORT_CODE;
        boolean open =
                !PHONE.matcher(value).matches() && !shortest.matcher(value).matches();
        Optional<String> number = open && !LETTER.matcher(value).find()
                ? PhoneNumber.read(value, country.orElse(null))
                : Optional.empty();
        if (number.isPresent()) {
            return new SmsSender(number.get());
        }
        Matcher bare = BARE.matcher(value);
        return new SmsSender(bare.matches() ? "+" + bare.group(1) : value);
    }

    /** Whether it is a number that can be called, as {@code +4917000}. */
    public boolean isPhone() {
        return PHONE.matcher(value).matches();
    }

    /** Whether no person can stand behind it: a short code, or a name that takes no answer. */
    public boolean isMachine() {
        return SHORT_CODE.matcher(value).matches() || !value.matches("\\+?[0-9]+");
    }

    /** What the sender is known by. */
    public Identity identity() {
        boolean number = isPhone() || SHORT_CODE.matcher(value).matches();
        return new Identity(number ? Identity.PHONE : "sms", value, false);
    }

    /** As the sender of a message. */
    public Sender sender() {
        return new Sender(value, List.of(identity()), null, null);
    }

    /**
     * A person to write to, by a number with its country.
     *
     * @throws MalformedPayload when it is none, as a short code or a name; the message goes on after the number's name
     */
    public static SmsSender person(String text) throws MalformedPayload {
        return person(text, Optional.empty());
    }

    /** The same, with the country of numbers without one. */
    public static SmsSender person(String text, Optional<String> country) throws MalformedPayload {
        SmsSender person = new SmsSender(text.strip());
        if (person.isPhone()) {
            return person;
        }
        return PhoneNumber.read(text, country.orElse(null))
                .map(SmsSender::new)
                .orElseThrow(() -> new MalformedPayload(PERSON));
    }

    /** Why an answer would be read by nobody; null for a person. */
    public @Nullable String automatic() {
        return isMachine() ? "the sender is a short code or a name, not a person's number" : null;
    }

    /** A text of theirs; {@code id} is the provider's, unique within the channel. */
    public MessageReceived wrote(String id, Instant at, String text) {
        List<Part> parts = List.of(new Part.Text(text)); // an empty one is a message all the same
        return new MessageReceived(id, at, sender(), id, parts, null, Threading.NONE, automatic(), null, null);
    }

    /** The same where nobody but us sees to it that a customer who writes {@code STOP} is left alone. */
    public MessageReceived wroteOrOptedOut(String id, Instant at, String text) {
        List<Part> parts = List.of(new Part.Text(text));
        Consent consent = consent(text);
        return new MessageReceived(id, at, sender(), id, parts, null, Threading.NONE, automatic(), consent, null);
    }

    /** What they say of being written to, in English or a language of their number's country; null for nothing. */
    public @Nullable Consent consent(String text) {
        return isMachine() ? null : StopWords.consent(text, value);
    }

    @Override
    public String toString() {
        return "SmsSender[…]";
    }
}
