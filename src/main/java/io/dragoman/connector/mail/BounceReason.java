// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The most telling of all that a bounce says about one recipient: many servers write a general {@code Status: 5.0.0}
 * beside an answer that tells the reason.
 *
 * @param code the enhanced status code (RFC 3463); {@code 5.0.0} where there is none
 */
record BounceReason(String code, Reason reason) {
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.[0-7]\\.\\d{1,3})(?!\\d|\\.\\d)");
    private static final Pattern REPLY = Pattern.compile(
            "(?<![\\w.])(421|45[0-4]|47[12]|50[0-4]|52[1-3]|53[058]|55[0-7]|571)(?=[ :;-])(?!.?(?i:[kmg]?b(yte)?s?\\b))");

    /** Codes that servers use for anything: the words beside them know better, where there are words. */
    private static final Set<String> LOOSE = Set.of("7.1", "5.1", "5.2", "5.4");

    /**
     * Reads what was said, the closest to the recipient first.
     *
     * @param status the Status field; blank where there is none
     */
    static BounceReason of(String status, List<String> said) {
        List<String> texts = new ArrayList<>(List.of(status));
        texts.addAll(said);
        List<String> codes = texts.stream()
                .flatMap(text -> enhanced(text).stream())
                .filter(code -> !code.startsWith("2"))
                .toList();
        return texts.stream()
                .flatMap(text -> exact(status, text).stream())
                .findFirst()
                .or(() -> codes.stream()
                        .filter(BounceReason::namesSubject)
                        .findFirst()
                        .map(BounceReason::byCode))
                .or(() -> reply(said).map(code -> new BounceReason(telling(codes), ErrorTable.bounce(code))))
                .orElseGet(() -> byCode(telling(codes)));
    }

    /** What one text tells by a code that means one thing, or else by its words. */
    private static Optional<BounceReason> exact(String status, String text) {
        List<String> codes = enhanced(text);
        List<String> named = Stream.concat(enhanced(status).stream(), codes.stream())
                .filter(code -> !code.startsWith("2"))
                .toList();
        return codes.stream()
                .filter(code -> !code.startsWith("2") && isExact(code))
                .findFirst()
                .map(BounceReason::byCode)
                .or(() -> BounceWords.reason(text).map(reason -> new BounceReason(telling(named), reason)));
    }

    /** The first code that names a subject at all, else the first. */
    private static String telling(List<String> codes) {
        return codes.stream()
                .filter(code -> !code.startsWith("0", 2))
                .findFirst()
                .orElseGet(() -> codes.isEmpty() ? "5.0.0" : codes.get(0));
    }

    /** Whether a text gives a reason at all, by code or by word. */
    static boolean isIn(String text) {
        return !enhanced(text).isEmpty()
                || reply(List.of(text)).isPresent()
                || BounceWords.reason(text).isPresent();
    }

    /** Whether the first code of a text is one of a trouble that may pass. */
    static boolean mayPass(String text) {
        return enhanced(text).stream()
                .findFirst()
                .map(code -> code.startsWith("4"))
                .or(() -> reply(List.of(text)).map(code -> code < 500))
                .orElse(false);
    }

    /** The enhanced codes of a text in order. */
    static List<String> enhanced(String text) {
        List<String> codes = new ArrayList<>();
        Matcher matcher = ENHANCED.matcher(text);
        while (codes.size() < 20 && matcher.find()) {
            codes.add(matcher.group(1));
        }
        return codes;
    }

    private static Optional<Integer> reply(List<String> said) {
        return said.stream()
                .map(REPLY::matcher)
                .filter(Matcher::find)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .findFirst();
    }

    private static BounceReason byCode(String code) {
        return new BounceReason(code, ErrorTable.bounce(code));
    }

    private static boolean isExact(String code) {
        return !code.startsWith("0", 2) && !code.endsWith(".0") && !LOOSE.contains(code.substring(2));
    }

    /** Subject 3, detail 0 is what sendmail gives for all that it has no code for, and 5 is any protocol error. */
    private static boolean namesSubject(String code) {
        return !code.startsWith("0", 2) && !code.startsWith("5", 2) && !code.startsWith("3.0", 2);
    }
}
