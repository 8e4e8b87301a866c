// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.dragoman.connector.kit.SmsText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions that expressions have: JSONata's own without those that read a clock, throw dice, run text as code, cut
 * characters in half or do otherwise than it says, and ours beside them. Without a first argument each has no value.
 */
final class ExpressionFunctions {
    private static final Set<String> STANDARD = Set.of(
            ("sum count max min average string substringBefore substringAfter lowercase uppercase length trim contains"
                            + " replace split join formatNumber formatBase formatInteger parseInteger number floor ceil"
                            + " round abs sqrt power boolean not map zip filter single reduce sift keys lookup append"
                            + " exists spread merge reverse each error assert type distinct base64encode"
                            + " base64decode encodeUrlComponent encodeUrl clone")
                    .split(" "));

    /** What an expression may be given beside its input. */
    private static final Set<String> VARIABLES = Set.of(
            ("document query headers receivedAt status key message conversation to toDigits text replyTo author automatic"
                            + " callback settings media choices template sentAt seconds"
                            // what a desk is sent
                            + " notice type reference contact body note notes history direction reason detail"
                            + " reaction name steps files item words written"
                            // what a desk is asked
                            + " since sinceSeconds page")
                    .split(" "));

    private static final Set<String> REFUSED =
            Set.of("eval", "now", "millis", "random", "shuffle", "toMillis", "fromMillis", "match", "pad", "substring");

    private static final Map<String, Function> OURS = ours();

    /** Every name that may be called. */
    static final Set<String> CALLABLE = callable();

    /** Every name that may follow a {@code $}. */
    static final Set<String> NAMES = names();

    /** What has a meaning of its own in an address: its escapes stay where a whole address is decoded. */
    private static final String RESERVED = ";/?:@&=+$,#";

    private static final int LONGEST_PAD = 10_000;
    private static final String FIRST = "first";
    private static final String SORT = "sort";

    private ExpressionFunctions() {}

    /** One of ours; arguments that are not there are null. */
    @FunctionalInterface
    private interface Function {
        @Nullable
        Object call(Arguments arguments);
    }

    /** What a function was called with. */
    record Arguments(List<?> values) {
        String text(int index) {
            String text = Expression.asText(index < values.size() ? values.get(index) : null);
            return text == null ? "" : text;
        }

        /** As it is: blank stays blank. */
        String raw(int index) {
            Object value = index < values.size() ? values.get(index) : null;
            return value instanceof String text ? text : text(index);
        }

        String text(int index, String otherwise) {
            String text = text(index);
            return text.isEmpty() ? otherwise : text;
        }

        int number(int index, int otherwise) {
            return index < values.size() && values.get(index) instanceof Number number ? number.intValue() : otherwise;
        }

        @Override
        public String toString() {
            return "Arguments[" + values.size() + "]";
        }
    }

    /** Gives them to an evaluation. */
    static void bind(Jsonata.Frame frame) {
        REFUSED.forEach(name -> frame.bind(name, (Object) null));
        frame.bind(FIRST, new JFunction((input, list) -> first(list), null));
        frame.bind(SORT, new JFunction((input, list) -> StableSort.of(list), null));
        OURS.forEach((name, function) -> frame.bind(name, new JFunction((input, list) -> call(function, list), null)));
    }

    private static @Nullable Object call(Function function, @Nullable List<?> list) {
        return list == null || list.isEmpty() || list.get(0) == null ? null : function.call(new Arguments(list));
    }

    /** The first argument that says something. */
    private static @Nullable Object first(@Nullable List<?> list) {
        return list == null
                ? null
                : list.stream()
                        .filter(one -> one != null && !(one instanceof String text && text.isBlank()))
                        .findFirst()
                        .orElse(null);
    }

    private static Map<String, Function> ours() {
        Map<String, Function> ours = new HashMap<>();
        ours.put("digits", with -> with.text(0).replaceAll("[^0-9]", ""));
        ours.put("isGsm", with -> SmsText.isGsm(with.raw(0)));
        ours.put("substring", ExpressionFunctions::substring);
        ours.put("pad", ExpressionFunctions::pad);
        ours.put("matches", with -> Pattern.matches(with.text(1), with.raw(0)));
        ours.put("capture", ExpressionFunctions::capture);
        ours.put("json", with -> Documents.json(with.text(0)));
        ours.put("ucs2Hex", with -> TextCodes.ucs2Hex(with.raw(0)));
        ours.put("hexText", with -> TextCodes.hexText(with.text(0), with.text(1, "UTF-8")));
        ours.put("decodePercent", with -> TextCodes.decodePercent(with.raw(0), with.text(1, "UTF-8")));
        ours.put("decodeUrlComponent", with -> TextCodes.decodeAddress(with.raw(0), ""));
        ours.put("decodeUrl", with -> TextCodes.decodeAddress(with.raw(0), RESERVED));
        ours.put("base64url", with -> TextCodes.base64url(with.raw(0)));
        ours.put("hash", with -> TextCodes.hash(with.raw(0), with.text(1, "sha256"), with.text(2, "hex")));
        ours.put("hmac", with -> TextCodes.hmac(with.raw(0), with.raw(1), with.text(2, "sha256"), with.text(3, "hex")));
        ours.put("html", with -> TextCodes.html(with.raw(0)));
        ours.put("htmlText", with -> TextCodes.htmlText(with.raw(0)));
        ours.put("time", with -> ProviderTime.parse(with.text(0), with.text(1), with.text(2, "UTC")));
        ours.put("date", with -> ProviderTime.format(with.text(0), with.text(1), with.text(2, "UTC")));
        return Map.copyOf(ours);
    }

    private static Set<String> callable() {
        Set<String> names = new TreeSet<>(STANDARD);
        names.addAll(OURS.keySet());
        names.add(FIRST);
        names.add(SORT);
        return Set.copyOf(names);
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(CALLABLE);
        names.addAll(VARIABLES);
        return Set.copyOf(names);
    }

    /** By what a reader sees as characters at least half-way: code points, not halves of them. */
    private static String substring(Arguments with) {
        int[] points = with.raw(0).codePoints().toArray();
        int first = with.number(1, 0);
        int start = Math.max(0, Math.min(points.length, first < 0 ? points.length + first : first));
        int length = Math.max(0, Math.min(points.length - start, with.number(2, points.length)));
        return new String(points, start, length);
    }

    private static String pad(Arguments with) {
        String text = with.raw(0);
        int width = with.number(1, 0);
        String filling = with.text(2, " ");
        int missing = Math.min(LONGEST_PAD, Math.abs(width)) - text.codePointCount(0, text.length());
        String more = missing <= 0
                ? ""
                : filling.repeat(missing / filling.length() + 1).substring(0, missing);
        return width < 0 ? more + text : text + more;
    }

    /** The first group of the first match, or all of it where there is no group. */
    private static @Nullable String capture(Arguments with) {
        Matcher matcher = Pattern.compile(with.text(1)).matcher(with.raw(0));
        return !matcher.find() ? null : matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    }
}
