// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.yaml.Suggestion;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression may not hold although it is JSONata: regular expressions, whose time nobody bounds, and names of
 * variables and functions that there are not, which would fail only once a message is there.
 */
final class ExpressionCheck {
    /** Texts, quoted names and comments: nothing in them is code. */
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|`[^`]*+`|/\\*(?s:.*?)\\*/");

    private static final Pattern NAME = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern ASSIGNED = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*:=");
    private static final Pattern PARAMETERS = Pattern.compile("(?:function|λ)\\s*\\(([^)]*)\\)");
    private static final Pattern BOUND = Pattern.compile("[@#]\\s*\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern DEFINED = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*:=\\s*(?:function|λ)\\b");
    /** Something in front of a parenthesis that is called by it. */
    private static final Pattern CALL = Pattern.compile("(\\$?[A-Za-z_][A-Za-z0-9_]*|[\")\\]}])\\s*\\(");
    /** What a slash may follow when it divides. */
    private static final Pattern OPERAND =
            Pattern.compile("(?s).*(?:[)\\]}\"]|(?<!\\w)(?!and\\b|or\\b|in\\b)\\w+)\\s*");

    private ExpressionCheck() {}

    static void check(String source) throws Expression.Invalid {
        String code = withoutQuotes(source);
        checkCalls(code);
        for (int slash = code.indexOf('/'); slash >= 0; slash = code.indexOf('/', slash + 1)) {
            if (!OPERAND.matcher(code.substring(0, slash)).matches()) {
                throw new Expression.Invalid(
                        slash,
                        "has a regular expression between slashes, whose time cannot be bounded. Write $matches(text, "
                                + "\"…\") or $capture(text, \"…\") instead");
            }
        }
        Set<String> known = new TreeSet<>(ExpressionFunctions.NAMES);
        for (Pattern defines : new Pattern[] {ASSIGNED, BOUND}) {
            defines.matcher(code).results().forEach(found -> known.add(found.group(1)));
        }
        PARAMETERS.matcher(code).results().forEach(found -> NAME.matcher(found.group(1))
                .results()
                .forEach(name -> known.add(name.group(1))));
        Matcher name = NAME.matcher(code);
        while (name.find()) {
            if (!known.contains(name.group(1))) {
                String meant = Suggestion.of(name.group(1), known);
                throw new Expression.Invalid(
                        name.start(),
                        "has $" + name.group(1) + ", which is no function or variable here"
                                + (meant == null ? "" : ". Did you mean $" + meant + "?"));
            }
        }
    }

    /** The library prints what is called and is no function, which may be a text of a customer's. */
    private static void checkCalls(String code) throws Expression.Invalid {
        Set<String> functions = new TreeSet<>(ExpressionFunctions.CALLABLE);
        DEFINED.matcher(code).results().forEach(found -> functions.add(found.group(1)));
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            String called = call.group(1);
            boolean good = called.startsWith("$")
                    ? functions.contains(called.substring(1))
                    : called.matches("function|and|or|in");
            if (!good) {
                String meant = Suggestion.of(called.replace("$", ""), functions);
                throw new Expression.Invalid(
                        call.start(),
                        "calls what is no function here" + (meant == null ? "" : ". Did you mean $" + meant + "(…)?"));
            }
        }
    }

    /** The same length, with text in quotes as {@code "} and comments as blanks. */
    private static String withoutQuotes(String source) {
        StringBuilder code = new StringBuilder(source);
        Matcher quoted = QUOTED.matcher(source);
        while (quoted.find()) {
            boolean comment = quoted.group().startsWith("/");
            for (int i = quoted.start(); i < quoted.end(); i++) {
                code.setCharAt(i, comment ? ' ' : '"');
            }
        }
        return code.toString();
    }
}
