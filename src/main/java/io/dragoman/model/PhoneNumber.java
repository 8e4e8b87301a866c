// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A telephone number as {@code +4917000}: a plus, the country and the number (ITU-T E.164). Three countries have mobile
 * numbers that are written in two ways: Mexico's with the 1 behind the country that was dropped in 2019, Argentina's
 * with or without the 9, Brazil's with or without the ninth digit. {@link #forms} has both; {@link #sameForAll} is the
 * same for both.
 */
public final class PhoneNumber {
    private static final Pattern MEXICO = Pattern.compile("\\+521?([2-9][0-9]{9})");
    private static final Pattern ARGENTINA = Pattern.compile("\\+549?([1-3][0-9]{9})");
    private static final Pattern BRAZIL = Pattern.compile("\\+55(?<area>[1-9][1-9])9?(?<own>[6-9][0-9]{7})");
    private static final Pattern AT_THE_END = Pattern.compile("\\+5[245][0-9]{10,11}$");

    private PhoneNumber() {}

    /** The number as it is written, and every other way in which the same one is; {@code number} comes first. */
    public static List<String> forms(String number) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(number);
        if (number.startsWith("+5")) {
            add(forms, MEXICO.matcher(number), "+52$1", "+521$1");
            add(forms, ARGENTINA.matcher(number), "+549$1", "+54$1");
            add(forms, BRAZIL.matcher(number), "+55${area}9${own}", "+55${area}${own}");
        }
        return List.copyOf(forms);
    }

    private static void add(Set<String> forms, Matcher matcher, String... others) {
        if (matcher.matches()) {
            for (String other : others) {
                forms.add(matcher.replaceFirst(other));
            }
        }
    }

    /** The country of a number that begins with a plus, as ISO 3166 has it; empty where it is none or belongs to none. */
    public static Optional<String> country(String number) {
        if (!number.startsWith("+")) {
            return Optional.empty();
        }
        return parsed(number, null)
                .map(PhoneNumberUtil.getInstance()::getRegionCodeForNumber)
                .filter(region -> region.length() == 2);
    }

    /** An address whose number at the end, if it has one, is written in the one way that stands for all. */
    public static String sameForAll(String address) {
        if (address.indexOf("+5") < 0) {
            return address;
        }
        Matcher number = AT_THE_END.matcher(address);
        return number.find()
                ? address.substring(0, number.start())
                        + forms(number.group()).stream().sorted().findFirst().orElseThrow()
                : address;
    }

    /**
     * A number that people or networks wrote, with spaces, brackets, {@code 00} or without the country.
     *
     * @param country as ISO 3166 has it ({@code DE}), for numbers without one; null when nobody knows
     * @return empty when it is no number that can be called from everywhere
     */
    public static Optional<String> read(String text, @Nullable String country) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        String given = PhoneNumberUtil.normalizeDiallableCharsOnly(text.strip());
        if (given.startsWith("+")) {
            return parsed(text, null).filter(numbers::isPossibleNumber).map(PhoneNumber::text);
        }
        String international = "+" + (given.startsWith("00") ? given.substring(2) : given);
        if (country == null) {
            return given.startsWith("00") ? valid(international, null) : Optional.empty();
        }
        return hasCountry(given, country)
                ? valid(international, null).or(() -> valid(text, country))
                : valid(text, country).or(() -> valid(international, null));
    }

    /** Whether digits rather begin with a country: with this one's code, or not with the prefix that its numbers need. */
    private static boolean hasCountry(String digits, String country) {
        String code = String.valueOf(PhoneNumberUtil.getInstance().getCountryCodeForRegion(country));
        String trunk = PhoneNumberUtil.getInstance().getNddPrefixForRegion(country, true);
        boolean trunkNeeded = trunk != null && !trunk.isEmpty() && !trunk.equals(code);
        return digits.startsWith(code) || (trunkNeeded && !digits.startsWith(trunk));
    }

    private static Optional<String> valid(String text, @Nullable String country) {
        return parsed(text, country)
                .filter(PhoneNumberUtil.getInstance()::isValidNumber)
                .map(PhoneNumber::text);
    }

    private static Optional<Phonenumber.PhoneNumber> parsed(String text, @Nullable String country) {
        try {
            Phonenumber.PhoneNumber number = PhoneNumberUtil.getInstance().parse(text, country);
            return number.hasExtension() ? Optional.empty() : Optional.of(number);
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static String text(Phonenumber.PhoneNumber number) {
        return PhoneNumberUtil.getInstance().format(number, PhoneNumberFormat.E164);
    }

    /** Whether a country is one that {@link #read} knows, such as {@code DE}. */
    public static boolean isCountry(String country) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(country);
    }
}
