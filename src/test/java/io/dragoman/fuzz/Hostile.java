// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Makes an input that somebody understands into one that nobody wants. The same seed gives the same. */
final class Hostile {
    private static final List<String> NASTY = List.of(
            "\u0000",
            "\r\n",
            "\r",
            "\n\n",
            "\u2028",
            "\ufeff",
            "\u202e",
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00ff\u00fe",
            "\\ud800",
            "\\udc00\\ud800",
            "\\u0000",
            "%00",
            "%zz",
            "%c0%ae",
            "../../etc/passwd",
            "${env:PATH}",
            "#{x}",
            "{{ x }}",
            "{% raw %}",
            "$(x)",
            "`x`",
            "' OR 1=1 --",
            "\"",
            "\\",
            "'",
            "<script>",
            "]]>",
            "&#0;",
            "=?utf-8?B?/w==?=",
            "=?x-none?Q?=?=",
            "Content-Type: text/plain; charset=\"x-lie\"\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "--b--\r\n",
            "boundary=\"\"",
            "*x",
            "&x",
            "!!java.net.URL",
            "<<: *x",
            "? ",
            "- - - -",
            "|9",
            "%YAML 9.9\n",
            "(?:",
            "[[:",
            "{0,99999}",
            "\\Q",
            "9999999999999999999999",
            "-0",
            "1e999999",
            "NaN",
            "0x7f",
            "1_000",
            "true",
            "null",
            "\"a\":1,\"a\":2,",
            "[[[[[[[[",
            "{\"a\":{\"a\":",
            ",",
            ":",
            "=",
            "&",
            ";",
            "?",
            "#",
            "~",
            " ",
            "\t",
            "\u000b",
            "é",
            "\ud83d\ude00",
            "ß",
            "İ",
            "ﬁ",
            "Z\u0351\u036b\u0343\u036a");

    private final Random random;

    Hostile(long seed) {
        this.random = new Random(seed);
    }

    /** The input with one to four things done to it. */
    byte[] change(byte[] input) {
        String text = new String(input, ISO_8859_1); // a character a byte, so that nothing is lost
        for (int times = random.nextInt(4); times >= 0; times--) {
            text = kind().apply(text);
            if (text.length() > 60_000) {
                text = text.substring(0, 60_000);
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    private UnaryOperator<String> kind() {
        return switch (random.nextInt(13)) {
            case 0 -> text -> text.substring(0, at(text));
            case 1 -> text -> text.substring(at(text));
            case 2 -> text -> insert(text, nasty());
            case 3 -> text -> insert(text, nasty().repeat(1 + random.nextInt(60)));
            case 4 -> this::repeatPiece;
            case 5 -> this::dropPiece;
            case 6 -> text -> text.replaceAll("\\d+", huge());
            case 7 ->
                text -> text.replaceAll("\"[^\"]{0,40}\"(?=[,}\\]])", java.util.regex.Matcher.quoteReplacement(odd()));
            case 8 -> text -> text.replace("\r\n", random.nextBoolean() ? "\n" : "\r");
            case 9 -> text -> "{\"a\":[".repeat(random.nextInt(90)) + text + "]}".repeat(random.nextInt(90));
            case 10 -> this::swap;
            case 11 -> text -> text.replaceFirst("(?i)charset=[^;\r\n]+", "charset=" + charset());
            default -> this::noise;
        };
    }

    private int at(String text) {
        return text.isEmpty() ? 0 : random.nextInt(text.length());
    }

    private String nasty() {
        String nasty = NASTY.get(random.nextInt(NASTY.size()));
        // what is written as Latin 1 here stands for those very bytes, such as overlong UTF-8
        return nasty.chars().allMatch(c -> c < 256) ? nasty : new String(nasty.getBytes(UTF_8), ISO_8859_1);
    }

    private String insert(String text, String what) {
        int at = at(text);
        return text.substring(0, at) + what + text.substring(at);
    }

    private String repeatPiece(String text) {
        int from = at(text);
        int to = Math.min(text.length(), from + 1 + random.nextInt(80));
        return text.substring(0, to) + text.substring(from, to).repeat(1 + random.nextInt(40)) + text.substring(to);
    }

    private String dropPiece(String text) {
        int from = at(text);
        return text.substring(0, from) + text.substring(Math.min(text.length(), from + 1 + random.nextInt(40)));
    }

    private String swap(String text) {
        int one = at(text);
        int other = at(text);
        int low = Math.min(one, other);
        int high = Math.max(one, other);
        return text.substring(0, low) + text.substring(high) + text.substring(low, high);
    }

    private String noise(String text) {
        StringBuilder noisy = new StringBuilder(text);
        for (int times = random.nextInt(8); times >= 0 && !noisy.isEmpty(); times--) {
            noisy.setCharAt(random.nextInt(noisy.length()), (char) random.nextInt(256));
        }
        return noisy.toString();
    }

    private String huge() {
        return List.of(
                        "-1",
                        "0",
                        "9".repeat(19),
                        "9".repeat(150),
                        "1e400",
                        "-9223372036854775808",
                        "2147483648",
                        "0.1e-9999")
                .get(random.nextInt(8));
    }

    private String odd() {
        return List.of("null", "[]", "{}", "\"\"", "\" \"", "5", "[null]", "true", "\"\\ud83d\"", "{\"\":\"\"}")
                .get(random.nextInt(10));
    }

    private String charset() {
        return List.of(
                        "utf-7",
                        "utf-16",
                        "utf-32be",
                        "x-none",
                        "\"\"",
                        "iso-2022-jp",
                        "big5",
                        "koi8-r",
                        "hz-gb-2312",
                        "'utf-8")
                .get(random.nextInt(10));
    }
}
