// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.ReceivedForm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a provider signs, as a text with placeholders: {@code {body}}, {@code {url}}, {@code {urlWithoutQuery}}, {@code
 * {form}} (names and values, sorted), {@code {method}}, {@code {query}}, {@code {header:Name}}, {@code
 * {setting:name}}. The address may be one of several, see {@link PublicUrls}. Immutable.
 */
record SignedString(List<String> pieces) {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(body|url|urlWithoutQuery|form|method|query|header:[^{}]+|setting:[A-Za-z0-9.]+)}");

    SignedString {
        pieces = List.copyOf(pieces);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static SignedString of(String written) {
        List<String> pieces = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(written);
        int end = 0;
        while (placeholder.find()) {
            add(pieces, written.substring(end, placeholder.start()));
            pieces.add(placeholder.group());
            end = placeholder.end();
        }
        add(pieces, written.substring(end));
        return new SignedString(pieces);
    }

    private static void add(List<String> pieces, String literal) {
        if (literal.indexOf('{') >= 0) {
            throw new IllegalArgumentException("has a placeholder that is not known. Known: {body}, {url}, "
                    + "{urlWithoutQuery}, {form}, {method}, {query}, {header:Name}, {setting:name}");
        }
        if (!literal.isEmpty()) {
            pieces.add(literal);
        }
    }

    /** The headers that stand in it. */
    Set<String> headers() {
        Set<String> headers = new TreeSet<>();
        pieces.stream()
                .filter(piece -> piece.startsWith("{header:"))
                .forEach(piece -> headers.add(HeaderPart.of(inner(piece)).name()));
        return headers;
    }

    /** The settings that stand in it. */
    List<String> settings() {
        return pieces.stream()
                .filter(piece -> piece.startsWith("{setting:"))
                .map(SignedString::inner)
                .toList();
    }

    boolean hasAddress() {
        return pieces.contains("{url}") || pieces.contains("{urlWithoutQuery}");
    }

    boolean hasBody() {
        return pieces.contains("{body}") || pieces.contains("{form}");
    }

    /** All that it may be for a request, the likeliest first. */
    List<byte[]> candidates(Account account, Request request) {
        Collection<String> urls = hasAddress() ? PublicUrls.of(account, request) : List.of("");
        List<byte[]> all = new ArrayList<>();
        for (String url : urls) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pieces.forEach(piece -> bytes.writeBytes(bytes(piece, account, request, url)));
            all.add(bytes.toByteArray());
        }
        return all;
    }

    private static byte[] bytes(String piece, Account account, Request request, String url) {
        if (piece.equals("{body}")) {
            return request.body();
        }
        if (piece.equals("{form}")) {
            return ReceivedForm.parse(request.body()).sorted();
        }
        String text = piece.startsWith("{header:")
                ? HeaderPart.of(inner(piece)).in(request)
                : piece.startsWith("{setting:")
                        ? SettingText.find(account, inner(piece)).orElse("")
                        : switch (piece) {
                            case "{url}" -> url;
                            case "{urlWithoutQuery}" -> url.split("\\?", 2)[0];
                            case "{method}" -> request.method();
                            case "{query}" -> request.query();
                            default -> piece;
                        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String inner(String placeholder) {
        return placeholder.substring(placeholder.indexOf(':') + 1, placeholder.length() - 1);
    }
}
